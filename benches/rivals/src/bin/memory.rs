//! Most memory that each extractor holds at once over a page. Apart from `speed`, since counting costs time.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use peakmem_alloc::{PeakMemAlloc, PeakMemAllocTrait};
use rivals::{Args, alone, pages};

/// Counts the bytes that are asked for, without what the allocator itself keeps.
#[global_allocator]
static ALLOCATOR: PeakMemAlloc<MiMalloc> = PeakMemAlloc::new(MiMalloc);

fn main() -> ExitCode {
    let args = Args::parse();
    alone(move || {
        let pages = pages(args.jobs.as_deref())?;
        let mut sizes: Vec<usize> = pages.iter().map(|page| page.bytes.len()).collect();
        println!("{} pages; bytes beyond the page itself, most at once\n", pages.len());
        println!("| | median | 99 of 100 within | most |");
        println!("|---|---|---|---|");
        row("the page", &mut sizes);
        for extractor in args.extractors() {
            // What is made once, such as patterns and models, counts for no page.
            for page in pages.iter().take(5) {
                extractor.read(page);
            }
            let mut peaks = Vec::with_capacity(pages.len());
            for page in &pages {
                ALLOCATOR.reset_peak_memory();
                let record = extractor.read(page);
                peaks.push(ALLOCATOR.get_peak_memory());
                drop(record);
            }
            row(extractor.name, &mut peaks);
        }
        Ok(())
    })
}

fn row(name: &str, bytes: &mut [usize]) {
    bytes.sort_unstable();
    let at = |share: f64| {
        let n_bytes = bytes.get((bytes.len().saturating_sub(1) as f64 * share) as usize).copied().unwrap_or(0);
        format!("{:.2} MB", n_bytes as f64 / 1e6)
    };
    println!("| {name} | {} | {} | {} |", at(0.5), at(0.99), at(1.0));
}
