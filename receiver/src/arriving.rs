//! Files that are on their way in: each is held in memory until it is stored, so there are few places for them. Nobody
//! keeps one by trickling, and no household has more than its share.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use http_body_util::BodyExt as _;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::Error;
use crate::store::StoreError;

/// Files that may be on their way in at once. One more makes the slowest trickle leave; without one it hears 503.
const UNDER_WAY_MAX: usize = 8;
/// Files of one household. A page sends one at a time; one more hears 503 and comes again.
const OF_HOUSEHOLD_MAX: usize = 2;
/// How long a file may take; a phone at the edge of its network needs minutes.
pub const FILE_TIME_MAX: Duration = Duration::from_secs(600);
/// How much has to come in each stretch of time, whatever came before. Less is 408.
const STRETCH: Duration = Duration::from_secs(8);
const STRETCH_BYTES_MIN: u64 = 16 * 1_024;
/// The same as a rate, for those who are told.
pub const BYTES_PER_SECOND_MIN: u64 = STRETCH_BYTES_MIN / STRETCH.as_secs();
/// Whoever is this quick never has to leave for somebody else, nor does anybody in their first moments.
const BRISK_BYTES_PER_SECOND: u64 = 64 * 1_024;
const FIRST_MOMENTS: Duration = Duration::from_secs(2);

/// Files that are on their way in.
#[derive(Clone, Debug, Default)]
pub struct Arriving(Arc<Mutex<Vec<Arc<OnItsWay>>>>);

/// One of them.
#[derive(Debug)]
struct OnItsWay {
    /// `None` is a customer whose address nobody tells.
    household: Option<IpAddr>,
    came: Mutex<Came>,
    leave: Notify,
}

/// What came when.
#[derive(Clone, Copy, Debug)]
struct Came {
    /// This stretch and the one before it, each with its bytes.
    since: Instant,
    bytes: u64,
    before: Option<(Instant, u64)>,
    /// It is whole, and waits for us: it never has to leave.
    whole: bool,
}

/// A file's place, until this is dropped.
#[derive(Debug)]
pub struct Place {
    file: Arc<OnItsWay>,
    all: Arriving,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Came {
    fn new(now: Instant) -> Self {
        Self { since: now, bytes: 0, before: None, whole: false }
    }

    /// Bytes a second of late; `None` while it is whole, or in its first moments.
    fn speed(&self, now: Instant) -> Option<u64> {
        let (since, earlier) = self.before.unwrap_or((self.since, 0));
        let spent = now.saturating_duration_since(since);
        if self.whole || spent < FIRST_MOMENTS {
            return None;
        }
        let ms = u64::try_from(spent.as_millis()).unwrap_or(u64::MAX).max(1);
        Some((earlier + self.bytes).saturating_mul(1_000) / ms)
    }

    /// Begins another stretch when one is over; false when too little came in it.
    fn goes_on(&mut self, now: Instant) -> bool {
        if now.saturating_duration_since(self.since) < STRETCH {
            return true;
        }
        let enough = self.bytes >= STRETCH_BYTES_MIN;
        self.before = Some((self.since, self.bytes));
        (self.since, self.bytes) = (now, 0);
        enough
    }
}

impl Arriving {
    /// A place for a file of this household. `None` when it has its share, or everybody else is brisk.
    pub fn enter(&self, household: Option<IpAddr>) -> Option<Place> {
        let mut all = held(&self.0);
        let own = household.map_or(0, |_| all.iter().filter(|file| file.household == household).count());
        if own >= OF_HOUSEHOLD_MAX {
            return None;
        }
        let now = Instant::now();
        if all.len() >= UNDER_WAY_MAX {
            let speed = |file: &OnItsWay| held(&file.came).speed(now).unwrap_or(u64::MAX);
            let slowest = (0..all.len()).min_by_key(|at| speed(&all[*at]))?;
            if speed(&all[slowest]) >= BRISK_BYTES_PER_SECOND {
                return None;
            }
            all.swap_remove(slowest).leave.notify_one();
        }
        let file = OnItsWay { household, came: Mutex::new(Came::new(now)), leave: Notify::new() };
        let file = Arc::new(file);
        all.push(Arc::clone(&file));
        Some(Place { file, all: self.clone() })
    }

    /// How many are on their way in.
    pub fn under_way(&self) -> usize {
        held(&self.0).len()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        held(&self.all.0).retain(|file| !Arc::ptr_eq(file, &self.file));
    }
}

impl Place {
    /// Reads the file. More bytes than these are [`Error::TooLarge`], too few in their time [`Error::TooSlow`].
    pub async fn read(&self, mut body: Body, bytes_max: usize) -> Result<Vec<u8>, Error> {
        let too_slow = || Error::TooSlow(FILE_TIME_MAX, BYTES_PER_SECOND_MIN);
        let end = Instant::now() + FILE_TIME_MAX;
        // Room for all of it: growing would take twice as much at its end.
        let mut bytes = Vec::with_capacity(bytes_max);
        loop {
            let due = (held(&self.file.came).since + STRETCH).min(end);
            let frame = tokio::select! {
                // Somebody else needs the place, and this one comes again.
                () = self.file.leave.notified() => return Err(StoreError::Busy.into()),
                frame = tokio::time::timeout_at(due, body.frame()) => frame,
            };
            let now = Instant::now();
            match frame {
                Ok(None) => break,
                // A connection that broke has nobody who could hear this answer.
                Ok(Some(Err(_))) => return Err(too_slow()),
                Ok(Some(Ok(frame))) => {
                    let data = frame.into_data().unwrap_or_default();
                    if bytes.len() + data.len() > bytes_max {
                        return Err(Error::TooLarge(bytes_max));
                    }
                    bytes.extend_from_slice(&data);
                    held(&self.file.came).bytes += data.len() as u64;
                }
                Err(_) => {}
            }
            if now >= end || !held(&self.file.came).goes_on(now) {
                return Err(too_slow());
            }
        }
        held(&self.file.came).whole = true;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Arriving, BRISK_BYTES_PER_SECOND, Came, Duration, FIRST_MOMENTS, Instant, IpAddr, OF_HOUSEHOLD_MAX,
        STRETCH, STRETCH_BYTES_MIN, UNDER_WAY_MAX, held,
    };

    fn house(number: usize) -> Option<IpAddr> {
        format!("192.0.2.{number}").parse().ok()
    }

    #[test]
    fn a_stretch_wants_its_bytes() {
        let began = Instant::now();
        let mut came = Came::new(began);
        assert!(came.goes_on(began + STRETCH / 2), "it is not over");
        came.bytes = STRETCH_BYTES_MIN;
        assert!(came.goes_on(began + STRETCH));
        came.bytes = STRETCH_BYTES_MIN - 1;
        assert!(!came.goes_on(began + STRETCH * 2), "much before earns nothing");
    }

    #[test]
    fn a_household_has_its_share_and_gets_it_back() {
        let arriving = Arriving::default();
        let mut own: Vec<_> =
            (0..OF_HOUSEHOLD_MAX).map(|_| arriving.enter(house(1)).expect("a place")).collect();
        assert!(arriving.enter(house(1)).is_none());
        let _other = arriving.enter(house(2)).expect("others have theirs");
        own.pop();
        assert!(arriving.enter(house(1)).is_some());
        let unknown: Vec<_> = (0..OF_HOUSEHOLD_MAX + 1).map(|_| arriving.enter(None)).collect();
        assert!(unknown.iter().all(Option::is_some), "nobody knows whether they are one household");
    }

    #[tokio::test]
    async fn the_slowest_leaves_and_nobody_who_is_brisk() {
        let arriving = Arriving::default();
        let all: Vec<_> =
            (1..=UNDER_WAY_MAX).map(|number| arriving.enter(house(number)).expect("a place")).collect();
        assert!(arriving.enter(house(100)).is_none(), "all are in their first moments");
        let long_ago = Instant::now() - FIRST_MOMENTS - Duration::from_secs(1);
        for place in &all {
            let mut came = held(&place.file.came);
            (came.since, came.bytes) = (long_ago, BRISK_BYTES_PER_SECOND * 4);
        }
        assert!(arriving.enter(house(100)).is_none(), "all are brisk");
        held(&all[3].file.came).bytes = 1_000;
        held(&all[5].file.came).bytes = 10;
        held(&all[5].file.came).whole = true;
        let _new = arriving.enter(house(100)).expect("the slowest makes room");
        all[3].file.leave.notified().await;
        assert_eq!(held(&arriving.0).len(), UNDER_WAY_MAX);
        assert!(arriving.enter(house(101)).is_none(), "what is whole waits for us");
    }
}
