//! An endpoint on this machine that answers as a test wants, and keeps what it heard.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// One request.
#[derive(Clone, Debug)]
pub struct Heard {
    /// In small letters.
    pub head: String,
    pub body: String,
}

impl Heard {
    pub fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_else(|| panic!("no {name} in {}", self.head))
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// An endpoint. What it answers is handed in for each request; nothing keeps the connection open without a word.
pub struct Sink {
    pub url: String,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Sink {
    pub fn new(answer: impl Fn(usize) -> Option<String> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/in?from=care", listener.local_addr().unwrap());
        let heard = Arc::<Mutex<Vec<Heard>>>::default();
        let also = Arc::clone(&heard);
        std::thread::spawn(move || {
            let mut silent = Vec::new();
            for stream in listener.incoming() {
                let Ok(stream) = stream else { return };
                let Some(request) = read(&stream) else { continue };
                let number = {
                    let mut heard = also.lock().unwrap();
                    heard.push(request);
                    heard.len() - 1
                };
                match answer(number) {
                    Some(text) => drop((&stream).write_all(text.as_bytes())),
                    None => silent.push(stream),
                }
            }
        });
        Self { url, heard }
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    /// Waits until so many requests came.
    pub async fn hears(&self, count: usize) -> Vec<Heard> {
        super::until("requests", || self.heard().len() >= count).await;
        self.heard()
    }
}

/// An answer without a body.
pub fn status(line: &str) -> Option<String> {
    Some(format!("HTTP/1.1 {line}\r\ncontent-length: 0\r\n\r\n"))
}

fn read(stream: &TcpStream) -> Option<Heard> {
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    let mut lines = BufReader::new(stream);
    let (mut head, mut line) = (String::new(), String::new());
    while lines.read_line(&mut line).ok()? > 2 {
        match line.split_once(": ") {
            // Signatures and ids are told apart by case.
            Some((name, value)) => head.push_str(&format!("{}: {value}", name.to_lowercase())),
            None => head.push_str(&line),
        }
        line.clear();
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?.parse().ok()?;
    let mut body = vec![0; length];
    lines.read_exact(&mut body).ok()?;
    let head = head.replace("\r\n", "\n");
    Some(Heard { head, body: String::from_utf8(body).ok()? })
}
