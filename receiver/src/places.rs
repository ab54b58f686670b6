//! Connections and their places: how many there may be, how many from one address, how long each may wait at what. When
//! every place is taken, whoever keeps one for longest without saying anything has to leave.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// Connections at a time. One more makes the idlest one leave.
pub const CONNECTIONS_MAX: usize = 1_000;
/// Connections of one address. One more makes the idlest of them leave. This machine is free: a proxy may be on it.
pub const CONNECTIONS_PER_ADDRESS_MAX: usize = 32;
/// How long the head of a request may take from its first byte on.
const HEAD_TIME_MAX: Duration = Duration::from_secs(5);
/// How long a connection may say nothing.
const IDLE_TIME_MAX: Duration = Duration::from_secs(15);

/// What a connection is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    /// Nothing, or reading its answer.
    Idle,
    /// Sending the head of a request.
    Head,
    /// Sending the body; whoever reads it watches its pace.
    Body,
    /// Waiting for us. It is never made to leave.
    Waiting,
}

/// One connection's place.
#[derive(Debug)]
pub struct Place {
    number: u64,
    address: IpAddr,
    doing: Mutex<(Doing, Instant)>,
    /// Its last answer came before its request was whole.
    interrupted: AtomicBool,
    leave: Notify,
    places: Arc<Places>,
}

/// All of them.
#[derive(Debug, Default)]
pub struct Places {
    taken: Mutex<HashMap<u64, Arc<Place>>>,
    next: AtomicU64,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The part of an address that stands for one household: of IPv6 its first half.
pub fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [first, second, third, fourth, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(first, second, third, fourth, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

impl Places {
    /// How many are taken.
    pub fn taken(&self) -> usize {
        held(&self.taken).len()
    }

    /// A place for a connection from this address; `None` when everybody waits for us.
    pub fn take(self: &Arc<Self>, address: IpAddr) -> Option<Arc<Place>> {
        let address = household(address);
        let mut taken = held(&self.taken);
        let of_address = taken.values().filter(|place| place.address == address).count();
        if !address.is_loopback() && of_address >= CONNECTIONS_PER_ADDRESS_MAX {
            make_leave(&mut taken, Some(address))?;
        }
        if taken.len() >= CONNECTIONS_MAX {
            make_leave(&mut taken, None)?;
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let place = Arc::new(Place {
            number,
            address,
            doing: Mutex::new((Doing::Idle, Instant::now())),
            interrupted: AtomicBool::new(false),
            leave: Notify::new(),
            places: Arc::clone(self),
        });
        taken.insert(number, Arc::clone(&place));
        Some(place)
    }

    /// Makes everybody leave who has taken too long.
    pub fn sweep(&self) {
        let late: Vec<Arc<Place>> =
            held(&self.taken).values().filter(|place| place.is_late()).map(Arc::clone).collect();
        for place in late {
            place.leave.notify_one();
        }
    }
}

/// Of the address with most places, or of the given one, the connection that has been silent for longest.
fn make_leave(taken: &mut HashMap<u64, Arc<Place>>, address: Option<IpAddr>) -> Option<()> {
    let mut counts: HashMap<IpAddr, usize> = HashMap::new();
    for place in taken.values() {
        *counts.entry(place.address).or_default() += 1;
    }
    let chosen = taken
        .values()
        .filter(|place| address.is_none_or(|address| place.address == address))
        .filter_map(|place| {
            let (doing, since) = *held(&place.doing);
            let crowd = counts.get(&place.address).copied().unwrap_or_default();
            (doing != Doing::Waiting).then(|| (crowd, since.elapsed(), place.number))
        })
        .max()?;
    taken.remove(&chosen.2)?.leave.notify_one();
    Some(())
}

impl Place {
    fn set(&self, doing: Doing) {
        *held(&self.doing) = (doing, Instant::now());
    }

    fn is_late(&self) -> bool {
        let (doing, since) = *held(&self.doing);
        match doing {
            Doing::Idle => since.elapsed() > IDLE_TIME_MAX,
            Doing::Head => since.elapsed() > HEAD_TIME_MAX,
            Doing::Body | Doing::Waiting => false,
        }
    }

    /// The connection has sent something.
    pub fn heard(&self) {
        let mut doing = held(&self.doing);
        if doing.0 == Doing::Idle {
            *doing = (Doing::Head, Instant::now());
        }
    }

    /// The connection takes its answer.
    pub fn told(&self) {
        let mut doing = held(&self.doing);
        if doing.0 == Doing::Idle {
            doing.1 = Instant::now();
        }
    }

    /// The head of a request is there.
    pub fn requests(&self) {
        self.set(Doing::Body);
    }

    /// The whole request is there.
    pub fn waits(&self) {
        self.set(Doing::Waiting);
    }

    /// The answer is ready. Whether it interrupts a request whose long body nobody has read to its end.
    pub fn answered(&self, is_long: bool) -> bool {
        let before = std::mem::replace(&mut *held(&self.doing), (Doing::Idle, Instant::now()));
        let interrupts = is_long && before.0 == Doing::Body;
        self.interrupted.store(interrupts, Ordering::Relaxed);
        interrupts
    }

    /// Whether its last answer came before its request was whole.
    pub fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    /// Waits until this connection has to leave.
    pub async fn left(&self) {
        self.leave.notified().await;
    }

    /// Gives the place back.
    pub fn give_back(&self) {
        held(&self.places.taken).remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::{Arc, CONNECTIONS_MAX, CONNECTIONS_PER_ADDRESS_MAX, IpAddr, Places, household};

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn a_household_is_one() {
        assert_eq!(household(address("192.0.2.7")), address("192.0.2.7"));
        assert_eq!(household(address("::ffff:192.0.2.7")), address("192.0.2.7"));
        assert_eq!(household(address("2001:db8:1:2:3:4:5:6")), address("2001:db8:1:2::"));
    }

    #[test]
    fn a_crowd_makes_way_for_a_single_one() {
        let places = Arc::new(Places::default());
        let single = places.take(address("192.0.2.1")).expect("a place");
        for number in 0..CONNECTIONS_MAX - 1 {
            let crowd = format!("198.51.{}.{}", number / 20 / 200, number / 20 % 200);
            places.take(address(&crowd)).expect("a place");
        }
        assert_eq!(places.taken(), CONNECTIONS_MAX);
        for last in 2..30 {
            places.take(address(&format!("192.0.2.{last}"))).expect("somebody of the crowd leaves");
        }
        assert_eq!(places.taken(), CONNECTIONS_MAX);
        assert!(super::held(&places.taken).contains_key(&single.number));
    }

    #[test]
    fn nobody_who_waits_for_us_has_to_leave() {
        let places = Arc::new(Places::default());
        let own: Vec<_> = (0..CONNECTIONS_PER_ADDRESS_MAX)
            .map(|_| places.take(address("192.0.2.1")).expect("a place"))
            .collect();
        own.iter().for_each(|place| place.waits());
        assert!(places.take(address("192.0.2.1")).is_none());
        assert!(!own[3].answered(true));
        assert!(places.take(address("192.0.2.1")).is_some());
        assert!(!super::held(&places.taken).contains_key(&own[3].number));
        own[4].give_back();
        assert_eq!(places.taken(), CONNECTIONS_PER_ADDRESS_MAX - 1);
    }
}
