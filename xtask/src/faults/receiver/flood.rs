//! Many clients that never wait as they are told: one thread drives them all. With a thread for each, they would stand in
//! line for the processor themselves, and their own waiting would count as the receiver's.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::client::{feedback, id, request};
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
    /// Ids of what was accepted.
    pub stored: Mutex<Vec<String>>,
    ended: AtomicBool,
}

/// So many clients for so long, each without a pause; `each` runs beside them, ten times a second.
pub fn flood(address: &str, clients: usize, time: Duration, mut each: impl FnMut()) -> Result<Arc<Seen>> {
    let seen = Arc::<Seen>::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut all = JoinSet::new();
    // Every body is the same but for its id.
    let pattern = Arc::new(feedback(0));
    for _ in 0..clients {
        all.spawn_on(send(address.to_owned(), Arc::clone(&pattern), Arc::clone(&seen)), runtime.handle());
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

async fn send(address: String, pattern: Arc<String>, seen: Arc<Seen>) {
    let mut client = None;
    while !seen.ended.load(Ordering::Relaxed) {
        let Some(open) = client.as_mut() else {
            client = connect(&address).await;
            continue;
        };
        let number = NEXT.fetch_add(1, Ordering::Relaxed) + 1;
        let request = request(&pattern.replace(&id(0), &id(number)));
        let began = Instant::now();
        match ask(open, request.as_bytes()).await {
            Some(status) => {
                *own(&seen.statuses).entry(status).or_default() += 1;
                if status == 201 {
                    own(&seen.times).push(began.elapsed());
                    own(&seen.stored).push(id(number));
                }
            }
            None => {
                seen.broken.fetch_add(1, Ordering::Relaxed);
                client = None;
            }
        }
    }
}

async fn connect(address: &str) -> Option<BufStream<TcpStream>> {
    let stream = TcpStream::connect(address).await.ok()?;
    stream.set_nodelay(true).ok()?;
    Some(BufStream::new(stream))
}

/// Sends, and answers the status once the whole answer is there.
async fn ask(stream: &mut BufStream<TcpStream>, request: &[u8]) -> Option<u16> {
    stream.write_all(request).await.ok()?;
    stream.flush().await.ok()?;
    let (mut status, mut length, mut line) = (None, 0, String::new());
    while stream.read_line(&mut line).await.ok()? > 2 {
        if status.is_none() {
            status = line.split(' ').nth(1)?.parse().ok();
        } else if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok()?;
        }
        line.clear();
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    status
}
