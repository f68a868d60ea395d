//! Places for passes: a few for those that get on, and many for those that only wait.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use crate::clock::Clock;

/// A pass that isn't through after this makes room: its site is slow, or it has many pages to wait for.
const PATIENCE: Duration = Duration::from_secs(1);
/// Passes that may wait for slow sites at a time; each is a connection and some kilobytes.
const SLOW: usize = 512;

/// The places.
#[derive(Debug, Clone)]
pub(super) struct Places {
    quick: Arc<Semaphore>,
    slow: Arc<Semaphore>,
    freed: Arc<Notify>,
    clock: Clock,
}

/// A place for a pass that begins.
#[derive(Debug)]
pub(super) struct Place {
    quick: OwnedSemaphorePermit,
    places: Places,
}

impl Places {
    /// So many for passes that get on.
    pub(super) fn new(quick: usize, clock: Clock) -> Self {
        Self {
            quick: Arc::new(Semaphore::new(quick.max(1))),
            slow: Arc::new(Semaphore::new(SLOW)),
            freed: Arc::default(),
            clock,
        }
    }

    /// A place, if one is free.
    pub(super) fn take(&self) -> Option<Place> {
        let quick = Arc::clone(&self.quick).try_acquire_owned().ok()?;
        Some(Place { quick, places: self.clone() })
    }

    /// Whether one is free.
    pub(super) fn is_free(&self) -> bool {
        self.quick.available_permits() > 0
    }

    /// Waits until a place was left by a pass that goes on. Cancel-safe.
    pub(super) async fn freed(&self) {
        self.freed.notified().await;
    }
}

impl Place {
    /// Does the work on this place, and goes on elsewhere when it takes long, as soon as there is room.
    pub(super) async fn occupy<T>(self, work: impl Future<Output = T>) -> T {
        let Self { quick, places } = self;
        let mut work = std::pin::pin!(work);
        // All branches are cancel-safe: the work is only borrowed, and the others have no state.
        let slow = tokio::select! {
            done = &mut work => return done,
            slow = places.move_on() => slow,
        };
        drop(quick);
        places.freed.notify_one();
        let done = work.await;
        drop(slow);
        done
    }
}

impl Places {
    async fn move_on(&self) -> Option<OwnedSemaphorePermit> {
        self.clock.sleep(PATIENCE).await;
        // Nobody closes it.
        Arc::clone(&self.slow).acquire_owned().await.ok()
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::task::{Context, Waker};

    use super::*;
    use crate::model::Timestamp;

    fn look<F: Future + ?Sized>(future: &mut Pin<Box<F>>) -> bool {
        future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready()
    }

    type Hung = Vec<Pin<Box<dyn Future<Output = ()>>>>;

    /// Fills all free places with passes that never end, and lets them lose their patience.
    fn fill(places: &Places, hung: &mut Hung) {
        while let Some(place) = places.take() {
            hung.push(Box::pin(place.occupy(std::future::pending::<()>())));
        }
        hung.iter_mut().for_each(|pass| assert!(!look(pass)));
        places.clock.advance(PATIENCE);
        hung.iter_mut().for_each(|pass| assert!(!look(pass)));
    }

    /// C9: passes whose sites hang keep nobody out, up to as many as are worth their memory.
    #[test]
    fn c9_who_only_waits_leaves_its_place_to_others_within_bounds() {
        let places = Places::new(4, Clock::mock(Timestamp::EPOCH));
        let mut hung = Hung::new();

        for _ in 0..125 {
            fill(&places, &mut hung);
        }
        assert_eq!(hung.len(), 500);
        assert_eq!(places.quick.available_permits(), 4, "500 hung passes hold no place");

        while places.is_free() {
            fill(&places, &mut hung);
        }
        assert_eq!(hung.len(), SLOW + 4, "there is a bound");

        // One that ends makes room for one that waits to move on.
        drop(hung.remove(0));
        hung.iter_mut().for_each(|pass| assert!(!look(pass)));
        assert!(places.is_free());
    }

    #[test]
    fn who_is_quick_needs_one_place_only() {
        let places = Places::new(1, Clock::mock(Timestamp::EPOCH));
        let mut pass = Box::pin(places.take().unwrap().occupy(std::future::ready(7)));
        assert!(places.take().is_none());

        assert!(look(&mut pass));

        drop(pass);
        assert!(places.take().is_some());
    }
}
