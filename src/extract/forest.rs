//! The small model of block features: boosted decision trees, trained by `training/train.py`, compiled in.

use std::sync::LazyLock;

use super::features::{N_FEATURES, Row};

/// The trees as bytes: `n_trees: u16`, then for each tree `n_splits: u8` and its splits, root first, each
/// `feature: u8, threshold: f32, left: i8, right: i8` (a negative branch `b` is leaf `-b - 1`), then
/// `n_splits + 1` leaves as `f32`; all little-endian.
const BYTES: &[u8] = include_bytes!("forest.bin");

/// How many trees are asked before it is seen whether the rest can change anything.
const N_TREES_OF_A_LOOK: usize = 5;
/// Log odds from which a block never came back over the threshold on the development pages.
const HOPELESS: f32 = -3.0;

/// Whether this is the article's, by the trees.
#[derive(Debug, Default)]
pub(super) struct Forest {
    /// All trees' splits, one tree after the other.
    splits: Vec<Split>,
    leaves: Vec<f32>,
    /// First split of each tree.
    roots: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Split {
    feature: u8,
    threshold: f32,
    /// Where to go: a split, or a leaf as `-index - 1`.
    below: i32,
    above: i32,
}

/// The compiled-in model.
pub(super) static FOREST: LazyLock<Forest> = LazyLock::new(|| Forest::read(BYTES).unwrap_or_default());

impl Forest {
    /// Reads a model; none where the bytes aren't one for these features.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let n_trees = u16::from_le_bytes(take(&mut rest)?);
        let mut forest = Self::default();
        for _ in 0..n_trees {
            let [n_splits] = take(&mut rest)?;
            let (first_split, first_leaf) = (forest.splits.len(), forest.leaves.len());
            forest.roots.push(first_split as u32);
            let branch = |to: i8| {
                let in_tree = usize::from(to.unsigned_abs());
                let fits = if to < 0 { in_tree <= usize::from(n_splits) + 1 } else { in_tree < usize::from(n_splits) };
                let target = if to < 0 { -((first_leaf + in_tree) as i32) } else { (first_split + in_tree) as i32 };
                fits.then_some(target)
            };
            for _ in 0..n_splits {
                let [feature] = take(&mut rest)?;
                let threshold = f32::from_le_bytes(take(&mut rest)?);
                let [below] = take(&mut rest)?;
                let [above] = take(&mut rest)?;
                let (below, above) = (branch(below as i8)?, branch(above as i8)?);
                (usize::from(feature) < N_FEATURES).then_some(())?;
                forest.splits.push(Split { feature, threshold, below, above });
            }
            for _ in 0..=n_splits {
                forest.leaves.push(f32::from_le_bytes(take(&mut rest)?));
            }
        }
        rest.is_empty().then_some(forest)
    }

    /// How likely a block belongs to the article: 0.0 to 1.0.
    pub(super) fn probability(&self, row: &Row) -> f32 {
        let mut sum = 0.0;
        for (n, root) in self.roots.iter().enumerate() {
            // Most blocks of a page are plainly not the article's, and few trees are enough to know.
            if n % N_TREES_OF_A_LOOK == 0 && sum < HOPELESS {
                break;
            }
            sum += self.leaf(row, *root as i32);
        }
        1.0 / (1.0 + (-sum).exp())
    }

    fn leaf(&self, row: &Row, root: i32) -> f32 {
        let mut at = root;
        while at >= 0 {
            let split = &self.splits[at as usize];
            at = if row[usize::from(split.feature)] <= split.threshold { split.below } else { split.above };
        }
        self.leaves[(-at - 1) as usize]
    }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiled_in_model_is_one() {
        let forest = Forest::read(BYTES).unwrap();

        assert!(forest.roots.len() >= 40);
    }

    #[test]
    fn a_tree_is_walked_from_its_root_to_a_leaf() {
        let mut bytes = vec![1, 0, 2];
        bytes.extend([0].into_iter().chain(0.5_f32.to_le_bytes()).chain([255, 1]));
        bytes.extend([1].into_iter().chain(2.0_f32.to_le_bytes()).chain([254, 253]));
        bytes.extend([-9.0_f32, 0.0, 9.0].into_iter().flat_map(f32::to_le_bytes));
        let forest = Forest::read(&bytes).unwrap();
        let row = |first, second| {
            let mut row = [0.0; N_FEATURES];
            (row[0], row[1]) = (first, second);
            row
        };

        assert!(forest.probability(&row(0.5, 0.0)) < 0.01);
        assert_eq!(forest.probability(&row(1.0, 2.0)), 0.5);
        assert!(forest.probability(&row(1.0, 3.0)) > 0.99);
        assert!(Forest::read(&bytes[..bytes.len() - 1]).is_none());
    }
}
