//! Articles become feed bytes; pure.
