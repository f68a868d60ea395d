//! The tests that go through the front door, in one binary so that everything is linked once.

// `cfg(test)` is always on here; written out, it tells clippy that helpers beside the tests may unwrap.
#[cfg(test)]
mod behind;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod clock;
#[cfg(test)]
mod commands;
#[cfg(test)]
mod config;
#[cfg(test)]
mod daemon;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod entrances;
#[cfg(test)]
mod explain;
#[cfg(test)]
#[path = "../../src/fetch/tests/forbidden.rs"]
mod forbidden;
#[cfg(test)]
mod guest;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod load;
#[cfg(test)]
mod online;
#[cfg(test)]
mod origin;
#[cfg(test)]
mod outage;
#[cfg(test)]
mod reserved;
#[cfg(test)]
mod rhythm;
#[cfg(test)]
mod site_rules;
#[cfg(test)]
mod status;
#[cfg(test)]
mod trouble;
#[cfg(test)]
mod web;
