//! Articles, what others make of them, and what must be seen as one.

use super::*;
use crate::model::{AliasKey, ArticleId, Fingerprint, Judgement, Language, Neighbour, StoryId};

const HARBOUR: &str = include_str!("../../tests/fixtures/dedup/harbour.txt");
const HARBOUR_NEXT: &str = include_str!("../../tests/fixtures/dedup/harbour-next.txt");
const MARKET: &str = include_str!("../../tests/fixtures/dedup/market.txt");
const OBITUARY_A: &str = include_str!("../../tests/fixtures/dedup/obituary-a.txt");
const OBITUARY_B: &str = include_str!("../../tests/fixtures/dedup/obituary-b.txt");
const BANJIR: &str = include_str!("../../tests/fixtures/dedup/banjir.txt");
const AME: &str = include_str!("../../tests/fixtures/dedup/ame.txt");
/// Prose in which edits are scattered, by language.
const PROSE: [(&str, &str); 5] =
    [("en", HARBOUR), ("en", OBITUARY_A), ("en", OBITUARY_B), ("id", BANJIR), ("en", HARBOUR_NEXT)];

const BOILERPLATE: &str = "Lindhaven Courier, the paper of the coast, brings you the news of the day.";
const FOOTER: &str = "Follow us wherever you are, and tell us what you have seen. Our newsroom is open day and night for your calls. \
    All rights reserved, no part of this may be printed without our leave.";

fn print(text: &str) -> Fingerprint {
    fingerprint(text, None)
}

fn are_one(a: &str, b: &str) -> bool {
    let (a, b) = (print(a), print(b));
    let forth = compare(&a, &b);
    assert_eq!(forth, compare(&b, &a));
    forth.is_duplicate
}

fn is_candidate(a: &str, b: &str) -> bool {
    let (a, b) = (print(a), print(b));
    a.bands.iter().any(|band| b.bands.contains(band))
}

/// A number below `n` from a seed that moves on.
fn below(seed: &mut u64, n: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 33).unwrap() % n
}

/// So many percent of the words replaced by others of no meaning, dropped or doubled.
fn edited(text: &str, percent: usize, mut seed: u64) -> String {
    let spare = ["indeed", "really", "quite", "former", "local", "perhaps", "also", "nearly", "later", "again"];
    text.split("\n\n")
        .map(|paragraph| {
            let words = paragraph.split(' ').flat_map(|word| {
                if below(&mut seed, 100) >= percent {
                    return vec![word.to_owned()];
                }
                match below(&mut seed, 4) {
                    0 => vec![],
                    1 => vec![word.to_owned(), spare[below(&mut seed, spare.len())].to_owned()],
                    _ => vec![spare[below(&mut seed, spare.len())].to_owned()],
                }
            });
            words.collect::<Vec<_>>().join(" ")
        })
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// Every run of digits replaced by another of the same length.
fn renumbered(text: &str, mut seed: u64) -> String {
    text.chars()
        .map(|c| if c.is_ascii_digit() { char::from(b'1' + u8::try_from(below(&mut seed, 9)).unwrap()) } else { c })
        .collect()
}

/// The part of a text from one share of its sentences to another.
fn part(text: &str, from: f64, to: f64) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = |share: f64| (f64::from(u32::try_from(words.len()).unwrap()) * share) as usize;
    words[at(from)..at(to)].join(" ")
}

fn curled(text: &str) -> String {
    text.replace('\'', "’")
        .replace(" \"", " “")
        .replace('"', "”")
        .replace(", ", ",\u{a0}")
        .replace("wall", "wa\u{ad}ll")
}

#[test]
fn an_edited_copy_is_a_duplicate() {
    let mut missed: Vec<(usize, usize)> = Vec::new();
    for (percent, at_most) in [(5, 0), (10, 0), (20, 10)] {
        let mut n_missed = 0;
        for (_, text) in PROSE {
            n_missed += (0..20).filter(|seed| !are_one(text, &edited(text, percent, *seed))).count();
        }
        assert!(n_missed <= at_most, "{n_missed} of 100 copies with {percent} % of words edited missed");
        missed.push((percent, n_missed));
    }
}

#[test]
fn a_copy_cut_reordered_or_framed_is_a_duplicate() {
    for (_, text) in PROSE {
        let paragraphs: Vec<&str> = text.split("\n\n").collect();
        let reordered = [&paragraphs[..1], &paragraphs[2..], &paragraphs[1..2]].concat().join("\n\n");
        let halved: Vec<&str> = paragraphs.iter().copied().step_by(2).collect();
        assert!(are_one(text, &part(text, 0.0, 0.6)), "the first 60 %");
        assert!(are_one(text, &part(text, 0.0, 0.35)), "the first 35 %");
        assert!(are_one(text, &part(text, 0.3, 0.9)), "the middle");
        assert!(are_one(text, &format!("{BOILERPLATE}\n\n{text}\n\n{FOOTER}")), "boilerplate on both sides");
        assert!(are_one(text, &format!("{}\n\n{FOOTER}", part(text, 0.0, 0.6))), "cut and framed");
        assert!(are_one(text, &format!("LINDHAVEN, 19 November (Own report, updated 14:05) - {text}")), "dateline");
        assert!(are_one(text, &reordered), "reordered");
        assert!(are_one(text, &halved.join("\n\n")), "every other paragraph");
        assert!(are_one(text, &curled(text)), "typography");
        assert!(are_one(text, &text.to_uppercase()), "capitals");
    }
}

#[test]
fn the_same_form_with_other_facts_is_another_article() {
    for seed in 0..50 {
        assert!(!are_one(MARKET, &renumbered(MARKET, seed)), "numbers only, seed {seed}");
    }
    let people = [
        ("Marta", "Elsa"),
        ("Lindqvist", "Norgaard"),
        ("Vesterby", "Sundhavn"),
        ("Halden", "Aker"),
        ("Ostmark", "Vestmark"),
        ("Anders", "Olof"),
        ("Sunday", "Tuesday"),
        ("May", "June"),
    ];
    let template = people.iter().fold(renumbered(OBITUARY_A, 3), |text, (from, to)| text.replace(from, to));
    assert!(!are_one(OBITUARY_A, &template), "names and numbers in a template");
    assert!(!are_one(OBITUARY_A, OBITUARY_B), "two obituaries");
    assert!(!are_one(HARBOUR, HARBOUR_NEXT), "a follow-up with half of the background");
    assert!(!are_one(HARBOUR, MARKET));
    assert!(!are_one(
        BANJIR,
        &renumbered(&people.iter().fold(BANJIR.replace("Senin", "Rabu"), |t, (a, b)| t.replace(a, b)), 9)
    ));
}

#[test]
fn a_round_up_that_quotes_an_article_is_another() {
    let round_up = [OBITUARY_A, OBITUARY_B, HARBOUR, BANJIR, MARKET, HARBOUR_NEXT].join("\n\n");

    assert!(!are_one(OBITUARY_A, &round_up));
}

#[test]
fn d6_a_short_text_is_no_evidence() {
    let short = "Subscribe to continue reading this article. ".repeat(3);

    assert!(print(&short).is_blank());
    assert!(print("").is_blank());
    assert!(fingerprint(&"雨".repeat(70), Language::parse("ja").as_ref()).is_blank());
    assert!(!are_one(&short, &short));
}

#[test]
fn a_text_without_spaces_is_compared_by_characters() {
    let japanese = Language::parse("ja");
    let of = |text: &str| fingerprint(text, japanese.as_ref());
    let cut: String = AME.chars().take(AME.chars().count() * 6 / 10).collect();
    let edited =
        AME.replace("強い", "激しい").replace("説明した", "語った").replace("およそ", "約").replace("明け方", "早朝");

    assert!(!of(AME).is_blank());
    assert_eq!(of(AME), print(AME));
    assert!(compare(&of(AME), &of(&cut)).is_duplicate);
    assert!(compare(&of(AME), &of(&edited)).is_duplicate);
    assert!(
        !compare(&of(AME), &of(&AME.replace("450", "720").replace("120", "85").replace("2018", "2011"))).is_duplicate
    );
    assert!(!compare(&of(AME), &print(BANJIR)).is_duplicate);
}

#[test]
fn a_copy_is_found_by_its_bands() {
    for (_, text) in PROSE {
        for seed in 0..10 {
            assert!(is_candidate(text, &edited(text, 10, seed)));
        }
        assert!(is_candidate(text, &part(text, 0.0, 0.6)));
    }
    assert!(!is_candidate(OBITUARY_A, OBITUARY_B));
    assert!(!is_candidate(HARBOUR, MARKET));
}

#[test]
fn a_long_text_is_sampled_alike_in_all_its_copies() {
    let mut seed = 7;
    let word = |n: usize| [n / 676 % 26, n / 26 % 26, n % 26].map(|at| char::from(b"abcdefghijklmnopqrstuvwxyz"[at]));
    let long: String = (0..30_000).flat_map(|_| word(below(&mut seed, 4_000)).into_iter().chain([' '])).collect();

    let cut = part(&long, 0.0, 0.6);

    assert_eq!(print(&long).shingles.len(), 4_000);
    let comparison = compare(&print(&long), &print(&cut));
    assert!(comparison.is_duplicate, "{comparison:?}");
    assert!((comparison.similarity - 0.6).abs() < 0.05, "{comparison:?}");
}

/// Stored fingerprints are compared with new ones, so this may never change.
#[test]
fn a_fingerprint_is_the_same_for_ever() {
    let print = print(HARBOUR);

    let sum = |values: &[u64]| values.iter().fold(0_u64, |sum, value| sum.rotate_left(5) ^ value);
    let wide: Vec<u64> = print.shingles.iter().chain(&print.facts).map(|hash| u64::from(*hash)).collect();
    assert_eq!((print.bands.len(), print.shingles.len(), print.facts.len()), (42, 307, 71));
    assert_eq!((sum(&print.bands), sum(&wide)), (7_653_447_744_573_127_451, 4_300_362_056_988_872_472));
}

#[test]
fn the_best_neighbour_wins_in_any_order() {
    let source = "gazette".parse().unwrap();
    let neighbour = |name: &str, text: &str| {
        let id = ArticleId::mint(&source, &AliasKey::guid(name));
        Neighbour { id, story: StoryId::led_by(id), fingerprint: print(text) }
    };
    let framed = format!("{BOILERPLATE}\n\n{HARBOUR}\n\n{FOOTER}");
    let mut neighbours = vec![
        neighbour("cut", &part(HARBOUR, 0.0, 0.6)),
        neighbour("one", &framed),
        neighbour("two", &framed),
        neighbour("other", MARKET),
    ];
    let smallest = neighbours[1].id.min(neighbours[2].id);

    let forth = judge(&print(HARBOUR), &neighbours);
    neighbours.reverse();
    let back = judge(&print(HARBOUR), &neighbours);

    assert_eq!(forth, back);
    assert!(
        matches!(forth, Judgement::Duplicate { of, story, .. } if of == smallest && story == StoryId::led_by(smallest)),
        "{forth:?}"
    );
    assert_eq!(judge(&print(HARBOUR), &neighbours[..1]), Judgement::New);
    assert_eq!(judge(&Fingerprint::default(), &neighbours), Judgement::New);
}

proptest::proptest! {
    #[test]
    fn no_text_panics_and_each_equals_itself(text in "\\PC{0,200}|([a-zA-Z0-9.,:' \n雨か]{0,8}){0,60}") {
        let print = print(&text);
        proptest::prop_assert_eq!(compare(&print, &print).is_duplicate, !print.is_blank() && print.shingles.len() >= 12);
    }
}
