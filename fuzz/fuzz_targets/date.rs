//! Feeds bytes to `offprint_fuzz::date`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| offprint_fuzz::date(bytes));
