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

/// Most splits and leaves of all trees; a power of two, so that no look-up needs a check.
const MAX_NODES: usize = 8192;
/// The next power of two above the number of features, for the same reason.
const ROW_LENGTH: usize = N_FEATURES.next_power_of_two();

/// Whether this is the article's, by the trees.
#[derive(Debug, Default)]
pub(super) struct Forest {
    /// All trees' splits and leaves.
    nodes: Vec<Node>,
    looks: Vec<Look>,
}

/// A split, or a leaf that leads to itself, whose threshold is its value: so the way down a tree is as long for
/// every block, has no branch to guess wrong, and those of several trees are gone side by side.
#[derive(Debug, Clone, Copy)]
struct Node {
    threshold: f32,
    feature: u16,
    /// Where to go: up to the threshold, and beyond.
    next: [u16; 2],
}

/// Trees that are asked together.
#[derive(Debug, Clone, Copy)]
struct Look {
    roots: [u16; N_TREES_OF_A_LOOK],
    /// Steps to the deepest leaf.
    n_steps: u16,
}

/// The compiled-in model.
pub(super) static FOREST: LazyLock<Forest> = LazyLock::new(|| Forest::read(BYTES).unwrap_or_default());

impl Forest {
    /// Reads a model; none where the bytes aren't one for these features.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let n_trees = u16::from_le_bytes(take(&mut rest)?);
        // The first node is a leaf that changes nothing, for looks with fewer trees.
        let mut forest = Self { nodes: vec![Node { threshold: 0.0, feature: 0, next: [0; 2] }], looks: Vec::new() };
        let mut trees = Vec::new();
        for _ in 0..n_trees {
            trees.push(forest.read_tree(&mut rest)?);
        }
        for trees in trees.chunks(N_TREES_OF_A_LOOK) {
            let mut look = Look { roots: [0; N_TREES_OF_A_LOOK], n_steps: 0 };
            for (slot, (root, n_steps)) in look.roots.iter_mut().zip(trees) {
                *slot = *root;
                look.n_steps = look.n_steps.max(*n_steps);
            }
            forest.looks.push(look);
        }
        let fits = rest.is_empty() && forest.nodes.len() <= MAX_NODES;
        forest.nodes.resize(MAX_NODES, Node { threshold: 0.0, feature: 0, next: [0; 2] });
        fits.then_some(forest)
    }

    /// Adds the next tree; gives its root and the steps to its deepest leaf.
    fn read_tree(&mut self, rest: &mut &[u8]) -> Option<(u16, u16)> {
        let [n_splits] = take(rest)?;
        let n_splits = usize::from(n_splits);
        let first_split = self.nodes.len();
        let first_leaf = first_split + n_splits;
        let branch = |[to]: [u8; 1]| {
            let to = to as i8;
            let in_tree = usize::from(to.unsigned_abs());
            let fits = if to < 0 { in_tree <= n_splits + 1 } else { in_tree < n_splits };
            let target = if to < 0 { first_leaf + in_tree - 1 } else { first_split + in_tree };
            u16::try_from(target).ok().filter(|_| fits)
        };
        for _ in 0..n_splits {
            let [feature] = take(rest)?;
            let threshold = f32::from_le_bytes(take(rest)?);
            let next = [branch(take(rest)?)?, branch(take(rest)?)?];
            (usize::from(feature) < N_FEATURES).then_some(())?;
            self.nodes.push(Node { threshold, feature: u16::from(feature), next });
        }
        for idx in first_leaf..=first_leaf + n_splits {
            let itself = u16::try_from(idx).ok()?;
            self.nodes.push(Node { threshold: f32::from_le_bytes(take(rest)?), feature: 0, next: [itself; 2] });
        }
        let root = u16::try_from(first_split).ok()?;
        let mut n_steps = 0;
        let mut level = vec![root];
        while level.iter().any(|idx| usize::from(*idx) < first_leaf) {
            n_steps += 1;
            // In a tree no way is longer than it has splits.
            (usize::from(n_steps) <= n_splits && level.len() <= 2 * n_splits).then_some(())?;
            let inner = level.iter().filter(|idx| usize::from(**idx) < first_leaf);
            level = inner.flat_map(|idx| self.nodes[usize::from(*idx)].next).collect();
        }
        Some((root, n_steps))
    }

    /// How likely a block belongs to the article: 0.0 to 1.0.
    pub(super) fn probability(&self, row: &Row) -> f32 {
        let Some(nodes) = self.nodes.first_chunk::<MAX_NODES>() else { return 0.5 };
        let mut numbers = [0.0; ROW_LENGTH];
        numbers[..N_FEATURES].copy_from_slice(row);
        let mut sum = 0.0;
        for look in &self.looks {
            // Most blocks of a page are plainly not the article's, and few trees are enough to know.
            if sum < HOPELESS {
                break;
            }
            let mut at = look.roots;
            for _ in 0..look.n_steps {
                for slot in &mut at {
                    let node = &nodes[usize::from(*slot) % MAX_NODES];
                    let is_below = numbers[usize::from(node.feature) % ROW_LENGTH] <= node.threshold;
                    *slot = if is_below { node.next[0] } else { node.next[1] };
                }
            }
            for leaf in at {
                sum += nodes[usize::from(leaf) % MAX_NODES].threshold;
            }
        }
        1.0 / (1.0 + (-sum).exp())
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

        assert!(forest.looks.len() * N_TREES_OF_A_LOOK >= 40);
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
