//! The tests that go through the front door, in one binary so that everything is linked once.

mod config;
