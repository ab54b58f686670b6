//! R10: whatever comes in, no 5xx goes out, and the receiver lives.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Result, bail};

use super::Bench;
use super::client::{Client, complaint};
use super::program::Program;
use super::random::Random;

/// R10: hostile requests by hand, and many thousands that differ from good ones in a few bytes.
pub fn malformed(bench: &Bench) -> Result<String> {
    let folder = bench.place("R10")?;
    let program = Program::on_file(&bench.program, &folder);
    let mut running = program.start()?;
    let mut by_hand = 0;
    for (name, request) in requests() {
        let answer = talk(&running.address, &request)?;
        check(&name, &answer)?;
        by_hand += 1;
    }
    endless(&running.address)?;
    let seeds = seeds(bench)?;
    let mut random = Random::new(bench.seed);
    let mut changed = 0;
    let mut client = Client::open(&running.address)?;
    let mut taken = 0;
    for _ in 0..bench.many(20_000, 800) {
        let seed = &seeds[random.below(seeds.len() as u64) as usize];
        let body = change(seed, &mut random);
        let mut request = post("application/json", "", body.len());
        request.extend_from_slice(&body);
        client.send(&request)?;
        let answer = client.answer()?;
        if answer.status >= 500 {
            bail!("{} to {}: {}", answer.status, String::from_utf8_lossy(&body), answer.body);
        }
        taken += u32::from(answer.status < 300);
        changed += 1;
    }
    // After all this it takes a good one, and it is the same process.
    let good = Client::open(&running.address)?.post(&complaint(424_242))?;
    if good.status != 201 || running.ended()?.is_some() {
        bail!("afterwards a good one hears {} {}", good.status, good.body);
    }
    drop(running);
    let report = program.verify(&[super::client::id(424_242)])?;
    if report["sound"] != true {
        bail!("not sound: {report}");
    }
    Ok(format!("{by_hand} by hand, {changed} changed ({taken} still good), 0 × 5xx"))
}

fn post(kind: &str, more: &str, length: usize) -> Vec<u8> {
    format!(
        "POST /v1/submissions HTTP/1.1\r\nHost: care.example\r\nContent-Type: {kind}\r\n{more}Content-Length: {length}\r\n\r\n"
    )
    .into_bytes()
}

fn whole(kind: &str, more: &str, body: &[u8]) -> Vec<u8> {
    let mut request = post(kind, more, body.len());
    request.extend_from_slice(body);
    request
}

fn requests() -> Vec<(String, Vec<u8>)> {
    let json = "application/json";
    let text = |body: &str| whole(json, "", body.as_bytes());
    let good = complaint(7);
    let mut gzip = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    gzip.extend(std::iter::repeat_n(0xed, 60_000));
    let mut found = vec![
        ("deep list".to_owned(), text(&"[".repeat(60_000))),
        ("deep object".to_owned(), text(&"{\"a\":".repeat(10_000))),
        ("long number".to_owned(), text(&format!("{{\"a\":1{}}}", "0".repeat(50_000)))),
        ("long exponent".to_owned(), text("{\"a\":1e999999999}")),
        ("long string".to_owned(), text(&format!("\"{}\"", "a".repeat(65_000)))),
        ("many keys".to_owned(), text(&format!("{{{}\"z\":1}}", (0..5_000).map(|at| format!("\"k{at}\":1,")).collect::<String>()))),
        ("half a surrogate".to_owned(), text("{\"a\":\"\\ud800\"}")),
        ("zero characters".to_owned(), text(&good.replace("late", "\\u0000"))),
        ("bad UTF-8".to_owned(), whole(json, "", b"{\"a\":\"\xff\xfe\xc0\x80\xed\xa0\x80\"}")),
        ("gzip".to_owned(), whole(json, "Content-Encoding: gzip\r\n", &gzip)),
        ("no media type".to_owned(), b"POST /v1/submissions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}".to_vec()),
        ("two lengths".to_owned(), b"POST /v1/submissions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}".to_vec()),
        ("length and chunks".to_owned(), b"POST /v1/submissions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".to_vec()),
        ("bad chunk".to_owned(), b"POST /v1/submissions HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".to_vec()),
        ("length below zero".to_owned(), b"POST /v1/submissions HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n".to_vec()),
        ("no host".to_owned(), b"GET /healthz HTTP/1.1\r\n\r\n".to_vec()),
        ("not HTTP".to_owned(), b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec()),
        ("line breaks in a header".to_owned(), whole(json, "Idempotency-Key: a\nSet-Cookie: b=c\r\n", good.as_bytes())),
        ("key of bytes".to_owned(), whole(json, "Idempotency-Key: \u{e9}\r\n", good.as_bytes())),
        ("origin of bytes".to_owned(), whole(json, "Origin: \u{e9}\r\n", good.as_bytes())),
        ("long header".to_owned(), whole(json, &format!("X-A: {}\r\n", "a".repeat(200_000)), good.as_bytes())),
        ("many headers".to_owned(), whole(json, &"X-A: a\r\n".repeat(5_000), good.as_bytes())),
        ("forwarded nonsense".to_owned(), whole(json, "X-Forwarded-For: ,,[::1,\u{1f}\r\n", good.as_bytes())),
    ];
    for path in [
        "/v1/status/%00",
        "/v1/status/AE-0000-0000?secret=%ff",
        "/../../etc/passwd",
        "/register/complaints/%2e%2e",
        "/register/quarantine/99999999999999999999",
    ] {
        found.push((
            path.to_owned(),
            format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").into_bytes(),
        ));
    }
    found
}

/// Says something and reads whatever comes back.
fn talk(address: &str, request: &[u8]) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(4)))?;
    let _ = stream.write_all(request);
    let mut heard = Vec::new();
    let mut part = [0; 4_096];
    loop {
        match stream.read(&mut part) {
            Ok(0) => break,
            Ok(count) => {
                heard.extend_from_slice(&part[..count]);
                // A complete answer is enough; the connection may stay open.
                if heard.windows(4).any(|four| four == b"\r\n\r\n") {
                    break;
                }
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => break,
            Err(_) => break,
        }
    }
    Ok(String::from_utf8_lossy(&heard).into_owned())
}

fn check(name: &str, answer: &str) -> Result<()> {
    let status = answer.split(' ').nth(1).unwrap_or_default();
    if status.starts_with('5') || answer.contains("\nset-cookie: b=c") {
        bail!("{name}: {}", answer.lines().next().unwrap_or_default());
    }
    Ok(())
}

/// A body of a hundred megabytes in chunks: refused long before it ends.
fn endless(address: &str) -> Result<()> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_write_timeout(Some(Duration::from_secs(5)))?;
    stream.write_all(b"POST /v1/submissions HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n")?;
    let chunk = format!("10000\r\n{}\r\n", "a".repeat(0x10000));
    for sent in 0..1_600 {
        if stream.write_all(chunk.as_bytes()).is_err() {
            return if sent < 800 { Ok(()) } else { bail!("{sent} chunks were read") };
        }
    }
    bail!("a body of 100 MB was read to its end")
}

/// The frozen examples of every kind.
fn seeds(bench: &Bench) -> Result<Vec<Vec<u8>>> {
    let folder = bench.project.root.join("crates/wire/tests/golden/v1");
    let mut found = Vec::new();
    for name in ["rating", "feedback", "complaint", "follow_up", "signal", "complaint-minimal"] {
        found.push(std::fs::read(folder.join(format!("{name}.json")))?);
    }
    Ok(found)
}

/// A good body with a few bytes changed, doubled, cut or swapped.
fn change(seed: &[u8], random: &mut Random) -> Vec<u8> {
    const TELLING: [&[u8]; 12] = [
        b"null",
        b"-1",
        b"1e308",
        b"\"\"",
        b"[]",
        b"{}",
        b"\\u0000",
        b"\xff",
        b"\"id\":1,",
        b"true",
        b"\r\n",
        b"9999999999999999999",
    ];
    let mut body = seed.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(body.len() as u64 + 1) as usize;
        match random.below(5) {
            0 if at < body.len() => body[at] = random.below(256) as u8,
            1 => body.truncate(at),
            2 => {
                let piece = TELLING[random.below(TELLING.len() as u64) as usize];
                body.splice(at..at, piece.iter().copied());
            }
            3 => {
                let end = (at + random.below(40) as usize).min(body.len());
                body.drain(at..end);
            }
            _ => {
                let end = (at + random.below(40) as usize).min(body.len());
                let copy = body[at..end].to_vec();
                body.splice(at..at, copy);
            }
        }
    }
    body
}
