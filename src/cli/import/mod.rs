//! `offprint import`: takes over what other programs know; one file for each format.

mod ftr;

use super::{Context, Exit, Failure};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Rules of single sites in the format of FiveFilters' Full-Text RSS
    Ftr(ftr::Args),
}

pub(super) fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    match &args.what {
        What::Ftr(args) => ftr::run(args, context),
    }
}
