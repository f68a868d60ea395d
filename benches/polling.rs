//! How long articles wait to be found, by polling policy, at the same number of requests.
//!
//! A simulation in virtual time: sources with log-normal rates, a rhythm by hour and weekday, bursts, and changes of
//! habit. Every policy sees what a real poll would: the dates of the newest items. `cargo bench --bench polling`.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

use std::time::Duration;

use offprint::model::{PostingRate, Timestamp};

const HOUR: f64 = 3_600_000.0;
const DAY: f64 = 24.0 * HOUR;
/// 2026-01-05, a Monday.
const START: f64 = 1_767_571_200_000.0;
/// Articles before the start, so that a first poll finds a feed with a past.
const PAST_DAYS: f64 = 30.0;
const DAYS: f64 = 30.0;
/// Items a feed shows.
const WINDOW: usize = 20;
const MIN: Duration = Duration::from_secs(15 * 60);
const MAX: Duration = Duration::from_secs(24 * 3600);

/// A deterministic stream of numbers: SplitMix64 (Steele, Lea, Flood, 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.next()).ln()).sqrt() * (std::f64::consts::TAU * self.next()).cos()
    }

    fn exponential(&mut self) -> f64 {
        -(1.0 - self.next()).ln()
    }
}

/// When a source's articles appear, in milliseconds, in order: an inhomogeneous Poisson process by thinning.
fn articles(dice: &mut Dice, sigma: f64, rhythm: bool) -> Vec<f64> {
    let mut per_day = (dice.normal() * sigma).exp().min(200.0);
    let noon = dice.next() * 24.0;
    let depth = if rhythm { dice.next() } else { 0.0 };
    let weekend = if rhythm { dice.next() } else { 1.0 };
    // A third of the sources changes its habit once: falls silent, comes back, or takes another pace.
    let change = if dice.next() < 0.33 { START + dice.next() * DAYS * DAY } else { f64::INFINITY };
    let changed = match (dice.next() * 3.0) as u8 {
        0 => 0.01,
        1 => per_day * 4.0,
        _ => per_day / 4.0,
    };
    let burst = 1.0 + if dice.next() < 0.3 { dice.next() * 3.0 } else { 0.0 };
    let (mut at, mut out) = (START - PAST_DAYS * DAY, Vec::new());
    loop {
        if at > change {
            per_day = changed;
        }
        at += dice.exponential() * DAY / (per_day * 2.0);
        if at > START + DAYS * DAY {
            return out;
        }
        let hour = at.rem_euclid(DAY) / HOUR;
        let day = ((at / DAY).floor() as i64 + 3).rem_euclid(7);
        let daily = 1.0 + depth * ((hour - noon) / 24.0 * std::f64::consts::TAU).cos();
        let weekly = if day >= 5 { weekend } else { 1.0 };
        if dice.next() * 2.0 < daily * weekly / burst {
            out.push(at);
            let mut follow = at;
            while dice.next() > 1.0 / burst {
                follow += dice.exponential() * 0.3 * HOUR;
                out.push(follow);
            }
        }
    }
}

#[derive(Default)]
struct Tally {
    polls: u64,
    hits: u64,
    found: u64,
    /// Hours.
    waits: Vec<f32>,
}

/// Lives through the month with one source; `next` says how many milliseconds after a poll the next one comes.
fn live(articles: &[f64], first: f64, tally: &mut Tally, next: &mut dyn FnMut(&[f64], f64) -> f64) {
    let mut sorted = articles.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (mut at, mut seen, mut known) = (first, None::<usize>, Vec::new());
    while at < START + DAYS * DAY {
        let upto = sorted.partition_point(|article| *article <= at);
        tally.polls += 1;
        let from = seen.unwrap_or(upto.saturating_sub(WINDOW));
        known.extend_from_slice(&sorted[from..upto]);
        if let Some(seen) = seen
            && upto > seen
        {
            tally.hits += 1;
            tally.found += (upto - seen) as u64;
            tally.waits.extend(sorted[seen..upto].iter().map(|article| ((at - article) / HOUR) as f32));
        }
        seen = Some(upto);
        at += next(&known, at);
    }
}

fn stamp(ms: f64) -> Timestamp {
    Timestamp::from_millis(ms as i64)
}

fn ours(scale: f64) -> impl FnMut(&[f64], f64) -> f64 {
    move |known, now| {
        let dates: Vec<Timestamp> = known.iter().rev().take(200).map(|at| stamp(*at)).collect();
        let watched = known.get(known.len().saturating_sub(200)).copied().unwrap_or(now);
        let rate = PostingRate::learn(&dates, stamp(watched.min(now)), stamp(now));
        let every = Duration::from_secs_f64(1800.0 * scale);
        rate.next_after(stamp(now), every, MIN, MAX).since(stamp(now)).as_secs_f64() * 1000.0
    }
}

/// Miniflux's `entry_frequency`: a week over the articles of the last week, times a factor, from 5 min to 24 h.
fn proportional(scale: f64) -> impl FnMut(&[f64], f64) -> f64 {
    move |known, now| {
        let weekly = known.iter().rev().take_while(|at| **at > now - 7.0 * DAY).count();
        let interval = if weekly == 0 { DAY } else { 7.0 * DAY / (weekly as f64 * scale) };
        interval.clamp(5.0 / 60.0 * HOUR, DAY)
    }
}

fn fixed(scale: f64) -> impl FnMut(&[f64], f64) -> f64 {
    move |_, _| HOUR * scale
}

fn run<P: FnMut(&[f64], f64) -> f64>(world: &[Vec<f64>], make: &dyn Fn() -> P) -> Tally {
    let (mut tally, mut dice) = (Tally::default(), Dice(7));
    for source in world {
        let first = START + dice.next() * HOUR;
        live(source, first, &mut tally, &mut make());
    }
    tally
}

/// The scale at which a policy makes `polls` requests; more scale must mean more requests if `rising`.
fn matched<P: FnMut(&[f64], f64) -> f64>(
    world: &[Vec<f64>],
    polls: u64,
    rising: bool,
    make: &dyn Fn(f64) -> P,
) -> Tally {
    let (mut low, mut high) = (0.001_f64, 1000.0_f64);
    let mut best = Tally::default();
    for _ in 0..24 {
        let scale = (low * high).sqrt();
        best = run(world, &|| make(scale));
        if (best.polls as f64 / polls as f64 - 1.0).abs() < 0.003 {
            break;
        }
        if (best.polls > polls) == rising { high = scale } else { low = scale }
    }
    best
}

fn row(name: &str, tally: &mut Tally, base: Option<f64>) -> f64 {
    tally.waits.sort_by(f32::total_cmp);
    let n = tally.waits.len().max(1);
    let mean = tally.waits.iter().map(|wait| f64::from(*wait)).sum::<f64>() / n as f64;
    let at = |share: f64| tally.waits.get((share * (n - 1) as f64) as usize).copied().unwrap_or(0.0);
    println!(
        "{name:<34} {:>9} {:>9} {:>6.3} {:>8.2} {:>8.2} {:>8.2} {:>8}",
        tally.polls,
        tally.found,
        tally.hits as f64 / tally.polls as f64,
        mean,
        at(0.5),
        at(0.95),
        base.map_or(String::new(), |base| format!("{:.3}", mean / base)),
    );
    mean
}

fn main() {
    let n: usize = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(10_000);
    for (name, sigma, rhythm) in [
        ("log-normal rates, rhythms", 1.5, true),
        ("log-normal rates, no rhythm", 1.5, false),
        ("alike sources, rhythms", 0.7, true),
    ] {
        let mut dice = Dice(11);
        let world: Vec<_> = (0..n).map(|_| articles(&mut dice, sigma, rhythm)).collect();
        println!("\n{n} sources, 30 days, {name}");
        println!(
            "{:<34} {:>9} {:>9} {:>6} {:>8} {:>8} {:>8} {:>8}",
            "policy", "requests", "articles", "hits", "mean h", "median", "p95", "ratio"
        );
        let mut own = run(&world, &|| ours(1.0));
        let polls = own.polls;
        let mean = row("offprint", &mut own, None);
        row("every so often", &mut matched(&world, polls, false, &fixed), Some(mean));
        row("in proportion (entry_frequency)", &mut matched(&world, polls, true, &proportional), Some(mean));
    }
}
