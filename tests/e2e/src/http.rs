//! Just enough HTTP/1.1 to talk to drivers, to serve host pages and to hand requests on to the receiver.
//! One request per connection: slower than keep-alive, and nothing can be left half read.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A request or an answer: its first line, its headers, its body.
#[derive(Debug, Clone, Default)]
pub struct Message {
    /// `GET / HTTP/1.1` or `HTTP/1.1 200 OK`.
    pub start: String,
    /// As received, in order.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Message {
    /// A header by its name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The n-th word of the first line.
    pub fn word(&self, index: usize) -> &str {
        self.start.split(' ').nth(index).unwrap_or_default()
    }

    /// The status of an answer, 0 if there is none.
    pub fn status(&self) -> u16 {
        self.word(1).parse().unwrap_or(0)
    }
}

/// Reads one message. An answer without a length lasts until the connection ends; a request without one has no body.
pub fn read(stream: impl Read, is_answer: bool) -> io::Result<Message> {
    let mut reader = BufReader::new(stream);
    let mut message = Message { start: line(&mut reader)?, ..Message::default() };
    loop {
        let header = line(&mut reader)?;
        if header.is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':') {
            message.headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    let chunked = message.header("transfer-encoding").is_some_and(|value| value.contains("chunked"));
    let length = message.header("content-length").and_then(|value| value.parse::<usize>().ok());
    if chunked {
        message.body = chunks(&mut reader)?;
    } else if let Some(length) = length {
        message.body = vec![0; length];
        reader.read_exact(&mut message.body)?;
    } else if is_answer && !matches!(message.status(), 204 | 304) {
        reader.read_to_end(&mut message.body)?;
    }
    Ok(message)
}

fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    if reader.read_until(b'\n', &mut bytes)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    while bytes.last().is_some_and(u8::is_ascii_whitespace) {
        bytes.pop();
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn chunks(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let head = line(reader)?;
        let size = head.split(';').next().unwrap_or_default();
        let size = usize::from_str_radix(size.trim(), 16).map_err(io::Error::other)?;
        let start = body.len();
        body.resize(start + size, 0);
        reader.read_exact(&mut body[start..])?;
        line(reader)?;
        if size == 0 {
            return Ok(body);
        }
    }
}

/// Writes one message and its length.
pub fn write(mut stream: impl Write, message: &Message) -> io::Result<()> {
    let mut head = format!("{}\r\n", message.start);
    for (name, value) in &message.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\nConnection: close\r\n\r\n", message.body.len()));
    stream.write_all(head.as_bytes())?;
    stream.write_all(&message.body)?;
    stream.flush()
}

/// Sends one request to a port of this machine and reads the answer.
pub fn request(port: u16, message: &Message, patience: Duration) -> io::Result<Message> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(patience))?;
    write(&stream, message)?;
    read(&stream, true)
}

/// A port that nothing uses now.
pub fn free_port() -> io::Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
