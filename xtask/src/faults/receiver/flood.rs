//! Many clients that never wait as they are told: one thread drives them all. With a thread for each, they would stand in
//! line for the processor themselves, and their own waiting would count as the receiver's.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::client::{feedback, request};
use super::program::own;

/// The number of the last submission that was sent. Nothing is sent twice: a repeat is quicker, and no throughput.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// What many clients saw.
#[derive(Default)]
pub struct Seen {
    pub statuses: Mutex<BTreeMap<u16, u64>>,
    /// How long those took that were accepted.
    pub times: Mutex<Vec<Duration>>,
    /// Connections that ended without an answer.
    pub broken: AtomicU64,
    /// Numbers of what was accepted.
    pub stored: Mutex<Vec<u64>>,
    ended: AtomicBool,
}

/// So many clients for so long, each without a pause; `each` runs beside them, ten times a second.
pub fn flood(address: &str, clients: usize, time: Duration, mut each: impl FnMut()) -> Result<Arc<Seen>> {
    let seen = Arc::<Seen>::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut all = JoinSet::new();
    let letter = Letter::new()?;
    for _ in 0..clients {
        all.spawn_on(send(address.to_owned(), letter.clone(), Arc::clone(&seen)), runtime.handle());
    }
    let sending = thread::spawn(move || runtime.block_on(all.join_all()));
    let began = Instant::now();
    while began.elapsed() < time && !sending.is_finished() {
        thread::sleep(Duration::from_millis(100));
        each();
    }
    seen.ended.store(true, Ordering::Relaxed);
    match sending.join() {
        Ok(_) => Ok(seen),
        Err(_) => bail!("the clients died"),
    }
}

async fn send(address: String, mut letter: Letter, seen: Arc<Seen>) {
    let mut client = None;
    while !seen.ended.load(Ordering::Relaxed) {
        let Some(open) = client.as_mut() else {
            client = Line::open(&address).await;
            continue;
        };
        let number = NEXT.fetch_add(1, Ordering::Relaxed) + 1;
        let request = letter.numbered(number);
        let began = Instant::now();
        match open.ask(request).await {
            Some(status) => {
                *own(&seen.statuses).entry(status).or_default() += 1;
                if status == 201 {
                    own(&seen.times).push(began.elapsed());
                    own(&seen.stored).push(number);
                }
            }
            None => {
                seen.broken.fetch_add(1, Ordering::Relaxed);
                client = None;
            }
        }
    }
}

/// A whole request, made once: one submission differs from another in its number alone. What its client spends on it is
/// missing to the receiver on the same machine.
#[derive(Clone)]
struct Letter {
    bytes: Vec<u8>,
    /// Where the number stands: in the id, and in the words.
    places: Vec<usize>,
}

impl Letter {
    fn new() -> Result<Self> {
        let text = request(&feedback(0));
        let digits = format!("{:012x}", 0);
        let places: Vec<usize> = text.match_indices(&digits).map(|(at, _)| at).collect();
        if places.len() < 2 {
            bail!("the number stands in {} places", places.len());
        }
        Ok(Self { places, bytes: text.into_bytes() })
    }

    /// The same with this number.
    fn numbered(&mut self, number: u64) -> &[u8] {
        for place in &self.places {
            let mut left = number;
            for digit in self.bytes[*place..place + 12].iter_mut().rev() {
                *digit = b"0123456789abcdef"[(left & 15) as usize];
                left >>= 4;
            }
        }
        &self.bytes
    }
}

/// A connection, and the room for what is answered on it.
struct Line {
    stream: TcpStream,
    room: Box<[u8; 4_096]>,
}

impl Line {
    async fn open(address: &str) -> Option<Self> {
        let stream = TcpStream::connect(address).await.ok()?;
        stream.set_nodelay(true).ok()?;
        Some(Self { stream, room: Box::new([0; 4_096]) })
    }

    /// Sends, and answers the status once the whole answer is there.
    async fn ask(&mut self, request: &[u8]) -> Option<u16> {
        self.stream.write_all(request).await.ok()?;
        let mut filled = 0;
        loop {
            let read = self.stream.read(self.room.get_mut(filled..)?).await.ok()?;
            filled += read;
            if let Some((status, length)) = answered(&self.room[..filled])
                && length <= filled
            {
                return Some(status);
            }
            if read == 0 {
                return None;
            }
        }
    }
}

/// The status of an answer whose head is there, and how long all of it is.
fn answered(bytes: &[u8]) -> Option<(u16, usize)> {
    let head = bytes.windows(4).position(|end| end == b"\r\n\r\n")?;
    let text = std::str::from_utf8(&bytes[..head]).ok()?;
    let status = text.get(9..12)?.parse().ok()?;
    let named = |line: &&str| line.get(..15).is_some_and(|name| name.eq_ignore_ascii_case("content-length:"));
    let length: usize = text.split("\r\n").find(named)?.get(15..)?.trim().parse().ok()?;
    Some((status, head + 4 + length))
}

#[cfg(test)]
mod tests {
    use super::{Letter, answered, feedback, request};

    #[test]
    fn a_letter_is_the_submission_of_its_number() {
        let mut letter = Letter::new().expect("a letter");
        for number in [1, 0xabc, 77_000_000_000] {
            let written = String::from_utf8_lossy(letter.numbered(number)).into_owned();
            assert_eq!(written, request(&feedback(number)));
        }
    }

    #[test]
    fn an_answer_is_whole_when_its_body_is() {
        let answer = b"HTTP/1.1 201 Created\r\nContent-Length: 5\r\nx: y\r\n\r\nabcde";
        assert_eq!(answered(answer), Some((201, answer.len())));
        assert_eq!(answered(&answer[..40]), None);
    }
}
