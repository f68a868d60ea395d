//! What expressions find on a page of our own, what libxml accepts and refuses, and that nothing runs away.

use proptest::prelude::*;
use scraper::Html;

use super::*;

const PAGE: &str = "<!DOCTYPE html><html lang=de-AT><head><title>Sturm | Bote</title>\
    <meta property=og:title content='Sturm am Hafen'><link rel=canonical href=/a_1.html></head><body>\
    <div id=top class='bar wide'><a href=/ >Start</a><a href=/n rel=next>Weiter</a></div>\
    <div id=main class='story text'><h1>Sturm am\u{a0}Hafen</h1><p class=by>Von Anna Berg, 12. Mai</p>\
    <p>Eins</p><p class=ad>Werbung</p><p>Zwei <b>und</b> drei</p><!-- Ende --></div>\
    <table id=t><tr><td>a</td><td>b</td></tr><tr><td>7</td></tr></table>\
    <fb:like>x</fb:like><template><p>unsichtbar</p></template></body></html>";

const ENOUGH: u64 = 1 << 20;

/// What an expression gives on the page, in short: names of elements, `@name` of attributes, else the value.
fn shown(expression: &str) -> String {
    let html = Html::parse_document(PAGE);
    let tree = Tree::of(&html);
    let xpath = match XPath::parse(expression) {
        Ok(xpath) => xpath,
        Err(fault) => return format!("fault: {fault}"),
    };
    match xpath.evaluate(&tree, &Budget::new(ENOUGH)) {
        Ok(Value::Nodes(nodes)) => {
            let show = |idx: &u32| match tree.place(*idx).kind {
                tree::Kind::Root => "/".to_owned(),
                tree::Kind::Element => match tree.attribute(*idx, "id") {
                    Some(id) => format!("{}#{id}", tree.name(*idx)),
                    None => tree.name(*idx).to_owned(),
                },
                tree::Kind::Attribute => format!("@{}", tree.name(*idx)),
                tree::Kind::Text => format!("'{}'", tree.text(*idx, &Budget::new(ENOUGH)).unwrap()),
                tree::Kind::Comment => "comment".to_owned(),
            };
            nodes.iter().map(show).collect::<Vec<_>>().join(" ")
        }
        Ok(Value::Number(number)) => number.to_string(),
        Ok(Value::Text(text)) => format!("\"{text}\""),
        Ok(Value::Truth(truth)) => truth.to_string(),
        Err(stop) => format!("{stop:?}"),
    }
}

#[test]
fn paths_lead_where_the_standard_says() {
    for (expression, expected) in [
        ("/", "/"),
        ("/html/body/div", "div#top div#main"),
        ("//div", "div#top div#main"),
        ("//div[@id='main']/p[2]/text()", "'Eins'"),
        ("//p[1]", "p"),
        ("(//p)[last()]/b", "b"),
        ("//div[@id = \"main\"]//b/..", "p"),
        ("//b/ancestor::div", "div#main"),
        ("//b/ancestor-or-self::*[2]", "p"),
        ("//h1/following-sibling::p[1]/@class", "@class"),
        ("//b/preceding::a", "a a"),
        ("count(//h1/following::*)", "14"),
        ("//p[@class='ad']/preceding-sibling::p[1]", "p"),
        ("string(//p[@class='ad']/preceding-sibling::p[1])", "\"Eins\""),
        ("//a/@href | //h1 | //a", "a @href a @href h1"),
        ("//*[@id='main']/*[self::h1 or self::p[@class]]", "h1 p p"),
        ("//comment()", "comment"),
        ("//a[@rel]", "a"),
        ("//a[not(@rel)]/@*", "@href"),
        ("id('top main')", "div#top div#main"),
        ("//fb:like", "fb:like"),
        ("//*[name()='fb:like']", "fb:like"),
        ("//template/p", ""),
        ("html/head/title", "title"),
        (".//title", "title"),
        ("//div[contains(concat(' ', normalize-space(@class), ' '), ' story ')]", "div#main"),
        ("//div[p]", "div#main"),
        ("//h1[lang('de')] | //p[lang('en')]", "h1"),
        ("//p[contains(., 'und')]", "p"),
        ("//p[.='Eins']", "p"),
        ("// div [ @id = 'top' ] / a [ 2 ]", "a"),
        ("child::html/child::body/attribute::*", ""),
        ("//processing-instruction()", ""),
        ("//namespace::*", ""),
    ] {
        assert_eq!(shown(expression), expected, "{expression}");
    }
}

#[test]
fn rows_of_tables_are_found_with_and_without_the_body_that_the_parser_adds() {
    for expression in ["count(//table/tr)", "count(//table/tbody/tr)", "count(//table//tr)", "count(id('t')/tr)"] {
        assert_eq!(shown(expression), "2", "{expression}");
    }
    assert_eq!(shown("string(//table[@id='t']/tr[2]/td)"), "\"7\"");
}

#[test]
fn functions_and_operators_follow_the_standard() {
    for (expression, expected) in [
        ("substring-before(//title, ' |')", "\"Sturm\""),
        ("substring-after(//p[@class='by'], 'Von ')", "\"Anna Berg, 12. Mai\""),
        ("substring-before('abc', 'x')", "\"\""),
        ("substring('12345', 2, 3)", "\"234\""),
        ("substring('12345', 1.5, 2.6)", "\"234\""),
        ("substring('12345', 0)", "\"12345\""),
        ("translate('Bar', 'abc', 'AB')", "\"BAr\""),
        ("normalize-space('  a \n b ')", "\"a b\""),
        ("concat('a', 1, true(), //h1[2])", "\"a1true\""),
        ("string-length('äb')", "2"),
        ("starts-with(//meta/@content, 'Sturm')", "true"),
        ("string(1 div 0)", "\"Infinity\""),
        ("string(0 div 0)", "\"NaN\""),
        ("string(-0)", "\"0\""),
        ("string(1.50)", "\"1.5\""),
        ("round(-2.5)", "-2"),
        ("7 mod 2 * 3 - -1", "4"),
        ("2 < 1 + 2 and not(3 >= 4)", "true"),
        ("1 = 1 = 1", "true"),
        ("//td = 7", "true"),
        ("//td > 6", "true"),
        ("6 < //td", "true"),
        ("//td != 'a'", "true"),
        ("//td = //title", "false"),
        ("//td != //td", "true"),
        ("//h1 != //h1", "false"),
        ("//td < //td", "false"),
        ("//nothing = ''", "false"),
        ("//nothing != //td", "false"),
        ("boolean(//nothing) = false()", "true"),
        ("sum(//table/tr[2]/td)", "7"),
        ("number('1e3')", "NaN"),
        ("local-name(//*[name()='fb:like'])", "\"like\""),
        ("count(//p[position() < 3])", "2"),
        ("count('x')", "NoNodes"),
        ("'x' | //p", "NoNodes"),
    ] {
        assert_eq!(shown(expression), expected, "{expression}");
    }
}

#[test]
fn what_libxml_reads_is_read_and_what_it_refuses_is_refused_with_the_place() {
    for accepted in [
        "//div[@class=story]",
        "//div.story",
        "//DIV",
        "//a[@href='1'or @rel=\"next\"]",
        "//div[@class = 'x' and position()=1]|//p",
        "//*[@data-a-b_c='1']",
        "(//p)[1]/..",
        "//or/and[div div mod]",
        "//*[* * 2 = 4]",
        "- - 1",
    ] {
        assert!(XPath::parse(accepted).is_ok(), "{accepted}: {}", shown(accepted));
    }
    for (refused, fault) in [
        ("", "something is missing at the end, at character 1"),
        ("//", "a name is missing at the end, at character 3"),
        ("//div[@class='x", "a quote isn't closed, at character 14"),
        ("//div[@class='x'", "`]` is missing at the end, at character 17"),
        ("//div[@class='x']]", "`]` doesn't belong there, at character 18"),
        ("//div#main", "`#` doesn't belong there, at character 6"),
        ("//div[@class=‘x’]", "a name is missing before `‘`, at character 14"),
        ("//span[@class='d'],/span", "`,` doesn't belong there, at character 19"),
        ("//a || //b", "a name is missing before `|`, at character 6"),
        ("//p[ends-with(., 'x')]", "XPath 1.0 has no function `ends-with`, at character 5"),
        ("php:functionString('trim', //p)", "XPath 1.0 has no function `php:functionString`, at character 1"),
        ("//p[contains('x')]", "`contains` takes 2 arguments, not 1, at character 5"),
        ("//p[$x]", "variables aren't known to site rules, at character 5"),
        ("//p/parents::a", "there is no axis `parents`, at character 5"),
        ("//p/string()", "a function such as `string` can't be a step, at character 5"),
        ("//h1 title", "`t` doesn't belong there, at character 6"),
    ] {
        assert_eq!(shown(refused), format!("fault: {fault}"), "{refused}");
    }
}

#[test]
fn what_was_taken_out_is_found_no_more_and_counts_no_more() {
    let html = Html::parse_document(PAGE);
    let mut tree = Tree::of(&html);
    let budget = Budget::new(ENOUGH);
    let nodes = |tree: &Tree<'_>, text: &str| match XPath::parse(text).unwrap().evaluate(tree, &budget).unwrap() {
        Value::Nodes(nodes) => nodes,
        other => panic!("{other:?}"),
    };
    for idx in nodes(&tree, "//p[@class='ad'] | //b") {
        tree.take_out(idx);
    }

    let last = nodes(&tree, "//div/p[3]");

    assert_eq!(last.len(), 1);
    assert_eq!(tree.text(last[0], &budget).unwrap(), "Zwei  drei");
    assert!(nodes(&tree, "//b | //*[@class='ad'] | //h1/following::b | //p[3]/preceding::*[@class='ad']").is_empty());
}

#[test]
fn work_is_bounded_whatever_is_asked() {
    let page = format!("<body>{}", "<div><p class=a>x<b>y</b></p>".repeat(400));
    let html = Html::parse_document(&page);
    let tree = Tree::of(&html);

    for (expression, is_cheap) in [
        ("//p/preceding::b", true),
        ("//p/following::b", true),
        ("//p = //b", true),
        ("//div//div//div//p", true),
        ("//*[//* != //*]", false),
        ("//p[preceding::b[following::p]]", false),
        ("//*[count(.//*) > count(//*)]", false),
        ("concat(//body, //body, concat(//body, //body))", true),
    ] {
        let budget = Budget::new(50_000);

        let outcome = XPath::parse(expression).unwrap().evaluate(&tree, &budget);

        assert_eq!(outcome.is_ok(), is_cheap, "{expression}: {} left", budget.left());
    }
}

#[test]
fn deep_brackets_and_endless_chains_end() {
    for text in ["(".repeat(9_000), "a[".repeat(5_000), "-".repeat(9_000), "not(".repeat(3_000)] {
        assert!(XPath::parse(&text).is_err());
    }
    for text in [["a"; 3000].join(" or "), ["//a"; 3000].join("|"), ["1"; 5000].join("+"), ["a"; 5000].join("/")] {
        assert!(XPath::parse(&text).is_ok());
        assert!(!shown(&text).starts_with("fault"));
    }
    assert!(XPath::parse(&"a".repeat(20_000)).is_err());
}

fn soup() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "//",
        "/",
        "div",
        "p",
        "@class",
        "@*",
        "*",
        "[",
        "]",
        "(",
        ")",
        "1",
        "last()",
        "position()",
        "'x'",
        "\"",
        "'",
        ".",
        "..",
        "::",
        "following::",
        "preceding::",
        "ancestor-or-self::",
        "following-sibling::",
        "and",
        "or",
        " ",
        "|",
        "=",
        "!=",
        "<",
        "+",
        "-",
        "mod",
        "text()",
        "node()",
        "contains(",
        "not(",
        "count(",
        "concat(",
        "string(",
        "substring(",
        "translate(",
        ",",
        "id(",
        "$",
        ":",
        "é",
        "\u{0}",
        ".5",
        "2.",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..30).prop_map(|pieces| pieces.concat())
}

/// Expressions that can be read, at all depths.
fn sound() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(
        &["//p", "//*", ".", "..", "@class", "1", "-2.5", "'a b'", "position()", "last()", "//a/@href", "//text()"][..],
    )
    .prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            (
                inner.clone(),
                inner.clone(),
                prop::sample::select(&["=", "!=", "<", ">=", "+", "*", "div", "or", "and"][..])
            )
                .prop_map(|(a, b, operator)| format!("({a} {operator} {b})")),
            inner.clone().prop_map(|a| format!("//*[{a}]")),
            inner.clone().prop_map(|a| format!("//div/preceding::*[{a}][1]")),
            inner.clone().prop_map(|a| format!("//b/ancestor::*[{a}]/following::*[1]")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("concat({a}, substring({b}, 2))")),
            inner.prop_map(|a| format!("string(translate({a}, 'ab', 'b'))")),
        ]
    })
}

proptest! {
    #[test]
    fn no_text_panics_or_hangs(text in soup()) {
        prop_assert!(shown(&text).len() < 1 << 20);
    }

    #[test]
    fn no_expression_panics_or_hangs(text in sound()) {
        let html = Html::parse_document(PAGE);
        let tree = Tree::of(&html);
        let xpath = XPath::parse(&text);
        prop_assert!(xpath.is_ok(), "{}: {:?}", text, xpath);
        let budget = Budget::new(20_000);

        if let Ok(Value::Nodes(nodes)) = xpath.unwrap().evaluate(&tree, &budget) {
            prop_assert!(nodes.is_sorted_by(|a, b| a < b), "{} gave {:?}", text, nodes);
        }
    }
}
