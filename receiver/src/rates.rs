//! How often somebody may send: a steady rate, with room for a burst. Whoever sends more hears when to come back; nothing
//! is dropped, since the sender keeps it.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// Senders that are remembered. Beyond, those who have been quiet are forgotten first.
const REMEMBERED_MAX: usize = 20_000;

/// One rate for many senders.
#[derive(Debug)]
pub struct Rates<K> {
    /// Milliseconds that each submission costs; 0 is no limit.
    interval_ms: u64,
    /// How far somebody may be ahead.
    ahead_ms: u64,
    /// When each sender would be at the steady rate again.
    even_at: Mutex<HashMap<K, u64>>,
}

impl<K: Eq + Hash> Rates<K> {
    /// So many a minute, and twice as many at once. 0 is no limit.
    pub fn per_minute(most: u32) -> Self {
        let interval_ms = if most == 0 { 0 } else { (60_000 / u64::from(most)).max(1) };
        Self { interval_ms, ahead_ms: interval_ms * u64::from(most) * 2, even_at: Mutex::default() }
    }

    /// Counts one; `Err` says after how many milliseconds it would be welcome.
    pub fn count(&self, who: K, now_ms: u64) -> Result<(), u64> {
        if self.interval_ms == 0 {
            return Ok(());
        }
        let mut even_at = self.even_at.lock().unwrap_or_else(PoisonError::into_inner);
        if even_at.len() >= REMEMBERED_MAX {
            even_at.retain(|_, at| *at > now_ms);
        }
        let at = even_at.get(&who).copied().unwrap_or_default().max(now_ms) + self.interval_ms;
        let ahead = at - now_ms;
        if ahead > self.ahead_ms {
            return Err(ahead - self.ahead_ms);
        }
        // With that many at once, somebody new is let through uncounted: a limit may not become a memory leak.
        if even_at.len() < REMEMBERED_MAX || even_at.contains_key(&who) {
            even_at.insert(who, at);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Rates;

    #[test]
    fn a_burst_passes_and_then_a_steady_rate() {
        let rates = Rates::per_minute(30);
        let passed = (0..100).filter(|_| rates.count("a", 1_000_000).is_ok()).count();
        assert_eq!(passed, 60);
        assert_eq!(rates.count("a", 1_000_000), Err(2_000));
        assert_eq!(rates.count("a", 1_001_999), Err(1));
        assert_eq!(rates.count("a", 1_002_000), Ok(()));
        assert_eq!(rates.count("b", 1_002_000), Ok(()), "everybody has their own");
        // After a pause the burst is there again, and no more than that.
        let passed = (0..100).filter(|_| rates.count("a", 9_000_000).is_ok()).count();
        assert_eq!(passed, 60);
        assert!((0..100_000).all(|_| Rates::per_minute(0).count("a", 5).is_ok()));
    }
}
