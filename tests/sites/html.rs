//! What pages of all makes are built from: escaping, article bodies, lists of links.

use crate::story::{Block, Blog, Story};
use crate::tongue::Label;

/// How a platform writes the parts of an article.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As Markdown becomes HTML.
    Plain,
    /// WordPress's block editor.
    Blocks,
    Ghost,
    /// `<div>`s and line breaks, as people type into Blogger.
    Divs,
    /// Everything has generated classes.
    Hashed,
}

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A JSON string with its quotes, safe inside a script.
pub fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap().replace("</", "<\\/")
}

/// The article's body; pictures have addresses below `images`.
pub fn body(story: &Story, look: Look, images: &str) -> String {
    story
        .blocks
        .iter()
        .enumerate()
        .map(|(at, block)| part(block, look, &format!("{images}/{}-{at}.jpg", story.slug)))
        .collect()
}

/// Some parts of the body only.
pub fn parts(blocks: &[Block], look: Look, images: &str) -> String {
    blocks.iter().enumerate().map(|(at, block)| part(block, look, &format!("{images}/part-{at}.jpg"))).collect()
}

fn part(block: &Block, look: Look, image: &str) -> String {
    match (block, look) {
        (Block::Paragraph(text), Look::Divs) => {
            format!("<div style=\"text-align: justify;\">{}</div><br />\n", escape(text))
        }
        (Block::Paragraph(text), Look::Hashed) => format!("<p class=\"css-1ygdjhk e1jsehar0\">{}</p>", escape(text)),
        (Block::Paragraph(text), _) => format!("<p>{}</p>\n", escape(text)),
        (Block::Heading(text), Look::Blocks) => format!("<h2 class=\"wp-block-heading\">{}</h2>\n", escape(text)),
        (Block::Heading(text), Look::Divs) => format!("<h3 style=\"text-align: left;\">{}</h3>\n", escape(text)),
        (Block::Heading(text), Look::Hashed) => format!("<h2 class=\"css-y3otqb e134j7ei0\">{}</h2>", escape(text)),
        (Block::Heading(text), _) => format!("<h2 id=\"{}\">{}</h2>\n", crate::story::slug(text, 5), escape(text)),
        (Block::Quote(text), Look::Blocks) => {
            format!("<blockquote class=\"wp-block-quote is-layout-flow\"><p>{}</p></blockquote>\n", escape(text))
        }
        (Block::Quote(text), _) => format!("<blockquote><p>{}</p></blockquote>\n", escape(text)),
        (Block::Image(text), Look::Blocks) => format!(
            "<figure class=\"wp-block-image size-large\"><img loading=\"lazy\" decoding=\"async\" width=\"1024\" height=\"683\" \
             src=\"{image}\" alt=\"\" class=\"wp-image-77\"/><figcaption class=\"wp-element-caption\">{}</figcaption></figure>\n",
            escape(text)
        ),
        (Block::Image(text), Look::Ghost) => format!(
            "<figure class=\"kg-card kg-image-card kg-card-hascaption\"><img src=\"{image}\" class=\"kg-image\" alt=\"\" \
             loading=\"lazy\" width=\"2000\" height=\"1333\"><figcaption>{}</figcaption></figure>\n",
            escape(text)
        ),
        (Block::Image(text), Look::Divs) => format!(
            "<div class=\"separator\" style=\"clear: both;\"><a href=\"{image}\" style=\"display: block; padding: 1em 0; \
             text-align: center; \"><img alt=\"{}\" border=\"0\" width=\"400\" src=\"{image}\"/></a></div>\n",
            escape(text)
        ),
        (Block::Image(text), _) => format!(
            "<figure><img src=\"{image}\" alt=\"\" width=\"960\" height=\"640\"><figcaption>{}</figcaption></figure>\n",
            escape(text)
        ),
        (Block::List(items), _) => {
            let items: String = items.iter().map(|item| format!("<li>{}</li>", escape(item))).collect();
            format!("<ul>{items}</ul>\n")
        }
    }
}

/// A label of the blog's language, escaped.
pub fn label(blog: &Blog, label: Label) -> String {
    escape(blog.tongue.label(label))
}

/// Up to `n` other articles, as a site would choose them beside this one.
pub fn related<'a>(blog: &'a Blog, story: &Story, n: usize) -> Vec<&'a Story> {
    let others = blog.stories.iter().cycle().skip(story.n + 3).filter(|other| other.n != story.n);
    others.take(n.min(blog.stories.len() - 1)).collect()
}

/// A page of a site that tells about the site: about us, contact, privacy.
pub fn about_text(blog: &Blog, name: &str) -> String {
    let mut dice = crate::story::Dice(name.bytes().map(u64::from).sum());
    let text: String =
        (0..3).map(|_| format!("<p>{}</p>\n", escape(&crate::story::paragraph(blog.tongue, 3, &mut dice)))).collect();
    format!("{text}<p><a href=\"mailto:desk@example.org\">desk@example.org</a>, +00 555 0142</p>\n")
}

/// Which articles an archive page with this address would list: some, by chance that is always the same.
pub fn archived<'a>(blog: &'a Blog, path: &str) -> Vec<&'a Story> {
    let mut dice = crate::story::Dice(path.bytes().fold(3, |sum: u64, byte| sum.wrapping_mul(33) ^ u64::from(byte)));
    dice.below(2);
    blog.stories.iter().filter(|_| dice.below(3) == 0).collect()
}
