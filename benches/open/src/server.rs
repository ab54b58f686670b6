//! The website that is measured: bare pages, the built files, the form written by hand. Everything is compressed
//! beforehand and lies in memory, so that neither the disk nor a build that goes on has a say in the figures.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Cursor, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};

use crate::subject::Subject;

/// What is answered on a path.
struct Page {
    media_type: &'static str,
    /// Compressed with Brotli 11.
    body: Vec<u8>,
    immutable: bool,
}

/// One answer that was given.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The path that was asked for.
    pub path: String,
    /// The bytes of its body on the wire.
    pub bytes: usize,
    /// Whether there is such a path.
    pub found: bool,
}

/// A running site.
pub struct Server {
    /// `http://127.0.0.1:…`
    pub origin: String,
    log: Arc<Mutex<Vec<Answer>>>,
}

impl Server {
    /// Reads all files and opens a free port.
    pub fn start(root: &Path) -> Result<Self> {
        let pages = Arc::new(read(root)?);
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let origin = format!("http://{}", listener.local_addr()?);
        let log = Arc::new(Mutex::new(Vec::new()));
        let written = Arc::clone(&log);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (pages, written) = (Arc::clone(&pages), Arc::clone(&written));
                std::thread::spawn(move || serve(&stream, &pages, &written));
            }
        });
        Ok(Self { origin, log })
    }

    /// The answers since the last look.
    pub fn answers(&self) -> Vec<Answer> {
        std::mem::take(&mut *self.log.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn read(root: &Path) -> Result<HashMap<String, Page>> {
    let mut pages = HashMap::new();
    let mut add = |path: String, body: Vec<u8>| {
        let page = Page { media_type: media_type(&path), body, immutable: path.matches('.').count() > 1 };
        pages.insert(path, page);
    };
    let frame = file(&root.join("benches/open/page.html"))?;
    let frame = String::from_utf8(frame).context("page.html is no text")?;
    for subject in Subject::ALL {
        let page = frame.replace("{{script}}", subject.script());
        add(format!("/{}.html", subject.name()), compress(page.as_bytes())?);
    }
    add("/empty.js".into(), compress(b"")?);
    add("/vanilla.js".into(), compress(&file(&root.join("benches/vanilla/vanilla.js"))?)?);
    let built = root.join("dist");
    for entry in
        fs::read_dir(&built).with_context(|| format!("{}: `cargo xtask build` makes it", built.display()))?
    {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // As the build compressed them.
        if let Some(name) = name.strip_suffix(".br").filter(|name| *name != "manifest.json") {
            add(format!("/all-ears/{name}"), file(&path)?);
        }
    }
    Ok(pages)
}

fn file(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}

fn compress(content: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let settings =
        brotli::enc::BrotliEncoderParams { quality: 11, size_hint: content.len(), ..Default::default() };
    brotli::BrotliCompress(&mut Cursor::new(content), &mut compressed, &settings)?;
    Ok(compressed)
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        _ => "text/plain; charset=utf-8",
    }
}

/// Answers on one connection until the browser closes it.
fn serve(stream: &TcpStream, pages: &HashMap<String, Page>, log: &Mutex<Vec<Answer>>) {
    let _ = stream.set_nodelay(true);
    let mut reader = BufReader::new(stream);
    while let Some(path) = request(&mut reader) {
        let page = pages.get(&path);
        let (head, body) = match page {
            Some(page) => {
                let cache = if page.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Encoding: br\r\nCache-Control: {cache}\r\nContent-Length: {}\r\n\r\n",
                    page.media_type,
                    page.body.len(),
                );
                (head, page.body.as_slice())
            }
            None => ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned(), [].as_slice()),
        };
        let answer = Answer { path, bytes: body.len(), found: page.is_some() };
        log.lock().unwrap_or_else(PoisonError::into_inner).push(answer);
        let mut stream = stream;
        if stream.write_all(&[head.as_bytes(), body].concat()).is_err() {
            return;
        }
    }
}

/// The path of the next request; its headers are of no interest, and no request has a body here.
fn request(reader: &mut impl BufRead) -> Option<String> {
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|read| *read > 0)?;
    let mut line = String::new();
    while reader.read_line(&mut line).ok()? > 2 {
        line.clear();
    }
    first.split(' ').nth(1).map(str::to_owned)
}
