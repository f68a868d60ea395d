//! How much two sorted sets of hashes share.

use super::shingle::MAX_SHINGLES;

/// Sizes of two sets and of what they share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Overlap {
    pub(super) n_left: usize,
    pub(super) n_right: usize,
    pub(super) n_both: usize,
}

impl Overlap {
    /// Of two sets of shingles. Where one is a sample, both are looked at below the hash where it ends, which is
    /// the same sample of both.
    pub(super) fn of_shingles(left: &[u32], right: &[u32]) -> Self {
        let limit = limit(left).min(limit(right));
        let below = |set: &[u32]| set.partition_point(|hash| *hash <= limit);
        Self::of(&left[..below(left)], &right[..below(right)])
    }

    /// Of two sorted sets without repeats.
    pub(super) fn of(left: &[u32], right: &[u32]) -> Self {
        let (mut l, mut r, mut n_both) = (0, 0, 0);
        while let (Some(a), Some(b)) = (left.get(l), right.get(r)) {
            l += usize::from(a <= b);
            r += usize::from(b <= a);
            n_both += usize::from(a == b);
        }
        Self { n_left: left.len(), n_right: right.len(), n_both }
    }

    /// Share of the union that both have: 0.0 to 1.0.
    pub(super) fn similarity(self) -> f64 {
        share(self.n_both, self.n_left + self.n_right - self.n_both)
    }

    /// Share of the smaller that the larger has: 0.0 to 1.0.
    pub(super) fn containment(self) -> f64 {
        share(self.n_both, self.n_left.min(self.n_right))
    }

    /// How much of its own each side has alone, of the side where that is less: 0.0 where one set holds the other,
    /// nearly 1.0 where they share nothing. So many of each side are let pass.
    pub(super) fn disagreement(self, n_free: usize) -> f64 {
        let alone = |n: usize| share((n - self.n_both).saturating_sub(n_free), n);
        alone(self.n_left).min(alone(self.n_right))
    }
}

/// The largest hash that a set of shingles would still hold.
pub(super) fn limit(set: &[u32]) -> u32 {
    if set.len() < MAX_SHINGLES { u32::MAX } else { set.last().copied().unwrap_or(u32::MAX) }
}

fn share(part: usize, whole: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}
