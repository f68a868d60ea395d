//! How a subcommand ends: the exit codes, and the one place where errors are printed.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::config::{Colour, ConfigError};

/// The exit code, a promise to scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All went well: 0.
    Fine,
    /// A source failed, or something isn't as expected: 1.
    Differs,
    /// The command line or the configuration is wrong: 2.
    Usage,
    /// Offprint itself, or the machine, failed: 3.
    Internal,
}

/// Why a subcommand gave up, and the exit code that says so.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    error: Box<dyn Error + Send + Sync>,
}

impl Failure {
    /// A source failed, or something isn't as expected.
    pub fn differs(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { exit: Exit::Differs, error: error.into() }
    }

    /// The command line or the configuration is wrong.
    pub fn usage(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { exit: Exit::Usage, error: error.into() }
    }

    /// Offprint itself, or the machine, failed.
    pub fn internal(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { exit: Exit::Internal, error: error.into() }
    }

    /// Prints `error: …` and a line `caused by: …` for each cause; a configuration shows its places instead.
    /// Whoever closed the pipe (`offprint schema | head`) has seen enough: that is no failure.
    pub fn report(self, out: &mut impl Write, colour: Colour) -> Exit {
        if is_broken_pipe(&*self.error) {
            return Exit::Fine;
        }
        // Where standard error is closed, the exit code has to do.
        let _ = match self.error.downcast_ref::<ConfigError>() {
            Some(error) => write_config(out, error, colour),
            None => write_chain(out, &*self.error),
        };
        self.exit
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::usage(error)
    }
}

/// An error of writing to standard output.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::internal(error)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Differs => 1,
            Exit::Usage => 2,
            Exit::Internal => 3,
        })
    }
}

fn write_config(out: &mut impl Write, error: &ConfigError, colour: Colour) -> io::Result<()> {
    match error.report() {
        Some(report) => writeln!(out, "{}", report.render(colour)),
        None => {
            write_chain(out, error)?;
            error.help().map_or(Ok(()), |help| writeln!(out, "\n{help}"))
        }
    }
}

fn write_chain(out: &mut impl Write, error: &(dyn Error + 'static)) -> io::Result<()> {
    writeln!(out, "error: {error}")?;
    causes(error).try_for_each(|cause| writeln!(out, "caused by: {cause}"))
}

fn causes<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(error.source(), |&cause| cause.source())
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    let mut chain = std::iter::once(error).chain(causes(error));
    chain.any(|error| error.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("can't open the store `o.db`")]
    struct Opening(#[source] io::Error);

    fn report(failure: Failure) -> (Exit, String) {
        let mut out = Vec::new();
        let exit = failure.report(&mut out, Colour::Never);
        (exit, String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_chain_is_printed_once_and_a_cause_a_line() {
        let (exit, text) = report(Failure::internal(Opening(io::Error::other("disk full"))));

        assert_eq!(exit, Exit::Internal);
        assert_eq!(text, "error: can't open the store `o.db`\ncaused by: disk full\n");
    }

    #[test]
    fn a_closed_pipe_is_no_failure() {
        let (exit, text) = report(Failure::from(io::Error::from(io::ErrorKind::BrokenPipe)));

        assert_eq!((exit, text.as_str()), (Exit::Fine, ""));
    }
}
