//! `offprint schema`: the JSON Schema of the configuration.

use std::io;

use super::{Exit, Failure, write_json};
use crate::config;

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: &Args) -> Result<Exit, Failure> {
    write_json(&mut io::stdout().lock(), &config::schema())?;
    Ok(Exit::Fine)
}
