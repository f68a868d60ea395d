//! Arguments, logging, exit code.

use std::process::ExitCode;

use mimalloc::MiMalloc;
use offprint::cli::{self, Exit, Failure};
use offprint::config::{Colour, Env};

/// Parsing allocates many small pieces on many threads, and gives them back: glibc keeps them.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let env = Env::from_process();
    let cli = match cli::arguments(std::env::args_os()) {
        Ok(cli) => cli,
        Err(exit) => return exit.into(),
    };
    cli.install_logging(&env);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return cannot_start(error).into(),
    };
    let exit = runtime.block_on(cli.run(env));
    // Whatever had to end has ended; what still reads a page mustn't hold the process.
    runtime.shutdown_background();
    exit.into()
}

fn cannot_start(error: std::io::Error) -> Exit {
    Failure::internal(error).report(&mut std::io::stderr().lock(), Colour::Never)
}
