//! Makes fingerprints: shingles, their MinHash, and the facts that tell a copy from a template.

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::words::{Class, Words};
use crate::model::{Fingerprint, Language, N_BANDS, N_MINIMA};

/// A shorter text is no evidence: «Read on», a caption, a wall.
const MIN_WORDS: usize = 40;
/// Words of one shingle. Fewer meet by chance, more break at every edited word.
const N_WORDS: usize = 3;
/// Characters of one shingle where words aren't spaced.
const N_CHARS: usize = 5;
/// Most shingles that are kept, those of the smallest hashes: a fair sample of a longer text.
pub(super) const MAX_SHINGLES: usize = 4_000;
/// Words from the beginning that are the lead: where next week's report differs from this week's.
const N_LEAD_WORDS: usize = 60;
/// Most facts of one kind.
const MAX_FACTS: usize = 1_000;
/// Rows of one band.
const N_ROWS: usize = N_MINIMA / N_BANDS;
/// Fixed for ever: stored fingerprints are compared with new ones.
const SEED: u64 = 0x0ff9_4217_6c1d_5e0b;

/// Bands that are made of the lead alone: a copy cut to its beginning has an unlike whole, but the same lead.
const N_LEAD_BANDS: usize = 6;

/// What a fact says; in its lowest two bits. Numbers and names have their own hash in the 15 bits above, and that
/// of the words around them in the highest 15: where those agree and these don't, a template was filled anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number or a date.
    Number = 0,
    /// A name.
    Name = 1,
    /// A shingle of the beginning, its lowest two bits lost.
    Lead = 2,
}

/// Multiplier and addend of each of the hash functions behind the minima.
static FUNCTIONS: [(u64, u64); N_MINIMA] = functions();

/// Boils a body's plain text down. Blank where it has fewer than 40 words. The same for ever for the same text.
#[must_use]
pub fn fingerprint(text: &str, language: Option<&Language>) -> Fingerprint {
    let words = Words::of(text, language.is_some_and(Language::is_unspaced));
    if words.n_words() < MIN_WORDS {
        return Fingerprint::default();
    }
    let (n_pieces, n_lead) = if words.is_unspaced { (N_CHARS, N_LEAD_WORDS * 2) } else { (N_WORDS, N_LEAD_WORDS) };
    let n_shingles = words.n_pieces().saturating_sub(n_pieces - 1);
    let hashes: Vec<u64> =
        (0..n_shingles).map(|at| xxh3_64_with_seed(words.run(at, n_pieces).as_bytes(), SEED)).collect();

    let mut facts: Vec<u32> = Vec::new();
    facts.extend(hashes.iter().take(n_lead - n_pieces + 1).map(|hash| tagged(*hash, Kind::Lead)));
    for (class, kind) in [(Class::Number, Kind::Number), (Class::Name, Kind::Name)] {
        facts.extend(in_context(&words, class, kind).take(MAX_FACTS));
    }
    facts.sort_unstable();
    facts.dedup();

    let mut shingles: Vec<u32> = hashes.iter().map(|hash| high_half(*hash)).collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles.truncate(MAX_SHINGLES);
    let (mut whole, lead) = (minima(&hashes), minima(&hashes[..hashes.len().min(n_lead)]));
    let n_whole = N_MINIMA - N_LEAD_BANDS * N_ROWS;
    whole[n_whole..].copy_from_slice(&lead[n_whole..]);
    Fingerprint { bands: bands(&whole), shingles, facts }
}

/// The fact's kind, and whether it's of one.
pub(super) fn is_kind(fact: u32, kind: Kind) -> bool {
    fact & 3 == kind as u32
}

/// What a number or name is called, without what stands around it.
pub(super) fn value(fact: u32) -> u32 {
    fact & 0x1_ffff
}

/// What stands around a number or name.
pub(super) fn context(fact: u32) -> u32 {
    fact >> 17
}

/// The runs of one class of pieces, each with the pieces around it.
fn in_context(words: &Words, class: Class, kind: Kind) -> impl Iterator<Item = u32> {
    // One character says as little as half a word does.
    let n_around = if words.is_unspaced { 2 } else { 1 };
    let n_least = if words.is_unspaced && class == Class::Name { 3 } else { 1 };
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + words.classes.get(at..)?.iter().position(|c| *c == class)?;
            let n_run = words.classes[start..].iter().take_while(|c| **c == class).count();
            at = start + n_run;
            if n_run < n_least {
                continue;
            }
            let n_before = n_around.min(start);
            let n_after = n_around.min(words.n_pieces() - at);
            let around = xxh3_64_with_seed(words.run(start - n_before, n_before).as_bytes(), SEED);
            let around = xxh3_64_with_seed(words.run(at, n_after).as_bytes(), around);
            let value = xxh3_64_with_seed(words.run(start, n_run).as_bytes(), SEED);
            return Some(high_half(around) & 0xfffe_0000 | (high_half(value) >> 17 << 2) | kind as u32);
        }
    })
}

fn tagged(hash: u64, kind: Kind) -> u32 {
    high_half(hash) & !3 | kind as u32
}

fn high_half(hash: u64) -> u32 {
    u32::try_from(hash >> 32).unwrap_or(u32::MAX)
}

fn minima(hashes: &[u64]) -> [u64; N_MINIMA] {
    let mut minima = [u64::MAX; N_MINIMA];
    for hash in hashes {
        for (minimum, (multiplier, addend)) in minima.iter_mut().zip(&FUNCTIONS) {
            *minimum = (*minimum).min(hash.wrapping_mul(*multiplier).wrapping_add(*addend));
        }
    }
    minima
}

/// One value a band; the band's number is part of it, so that equal values mean equal bands.
fn bands(minima: &[u64; N_MINIMA]) -> Vec<u64> {
    minima
        .chunks_exact(N_ROWS)
        .zip(0_u8..)
        .map(|(rows, band)| {
            let mut bytes = Vec::with_capacity(N_ROWS * 8 + 1);
            rows.iter().for_each(|row| bytes.extend(row.to_le_bytes()));
            bytes.push(band);
            xxh3_64(&bytes)
        })
        .collect()
}

/// Pairs drawn by SplitMix64 from the seed.
const fn functions() -> [(u64, u64); N_MINIMA] {
    let mut functions = [(0, 0); N_MINIMA];
    let mut state = SEED;
    let mut at = 0;
    while at < N_MINIMA {
        let multiplier = split_mix(&mut state) | 1;
        functions[at] = (multiplier, split_mix(&mut state));
        at += 1;
    }
    functions
}

const fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
