//! The comments under each article of Warta Selasar, and the form to leave one.

use crate::cli::demo::markup::escape;
use crate::cli::demo::paper::Printed;

/// Comments that fit under any article: `name | when`, then a line for each paragraph; an answer follows its comment.
const COMMENTS: &str = include_str!("comments.txt");

pub(super) struct Comment {
    pub(super) author: &'static str,
    pub(super) when: &'static str,
    pub(super) paragraphs: Vec<&'static str>,
}

/// All comments, newest first.
pub(super) fn all() -> Vec<Comment> {
    let mut comments: Vec<Comment> = Vec::new();
    for line in COMMENTS.lines() {
        match (line.split_once(" | "), comments.last_mut()) {
            (Some((author, when)), _) => comments.push(Comment { author, when, paragraphs: Vec::new() }),
            (None, Some(comment)) => comment.paragraphs.push(line),
            (None, None) => {}
        }
    }
    comments
}

pub(super) fn section(printed: &Printed<'_>) -> String {
    let mut list = String::new();
    let comments = all();
    let n_comments = comments.len();
    for (idx, comment) in comments.iter().enumerate() {
        let (class, depth) = if comment.author == "admin" { ("bypostauthor", 2) } else { ("even", 1) };
        let text: String = comment.paragraphs.iter().map(|text| format!("<p>{}</p>\n", escape(text))).collect();
        list.push_str(&format!(
            r##"<li id="comment-{id}" class="comment {class} depth-{depth}"><article class="comment-body"><footer class="comment-meta"><img class="avatar" src="/img/face/{face}.svg" width="44" height="44" alt=""><b class="fn">{author}</b> <span class="says">berkata:</span> <a href="#comment-{id}">{when}</a></footer><div class="comment-content">{text}</div><div class="reply"><a rel="nofollow" class="comment-reply-link" href="#respond">Balas</a></div></article></li>
"##,
            id = 300 + 10 * printed.number + idx,
            face = comment.author.to_lowercase().replace([' ', '.'], ""),
            author = escape(comment.author),
            when = escape(comment.when),
        ));
    }
    format!(
        r##"<div id="comments" class="comments-area"><h2 class="comments-title">{n_comments} komentar pada “{title}”</h2>
<ol class="comment-list">{list}</ol>
<div id="respond" class="comment-respond"><h3 id="reply-title" class="comment-reply-title">Tinggalkan Balasan</h3>
<form id="commentform" class="comment-form"><p class="comment-notes"><span id="email-notes">Alamat email Anda tidak akan dipublikasikan.</span> <span class="required-field-message">Ruas yang wajib ditandai <span class="required">*</span></span></p>
<p class="comment-form-comment"><label for="comment">Komentar *</label><textarea id="comment" name="comment" rows="6"></textarea></p>
<p><label for="author">Nama *</label><input id="author" name="author"></p><p><label for="email">Email *</label><input id="email" name="email" type="email"></p>
<p class="comment-form-cookies-consent"><input id="cookies" type="checkbox"> <label for="cookies">Simpan nama, email, dan situs web saya pada peramban ini untuk komentar saya berikutnya.</label></p>
<p class="form-submit"><button type="button">Kirim Komentar</button></p></form></div></div>"##,
        title = escape(&printed.story.title),
    )
}
