//! Pages a second of each extractor beside plain parsing: one thread, page by page in turn, so that all have the same weather.

use std::fs;
use std::io::{BufWriter, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use mimalloc::MiMalloc;
use rivals::{Args, Record, alone, pages};

/// As the product has it; the same for all.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    alone(move || {
        let pages = pages(args.jobs.as_deref())?;
        let extractors = args.extractors();
        // Of several rounds the fastest counts, page by page: what else the machine does then costs nobody.
        let mut best = vec![vec![Duration::MAX; pages.len()]; extractors.len()];
        let mut n_found = vec![0; extractors.len()];
        for round in 0..args.rounds.max(1) {
            for (page_idx, page) in pages.iter().enumerate() {
                for turn in 0..extractors.len() {
                    // Everyone follows everyone, so that nobody always finds the page warm in the cache.
                    let idx = (turn + page_idx + round) % extractors.len();
                    let (record, took) = extractors[idx].read(page);
                    best[idx][page_idx] = best[idx][page_idx].min(took);
                    n_found[idx] += usize::from(round == 0 && record.is_some());
                }
            }
        }
        let n_bytes: usize = pages.iter().map(|page| page.bytes.len()).sum();
        println!("{} pages, {:.1} MB, {} rounds\n", pages.len(), n_bytes as f64 / 1e6, args.rounds.max(1));
        println!("| extractor | pages/s | beside parsing | median | 99 of 100 within | found |");
        println!("|---|---|---|---|---|---|");
        let total = |idx: usize| best[idx].iter().sum::<Duration>().as_secs_f64();
        let parse = extractors.iter().position(|extractor| extractor.name == "parse");
        for (idx, extractor) in extractors.iter().enumerate() {
            let mut times = best[idx].clone();
            times.sort_unstable();
            let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
            let ratio = parse.map_or(String::new(), |parse| format!("{:.2}", total(parse) / total(idx)));
            let found = if Some(idx) == parse { String::new() } else { n_found[idx].to_string() };
            println!(
                "| {} | {:.0} | {ratio} | {:.2} ms | {:.1} ms | {found} |",
                extractor.name,
                pages.len() as f64 / total(idx),
                at(0.5),
                at(0.99),
            );
        }
        let Some(folder) = &args.text else { return Ok(()) };
        fs::create_dir_all(folder)?;
        for (idx, extractor) in extractors.iter().enumerate().filter(|(idx, _)| Some(*idx) != parse) {
            let mut file = BufWriter::new(fs::File::create(folder.join(format!("{}.jsonl", extractor.name)))?);
            for (page, took) in pages.iter().zip(&best[idx]) {
                let record: Record = extractor.read(page).0.unwrap_or_default();
                writeln!(file, "{}", record.line(page, *took))?;
            }
            file.flush()?;
        }
        Ok(())
    })
}
