//! Feeds bytes to `offprint_fuzz::clean`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| offprint_fuzz::clean(bytes));
