//! Maps whose keys are hashes already, so that nothing is hashed a second time.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64;

/// A map by hashes of 64 bits.
pub(super) type Hashed<V> = HashMap<u64, V, BuildHasherDefault<AsIs>>;

/// The key of a text.
pub(super) fn key(text: impl AsRef<[u8]>) -> u64 {
    xxh3_64(text.as_ref())
}

/// The key of two texts in this order.
pub(super) fn key_of_two(one: &str, other: &str) -> u64 {
    key(one) ^ key(other).rotate_left(32)
}

/// Takes a number for its own hash.
#[derive(Debug, Default)]
pub(super) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
