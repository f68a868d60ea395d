//! Reads the feeds of the real binary with the programs that people use. `tests/all` installs those.

mod demo;
mod reader;

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

use demo::Demo;
use reader::{Item, Reader, one_line};

/// What the sample sites say around their articles, and never in one.
const CLUTTER: &[&str] = &[
    "Direkomendasikan",
    "Tinggalkan Balasan",
    "Tentang Blog",
    "Artikel Terkait",
    "Baca juga",
    "Bagikan ini",
    "Kirim Komentar",
    "Advertisement",
    "We value your privacy",
    "The Saturday Letter",
    "Sign me up",
    "Read also",
    "Most read",
    "More from The Larkfield Review",
    "Table of Contents",
    "appeared first on",
];

#[test]
fn newsboat_shows_every_article_whole_and_without_clutter() -> Result<()> {
    shows_every_article_whole_and_without_clutter(Reader::Newsboat)
}

#[test]
fn feedparser_shows_every_article_whole_and_without_clutter() -> Result<()> {
    shows_every_article_whole_and_without_clutter(Reader::Feedparser)
}

#[test]
fn rss_parser_shows_every_article_whole_and_without_clutter() -> Result<()> {
    shows_every_article_whole_and_without_clutter(Reader::RssParser)
}

#[test]
fn rss_and_atom_give_the_same_items_in_every_reader() -> Result<()> {
    let demo = Demo::start()?;
    for feed in &demo.report.feeds {
        // Articles keep arriving, so what is read later may have more, but nothing else and nothing less.
        let before = ids_and_titles(&Reader::Feedparser.read(&feed.rss)?);
        for reader in [Reader::Newsboat, Reader::RssParser, Reader::Feedparser] {
            for url in [&feed.rss, &feed.atom] {
                let seen = ids_and_titles(&reader.read(url)?);

                for (id, title) in &before {
                    ensure!(
                        seen.get(id) == Some(title),
                        "{reader} doesn't find “{title}” ({id}) in `{url}`: {seen:#?}"
                    );
                }
            }
        }
        let after = ids_and_titles(&Reader::Feedparser.read(&feed.rss)?);
        ensure!(before.iter().all(|item| after.contains_key(item.0)), "`{}` lost an item", feed.id);
    }
    Ok(())
}

#[test]
fn feeds_are_well_formed_and_unchanged_ones_answer_304() -> Result<()> {
    let demo = Demo::start()?;
    for url in demo.report.feeds.iter().flat_map(|feed| [&feed.rss, &feed.atom]) {
        let fresh = demo::get(url, &[])?;
        let etag = fresh.header("etag").with_context(|| format!("`{url}` has no ETag"))?;
        let again = demo::get(url, &[("If-None-Match", etag)])?;

        ensure!(fresh.status == 200, "`{url}` answers {}", fresh.status);
        reader::check_xml(&fresh.body).with_context(|| format!("`{url}`"))?;
        if again.status != 304 {
            // An article may have arrived between the two; then the ETag is another.
            ensure!(again.header("etag") != Some(etag), "`{url}` answers {} to its own ETag", again.status);
        }
    }
    Ok(())
}

#[test]
fn a_browser_shows_the_front_page_with_every_feed() -> Result<()> {
    let demo = Demo::start()?;

    let blank = reader::render("about:blank")?;
    let page = reader::render(demo.report.public.as_str())?;

    ensure!(page.n_png_bytes > 3 * blank.n_png_bytes, "the page looks empty: {} bytes of PNG", page.n_png_bytes);
    for feed in &demo.report.feeds {
        ensure!(one_line(&page.dom).contains(&escaped(&feed.title)), "the front page doesn't name “{}”", feed.title);
    }
    Ok(())
}

#[test]
fn a_demo_that_is_told_to_stop_ends_well() -> Result<()> {
    let end = Demo::start()?.stop()?;

    ensure!(end.success(), "ended with {end}");
    Ok(())
}

fn shows_every_article_whole_and_without_clutter(reader: Reader) -> Result<()> {
    let demo = Demo::start()?;
    let manuscripts = demo::manuscripts()?;
    ensure!(manuscripts.len() >= 20, "only {} manuscripts were found", manuscripts.len());
    let n_paragraphs: usize = manuscripts.iter().map(|manuscript| manuscript.paragraphs.len()).sum();
    ensure!(n_paragraphs >= 5 * manuscripts.len(), "only {n_paragraphs} paragraphs can be compared");
    let mut items: BTreeMap<String, Item> = BTreeMap::new();
    for feed in &demo.report.feeds {
        for item in reader.read(&feed.rss)? {
            ensure!(item.dated, "{reader} finds no date on “{}”", item.title);
            ensure!(item.link.starts_with("http://"), "“{}” leads to `{}`", item.title, item.link);
            items.insert(one_line(&item.title), item);
        }
    }

    ensure!(demo.report.articles >= manuscripts.len(), "only {} articles were stored", demo.report.articles);
    for manuscript in &manuscripts {
        let item = items
            .get(&manuscript.title)
            .with_context(|| format!("{reader} doesn't show “{}”, only {:#?}", manuscript.title, items.keys()))?;
        let text = item.text();
        for paragraph in &manuscript.paragraphs {
            ensure!(text.contains(&one_line(paragraph)), "“{}” lacks “{paragraph}” in {reader}:\n{text}", item.title);
        }
    }
    for item in items.values() {
        let text = item.text();
        if let Some(word) = CLUTTER.iter().find(|word| text.contains(**word)) {
            anyhow::bail!("“{}” has “{word}” in {reader}:\n{text}", item.title);
        }
    }
    Ok(())
}

fn ids_and_titles(items: &[Item]) -> BTreeMap<String, String> {
    items.iter().map(|item| (item.id.clone(), one_line(&item.title))).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
