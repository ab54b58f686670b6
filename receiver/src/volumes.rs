//! How many bytes of files somebody may hand in: so many at once, and as many again over a day. Whoever sends more hears
//! when to come back. Remembered while the receiver runs, and written down nowhere.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Senders that are remembered. Beyond, those whose day is over are forgotten first.
const REMEMBERED_MAX: usize = 20_000;
const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// One volume for many senders.
#[derive(Debug)]
pub struct Volumes<K> {
    /// Bytes a day; 0 is no limit.
    most: u64,
    /// What counts of each sender's bytes, and since when it wanes.
    counted: Mutex<HashMap<K, (u64, u64)>>,
}

/// Bytes that count; those of what was not stored after all are given back.
#[derive(Debug)]
pub struct Counted<K: Eq + Hash> {
    volumes: Arc<Volumes<K>>,
    who: K,
    bytes: u64,
}

impl<K: Eq + Hash + Clone> Volumes<K> {
    /// So many bytes a day. 0 is no limit.
    pub fn per_day(most: u64) -> Arc<Self> {
        Arc::new(Self { most, counted: Mutex::default() })
    }

    /// Counts so many; `Err` says after how many milliseconds they would be welcome.
    pub fn count(self: &Arc<Self>, who: &K, bytes: u64, now_ms: u64) -> Result<Option<Counted<K>>, u64> {
        if self.most == 0 {
            return Ok(None);
        }
        let mut counted = self.held();
        if counted.len() >= REMEMBERED_MAX {
            counted.retain(|_, known| left(*known, self.most, now_ms) > 0);
        }
        let before = counted.get(who).map_or(0, |known| left(*known, self.most, now_ms));
        // A file that is larger than a day's worth has to go at some time: when nothing else counts.
        if before > 0 && before + bytes > self.most {
            let over = (before + bytes - self.most).min(before);
            return Err(over.saturating_mul(DAY_MS).div_ceil(self.most));
        }
        // With that many at once, somebody new is let through uncounted: a limit may not become a memory leak.
        if counted.len() >= REMEMBERED_MAX && !counted.contains_key(who) {
            return Ok(None);
        }
        counted.insert(who.clone(), (before + bytes, now_ms));
        drop(counted);
        Ok(Some(Counted { volumes: Arc::clone(self), who: who.clone(), bytes }))
    }
}

impl<K> Volumes<K> {
    fn held(&self) -> MutexGuard<'_, HashMap<K, (u64, u64)>> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What still counts: a day's worth wanes in a day.
fn left((bytes, since_ms): (u64, u64), most: u64, now_ms: u64) -> u64 {
    let waned = u128::from(most) * u128::from(now_ms.saturating_sub(since_ms)) / u128::from(DAY_MS);
    bytes.saturating_sub(u64::try_from(waned).unwrap_or(u64::MAX))
}

impl<K: Eq + Hash> Counted<K> {
    /// They are stored: they count.
    pub fn keep(mut self) {
        self.bytes = 0;
    }
}

impl<K: Eq + Hash> Drop for Counted<K> {
    fn drop(&mut self) {
        if let Some(known) = self.volumes.held().get_mut(&self.who) {
            known.0 = known.0.saturating_sub(self.bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Counted, DAY_MS, Volumes};

    const NOON: u64 = 1_000 * DAY_MS;

    fn keep(counted: Option<Counted<&'static str>>) {
        counted.expect("counted").keep();
    }

    #[test]
    fn a_days_worth_passes_and_wanes_in_a_day() {
        let volumes = Volumes::per_day(1_000);
        keep(volumes.count(&"a", 900, NOON).expect("room"));
        assert_eq!(volumes.count(&"a", 200, NOON).err(), Some(DAY_MS / 10));
        keep(volumes.count(&"a", 100, NOON).expect("room for a smaller one"));
        keep(volumes.count(&"b", 1_000, NOON).expect("everybody has their own"));
        assert_eq!(volumes.count(&"a", 500, NOON + DAY_MS / 4).err(), Some(DAY_MS / 4));
        keep(volumes.count(&"a", 500, NOON + DAY_MS / 2).expect("half a day later"));
        assert_eq!(volumes.count(&"a", 1, NOON + DAY_MS / 2).err(), Some(DAY_MS / 1_000));
        assert!(Volumes::per_day(0).count(&"a", u64::MAX, NOON).expect("no limit").is_none());
    }

    #[test]
    fn what_was_not_stored_does_not_count() {
        let volumes = Volumes::per_day(1_000);
        let first = volumes.count(&"a", 1_000, NOON).expect("room");
        assert!(volumes.count(&"a", 1_000, NOON).is_err(), "while the first is on its way");
        drop(first);
        keep(volumes.count(&"a", 1_000, NOON).expect("it broke off"));
    }

    #[test]
    fn a_file_larger_than_a_days_worth_goes_when_nothing_else_counts() {
        let volumes = Volumes::per_day(1_000);
        keep(volumes.count(&"a", 5_000, NOON).expect("the first"));
        let wait = volumes.count(&"a", 5_000, NOON).expect_err("not at once");
        assert_eq!(wait, 5 * DAY_MS);
        keep(volumes.count(&"a", 5_000, NOON + wait).expect("when it was told to come"));
    }

    #[test]
    fn a_clock_that_is_set_back_frees_nobody_and_breaks_nothing() {
        let volumes = Volumes::per_day(1_000);
        keep(volumes.count(&"a", 1_000, NOON).expect("room"));
        assert!(volumes.count(&"a", 1, NOON - DAY_MS).is_err());
    }
}
