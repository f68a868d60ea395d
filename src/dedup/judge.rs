//! Says whether an article repeats a neighbour, and declines wherever that isn't plain: a false merge hides an
//! article from its reader, a missed one only shows it twice.

use super::overlap::{Overlap, limit};
use super::shingle::{Kind, context, is_kind, value};
use crate::model::{Fingerprint, Judgement, Neighbour};

/// A copy that was cut or got something added: so much of the smaller is in the larger. Copies cut to a third
/// have all of it; follow-ups with half of the background have 0.92 and are told apart by their beginnings.
const MIN_CONTAINED: f64 = 0.90;
/// From here on the smaller is in the larger but for its edges, wherever the beginning went.
const MIN_WHOLE: f64 = 0.97;
/// Least similarity of such a copy: cut to 30 % has 0.30 at the median, a round-up that quotes it all has less.
const MIN_SIMILARITY_CONTAINED: f64 = 0.18;
/// Least similarity of a copy that was edited all over: 20 % of words changed have 0.36 at the median.
const MIN_SIMILARITY_EDITED: f64 = 0.28;
/// Least containment of such a copy: 20 % of words changed have 0.53.
const MIN_CONTAINED_EDITED: f64 = 0.43;
/// An edited copy keeps its length: the smaller has so much of the larger's.
const MIN_LENGTH_EDITED: f64 = 0.6;
/// A copy shorter than so much of the other was cut.
const MIN_LENGTH_UNCUT: f64 = 0.75;
/// Least share of a beginning that must be in the other article: edits are scattered, news stands in front.
const MIN_LEAD: f64 = 0.25;
/// Where the words around a number agree, so many may have another number: more, and a form was filled anew.
/// Each number of next week's market is another; of 20 % edited words, hardly one.
const MAX_NUMBERS: f64 = 0.3;
/// The same of names, which edits break apart more often; and of those that each side has alone, wherever they
/// stand.
const MAX_NAMES: f64 = 0.5;
/// More numbers that each side has alone make another article, wherever they stand.
const MAX_ALONE: f64 = 0.4;
/// So many on one side alone are a dateline's or a footer's.
const N_FREE: usize = 2;
/// So few shared shingles are chance, however short the text.
const MIN_SHARED: usize = 12;

/// Two articles side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Jaccard similarity of the shingles: 0.0 to 1.0.
    pub similarity: f64,
    /// Share of the smaller one's shingles that the larger has: 0.0 to 1.0.
    pub containment: f64,
    /// Why they are two although they look alike.
    pub vetoes: Vec<Veto>,
    /// Whether they look alike and nothing speaks against it.
    pub is_duplicate: bool,
}

/// What speaks against a likeness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Veto {
    /// Each has numbers or dates that the other lacks.
    Numbers,
    /// Each has names that the other lacks.
    Names,
    /// They begin with different news.
    Lead,
}

impl Veto {
    /// The word for it in batch output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Numbers => "numbers",
            Self::Names => "names",
            Self::Lead => "lead",
        }
    }
}

/// What an article is beside its neighbours: a duplicate of the most similar that it repeats, of the smallest id
/// where two are equally similar, whatever their order; else new.
#[must_use]
pub fn judge(new: &Fingerprint, neighbours: &[Neighbour]) -> Judgement {
    let alike = neighbours.iter().filter_map(|neighbour| {
        let comparison = compare(new, &neighbour.fingerprint);
        comparison.is_duplicate.then_some((neighbour, comparison))
    });
    let best = alike.max_by(|(a, one), (b, other)| {
        let by_similarity = one.similarity.total_cmp(&other.similarity);
        by_similarity.then(one.containment.total_cmp(&other.containment)).then(b.id.cmp(&a.id))
    });
    match best {
        Some((neighbour, comparison)) => Judgement::Duplicate {
            of: neighbour.id,
            story: neighbour.story,
            similarity: comparison.similarity,
            containment: comparison.containment,
        },
        None => Judgement::New,
    }
}

/// Compares two articles; the order doesn't matter. A blank fingerprint is like nothing.
#[must_use]
pub fn compare(one: &Fingerprint, other: &Fingerprint) -> Comparison {
    if one.is_blank() || other.is_blank() {
        return Comparison { similarity: 0.0, containment: 0.0, vetoes: Vec::new(), is_duplicate: false };
    }
    let shingles = Overlap::of_shingles(&one.shingles, &other.shingles);
    let (similarity, containment) = (shingles.similarity(), shingles.containment());
    let shorter = ratio(shingles.n_left.min(shingles.n_right), shingles.n_left.max(shingles.n_right));
    let is_contained = containment >= MIN_CONTAINED && similarity >= MIN_SIMILARITY_CONTAINED;
    let is_edited =
        similarity >= MIN_SIMILARITY_EDITED && containment >= MIN_CONTAINED_EDITED && shorter >= MIN_LENGTH_EDITED;
    let is_like = (is_contained || is_edited) && shingles.n_both >= MIN_SHARED;

    let mut vetoes = Vec::new();
    if is_like {
        for (kind, veto, most) in [(Kind::Number, Veto::Numbers, MAX_NUMBERS), (Kind::Name, Veto::Names, MAX_NAMES)] {
            if differ(&of_kind(one, kind), &of_kind(other, kind), most) {
                vetoes.push(veto);
            }
        }
        let (short, long) = if shingles.n_left <= shingles.n_right { (one, other) } else { (other, one) };
        let (short_in_long, long_in_short) = (lead_in(short, long), lead_in(long, short));
        let lead = match () {
            () if containment >= MIN_WHOLE => short_in_long.max(long_in_short),
            // Whoever leaves out half may leave out the beginning.
            () if shorter < MIN_LENGTH_UNCUT => short_in_long,
            () => short_in_long.min(long_in_short),
        };
        if lead < MIN_LEAD {
            vetoes.push(Veto::Lead);
        }
    }
    Comparison { similarity, containment, is_duplicate: is_like && vetoes.is_empty(), vetoes }
}

fn of_kind(print: &Fingerprint, kind: Kind) -> Vec<u32> {
    print.facts.iter().copied().filter(|fact| is_kind(*fact, kind)).collect()
}

/// Whether two sets of facts of one kind are those of two articles.
fn differ(one: &[u32], other: &[u32], most: f64) -> bool {
    let values = |facts: &[u32]| -> Vec<u32> {
        let mut values: Vec<u32> = facts.iter().map(|fact| value(*fact)).collect();
        values.sort_unstable();
        values.dedup();
        values
    };
    if Overlap::of(&values(one), &values(other)).disagreement(N_FREE) > most.max(MAX_ALONE) {
        return true;
    }
    // Both are sorted by context; a context may have several values, of which one in common is agreement.
    let (mut n_same, mut n_conflicts) = (0_usize, 0_usize);
    let mut rest = other;
    for group in one.chunk_by(|a, b| context(*a) == context(*b)) {
        let around = context(group[0]);
        rest = &rest[rest.partition_point(|fact| context(*fact) < around)..];
        let theirs = &rest[..rest.partition_point(|fact| context(*fact) == around)];
        if !theirs.is_empty() {
            let is_same = theirs.iter().any(|fact| group.contains(fact));
            n_same += usize::from(is_same);
            n_conflicts += usize::from(!is_same);
        }
    }
    ratio(n_conflicts, n_conflicts + n_same) > most
}

/// Share of one article's beginning that the other has anywhere: 0.0 to 1.0.
fn lead_in(one: &Fingerprint, other: &Fingerprint) -> f64 {
    let limit = limit(&other.shingles);
    let lead = one.facts.iter().filter(|fact| is_kind(**fact, Kind::Lead)).map(|fact| fact & !3);
    // A sample of the other can only speak for the hashes that it would hold.
    let (mut n_lead, mut n_found) = (0_usize, 0_usize);
    for hash in lead.filter(|hash| *hash | 3 <= limit) {
        n_lead += 1;
        let at = other.shingles.partition_point(|shingle| shingle & !3 < hash);
        n_found += usize::from(other.shingles.get(at).is_some_and(|shingle| shingle & !3 == hash));
    }
    if n_lead == 0 { 1.0 } else { ratio(n_found, n_lead) }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}
