//! Files of complaints over real connections: what trickles, breaks off, lies about its length, or comes too early. The
//! places for files stay open for those who send.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use support::{Client, Running, Scratch};

const PHOTO: &str = "0199f0a1-7c01-7a10-8b20-3c4d5e6f7083";
const LARGE: &str = "0199f0a1-7c02-7a10-8b20-3c4d5e6f7083";
const PHOTO_BYTES: usize = 183_220;
const LARGE_BYTES: usize = 10 << 20;

/// A receiver that has one complaint, with a photo and a large file to follow.
struct Care {
    running: Running,
    upload_url: String,
    scratch: Scratch,
}

impl Care {
    fn open(more: &[&str]) -> Self {
        let scratch = Scratch::new();
        let config = scratch.file("config.json");
        std::fs::write(&config, r#"{"endpoint": "/v1/submissions", "complaint": {"attachments": 5}}"#)
            .unwrap();
        let config = config.to_string_lossy().into_owned();
        let running = Running::start(
            &scratch.file("uploads.db"),
            &[&["--config", &config, "--rate-per-address", "0"], more].concat(),
        );
        let file = |id: &str, bytes: usize| {
            format!(r#"{{"id":"{id}","name":"boot.jpg","type":"image/jpeg","bytes":{bytes}}}"#)
        };
        let files = format!("\"attachments\":[{},{}],", file(PHOTO, PHOTO_BYTES), file(LARGE, LARGE_BYTES));
        let words = support::complaint(1).replace("\"text\"", &format!("{files}\"text\""));
        let receipt = Client::open(&running.address).unwrap().post(&words).unwrap();
        let read: serde_json::Value = serde_json::from_str(&receipt.body).unwrap();
        let upload_url = read["upload_url"].as_str().expect("an address").replace("http://care.example", "");
        Self { running, upload_url, scratch }
    }

    fn head(&self, file: &str, from: &str, length: usize) -> String {
        let path = self.upload_url.replace("{id}", file);
        format!(
            "PUT {path} HTTP/1.1\r\nHost: care.example\r\nContent-Type: image/jpeg\r\nX-Forwarded-For: {from}\r\nContent-Length: {length}\r\n\r\n"
        )
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.running.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }

    fn metrics(&self) -> String {
        Client::open(&self.running.address).unwrap().get("/metrics", "").body
    }

    fn until_counted(&self, what: &str) {
        let began = Instant::now();
        while !self.metrics().contains(&format!("\nall_ears_{what}\n")) {
            assert!(began.elapsed() < Duration::from_secs(20), "no {what} in {}", self.metrics());
        }
    }

    /// Sends a whole file and reads its answer.
    fn put(&self, file: &str, from: &str, length: usize) -> String {
        let mut stream = self.connect();
        stream.write_all(self.head(file, from, length).as_bytes()).unwrap();
        let _ = stream.write_all(&photo(length));
        answer(&mut stream)
    }
}

fn photo(length: usize) -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe0the sole of a boot".to_vec();
    bytes.resize(length, 7);
    bytes
}

/// What comes, until it is a whole head or the end.
fn answer(stream: &mut TcpStream) -> String {
    let (mut seen, mut part) = (Vec::new(), [0; 4_096]);
    while !seen.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut part) {
            Ok(0) | Err(_) => break,
            Ok(length) => seen.extend_from_slice(&part[..length]),
        }
    }
    String::from_utf8_lossy(&seen).to_lowercase()
}

#[test]
fn a_refusal_waits_for_no_body() {
    let care = Care::open(&[]);
    let wrong = Care { upload_url: care.upload_url.replace("secret=", "secret=0"), ..care };
    let mut stream = wrong.connect();
    let began = Instant::now();
    stream.write_all(wrong.head(LARGE, "192.0.2.1", LARGE_BYTES).as_bytes()).unwrap();
    let told = answer(&mut stream);
    assert!(told.starts_with("http/1.1 404 "), "{told}");
    assert!(told.contains("connection: close"), "{told}");
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    // Whoever goes on all the same is listened to for a while, and no longer.
    let _ = stream.write_all(&[7; 1_000]);
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
}

#[test]
fn a_browser_that_sends_everything_first_hears_the_refusal() {
    let care = Care::open(&[]);
    let wrong = Care { upload_url: care.upload_url.replace("secret=", "secret=0"), ..care };
    for _ in 0..5 {
        let mut stream = wrong.connect();
        stream.write_all(wrong.head(LARGE, "192.0.2.1", LARGE_BYTES).as_bytes()).unwrap();
        stream.write_all(&photo(LARGE_BYTES)).expect("the other end still listens");
        let told = answer(&mut stream);
        assert!(told.starts_with("http/1.1 404 "), "{told}");
    }
}

/// Listens for a moment; what came, if anything did.
fn listen(stream: &mut TcpStream) -> Option<String> {
    stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    let mut part = [0; 4_096];
    match stream.read(&mut part) {
        Ok(length) => Some(String::from_utf8_lossy(&part[..length]).to_lowercase()),
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => None,
        Err(_) => Some(String::new()),
    }
}

/// Asks again and again until the answer is of this kind, but not for ever.
fn until(kind: &str, mut ask: impl FnMut() -> String) {
    let began = Instant::now();
    loop {
        let told = ask();
        if told.starts_with(&format!("http/1.1 {kind}")) {
            return;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "no {kind}, but {told}");
    }
}

#[test]
fn trickles_keep_nobody_out() {
    let care = Care::open(&[]);
    let (ended, seated, began) = (AtomicBool::new(false), AtomicUsize::new(0), Instant::now());
    thread::scope(|scope| {
        for number in 0..16 {
            let (care, ended, seated) = (&care, &ended, &seated);
            scope.spawn(move || {
                let mut stream = care.connect();
                let from = format!("192.0.2.{number}");
                stream.write_all(care.head(LARGE, &from, LARGE_BYTES).as_bytes()).unwrap();
                let goes_on = || !ended.load(Ordering::Relaxed) && began.elapsed() < Duration::from_secs(30);
                let mut first = true;
                while goes_on() && stream.write_all(&[7; 150]).is_ok() {
                    listen(&mut stream);
                    seated.fetch_add(usize::from(std::mem::take(&mut first)), Ordering::Relaxed);
                }
            });
        }
        while seated.load(Ordering::Relaxed) < 8 && began.elapsed() < Duration::from_secs(20) {
            thread::yield_now();
        }
        for number in 2..6 {
            until("20", || care.put(PHOTO, &format!("198.51.100.{number}"), PHOTO_BYTES));
        }
        ended.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_trickle_is_cut_off_long_before_its_file_would_be_whole() {
    let care = Care::open(&[]);
    let mut stream = care.connect();
    let began = Instant::now();
    stream.write_all(care.head(LARGE, "192.0.2.1", LARGE_BYTES).as_bytes()).unwrap();
    // Much at once earns no right to trickle the rest.
    stream.write_all(&photo(LARGE_BYTES - 100_000)).unwrap();
    let told = loop {
        let _ = stream.write_all(&[7; 75]);
        if let Some(told) = listen(&mut stream) {
            break told;
        }
    };
    let spent = began.elapsed();
    assert!(told.starts_with("http/1.1 408 "), "{told}");
    assert!(spent > Duration::from_secs(4) && spent < Duration::from_secs(25), "{spent:?}");
}

#[test]
fn one_household_leaves_room_for_others() {
    let care = Care::open(&[]);
    let mut open: Vec<TcpStream> = (0..2).map(|_| care.connect()).collect();
    for stream in &mut open {
        stream.write_all(care.head(LARGE, "192.0.2.1", LARGE_BYTES).as_bytes()).unwrap();
        stream.write_all(&photo(100_000)).unwrap();
    }
    // A third that came before them would take the place of one.
    care.until_counted("attachments_arriving 2");
    let mut third = String::new();
    until("503", || {
        third = care.put(PHOTO, "192.0.2.1", PHOTO_BYTES);
        third.clone()
    });
    assert!(third.contains("retry-after: "), "{third}");
    let other = care.put(PHOTO, "192.0.2.2", PHOTO_BYTES);
    assert!(other.starts_with("http/1.1 20"), "{other}");
    drop(open);
    until("200", || care.put(PHOTO, "192.0.2.1", PHOTO_BYTES));
}

#[test]
fn half_bodies_leave_nothing_behind() {
    let care = Care::open(&[]);
    for _ in 0..30 {
        let mut stream = care.connect();
        stream.write_all(care.head(PHOTO, "192.0.2.1", PHOTO_BYTES).as_bytes()).unwrap();
        stream.write_all(&photo(PHOTO_BYTES / 2)).unwrap();
        drop(stream);
    }
    until("201", || care.put(PHOTO, "192.0.2.1", PHOTO_BYTES));
    assert!(care.metrics().contains("all_ears_attachments_total 1\n"), "{}", care.metrics());
}

#[test]
fn a_wrong_length_is_refused_and_said() {
    let care = Care::open(&[]);
    for length in [1, PHOTO_BYTES - 1, PHOTO_BYTES + 1, LARGE_BYTES, LARGE_BYTES + 1, 1 << 40] {
        let mut stream = care.connect();
        stream.write_all(care.head(PHOTO, "192.0.2.1", length).as_bytes()).unwrap();
        let told = answer(&mut stream);
        assert!(told.starts_with("http/1.1 422 "), "{length}: {told}");
    }
    // Without a length it is counted as it comes, and the answer does not wait for its end.
    let mut stream = care.connect();
    let head = care.head(PHOTO, "192.0.2.1", 0).replace("Content-Length: 0", "Transfer-Encoding: chunked");
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(format!("{:x}\r\n", PHOTO_BYTES + 1).as_bytes()).unwrap();
    stream.write_all(&photo(PHOTO_BYTES + 1)).unwrap();
    let told = answer(&mut stream);
    assert!(told.starts_with("http/1.1 422 "), "{told}");
}

#[test]
fn a_household_has_its_share_of_bytes_and_words_are_always_welcome() {
    let care = Care::open(&["--file-mib-per-address", "10"]);
    let large = care.put(LARGE, "192.0.2.1", LARGE_BYTES);
    assert!(large.starts_with("http/1.1 201 "), "{large}");
    let over = care.put(PHOTO, "192.0.2.1", PHOTO_BYTES);
    assert!(over.starts_with("http/1.1 429 ") && over.contains("retry-after: "), "{over}");
    let words = Client::open(&care.running.address)
        .unwrap()
        .post_with("X-Forwarded-For: 192.0.2.1\r\n", &support::complaint(2))
        .unwrap();
    assert_eq!(words.status, 201);
    let other = care.put(PHOTO, "2001:db8:1:2::7", PHOTO_BYTES);
    assert!(other.starts_with("http/1.1 201 "), "{other}");
}

#[test]
fn whoever_leaves_before_the_answer_has_filled_their_share_all_the_same() {
    let care = Care::open(&["--file-mib-per-address", "10"]);
    let busy = rusqlite::Connection::open(care.scratch.file("uploads.db")).unwrap();
    busy.execute_batch("BEGIN IMMEDIATE").unwrap();
    // The first is being written, and waits there; the second waits in line.
    let mut words =
        [Client::open(&care.running.address).unwrap(), Client::open(&care.running.address).unwrap()];
    for (client, number) in words.iter_mut().zip(2..) {
        let body = support::complaint(number);
        client.send(&format!("{}{body}", support::head("", body.len())));
    }
    care.until_counted("queue_depth 1");
    let mut stream = care.connect();
    stream.write_all(care.head(LARGE, "192.0.2.1", LARGE_BYTES).as_bytes()).unwrap();
    stream.write_all(&photo(LARGE_BYTES)).unwrap();
    care.until_counted("queue_depth 2");
    drop(stream);
    // The two with words, and the one that asks.
    care.until_counted("connections 3");
    busy.execute_batch("ROLLBACK").unwrap();
    care.until_counted("attachments_total 1");
    let over = care.put(PHOTO, "192.0.2.1", PHOTO_BYTES);
    assert!(over.starts_with("http/1.1 429 "), "{over}");
}

#[test]
fn what_takes_too_long_says_how_long_it_may_take() {
    let care = Care::open(&[]);
    let told = |head: String| {
        let mut stream = care.connect();
        stream.write_all(head.as_bytes()).unwrap();
        let mut told = String::new();
        let _ = stream.read_to_string(&mut told);
        told
    };
    let words = told(support::head("", 5_000));
    assert!(words.contains("within 10 seconds, at 1 KiB a second or more"), "{words}");
    let file = told(care.head(LARGE, "192.0.2.1", LARGE_BYTES));
    assert!(file.contains("within 600 seconds, at 2 KiB a second or more"), "{file}");
}
