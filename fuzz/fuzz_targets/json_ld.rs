//! Feeds bytes to `offprint_fuzz::json_ld`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| offprint_fuzz::json_ld(bytes));
