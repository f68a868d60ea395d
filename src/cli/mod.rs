//! One file per subcommand; here is what they share: the arguments, the configuration, the way out.

mod add;
mod app;
mod batch;
mod check;
mod completions;
mod crawl;
pub mod demo;
mod discover;
mod exit;
mod extract;
mod health;
mod import;
mod logging;
mod markdown;
mod online;
mod preview;
mod run;
mod schema;
mod span;
mod status;
mod table;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand};

use crate::config::{self, Colour, ConfigError, Env, Loaded};

pub use exit::{Exit, Failure};
pub use logging::LogFormat;

/// Reads news blogs on a schedule and republishes them as clean feeds.
#[derive(Debug, Parser)]
#[command(name = "offprint", version, propagate_version = true, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

/// What every subcommand understands.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// The configuration [default: ./config/offprint.toml, then the user's config folder, /config and /etc/offprint]
    #[arg(short, long, global = true, value_name = "FILE", env = "OFFPRINT_CONFIG")]
    config: Option<PathBuf>,
    /// Report as JSON on standard output
    #[arg(long, global = true)]
    pub json: bool,
    /// Log more; twice for everything
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
    /// Log less; twice for errors only
    #[arg(short, long, global = true, action = ArgAction::Count, conflicts_with = "verbose")]
    quiet: u8,
    /// How log lines on standard error look
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text")]
    log_format: LogFormat,
}

/// A new subcommand is a variant here, an arm in [`Cli::run`] and a file of its own.
#[derive(Debug, Subcommand)]
enum Command {
    /// Sample news sites and the daemon together, on this machine: see it work before setting anything up
    Demo(demo::Args),
    /// Crawl on schedule and serve the feeds, until told to stop
    Run(run::Args),
    /// Read all (or the named) sources once, now
    Crawl(crawl::Args),
    /// Try a site, show what was found there, and make it a source of the configuration
    Add(add::Args),
    /// Show one page as a clean article, and why it looks so
    Preview(preview::Args),
    /// Turn pages into articles: JSON lines in, JSON lines out
    Extract(extract::Args),
    /// Turn feeds and other entrances into items: JSON lines in, JSON lines out
    Discover(discover::Args),
    /// Check the configuration and show what it asks for; with `--online`, try every source
    Check(check::Args),
    /// Tell how the sources fare, and when they are asked next
    Status(status::Args),
    /// Take over what other programs know: rules of single sites
    Import(import::Args),
    /// Ask the running server on this machine whether it is well
    Health(health::Args),
    /// Print the JSON Schema of the configuration, for editors
    Schema(schema::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
}

/// What a subcommand works with.
#[derive(Debug, Clone)]
pub struct Context {
    /// The options that all subcommands share.
    pub options: Options,
    /// The environment at the start.
    pub env: Env,
}

/// Reads the command line. Where that is all there is to do (`--help`, `--version`, a mistake), the answer is printed
/// and the way out comes back as the error.
///
/// # Errors
/// When there is nothing to run.
pub fn arguments(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, Exit> {
    Cli::try_parse_from(arguments).map_err(|error| {
        // Nobody is left to tell where this can't be printed.
        let _ = error.print();
        if error.use_stderr() { Exit::Usage } else { Exit::Fine }
    })
}

impl Cli {
    /// Sends log lines to standard error, as the options ask.
    pub fn install_logging(&self, env: &Env) {
        logging::install(&self.options, self.command.log_level(), env);
    }

    /// Runs the subcommand. A failure is printed here, once, with its chain.
    pub async fn run(self, env: Env) -> Exit {
        let context = Context { options: self.options, env };
        let outcome = match self.command {
            Command::Demo(args) => demo::run(&args, &context).await,
            Command::Run(args) => run::run(&args, &context).await,
            Command::Crawl(args) => crawl::run(&args, &context).await,
            Command::Add(args) => add::run(&args, &context).await,
            Command::Preview(args) => preview::run(&args, &context).await,
            Command::Extract(args) => extract::run(&args, &context),
            Command::Discover(args) => discover::run(&args, &context),
            Command::Check(args) => check::run(&args, &context).await,
            Command::Status(args) => status::run(&args, &context).await,
            Command::Import(args) => import::run(&args, &context),
            Command::Health(args) => health::run(&args, &context),
            Command::Schema(args) => schema::run(&args),
            Command::Completions(args) => completions::run(&args),
        };
        outcome.unwrap_or_else(|failure| failure.report(&mut io::stderr().lock(), context.colour_of_errors()))
    }
}

impl Command {
    /// What is logged when nobody asks for more or less: daemons tell what they do, other commands what is wrong.
    fn log_level(&self) -> tracing::Level {
        match self {
            Self::Run(_) => tracing::Level::INFO,
            Self::Demo(_)
            | Self::Crawl(_)
            | Self::Add(_)
            | Self::Preview(_)
            | Self::Extract(_)
            | Self::Discover(_)
            | Self::Check(_)
            | Self::Status(_)
            | Self::Import(_)
            | Self::Health(_)
            | Self::Schema(_)
            | Self::Completions(_) => tracing::Level::WARN,
        }
    }
}

impl Context {
    /// Finds, reads and checks the configuration.
    ///
    /// # Errors
    /// When there is none, or when it can't be used.
    pub fn load(&self) -> Result<Loaded, ConfigError> {
        let path = config::locate(self.options.config.as_deref(), &self.env)?;
        config::load(&path, &self.env)
    }

    /// The same for commands that can do without: none where no file was named and none is found.
    ///
    /// # Errors
    /// When a named one doesn't exist, or one can't be used.
    pub fn load_if_any(&self) -> Result<Option<Loaded>, ConfigError> {
        match self.load() {
            Err(ConfigError::NotFound { .. }) if self.options.config.is_none() => Ok(None),
            loaded => loaded.map(Some),
        }
    }

    /// Whether standard error shows colours.
    #[must_use]
    pub fn colour_of_errors(&self) -> Colour {
        colour(&self.env, io::stderr().is_terminal())
    }
}

fn colour(env: &Env, is_terminal: bool) -> Colour {
    let is_unwanted = env.get("NO_COLOR").is_some() || env.get("TERM") == Some("dumb");
    if is_terminal && !is_unwanted { Colour::Always } else { Colour::Never }
}

/// Writes a value as JSON and a line break.
fn write_json(out: &mut impl Write, value: &serde_json::Value) -> io::Result<()> {
    writeln!(out, "{value:#}")
}
