//! Ways in which pages are unlike a column of paragraphs: where their text is, and what surrounds it.

use offprint::extract;
use offprint::model::Draft;
use url::Url;

fn drafted(html: &str) -> Draft {
    let url = Url::parse("https://gazette.example/2024/11/19/harbour-wall").expect("a constant that is a URL");
    extract::draft_explained(html, &url, &extract::Config::default())
}

const TITLE: &str = "Harbour wall gives way in the night";

/// The n-th sentence of a story that never was.
fn sentence(n: usize) -> String {
    const OPENINGS: [&str; 6] = [
        "The wall had been inspected in spring",
        "Two fishing boats were lifted over the quay",
        "Nobody was hurt, the harbour master said",
        "Repairs will take the whole of the winter",
        "The council has set aside money for pumps",
        "Old photographs show the same breach long ago",
    ];
    const ENDINGS: [&str; 5] = [
        "and those who live behind it want to know why nothing was done before the storm came.",
        "while the water stood knee-deep in the cellars of the houses along the lower street.",
        "although the engineers who were asked in the morning gave a rather different account.",
        "which is more than the town spends on all of its roads, bridges and schools in a year.",
        "but the last word belongs to the ministry, whose experts arrive on Thursday by train.",
    ];
    format!("{} ({n}), {}", OPENINGS[n % OPENINGS.len()], ENDINGS[n % ENDINGS.len()])
}

fn paragraphs(range: std::ops::Range<usize>) -> String {
    range.map(|n| format!("<p>{}</p>", sentence(n))).collect()
}

fn page(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>{TITLE} | The Gazette</title><meta property=og:title content=\"{TITLE}\">{head}\
         </head><body><header><nav><a href=/>Home</a> <a href=/news>News</a> <a href=/sport>Sport</a></nav></header>{body}\
         <footer><p>© The Gazette. All rights reserved.</p></footer></body></html>"
    )
}

#[track_caller]
fn holds(draft: &Draft, range: std::ops::Range<usize>) {
    for n in range {
        assert!(draft.body.contains(&format!("({n})")), "{n} is missing: {}", draft.body);
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a string is JSON")
}

#[test]
fn a_body_in_the_data_of_scripts_is_found_by_its_shape() {
    let html = quoted(&paragraphs(0..8)).replace("</", "<\\/");
    let title = quoted(TITLE);
    let blocks: Vec<String> = (0..8)
        .map(|n| {
            format!(
                r#"{{"_type":"block","style":"normal","children":[{{"_type":"span","text":{}}}]}}"#,
                quoted(&sentence(n))
            )
        })
        .collect();
    let contentful: Vec<String> = (0..8)
        .map(|n| {
            format!(
                r#"{{"nodeType":"paragraph","data":{{}},"content":[{{"nodeType":"text","value":{},"marks":[]}}]}}"#,
                quoted(&sentence(n))
            )
        })
        .collect();
    let plain: Vec<String> = (0..8).map(|n| quoted(&sentence(n))).collect();
    let other = quoted(&paragraphs(20..40));
    for script in [
        format!(
            r#"<script id="__NEXT_DATA__" type="application/json">{{"props":{{"pageProps":{{"post":{{"title":{title},"content":{html}}}}}}}}}</script>"#
        ),
        format!(
            r#"<script id="__NEXT_DATA__" type="application/json">{{"props":{{"post":{{"title":{title},"body":[{}]}}}}}}</script>"#,
            blocks.join(",")
        ),
        format!(
            r#"<script>window.__APOLLO_STATE__ = {{"Article:1":{{"headline":{title},"text":{{"nodeType":"document","content":[{}]}}}}}};</script>"#,
            contentful.join(",")
        ),
        format!(
            r#"<script type="application/json" id="__NUXT_DATA__">[{{"state":1}},{{"title":2,"html":3}},{title},{html}]</script>"#
        ),
        format!(
            r#"<script>window.__INITIAL_STATE__=JSON.parse({})</script>"#,
            quoted(&format!(r#"{{"a":{{"title":{title},"paragraphs":[{}]}}}}"#, plain.join(",")))
        ),
        format!(
            r#"<script type="application/json">{{"related":[{{"title":"Else","html":{other}}}],"stories":[{{"title":"Else","html":{other}}},{{"title":{title},"html":{html}}}]}}</script>"#
        ),
    ] {
        let draft =
            drafted(&page("", &format!("<div id=app><h1>{TITLE}</h1><p>Loading the story …</p></div>{script}")));

        holds(&draft, 0..8);
        assert!(!draft.body.contains("(21)"), "{script}: {}", draft.body);
        assert!(draft.notes.iter().any(|note| note.rule.contains("data of a script")), "{script}");
    }
}

#[test]
fn data_never_replaces_what_the_page_shows() {
    let html = quoted(&paragraphs(20..60)).replace("</", "<\\/");
    let script = format!(r#"<script type="application/json">{{"title":"Another story","content":{html}}}</script>"#);

    let long = drafted(&page("", &format!("<article><h1>{TITLE}</h1>{}</article>{script}", paragraphs(0..9))));
    let short = drafted(&page("", &format!("<article><h1>{TITLE}</h1>{}</article>{script}", paragraphs(0..2))));

    holds(&long, 0..9);
    holds(&short, 0..2);
    assert!(!long.body.contains("(21)") && !short.body.contains("(21)"));
}

#[test]
fn linked_data_templates_and_noscript_help_where_nothing_is_shown() {
    let text: Vec<String> = (0..8).map(sentence).collect();
    let linked = format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}","articleBody":{}}}</script>"#,
        quoted(&text.join("\n"))
    );
    for (head, body) in [
        (linked.as_str(), format!("<h1>{TITLE}</h1><p>Please turn on scripts.</p>")),
        ("", format!("<h1>{TITLE}</h1><template id=story><article>{}</article></template>", paragraphs(0..8))),
        ("", format!("<h1>{TITLE}</h1><div id=app></div><noscript><article>{}</article></noscript>", paragraphs(0..8))),
    ] {
        let draft = drafted(&page(head, &body));

        holds(&draft, 0..8);
        assert!(draft.confidence < 0.9, "{}", draft.confidence);
    }
}

#[test]
fn the_length_in_linked_data_is_held_against_what_was_found() {
    let text: Vec<String> = (0..20).map(sentence).collect();
    let linked = |n: usize| {
        let body = quoted(&text[..n].join("\n"));
        format!(
            r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}","articleBody":{body}}}</script>"#
        )
    };
    let body = format!("<article><h1>{TITLE}</h1>{}</article>", paragraphs(0..8));

    let unknown = drafted(&page("", &body)).confidence;
    let same = drafted(&page(&linked(8), &body)).confidence;

    let part = drafted(&page(&linked(20), &body)).confidence;

    assert!(same > unknown, "{same} {unknown}");
    assert!(part < 0.5 * unknown, "{part} {unknown}");
}

#[test]
fn linked_data_picks_the_subtree_that_it_describes() {
    let text: Vec<String> = (0..6).map(sentence).collect();
    let linked = format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}","articleBody":{}}}</script>"#,
        quoted(&text.join("\n"))
    );
    let links: String =
        (0..150).map(|n| format!("<li><a href=/{n}>One more headline of another day</a></li>")).collect();
    let thread: String = (30..60).map(|n| format!("<div class=x><p>{}</p></div>", sentence(n))).collect();

    let draft = drafted(&page(
        &linked,
        &format!("<div class=a><h1>{TITLE}</h1>{}</div><ul>{links}</ul><div class=b>{thread}</div>", paragraphs(0..6)),
    ));

    holds(&draft, 0..6);
    assert!(!draft.body.contains("(31)"), "{}", draft.body);
}

#[test]
fn streamed_parts_are_read_where_their_script_would_put_them() {
    let body = format!(
        "<div id=root><article><h1>{TITLE}</h1>{}<!--$?--><template id=\"B:1\"></template><p>Loading</p><!--/$-->{}</article></div>\
         <div hidden id=\"S:1\">{}</div><script>$RC(\"B:1\",\"S:1\")</script>",
        paragraphs(0..2),
        paragraphs(5..8),
        paragraphs(2..5)
    );

    let draft = drafted(&page("", &body));

    let places: Vec<usize> = (0..8).map(|n| draft.body.find(&format!("({n})")).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(!draft.body.contains("Loading"));
}

#[test]
fn amp_pages_are_read_as_they_are() {
    let html = page(
        "",
        &format!(
            "<article><h1>{TITLE}</h1>{}<amp-img src=/wall.jpg width=800 height=600 layout=responsive></amp-img>{}\
         <amp-ad type=x><p>LEAK</p></amp-ad><amp-sidebar><ul><li><a href=/>LEAK</a></li></ul></amp-sidebar></article>",
            paragraphs(0..3),
            paragraphs(3..6)
        ),
    );

    let draft = drafted(&html.replace("<html lang=en>", "<html amp lang=en>"));

    holds(&draft, 0..6);
    assert!(draft.body.contains("wall.jpg"), "{}", draft.body);
    assert!(!draft.body.contains("LEAK"), "{}", draft.body);
}

#[test]
fn of_several_stories_below_each_other_the_first_stays() {
    let more = |title: &str, range| format!("<article class=story><h1>{title}</h1>{}</article>", paragraphs(range));
    let body = format!(
        "<main>{}{}{}</main>",
        more(TITLE, 0..6),
        more("A new ferry for the islands", 20..28),
        more("Bakers strike over flour prices", 30..38)
    );

    let draft = drafted(&page("<link rel=canonical href=/2024/11/19/harbour-wall>", &body));

    holds(&draft, 0..6);
    assert!(!draft.body.contains("(21)") && !draft.body.contains("(31)"), "{}", draft.body);
}

#[test]
fn a_thread_of_comments_longer_than_the_article_goes() {
    for (outer, inner) in [("comments", "comment"), ("thread", "reply"), ("c1", "c2")] {
        let thread: String = (20..50)
            .map(|n| {
                format!("<li class={inner}><div><a href=/u/{n}>reader{n}</a> <time>2 hours ago</time></div><p>{}</p><a href=#r>Reply</a></li>", sentence(n))
            })
            .collect();
        let body = format!(
            "<article><h1>{TITLE}</h1>{}</article><section id={outer}><h2>30 comments</h2><ol>{thread}</ol></section>",
            paragraphs(0..5)
        );

        let draft = drafted(&page("", &body));

        holds(&draft, 0..5);
        assert!(!draft.body.contains("(25)"), "{outer}: {}", draft.body);
    }
}

#[test]
fn lists_of_links_may_be_the_article() {
    let entry = |n: usize| {
        format!("<li><a href=https://else.example/{n}>A piece about harbours, part {n}</a> – {}</li>", sentence(n))
    };
    let entries: String = (0..9).map(entry).collect();
    let body = format!("<article><h1>{TITLE}</h1><p>{}</p><ul>{entries}</ul></article>", sentence(10));

    let draft = drafted(&page("", &body));

    holds(&draft, 0..9);
}

#[test]
fn two_sentences_are_an_article_too() {
    let body = format!(
        "<main><article><h1>{TITLE}</h1><p>The harbour wall gave way at four in the morning. Nobody was hurt (0).</p></article></main>\
         <aside><h2>Latest</h2><ul>{}</ul></aside>",
        (0..12)
            .map(|n| format!("<li><a href=/{n}>Another headline of the day, number {n}</a></li>"))
            .collect::<String>()
    );

    let draft = drafted(&page("", &body));

    holds(&draft, 0..1);
    assert!(!draft.body.contains("Another headline"), "{}", draft.body);
}

#[test]
fn a_live_blog_keeps_its_entries_with_times_in_order() {
    let entry = |n: usize| {
        format!(
            "<div class=entry><time datetime=2024-11-19T0{n}:05>0{n}:05</time><h3>Entry number {n}</h3><p>{}</p></div>",
            sentence(n)
        )
    };
    let body = format!(
        "<article><h1>{TITLE}</h1>{}<div class=live>{}</div></article>",
        paragraphs(10..12),
        (1..9).map(entry).collect::<String>()
    );

    let draft = drafted(&page("", &body));

    holds(&draft, 1..9);
    let places: Vec<usize> = (1..9).map(|n| draft.body.find(&format!("Entry number {n}")).unwrap()).collect();
    assert!(places.is_sorted());
    assert!(draft.body.contains("05:05"), "{}", draft.body);
}

#[test]
fn captions_are_the_text_of_a_gallery() {
    let figure = |n: usize| {
        format!(
            "<figure><img src=/photo{n}.jpg width=1200 height=800><figcaption>{}</figcaption></figure>",
            sentence(n)
        )
    };
    let body =
        format!("<article><h1>{TITLE}</h1><p>{}</p>{}</article>", sentence(9), (0..8).map(figure).collect::<String>());

    let draft = drafted(&page("", &body));

    holds(&draft, 0..8);
    assert!(draft.body.contains("photo7.jpg"), "{}", draft.body);
}

#[test]
fn interviews_keep_questions_and_recipes_their_lists() {
    let pair = |n: usize| format!("<p><strong>And what about part {n}?</strong></p><p>{}</p>", sentence(n));
    let interview = format!("<article><h1>{TITLE}</h1>{}</article>", (0..7).map(pair).collect::<String>());
    let recipe = format!(
        "<article><h1>{TITLE}</h1><p>{}</p><h2>Ingredients</h2><ul>{}</ul><h2>Method</h2><ol>{}</ol></article>",
        sentence(0),
        ["200 g flour", "2 eggs", "1 pinch of salt", "100 ml milk"].map(|line| format!("<li>{line}</li>")).concat(),
        (1..6).map(|n| format!("<li>{}</li>", sentence(n))).collect::<String>()
    );

    let interview = drafted(&page("", &interview));
    let recipe = drafted(&page("", &recipe));

    holds(&interview, 0..7);
    for n in 0..7 {
        assert!(interview.body.contains(&format!("about part {n}?")), "{}", interview.body);
    }
    holds(&recipe, 0..6);
    for line in ["200 g flour", "1 pinch of salt", "Ingredients", "Method"] {
        assert!(recipe.body.contains(line), "{line}: {}", recipe.body);
    }
}

#[test]
fn a_table_alone_is_an_article() {
    let row = |n: usize| format!("<tr><td>Quay {n}</td><td>{} m</td><td>built in 19{n}0</td></tr>", 10 * n);
    let body = format!(
        "<main><h1>{TITLE}</h1><table><tr><th>Quay</th><th>Length</th><th>Year</th></tr>{}</table></main>",
        (1..10).map(row).collect::<String>()
    );

    let draft = drafted(&page("", &body));

    for n in 1..10 {
        assert!(draft.body.contains(&format!("Quay {n}")), "{}", draft.body);
    }
}

#[test]
fn scripts_without_spaces_are_counted_by_characters() {
    for (language, text, leak) in [
        (
            "ja",
            "港の堤防が未明の嵐で崩れ、低い土地の家々に水が流れ込んだと市の担当者が火曜日に明らかにした。",
            "関連記事をもっと読む",
        ),
        ("zh", "港口的防波堤在凌晨的风暴中倒塌，海水涌入低洼地区的房屋，市政府周二表示没有人员受伤。", "相关新闻"),
        (
            "th",
            "กำแพงท่าเรือพังลงในพายุเมื่อเช้ามืดและน้ำทะเลไหลเข้าบ้านเรือนในที่ลุ่มต่ำ เจ้าหน้าที่เทศบาลกล่าวเมื่อวันอังคารว่าไม่มีผู้ได้รับบาดเจ็บ",
            "ข่าวที่เกี่ยวข้อง",
        ),
        (
            "ko",
            "항구의 방파제가 새벽 폭풍에 무너져 저지대 주택으로 바닷물이 밀려들었다고 시 관계자가 화요일에 밝혔으며 다친 사람은 없다고 덧붙였다.",
            "관련 기사",
        ),
    ] {
        let story: String = (0..6).map(|n| format!("<p>{n}{text}</p>")).collect();
        let links: String = (0..6).map(|n| format!("<li><a href=/{n}>{leak}</a></li>")).collect();
        let html = page(
            "",
            &format!("<main><h1>見出し</h1><div class=text>{story}</div><h2>{leak}</h2><ul>{links}</ul></main>"),
        );

        let draft = drafted(&html.replace("lang=en", &format!("lang={language}")));

        for n in 0..6 {
            assert!(draft.body.contains(&format!("<p>{n}")), "{language}: {}", draft.body);
        }
        assert!(!draft.body.contains(leak), "{language}: {}", draft.body);
    }
}

#[test]
fn pages_without_an_article_are_doubted() {
    let teaser = |n: usize| {
        format!("<div class=teaser><h3><a href=/{n}>Headline of story number {n}</a></h3><p>{}</p></div>", sentence(n))
    };
    let short = |n: usize| format!("<li><a href=/{n}>Headline of story number {n}</a></li>");
    for (name, body) in [
        ("cookie wall", "<div class=consent><h1>Before you continue</h1><p>We and our 812 partners store and access information on your device, such as cookies, and process personal data.</p><button>Accept all</button><button>Manage</button></div>".to_owned()),
        ("home", format!("<main>{}</main>", (0..30).map(teaser).collect::<String>())),
        ("category", format!("<main><h1>Harbour</h1><ul>{}</ul><a href=?page=2>Next</a></main>", (0..30).map(short).collect::<String>())),
        ("login", "<main><h1>Sign in</h1><form><label>E-mail <input></label><label>Password <input type=password></label><button>Sign in</button></form><p>No account yet? <a href=/join>Join us</a>.</p></main>".to_owned()),
        ("soft 404", "<main><h1>Page not found</h1><p>The page you are looking for has moved or no longer exists. Try the search, or go back to the <a href=/>home page</a>.</p></main>".to_owned()),
        ("challenge", "<main><h1>gazette.example</h1><h2>Verifying you are human. This may take a few seconds.</h2><p>gazette.example needs to review the security of your connection before proceeding.</p></main>".to_owned()),
    ] {
        let url = Url::parse("https://gazette.example/some/where").unwrap();
        let draft = extract::draft(page("", &body), &url, &extract::Config::default());

        assert!(draft.confidence < 0.5, "{name}: {} {}", draft.confidence, draft.body);
    }
}
