//! The feeds of Warta Selasar: RSS 2.0 as WordPress writes it, with summaries only.

use std::fmt::Write as _;

use super::{ZONE, comments, post_id};
use crate::cli::demo::dates;
use crate::cli::demo::markup::escape;
use crate::cli::demo::paper::{Answer, Paper};

/// As many as WordPress puts into a feed.
const MAX_ITEMS: usize = 10;

pub(super) fn articles(paper: &Paper<'_>) -> Answer {
    let mut items = String::new();
    for printed in paper.printed.iter().take(MAX_ITEMS) {
        let story = printed.story;
        let (url, title) = (paper.url(story), escape(&story.title));
        let tags: String = std::iter::once(&story.section)
            .chain(&story.tags)
            .map(|tag| format!("\t\t<category><![CDATA[{tag}]]></category>\n"))
            .collect();
        let _ = write!(
            items,
            r#"	<item>
		<title>{title}</title>
		<link>{url}</link>
		<comments>{url}#comments</comments>
		<dc:creator><![CDATA[{author}]]></dc:creator>
		<pubDate>{date}</pubDate>
{tags}		<guid isPermaLink="false">{base}/?p={id}</guid>
		<description><![CDATA[<p>{summary} [&#8230;]</p>
<p>The post <a href="{url}">{title}</a> appeared first on <a href="{base}">Warta Selasar</a>.</p>
]]></description>
		<wfw:commentRss>{url}feed/</wfw:commentRss>
		<slash:comments>{n_comments}</slash:comments>
	</item>
"#,
            author = story.authors.join(", "),
            date = dates::mail(printed.published, chrono_tz::UTC),
            base = paper.base,
            id = post_id(printed),
            summary = escape(&story.summary),
            n_comments = comments::all().len(),
        );
    }
    channel(paper, "Warta Selasar", "/feed/", &items)
}

/// The trap beside the real feed: a reader of feeds that takes the wrong link gets remarks, not articles.
pub(super) fn comments(paper: &Paper<'_>) -> Answer {
    let mut items = String::new();
    if let Some(newest) = paper.printed.first() {
        for (idx, comment) in comments::all().iter().enumerate() {
            let id = 300 + 10 * newest.number + idx;
            let _ = writeln!(
                items,
                "\t<item>\n\t\t<title>Komentar pada {} oleh {}</title>\n\t\t<link>{}#comment-{id}</link>\n\t\t<pubDate>{}</pubDate>\n\t\t<guid isPermaLink=\"false\">{}/?p={}#comment-{id}</guid>\n\t\t<description>{}</description>\n\t</item>",
                escape(&newest.story.title),
                escape(comment.author),
                paper.url(newest.story),
                dates::mail(newest.published, chrono_tz::UTC),
                paper.base,
                post_id(newest),
                escape(&comment.paragraphs.join(" ")),
            );
        }
    }
    channel(paper, "Komentar di: Warta Selasar", "/comments/feed/", &items)
}

fn channel(paper: &Paper<'_>, title: &str, path: &str, items: &str) -> Answer {
    let body = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
	xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
	>

<channel>
	<title>{title}</title>
	<atom:link href="{base}{path}" rel="self" type="application/rss+xml" />
	<link>{base}</link>
	<description>Kabar dari pesisir dan bukit</description>
	<lastBuildDate>{date}</lastBuildDate>
	<language>id</language>
	<generator>https://wordpress.example/?v=6.8.2</generator>
{items}</channel>
</rss>
"#,
        base = paper.base,
        date = dates::mail(paper.updated(), ZONE),
    );
    Answer::Document { content_type: "application/rss+xml; charset=UTF-8", body }
}
