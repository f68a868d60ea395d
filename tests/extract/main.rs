//! Extraction through its front door: pages with the text their readers should get, and pages made to break it.

// `cfg(test)` is always on here; written out, it tells clippy that helpers beside the tests may unwrap.
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod pages;
#[cfg(test)]
#[path = "../../fuzz/src/lib.rs"]
mod properties;
#[cfg(test)]
mod tails;
