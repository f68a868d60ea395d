//! The small model of block features: boosted decision trees, trained by `training/train.py`, compiled in.

use std::sync::LazyLock;

use super::features::{N_FEATURES, ROW_LENGTH, Row};

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

/// Whether this is the article's, by the trees.
#[derive(Debug, Default)]
pub(super) struct Forest {
    /// All trees' splits and leaves.
    nodes: Vec<Node>,
    /// By node, what a leaf adds to the log odds.
    values: Vec<f32>,
    looks: Vec<Look>,
}

/// A split, whose branches stand side by side; or a leaf that leads to itself: so the way down a tree is as long for
/// every block, has no branch to guess wrong, and those of several trees are gone side by side.
#[derive(Debug, Clone, Copy)]
struct Node {
    threshold: f32,
    feature: u16,
    /// Where to go up to the threshold; beyond it, to the node after that one.
    next: u16,
}

/// Trees that are asked together.
#[derive(Debug, Clone, Copy)]
struct Look {
    roots: [u16; N_TREES_OF_A_LOOK],
    /// Steps to the deepest leaf.
    n_steps: u16,
}

/// A tree as it is written: its splits, and what its leaves are worth.
struct Tree {
    splits: Vec<(u16, f32, [Branch; 2])>,
    leaves: Vec<f32>,
}

/// Where a split leads.
#[derive(Clone, Copy)]
enum Branch {
    Split(usize),
    Leaf(usize),
}

/// The compiled-in model.
pub(super) static FOREST: LazyLock<Forest> = LazyLock::new(|| Forest::read(BYTES).unwrap_or_default());

impl Forest {
    /// Reads a model; none where the bytes aren't one for these features.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let n_trees = u16::from_le_bytes(take(&mut rest)?);
        let mut forest = Self::default();
        // The first node is a leaf that changes nothing, for looks with fewer trees.
        forest.reserve(1);
        forest.place_leaf(0, 0.0);
        let mut trees = Vec::new();
        for _ in 0..n_trees {
            trees.push(forest.plant(&Tree::read(&mut rest)?)?);
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
        forest.reserve(MAX_NODES.saturating_sub(forest.nodes.len()));
        fits.then_some(forest)
    }

    /// Makes room for some nodes; gives the first one's place.
    fn reserve(&mut self, n_nodes: usize) -> usize {
        let start = self.nodes.len();
        self.nodes.resize(start + n_nodes, Node { threshold: f32::INFINITY, feature: 0, next: 0 });
        self.values.resize(start + n_nodes, 0.0);
        start
    }

    /// No number is beyond this threshold, so that the way stays here.
    fn place_leaf(&mut self, at: usize, value: f32) -> Option<()> {
        self.nodes[at] = Node { threshold: f32::INFINITY, feature: 0, next: u16::try_from(at).ok()? };
        self.values[at] = value;
        Some(())
    }

    /// Adds a tree, level by level; gives its root and the steps to its deepest leaf.
    fn plant(&mut self, tree: &Tree) -> Option<(u16, u16)> {
        let root = self.reserve(1);
        let first = if tree.splits.is_empty() { Branch::Leaf(0) } else { Branch::Split(0) };
        let mut level = vec![(root, first)];
        let mut n_steps = 0;
        loop {
            let mut below = Vec::new();
            for (at, branch) in level {
                match branch {
                    Branch::Leaf(leaf) => self.place_leaf(at, *tree.leaves.get(leaf)?)?,
                    Branch::Split(split) => {
                        let (feature, threshold, branches) = *tree.splits.get(split)?;
                        let next = self.reserve(2);
                        self.nodes[at] = Node { threshold, feature, next: u16::try_from(next).ok()? };
                        below.extend([(next, branches[0]), (next + 1, branches[1])]);
                    }
                }
            }
            if below.is_empty() {
                return Some((u16::try_from(root).ok()?, n_steps));
            }
            n_steps += 1;
            // In a tree no way is longer than it has splits, and no level is wider than its leaves are many.
            let is_tree = usize::from(n_steps) <= tree.splits.len() && below.len() <= 2 * tree.splits.len();
            level = Some(below).filter(|_| is_tree && self.nodes.len() <= MAX_NODES)?;
        }
    }

    /// How likely each block belongs to the article: 0.0 to 1.0. All blocks are put to the same few trees before the
    /// next ones are taken, so that these trees stay at hand.
    pub(super) fn probabilities(&self, rows: &[Row]) -> Vec<f32> {
        let mut sums = vec![0.0_f32; rows.len()];
        let (Some(nodes), Some(values)) =
            (self.nodes.first_chunk::<MAX_NODES>(), self.values.first_chunk::<MAX_NODES>())
        else {
            return vec![0.5; rows.len()];
        };
        let mut open: Vec<usize> = (0..rows.len()).collect();
        for look in &self.looks {
            // Most blocks of a page are plainly not the article's, and few trees are enough to know.
            open.retain(|idx| sums[*idx] >= HOPELESS);
            for idx in &open {
                let row = &rows[*idx];
                let mut at = look.roots;
                for _ in 0..look.n_steps {
                    for slot in &mut at {
                        let node = nodes[usize::from(*slot) % MAX_NODES];
                        let is_beyond = row[usize::from(node.feature) % ROW_LENGTH] > node.threshold;
                        *slot = node.next.wrapping_add(u16::from(is_beyond));
                    }
                }
                for leaf in at {
                    sums[*idx] += values[usize::from(leaf) % MAX_NODES];
                }
            }
        }
        sums.into_iter().map(|sum| 1.0 / (1.0 + (-sum).exp())).collect()
    }
}

impl Tree {
    fn read(rest: &mut &[u8]) -> Option<Self> {
        let [n_splits] = take(rest)?;
        let branch = |[to]: [u8; 1]| {
            let to = to as i8;
            let idx = usize::from(to.unsigned_abs());
            if to < 0 { Branch::Leaf(idx - 1) } else { Branch::Split(idx) }
        };
        let mut splits = Vec::new();
        for _ in 0..n_splits {
            let [feature] = take(rest)?;
            let threshold = f32::from_le_bytes(take(rest)?);
            let branches = [branch(take(rest)?), branch(take(rest)?)];
            (usize::from(feature) < N_FEATURES).then_some(())?;
            splits.push((u16::from(feature), threshold, branches));
        }
        let mut leaves = Vec::new();
        for _ in 0..=n_splits {
            leaves.push(f32::from_le_bytes(take(rest)?));
        }
        Some(Self { splits, leaves })
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
            let mut row = [0.0; ROW_LENGTH];
            (row[0], row[1]) = (first, second);
            forest.probabilities(&[row])[0]
        };

        assert!(row(0.5, 0.0) < 0.01);
        assert_eq!(row(1.0, 2.0), 0.5);
        assert!(row(1.0, 3.0) > 0.99);
        assert!(Forest::read(&bytes[..bytes.len() - 1]).is_none());
    }
}
