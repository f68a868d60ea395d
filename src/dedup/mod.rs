//! Bodies become fingerprints, and a fingerprint beside its neighbours gets a judgement; pure.

mod judge;
mod overlap;
mod shingle;
mod words;

pub use judge::{Comparison, Veto, compare, judge};
pub use shingle::fingerprint;

#[cfg(test)]
mod tests;
