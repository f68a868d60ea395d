//! Counts the requests that one piece of work leads to, with redirects and robots.txt.

use std::cell::Cell;

tokio::task_local! {
    static N_REQUESTS: Cell<u32>;
}

/// Runs some work and counts its requests. What it hands to other tasks isn't counted.
pub async fn counted<F: Future>(work: F) -> (F::Output, u32) {
    N_REQUESTS
        .scope(Cell::new(0), async {
            let output = work.await;
            (output, N_REQUESTS.with(Cell::get))
        })
        .await
}

/// One request more, where somebody counts.
pub(super) fn count() {
    // Nobody has to.
    let _ = N_REQUESTS.try_with(|n| n.set(n.get().saturating_add(1)));
}
