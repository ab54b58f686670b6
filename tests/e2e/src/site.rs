//! The host's website: pages of `tests/e2e/pages`, the built files under `/all-ears/`, and the endpoint handed on to the
//! receiver, all from one origin of its own, so that each journey starts with an empty browser storage.
//! Strict by default: a page that wants other headers says so in its first line.

use std::collections::BTreeSet;
use std::io;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::fault::{self, Fault};
use crate::http::{self, Message};
use crate::watch::Note;
use crate::workspace;

/// The policy of DESIGN.md §2, with nothing for styles and Trusted Types enforced.
const STRICT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
                      require-trusted-types-for 'script'; base-uri 'none'";
/// How long the receiver may take to answer a request that was handed on.
const HAND_ON_SECONDS_MAX: u64 = 20;

/// The port of every site that was opened, closed ones too.
static PORTS_HAD: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// One submission that reached the site.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// When.
    pub at: Instant,
    /// Its path.
    pub path: String,
    /// Its body, as it came.
    pub body: Vec<u8>,
}

/// One request that the site got.
#[derive(Clone, Debug)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// With its query.
    pub path: String,
    /// A header that says where a cookie would be.
    pub cookie: Option<String>,
}

/// What pages of other origins may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Guests {
    /// The receiver says so itself.
    #[default]
    Unknown,
    /// Hand in, and read no answer.
    HandIn,
    /// Hand in and read the answer, and the built files.
    Read,
}

#[derive(Default)]
struct Shared {
    receiver: AtomicU16,
    offline: AtomicBool,
    stopped: AtomicBool,
    slow: Mutex<Vec<(String, Duration)>>,
    broken: Mutex<Vec<String>>,
    log: Mutex<Vec<Request>>,
    fault: Mutex<Option<Fault>>,
    arrivals: Mutex<Vec<Arrival>>,
    shown: Mutex<Vec<Note>>,
    stored: Mutex<Vec<Note>>,
    guests: Mutex<Guests>,
}

/// A running site.
pub struct Site {
    port: u16,
    shared: Arc<Shared>,
}

impl Site {
    /// Opens a site on a port that no site of this run had: the browser's cache knows files by their origin.
    pub fn open() -> io::Result<Self> {
        let (listener, port) = loop {
            let listener = TcpListener::bind(("127.0.0.1", 0))?;
            let port = listener.local_addr()?.port();
            if lock(&PORTS_HAD).insert(port) {
                break (listener, port);
            }
        };
        let shared = Arc::new(Shared::default());
        let served = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if served.stopped.load(Ordering::Relaxed) {
                    return;
                }
                let served = Arc::clone(&served);
                std::thread::spawn(move || {
                    let _ = served.serve(&stream, port);
                });
            }
        });
        Ok(Self { port, shared })
    }

    /// `http://127.0.0.1:…`
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Names the receiver that the endpoint hands on to.
    pub fn hand_on_to(&self, receiver: u16) {
        self.shared.receiver.store(receiver, Ordering::Relaxed);
    }

    /// Cuts the way to the endpoint, or mends it. Pages and files stay reachable.
    pub fn offline(&self, cut: bool) {
        self.shared.offline.store(cut, Ordering::Relaxed);
    }

    /// From now on this happens to whatever goes to the endpoint; without one, all is well.
    pub fn fault(&self, fault: Option<Fault>) {
        *lock(&self.shared.fault) = fault;
    }

    /// Every submission that has come so far, preflights apart.
    pub fn arrivals(&self) -> Vec<Arrival> {
        lock(&self.shared.arrivals).clone()
    }

    /// What the screens of its pages have said of delivery so far.
    pub fn shown(&self) -> Vec<Note> {
        lock(&self.shared.shown).clone()
    }

    /// The words that the receiver has said to have stored, and when it said so, whatever came of its answer.
    pub fn stored(&self) -> Vec<Note> {
        lock(&self.shared.stored).clone()
    }

    /// What pages of other origins may do from now on.
    pub fn guests(&self, guests: Guests) {
        *lock(&self.shared.guests) = guests;
    }

    /// Holds back every file with this in its path, each time: the browser keeps none of them.
    pub fn slow(&self, part: &str, delay: Duration) {
        lock(&self.shared.slow).push((part.to_owned(), delay));
    }

    /// Answers 404 for every file with this in its path.
    pub fn broken(&self, part: &str) {
        lock(&self.shared.broken).push(part.to_owned());
    }

    /// Has every file again.
    pub fn whole(&self) {
        lock(&self.shared.broken).clear();
    }

    /// What was asked for since the last look, apart from the page's own icon.
    pub fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut *lock(&self.shared.log))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn serve(&self, stream: &TcpStream, port: u16) -> io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(HAND_ON_SECONDS_MAX)))?;
        let request = http::read(stream, false)?;
        let path = request.word(1).to_owned();
        if path == "/favicon.ico" {
            return http::write(stream, &answer("204 No Content", "image/x-icon", Vec::new()));
        }
        if let Some(note) = path.strip_prefix("/shown/") {
            let (what, words) = note.split_once('?').unwrap_or((note, ""));
            lock(&self.shown).push(Note {
                at: Instant::now(),
                what: what.to_owned(),
                words: unescape(words),
            });
            return http::write(stream, &answer("204 No Content", "text/plain", Vec::new()));
        }
        lock(&self.log).push(Request {
            method: request.word(0).to_owned(),
            path: path.clone(),
            cookie: request.header("cookie").map(str::to_owned),
        });
        let plain = path.split(['?', '#']).next().unwrap_or_default().to_owned();
        let delay = lock(&self.slow).iter().find(|(part, _)| plain.contains(part.as_str())).map(|it| it.1);
        if let Some(delay) = delay {
            std::thread::sleep(delay);
        }
        if lock(&self.broken).iter().any(|part| plain.contains(part.as_str())) {
            return http::write(
                stream,
                &answer("404 Not Found", "text/plain", b"broken for this journey".to_vec()),
            );
        }
        if plain.starts_with("/v1/") {
            return self.hand_on(stream, request);
        }
        let mut answer = file(&plain, &format!("http://127.0.0.1:{port}"));
        if *lock(&self.guests) == Guests::Read {
            admit(&mut answer);
        }
        if delay.is_some() {
            answer.headers.retain(|(name, _)| name != "Cache-Control");
            answer.headers.push(("Cache-Control".to_owned(), "no-store".to_owned()));
        }
        http::write(stream, &answer)
    }

    /// The endpoint. While it is cut, the connection ends without an answer, as a dead line does.
    fn hand_on(&self, stream: &TcpStream, request: Message) -> io::Result<()> {
        if self.offline.load(Ordering::Relaxed) {
            return stream.shutdown(std::net::Shutdown::Both);
        }
        let count = self.arrive(&request);
        // What another origin asks before it may send is answered, whatever comes after.
        let fault = lock(&self.fault).clone().filter(|_| request.word(0) != "OPTIONS");
        let origin = request.header("origin").map(str::to_owned);
        match fault {
            Some(fault) => {
                fault::play(&fault, stream, origin.as_deref(), count, || self.ask_receiver(request))
            }
            None => {
                let mut answer = self.ask_receiver(request)?;
                if *lock(&self.guests) == Guests::Read {
                    admit(&mut answer);
                }
                http::write(stream, &answer)
            }
        }
    }

    fn arrive(&self, request: &Message) -> u64 {
        let mut arrivals = lock(&self.arrivals);
        if request.word(0) != "OPTIONS" {
            arrivals.push(Arrival {
                at: Instant::now(),
                path: request.word(1).to_owned(),
                body: request.body.clone(),
            });
        }
        arrivals.len() as u64
    }

    fn ask_receiver(&self, mut request: Message) -> io::Result<Message> {
        request.headers.retain(|(name, _)| {
            !["connection", "content-length", "accept-encoding"].contains(&name.to_ascii_lowercase().as_str())
        });
        if *lock(&self.guests) != Guests::Unknown {
            request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("origin"));
        }
        let receiver = self.receiver.load(Ordering::Relaxed);
        let mut answer = http::request(receiver, &request, Duration::from_secs(HAND_ON_SECONDS_MAX))?;
        if (200..300).contains(&answer.status())
            && let Ok(body) = serde_json::from_slice::<serde_json::Value>(&request.body)
            && let Some(words) = body["feedback"]["text"].as_str()
        {
            let note = Note { at: Instant::now(), what: "stored".to_owned(), words: words.to_owned() };
            lock(&self.stored).push(note);
        }
        answer.headers.retain(|(name, _)| {
            !["connection", "content-length", "transfer-encoding"]
                .contains(&name.to_ascii_lowercase().as_str())
        });
        Ok(answer)
    }
}

fn answer(status: &str, kind: &str, body: Vec<u8>) -> Message {
    Message {
        start: format!("HTTP/1.1 {status}"),
        headers: vec![("Content-Type".to_owned(), kind.to_owned())],
        body,
    }
}

/// Lets pages of every origin read it.
fn admit(answer: &mut Message) {
    answer.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("Access-Control-Allow-Origin"));
    answer.headers.push(("Access-Control-Allow-Origin".to_owned(), "*".to_owned()));
}

/// What `encodeURIComponent` has made of a text, as it was.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped =
            tail.get(..2).filter(|_| *first == b'%').and_then(|pair| std::str::from_utf8(pair).ok());
        match escaped.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A built file, a host page with its headers, or another file of the pages' folder.
fn file(path: &str, origin: &str) -> Message {
    let root = workspace();
    let (built, file) = match path.strip_prefix("/all-ears/") {
        Some(name) => (true, crate::dist().join(name)),
        None if path.ends_with("/axe.js") => (false, root.join("node_modules/axe-core/axe.min.js")),
        None if path.contains('.') => (false, root.join("tests/e2e/pages").join(&path[1..])),
        None => (false, root.join("tests/e2e/pages").join(format!("{}.html", &path[1..]))),
    };
    let Ok(bytes) = std::fs::read(&file) else {
        return answer("404 Not Found", "text/plain", format!("no {path}").into_bytes());
    };
    let mut message = answer("200 OK", media_type(&file), bytes);
    let cache = if built && !path.ends_with("/all-ears.js") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    message.headers.push(("Cache-Control".to_owned(), cache.to_owned()));
    if file.extension().is_some_and(|it| it == "html") {
        dress(&mut message, origin);
    }
    message
}

/// The page's headers: `<!-- Content-Security-Policy: … -->` in its first line (`none` for no policy), else the strict policy.
fn dress(message: &mut Message, origin: &str) {
    let text = String::from_utf8_lossy(&message.body).replace("{{origin}}", origin);
    let own = text
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("<!-- Content-Security-Policy:"))
        .and_then(|line| line.strip_suffix("-->"))
        .map(str::trim);
    let policy = own.unwrap_or(STRICT).to_owned();
    if policy != "none" {
        message.headers.push(("Content-Security-Policy".to_owned(), policy));
    }
    message.body = text.into_bytes();
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|it| it.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    }
}
