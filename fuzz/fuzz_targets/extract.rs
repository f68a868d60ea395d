//! Feeds bytes to `offprint_fuzz::extract`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| offprint_fuzz::extract(bytes));
