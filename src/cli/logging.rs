//! Log lines on standard error, as text or as JSON; standard output belongs to reports.

use std::io::{self, IsTerminal};

use clap::ValueEnum;
use tracing::Level;
use tracing_subscriber::EnvFilter;

use super::{Options, colour};
use crate::config::{Colour, Env};

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people; in colour on a terminal.
    Text,
    /// One object a line.
    Json,
}

/// Levels from the quietest to the loudest.
const LEVELS: [Level; 5] = [Level::ERROR, Level::WARN, Level::INFO, Level::DEBUG, Level::TRACE];

/// Sets up logging for the whole process; a second call changes nothing. RUST_LOG wins over the options.
pub(super) fn install(options: &Options, usual: Level, env: &Env) {
    let directives = env.get("RUST_LOG").map_or_else(|| directives(options, usual), str::to_owned);
    let filter = EnvFilter::builder().parse_lossy(directives);
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    let has_colour = colour(env, io::stderr().is_terminal()) == Colour::Always;
    // Only tests install twice, and the first subscriber serves them as well.
    let _ = match options.log_format {
        LogFormat::Text => builder.with_ansi(has_colour).with_target(false).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
}

/// Our own lines at the level asked for; those of libraries never below `warn` unless everything is wanted.
fn directives(options: &Options, usual: Level) -> String {
    let usual = LEVELS.iter().position(|level| *level == usual).unwrap_or_default();
    let asked = (usual + usize::from(options.verbose)).saturating_sub(usize::from(options.quiet));
    let own = LEVELS.get(asked).copied().unwrap_or(Level::TRACE);
    let others = if own == Level::TRACE { Level::DEBUG } else { own.min(Level::WARN) };
    // html5ever warns of every oddity of a page's markup, as many as the page has tags.
    let parser = if own == Level::TRACE { Level::DEBUG } else { Level::ERROR };
    format!("{others},html5ever={parser},offprint={own}")
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    fn directives_of(arguments: &[&str], usual: Level) -> String {
        #[derive(Parser)]
        struct Command {
            #[command(flatten)]
            options: Options,
        }
        let command = Command::parse_from(std::iter::once(&"offprint").chain(arguments));
        directives(&command.options, usual)
    }

    #[test]
    fn libraries_are_heard_only_when_they_warn() {
        assert_eq!(directives_of(&[], Level::INFO), "WARN,html5ever=ERROR,offprint=INFO");
        assert_eq!(directives_of(&["-v"], Level::INFO), "WARN,html5ever=ERROR,offprint=DEBUG");
        assert_eq!(directives_of(&["-vvv"], Level::INFO), "DEBUG,html5ever=DEBUG,offprint=TRACE");
        assert_eq!(directives_of(&["-qq"], Level::INFO), "ERROR,html5ever=ERROR,offprint=ERROR");
        assert_eq!(directives_of(&["-qqqq"], Level::WARN), "ERROR,html5ever=ERROR,offprint=ERROR");
    }
}
