//! Rule files and pages of our own: what is read of them, and what comes of it.

use proptest::prelude::*;
use url::Url;

use super::*;
use crate::extract::{Config, draft, draft_explained};
use crate::model::{Draft, Note};

const PAGE: &str = "<html><head><title>Sturm am Hafen | Der Bote</title><base href=/archiv/>\
    <meta name=author content='Redaktion'><link rel=canonical href='/a_lang.html'></head>\
    <body class='has-werbung'><h1>Sturm am Hafen</h1>\
    <div class=zeile>Von <a rel=author>Anna Berg</a> und <a rel=author>Jo Kern</a>, <time datetime='2024-05-12T08:00:00+02:00'>\
    gestern früh</time></div>\
    <div id=vorspann><p>Der Hafen wurde am Dienstag geschlossen, nachdem ein Sturm zwei Boote auf den Kai geworfen \
    und den Markt überflutet hatte, wie die Stadt am Abend sagte.</p></div>\
    <div id=text><p>Der Rat, der am Abend zusammenkam, will die Mauer auf eigene Kosten wieder aufbauen lassen, \
    sagte die Bürgermeisterin nach der Sitzung.</p>\
    <p>Unterdessen flickten die Fischer ihre Netze, <span class=merken>MERKEN</span>da niemand sagen konnte, wann der \
    Hafen wieder öffnet und wann die Boote wieder fahren.</p>\
    <div class='werbung-oben'><p>PUMPEN schützen jeden Keller vor Wasser, sagt der Mann, der sie hier verkauft und \
    der es wissen muss.</p></div>\
    <figure><img src='/leer.gif' data-groß='/kai.jpg' alt=Kai></figure><img src='https://zaehler.example/p.gif?1'>\
    <p class=zitat>Wir bauen alles wieder auf, und zwar höher und fester als zuvor, sagte sie am Ende des langen \
    Abends.</p></div>\
    <ul class=seiten><li><a href='/a.html'>1</a><li><a class=weiter href='a_2.html#oben'>2</a>\
    <li><a class=mail href='mailto:x@bote.example'>Mail</a></ul></body></html>";

fn parsed(text: &str) -> Parsed {
    Rules::parse(text.as_bytes()).unwrap_or_else(|remark| panic!("{text}: {remark}"))
}

fn rules(files: &[(&str, &str)]) -> SiteRules {
    files.iter().map(|(file, text)| (Name::of_file(file).unwrap(), parsed(text).rules)).collect()
}

fn url() -> Url {
    Url::parse("https://www.bote.example/a.html").unwrap()
}

fn with(text: &str) -> Config {
    Config { site_rules: rules(&[("bote.example.txt", text)]), ..Config::default() }
}

fn drafted(text: &str) -> Draft {
    draft(PAGE, &url(), &with(text))
}

fn places(notes: &[Note]) -> Vec<&str> {
    notes.iter().map(|note| note.place.as_str()).collect()
}

#[test]
fn a_file_is_read_however_it_is_written() {
    let text = "\u{feff}# Bote\r\ntitle://h1\r\n  body :  //div[@id='text'] \r\n\r\nprune: no\r\ntidy:no\r\n\
        http_header(user-agent): Leser/1.0\r\nhttp_header: Referer: https://bote.example/\r\n\
        test_url: https://bote.example/a.html\r\ntest_contains: Hafen\r\ntest_contains: Markt\r\n\
        find_string: <b>\r\nreplace_string: <i>\r\nreplace_string(a: b) c:): d\r\nreplace_string(<mark>):\r\n\
        strip_id_or_class: \"werbung\"\r\nstrip:\r\nautodetect_on_failure: no\r\nlogin_uri: https://bote.example/in";

    let Parsed { rules, remarks } = parsed(text);

    assert_eq!(remarks, []);
    assert_eq!(
        (rules.title[0].path.as_str(), rules.body[0].path.as_str(), rules.body[0].line),
        ("//h1", "//div[@id='text']", 3)
    );
    let headers: Vec<_> = rules.headers().collect();
    assert_eq!(headers, [("user-agent", "Leser/1.0"), ("Referer", "https://bote.example/")]);
    let contains = vec!["Hafen".to_owned(), "Markt".to_owned()];
    assert_eq!(rules.samples(), [Sample { url: "https://bote.example/a.html".to_owned(), contains }]);
    let replacements: Vec<_> = rules.replacements.iter().map(|it| (it.find.as_str(), it.with.as_str())).collect();
    assert_eq!(replacements, [("<b>", "<i>"), ("a: b) c:", "d"), ("<mark>", "")]);
    assert_eq!((rules.strip_names.as_slice(), rules.is_alone), (["werbung".to_owned()].as_slice(), true));
}

#[test]
fn what_cannot_be_used_is_told_with_its_line_and_the_rest_is_used() {
    let text = "body: //div[@id='text'\ntitle: //h1\ntext without a directive\nbdoy: //p\nbdoy: //div\n\
        strip: //a[ends-with(@href, 'x')]\nwrap_in(script): //p\nreplace_string: x\nrequires_login: yes\n\
        find_string: y\nif_page_contains: //p\ntest_contains: z";

    let Parsed { rules, remarks } = parsed(text);

    assert_eq!(rules.title.len(), 1);
    let told: Vec<String> = remarks.iter().map(Remark::to_string).collect();
    assert_eq!(
        told,
        [
            "line 1: `//div[@id='text'` can't be used: `]` is missing at the end, at character 17",
            "line 3: there is no directive on this line",
            "line 4: the directive `bdoy` isn't known",
            "line 6: `//a[ends-with(@href, 'x')]` can't be used: XPath 1.0 has no function `ends-with`, at character 5",
            "line 7: `script` isn't a tag to put around something",
            "line 8: `replace_string` without a `find_string` before it",
            "line 9: the site wants a login, which isn't supported",
            "line 10: `find_string` without a `replace_string`",
            "line 11: `if_page_contains` has no rule above it",
            "line 12: `test_contains` without a `test_url` before it",
        ]
    );
}

#[test]
fn a_file_without_a_usable_rule_is_refused_with_the_reason() {
    for (text, reason) in [
        ("", "there is no rule in it"),
        ("MIT License\n\nPermission is hereby granted: to all", "there is no rule in it"),
        ("body: //div[", "line 1: `//div[` can't be used: something is missing at the end, at character 7"),
        (
            "# x\ntitle: $a\nbody: ]\nprune: no",
            "line 2: `$a` can't be used: variables aren't known to site rules, at character 1",
        ),
    ] {
        assert_eq!(Rules::parse(text.as_bytes()).unwrap_err().to_string(), reason);
    }
    assert!(Rules::parse(&b"#".repeat(300_000)).unwrap_err().to_string().contains("larger than 256 KiB"));
    assert!(Rules::parse(b"test_url: https://bote.example/").is_ok());
    assert!(Rules::parse(b"body: //p[.='\xff\xfe']").is_ok());
}

#[test]
fn a_file_is_named_after_its_host() {
    for (file, name) in [
        ("bote.example.txt", Some("bote.example")),
        ("WWW.Bote.example.txt", Some("bote.example")),
        (".bote.example.txt", Some(".bote.example")),
        ("bücher.example.txt", Some("xn--bcher-kva.example")),
        ("global.txt", Some("global")),
        ("bote.example.md", None),
        (".txt", None),
        ("a b.txt", None),
        ("a:80.txt", None),
        ("x@y.txt", None),
    ] {
        assert_eq!(Name::of_file(file).map(|name| name.to_string()).as_deref(), name, "{file}");
    }
}

#[test]
fn the_own_host_comes_before_the_nearest_parent_and_a_wildcard_is_not_for_the_parent_itself() {
    let one = "title: //h1";
    let rules = rules(&[
        ("bote.example.txt", one),
        (".bote.example.txt", one),
        (".sport.bote.example.txt", one),
        (".kurier.example.txt", one),
    ]);
    for (host, name) in [
        ("bote.example", Some("bote.example")),
        ("www.bote.example", Some("bote.example")),
        ("BOTE.example.", Some("bote.example")),
        ("wirtschaft.bote.example", Some(".bote.example")),
        ("a.b.bote.example", Some(".bote.example")),
        ("ski.sport.bote.example", Some(".sport.bote.example")),
        ("sport.bote.example", Some(".bote.example")),
        ("kurier.example", None),
        ("www.kurier.example", None),
        ("derbote.example", None),
    ] {
        assert_eq!(rules.for_host(host).map(|(name, _)| name.to_string()).as_deref(), name, "{host}");
    }
}

#[test]
fn rules_choose_title_authors_date_and_body() {
    let draft = drafted(
        "title: substring-before(//title, ' am')\nauthor: //nothing\nauthor: //a[@rel='author']\ndate: //time\n\
         body: //div[@id='vorspann'] | //div[@id='text']\nstrip_id_or_class: werbung\nstrip: //*[@class='merken']\n\
         strip_image_src: zaehler.example\nsrc_lazy_load_attr: data-groß\nwrap_in(blockquote): //p[@class='zitat']",
    );

    assert_eq!(draft.title.as_deref(), Some("Sturm"));
    assert_eq!(draft.authors, ["Anna Berg", "Jo Kern"]);
    assert_eq!(draft.published[0], "2024-05-12T08:00:00+02:00");
    for kept in ["Der Hafen wurde", "Der Rat, der", "Unterdessen", "kai.jpg", "<blockquote>"] {
        assert!(draft.body.contains(kept), "{kept}: {}", draft.body);
    }
    for gone in ["MERKEN", "PUMPEN", "zaehler", "leer.gif"] {
        assert!(!draft.body.contains(gone), "{gone}: {}", draft.body);
    }
    assert_eq!(draft.notes, []);
}

#[test]
fn the_body_is_looked_for_in_what_stripping_left_and_facts_in_the_whole_page() {
    let draft = drafted("strip: //h1\nstrip: //div[@class='zeile']\nstrip: //div[@id='vorspann']\nbody: //body/div[1]");

    assert_eq!(draft.title.as_deref(), Some("Sturm am Hafen"));
    assert!(draft.body.contains("Der Rat, der") && !draft.body.contains("Der Hafen wurde"), "{}", draft.body);
}

#[test]
fn a_class_of_the_page_itself_is_not_stripped() {
    let draft = drafted("strip_id_or_class: werbung");

    assert!(draft.body.contains("Unterdessen") && !draft.body.contains("PUMPEN"), "{}", draft.body);
}

#[test]
fn a_rule_that_finds_nothing_leaves_a_note_and_the_automatic_choice() {
    let rules = "title: //h7\nbody: //div[@id='gone']\ndate: //p[@class='gone']\nauthor: //h7/a\nstrip: //h7";
    let (plain, draft) = (draft(PAGE, &url(), &Config::default()), drafted(rules));

    assert_eq!((&draft.title, &draft.body), (&plain.title, &plain.body));
    assert_eq!((&draft.authors, &draft.published), (&plain.authors, &plain.published));
    let files = ["bote.example.txt:1", "bote.example.txt:4", "bote.example.txt:3", "bote.example.txt:2"];
    assert_eq!(places(&draft.notes), files);
    assert!(draft.notes.iter().all(|note| note.rule.ends_with("so the automatic choice stands")));
}

#[test]
fn selectors_of_the_operator_win_over_rules_and_rules_for_all_pages_only_fill_gaps() {
    let site_rules = rules(&[
        ("bote.example.txt", "title: //title\nauthor: //a[2]\nbody: //div[@id='text']"),
        ("global.txt", "title: string('global')\nauthor: string('Global')\nstrip: //*[@class='merken']"),
    ]);
    let selectors = Config { title: Some("h1".parse().unwrap()), site_rules: site_rules.clone(), ..Config::default() };

    let both = draft(PAGE, &url(), &selectors);
    let elsewhere = Url::parse("https://elsewhere.example/").unwrap();
    let global = draft(PAGE, &elsewhere, &Config { site_rules: site_rules.clone(), ..Config::default() });
    let bare = draft("<p>x</p>", &elsewhere, &Config { site_rules, ..Config::default() });

    assert_eq!(both.title.as_deref(), Some("Sturm am Hafen"));
    assert_eq!(both.authors, ["Jo Kern"]);
    assert!(!both.body.contains("MERKEN") && !both.body.contains("Der Hafen wurde"));
    assert_eq!(global.title.as_deref(), Some("Sturm am Hafen"));
    assert!(!global.body.contains("MERKEN"));
    assert_eq!((bare.title.as_deref(), bare.authors.as_slice()), (Some("global"), ["Global".to_owned()].as_slice()));
}

#[test]
fn texts_are_replaced_before_the_page_is_read_and_a_page_is_not_swollen() {
    let draft = drafted("find_string: <div class='werbung-oben'>\nreplace_string: <nav>\nreplace_string(Rat): Senat");
    let replacement = Replacement { find: "a".to_owned(), with: "a".repeat(10_000) };

    assert!(draft.body.contains("Der Senat, der"), "{}", draft.body);
    assert_eq!(replaced(&"a".repeat(1000), std::slice::from_ref(&replacement)), "a".repeat(1000));
    assert_eq!(replaced("a", &[replacement]).len(), 10_000);
}

#[test]
fn what_was_removed_by_a_rule_is_explained_with_file_and_line() {
    let config = with("title: //h1\nstrip: //div[starts-with(@class, 'werbung')]\nstrip_id_or_class: merken");

    let draft = draft_explained(PAGE, &url(), &config);

    let removed: Vec<_> =
        draft.notes.iter().filter(|note| note.rule.starts_with("removed by the site rules")).collect();
    assert_eq!((removed[0].place.as_str(), &removed[0].text[..6]), ("div.werbung-oben", "PUMPEN"));
    assert_eq!(removed[0].rule, "removed by the site rules bote.example.txt:2");
    assert_eq!(
        (removed[1].text.as_str(), removed[1].rule.as_str()),
        ("MERKEN", "removed by the site rules bote.example.txt")
    );
}

#[test]
fn a_rule_that_takes_too_much_work_is_left_out_with_a_note() {
    let page = format!("<body><h1>Titel</h1><div id=text>{}</div>", "<div><p>Ein Satz.<b>x</b></p></div>".repeat(3000));

    let draft = draft(&page, &url(), &with("title: //p[preceding::b[following::p = //h2]]\ntitle: //h1"));

    assert_eq!(draft.title.as_deref(), Some("Titel"));
    assert_eq!(draft.notes[0].rule, "the rule takes too much work on this page, so it is left out");
}

#[test]
fn links_to_the_rest_of_an_article_are_absolute_and_lead_elsewhere() {
    let links = |text: &str| page_links(PAGE, &url(), &rules(&[("bote.example.txt", text)]));
    let address = |path: &str| Some(Url::parse(&format!("https://www.bote.example{path}")).unwrap());

    let next = links("next_page_link: //ul//a");
    assert_eq!(next, PageLinks { single_page: None, next_page: address("/archiv/a_2.html") });
    assert_eq!(links("next_page_link: //a[@class='weiter']/@href").next_page, address("/archiv/a_2.html"));
    assert_eq!(links("next_page_link: //a[@class='mail']").next_page, None);
    assert_eq!(links("title: //h1"), PageLinks::default());
    let single = "single_page_link: concat(substring-before(//link[@rel='canonical']/@href, '_lang'), '_druck.html')";
    assert_eq!(links(single).single_page, address("/a_druck.html"));
    assert_eq!(
        links(&format!("{single}\nif_page_contains: //a[@class='weiter']")).single_page,
        address("/a_druck.html")
    );
    assert_eq!(links(&format!("{single}\nif_page_contains: //a[@class='nein']")).single_page, None);
    assert_eq!(links(&format!("{single}\nif_page_contains: //a[")), PageLinks::default());
}

fn line() -> impl Strategy<Value = String> {
    const NAMES: &[&str] = &[
        "title",
        "author",
        "date",
        "body",
        "strip",
        "strip_attr",
        "strip_id_or_class",
        "strip_image_src",
        "find_string",
        "replace_string",
        "replace_string(<p>)",
        "replace_string(p",
        "wrap_in(div)",
        "wrap_in(p)",
        "src_lazy_load_attr",
        "next_page_link",
        "single_page_link",
        "if_page_contains",
        "native_ad_clue",
        "http_header(Cookie)",
        "#",
        "x",
        "autodetect_on_failure",
        "test_url",
        "test_contains",
        "",
    ];
    const VALUES: &[&str] = &[
        "//p",
        "//*",
        "//div",
        "/html",
        "//body",
        "//@*",
        "//text()",
        "//p | //div",
        "//b/ancestor::*",
        "p",
        "<p>",
        "</p>",
        "<div>",
        "<table>",
        "",
        "string(/)",
        "//comment()",
        "//p[1]",
        "//*[last()]",
        "//head/following::*",
        "a",
        "yes",
        "\u{0}",
    ];
    (prop::sample::select(NAMES), prop::sample::select(VALUES), prop::sample::select(&[":", ": ", "", " :"][..]))
        .prop_map(|(name, value, colon)| format!("{name}{colon}{value}"))
}

proptest! {
    #[test]
    fn no_file_panics_on_any_page(lines in prop::collection::vec(line(), 0..12), page in "(<(/?(p|div|table|tr|li|b|template|svg|base href=x|img src=p)|!-- p --)>|p| ){0,30}") {
        if let Ok(parsed) = Rules::parse(lines.join("\n").as_bytes()) {
            let site_rules: SiteRules = [(Name::of_file("bote.example.txt").unwrap(), parsed.rules)].into_iter().collect();
            let draft = draft_explained(&page, &url(), &Config { site_rules: site_rules.clone(), ..Config::default() });

            prop_assert!((0.0..=1.0).contains(&draft.confidence));
            let links = page_links(&page, &url(), &site_rules);
            prop_assert!(links.next_page.is_none_or(|url| url.has_host()));
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(parsed) = Rules::parse(&bytes) {
            prop_assert!(parsed.remarks.len() <= bytes.len(), "{:?}", parsed.remarks);
        }
    }
}
