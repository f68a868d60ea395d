//! The tests that go through the front door, in one binary so that everything is linked once.

// `cfg(test)` is always on here; written out, it tells clippy that helpers beside the tests may unwrap.
#[cfg(test)]
mod cli;
#[cfg(test)]
mod config;
