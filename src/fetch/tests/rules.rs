//! The matching of robots.txt: RFC 9309, and what Google's open tests of it ask for, in our own words.

use url::Url;

use crate::fetch::robots;

fn allows(file: &str, agent: &str, path: &str) -> bool {
    let url = Url::parse("https://a.example").unwrap().join(path).unwrap();
    robots::parsed_for(file.as_bytes(), agent).is_url_allowed(&url)
}

fn check(file: &str, cases: &[(&str, &str, bool)]) {
    for (agent, path, expected) in cases {
        assert_eq!(allows(file, agent, path), *expected, "{agent} {path} by {file:?}");
    }
}

#[test]
fn a12_lines_are_a_name_a_colon_and_a_value() {
    check("", &[("Ant", "/x", true)]);
    check("user-agent: Ant\ndisallow: /\n", &[("Ant", "/x", false), ("Bee", "/x", true)]);
    check("agent: Ant\nforbid: /\n", &[("Ant", "/x", true)]);
    // A forgotten colon leaves no doubt of what is meant.
    check("user-agent Ant\ndisallow /\n", &[("Ant", "/x", false)]);
    check("user-agent: Ant\ndisallow: /\n", &[("", "/x", true)]);
    check("USER-AGENT: Ant\nALLOW: /x/\nDISALLOW: /\n", &[("Ant", "/x/y", true), ("Ant", "/a", false)]);
    check("uSeR-aGeNt: Ant\naLLow: /x/\ndisaLLow: /\n", &[("Ant", "/x/y", true), ("Ant", "/a", false)]);
    check("\u{feff}User-Agent: ant\nDisallow: /a", &[("Ant", "/a", false), ("Ant", "/b", true)]);
    for ending in ["\n", "\r", "\r\n"] {
        let file = ["User-Agent: ant", "Allow: /a/b", "User-Agent: *", "Allow: /c", "Disallow: /"].join(ending);
        check(&file, &[("Bee", "/c", true), ("Bee", "/d", false)]);
    }
}

#[test]
fn a12_groups_of_several_agents_and_in_several_places_are_one() {
    let file = "allow: /early/\n\nuser-agent: Ant\ndisallow: /\nallow: /x/\nuser-agent: Bee\ndisallow: /\nallow: /y/\n\n\n\
                allow: /w/\nuser-agent: Cat\n\nuser-agent: Ant\nallow: /z/\ndisallow: /\n";
    check(
        file,
        &[
            ("Ant", "/x/b", true),
            ("Ant", "/z/d", true),
            ("Ant", "/y/c", false),
            ("Bee", "/y/c", true),
            ("Bee", "/w/a", true),
            ("Bee", "/z/d", false),
            ("Cat", "/z/d", true),
            ("Ant", "/early/", false),
            ("Bee", "/early/", false),
            ("Cat", "/early/", false),
        ],
    );
    // Other lines between agents don't end a group's head.
    for line in ["Sitemap: https://a.example/sitemap", "Other: thing"] {
        let file = format!("User-agent: Bee\n{line}\nUser-agent: *\nDisallow: /\n");
        check(&file, &[("Ant", "/x", false), ("Bee", "/x", false)]);
    }
}

#[test]
fn a12_an_agent_is_its_product_in_any_case() {
    for name in ["ANT", "ant", "aNt"] {
        let file = format!("User-Agent: {name}\nAllow: /x/\nDisallow: /\n");
        check(&file, &[("Ant", "/x/y", true), ("Ant", "/a", false), ("ant", "/a", false)]);
    }
    let general = "user-agent: *\ndisallow: /\nuser-agent: Ant\nallow: /\n";
    check(general, &[("Ant", "/x", true), ("Bee", "/x", false)]);
    check("user-agent: Ant\ndisallow: /x/\n\nuser-agent: *\n", &[("Ant", "/x/y", false), ("Bee", "/x/y", true)]);
}

#[test]
fn a12_paths_are_compared_in_their_case_and_the_longest_rule_wins() {
    check("user-agent: Ant\ndisallow: /x/\n", &[("Ant", "/x/y", false), ("Ant", "/X/y", true)]);
    for (rules, path, expected) in [
        ("disallow: /x/page.html\nallow: /x/\n", "/x/page.html", false),
        ("allow: /x/page.html\ndisallow: /x/\n", "/x/page.html", true),
        ("allow: /x/page.html\ndisallow: /x/\n", "/x/", false),
        ("disallow: \nallow: \n", "/x/page.html", true),
        ("disallow: /\nallow: /\n", "/x/page.html", true),
        ("disallow: /x\nallow: /x/\n", "/x", false),
        ("disallow: /x\nallow: /x/\n", "/x/", true),
        ("disallow: /x/page.html\nallow: /x/page.html\n", "/x/page.html", true),
        ("allow: /page\ndisallow: /*.html\n", "/page.html", false),
        ("allow: /page\ndisallow: /*.html\n", "/page", true),
        ("allow: /x/page.\ndisallow: /*.html\n", "/x/page.html", true),
        ("allow: /x/page.\ndisallow: /*.html\n", "/x/y.html", false),
        ("disallow: /x/\nallow: /z/\n", "/y", true),
    ] {
        check(&format!("user-agent: Ant\n{rules}"), &[("Ant", path, expected)]);
    }
    check(
        "user-agent: *\ndisallow: /x/\nuser-agent: Ant\ndisallow: /y/\n",
        &[("Ant", "/x/page", true), ("Ant", "/y/page", false)],
    );
}

#[test]
fn a12_paths_are_compared_without_regard_to_how_they_are_escaped() {
    for (rule, path) in [
        ("/a/b?c=http://d.example?e&f", "/a/b?c=http://d.example?e&f"),
        ("/a/b/ツ", "/a/b/%E3%83%84"),
        ("/a/b/ツ", "/a/b/ツ"),
        ("/a/b/%E3%83%84", "/a/b/ツ"),
        ("/a/b/%e3%83%84", "/a/b/%E3%83%84"),
        // RFC 9309, section 2.2.2: what needs no escape is compared without it.
        ("/a/%62%61%7A", "/a/baz"),
        ("/a/baz", "/a/%62%61%7A"),
        ("/%7Ea", "/~a"),
    ] {
        let file = format!("User-agent: Ant\nDisallow: /\nAllow: {rule}\n");
        check(&file, &[("Ant", path, true), ("Ant", "/other", false)]);
    }
}

#[test]
fn a12_a_star_is_anything_a_dollar_the_end_and_a_hash_a_comment() {
    check(
        "User-agent: Ant\nDisallow: /a/b/q\nAllow: /a/*/c\n",
        &[
            ("Ant", "/a/b/q", false),
            ("Ant", "/a/x/c", true),
            ("Ant", "/a/q", true),
            ("Ant", "/a//q", true),
            ("Ant", "/a/x/q", true),
        ],
    );
    check(
        "User-agent: Ant\nDisallow: /a/b$\nAllow: /a/b/c\n",
        &[("Ant", "/a/b", false), ("Ant", "/a/b/c", true), ("Ant", "/a/b/", true), ("Ant", "/a/b/x", true)],
    );
    check("User-agent: Ant\n# Disallow: /\nDisallow: /a#b\nAllow: /\n", &[("Ant", "/a", false), ("Ant", "/b", true)]);
    check("User-agent: Ant\nDisallow: /*.php$\n", &[("Ant", "/x.php", false), ("Ant", "/x.php?y", true)]);
}

#[test]
fn a12_a_sitemap_line_anywhere_forbids_nothing() {
    for file in [
        "User-Agent: ant\nAllow: /a\nUser-Agent: *\nDisallow: /\nSitemap: https://a.example/s.xml\n",
        "Sitemap: https://a.example/s.xml\nUser-Agent: ant\nAllow: /a\nUser-Agent: *\nDisallow: /\n",
    ] {
        check(file, &[("Ant", "/a", true), ("Bee", "/a", false)]);
    }
}

#[test]
fn a12_half_a_byte_order_mark_is_none_and_a_broken_one_costs_its_line() {
    for (mark, expected) in
        [(&b"\xef\xbb\xbf"[..], false), (b"\xef\xbb", false), (b"\xef", false), (b"\xef\x11\xbf", true), (b"x", true)]
    {
        let file = [mark, b"User-Agent: ant\nDisallow: /a\n"].concat();
        let url = Url::parse("https://a.example/a").unwrap();
        assert_eq!(robots::parsed_for(&file, "Ant").is_url_allowed(&url), expected, "{mark:?}");
    }
    // Anywhere else a mark is part of its line.
    check("User-Agent: ant\n\u{feff}Disallow: /a\nDisallow: /b\n", &[("Ant", "/a", true), ("Ant", "/b", false)]);
}

#[test]
fn a12_lines_end_in_every_way_also_mixed_and_the_last_needs_no_end() {
    let lines = ["User-Agent: ant", "Allow: /a/b", "User-Agent: bee", "", "", "Disallow: /"];
    for ends in [["\n"; 5], ["\r\n"; 5], ["\r"; 5], ["\n", "\r\n", "\n", "\r\n", "\n"]] {
        for last in ["", "\n", "\r"] {
            let mut file: String = lines.iter().zip(ends).map(|(line, end)| format!("{line}{end}")).collect();
            file.push_str(lines[5]);
            file.push_str(last);
            check(&file, &[("Bee", "/x", false), ("Bee", "/a/b", false), ("Ant", "/x", true)]);
        }
    }
}

/// A name in robots.txt is letters, `-` and `_`; ours is one, so nobody has to guess how we read it.
#[test]
fn a12_our_name_is_one_that_can_be_obeyed() {
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || "-_".contains(c));
    for (name, expected) in [
        (robots::PRODUCT, true),
        ("Ant", true),
        ("Ant-Bee", true),
        ("Ant_Bee", true),
        ("", false),
        ("\u{30c4}", false),
        ("Ant*", false),
        (" Ant ", false),
        ("Ant/2.1", false),
        ("Ant Bee", false),
    ] {
        assert_eq!(is_name(name), expected, "{name:?}");
    }
}

/// The part of an address that rules are compared with: path and query, without the fragment.
#[test]
fn a12_rules_see_the_path_and_the_query_of_an_address() {
    for (url, rule) in [
        ("https://a.example", "/$"),
        ("https://a.example/", "/$"),
        ("https://a.example/a", "/a$"),
        ("https://a.example/a/", "/a/$"),
        ("https://a.example/a/b?c=http://d.e/", "/a/b?c=http://d.e/$"),
        ("https://a.example/a/b?c=d&e=f#fragment", "/a/b?c=d&e=f$"),
        ("https://a.example?a", "/?a$"),
        ("https://a.example/a;b#c", "/a;b$"),
        ("https://a.example/\u{e1}", "/%C3%A1$"),
        ("https://a.example/%aa", "/%AA$"),
        ("https://a.example/a/b/c", "/a/b/c$"),
    ] {
        let file = format!("User-agent: Ant\nDisallow: {rule}\n");
        let url = Url::parse(url).unwrap();
        assert!(!robots::parsed_for(file.as_bytes(), "Ant").is_url_allowed(&url), "{url} {rule}");
    }
}
