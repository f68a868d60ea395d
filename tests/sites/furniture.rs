//! What stands around articles on most sites: menus, cookie notices, newsletter boxes, comments.

use crate::html::{escape, label};
use crate::site::ORIGIN;
use crate::story::{Blog, Story};
use crate::tongue::Label;

/// Links to the sections, each in `<li>`; `stem` is the address of a section without its name.
pub fn menu(blog: &Blog, stem: &str) -> String {
    let item = |name: &&str| format!("<li><a href=\"{stem}{}\">{}</a></li>", blog.key(name), escape(name));
    let sections: String = blog.tongue.sections().iter().map(item).collect();
    format!("<li><a href=\"/\">{}</a></li>{sections}", label(blog, Label::Home))
}

/// About, contact and privacy.
pub fn imprint(blog: &Blog) -> String {
    [(Label::About, "/about"), (Label::Contact, "/contact"), (Label::Privacy, "/privacy")]
        .map(|(name, path)| format!("<a href=\"{path}\">{}</a>", label(blog, name)))
        .join(" · ")
}

pub fn cookies(blog: &Blog) -> String {
    format!(
        "<div id=\"cookie-banner\" class=\"cookie-consent\" role=\"dialog\"><p>{} <a href=\"/privacy\">{}</a></p><button>{}</button></div>",
        label(blog, Label::Cookies),
        label(blog, Label::Privacy),
        label(blog, Label::Accept)
    )
}

pub fn newsletter(blog: &Blog) -> String {
    format!(
        "<section class=\"newsletter-box\"><h3>{}</h3><p>{}</p><form action=\"https://lists.example.org/join\"><input type=\"email\">\
         <button>{}</button></form></section>",
        label(blog, Label::Newsletter),
        label(blog, Label::NewsletterText),
        label(blog, Label::Subscribe)
    )
}

pub fn comments(blog: &Blog, story: &Story) -> String {
    let list: String = story
        .comments
        .iter()
        .map(|(who, text)| {
            format!(
                "<li class=\"comment\"><cite>{}</cite><div class=\"comment-text\"><p>{}</p></div></li>",
                escape(who),
                escape(text)
            )
        })
        .collect();
    format!(
        "<section id=\"comments\" class=\"comments\"><h3>{} ({})</h3><ol>{list}</ol><form><textarea></textarea></form></section>",
        label(blog, Label::Comments),
        story.comments.len()
    )
}

/// Where a page can be sent to, with its address.
pub fn share(blog: &Blog, path: &str) -> String {
    let url = format!("{ORIGIN}{path}").replace(':', "%3A").replace('/', "%2F");
    format!(
        "<div class=\"share-buttons\"><span>{}</span><a href=\"https://social.example/sharer?u={url}\">Facebook</a>\
         <a href=\"https://chat.example/send?text={url}\">WhatsApp</a><a href=\"mailto:?body={url}\">E-Mail</a></div>",
        label(blog, Label::Share)
    )
}

/// A search form, months and tags.
pub fn sidebar(blog: &Blog) -> String {
    let months: String = ["2026-10", "2026-09"]
        .iter()
        .map(|month| format!("<li><a href=\"/archive/{month}\">{month}</a></li>"))
        .collect();
    let tags: String =
        blog.tongue.tags().iter().map(|tag| format!("<a href=\"/tag/{}\">{tag}</a> ", blog.key(tag))).collect();
    format!(
        "<aside class=\"sidebar\"><form role=\"search\"><input name=\"q\" placeholder=\"{}\"></form><h3>{}</h3><ul>{months}</ul>\
         <h3>{}</h3><p>{tags}</p></aside>",
        label(blog, Label::Search),
        label(blog, Label::Archive),
        label(blog, Label::Tags)
    )
}

/// Headlines as a list of links.
pub fn headlines(stories: &[&Story], path: impl Fn(&Story) -> String) -> String {
    stories.iter().map(|story| format!("<li><a href=\"{}\">{}</a></li>", path(story), escape(&story.title))).collect()
}
