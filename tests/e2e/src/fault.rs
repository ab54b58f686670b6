//! What can go wrong between a page and its endpoint, done to real connections; and in the widget itself.

use std::io::{self, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::http::{self, Message};

/// How the way to the endpoint behaves, until it is told otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The line is cut: the connection ends before anything is handed on.
    Down,
    /// The endpoint takes it and stores it, and its answer is lost.
    AnswerLost,
    /// The endpoint takes it and stores it, and half of the answer arrives.
    AnswerHalf,
    /// The endpoint takes it and stores it, and nothing more is ever heard.
    Silence,
    /// Nothing is handed on and nothing is answered.
    BlackHole,
    /// Somebody else answers: a status, more headers, a body. Nothing is handed on.
    Answers(u16, Vec<(&'static str, String)>, &'static str),
    /// The answer comes without the headers that let another origin read it.
    NoCors(u16),
    /// One request in so many is cut, the others are late by so many milliseconds.
    Shaky(u64, u64),
}

/// From now on the browser refuses the widget one new element, which Yew takes for the end of the world.
pub const BREAK: &str = "\
    const create = Document.prototype.createElement;\
    Document.prototype.createElement = function () {\
      Document.prototype.createElement = create;\
      throw new DOMException('no more', 'InvalidCharacterError');\
    };";

impl Fault {
    /// An answer that is only a status.
    pub fn status(status: u16) -> Self {
        Self::Answers(status, Vec::new(), "{}")
    }
}

/// Plays a fault. `hand_on` gives the endpoint's answer, `count` is how many requests came so far.
pub fn play(
    fault: &Fault,
    stream: &TcpStream,
    origin: Option<&str>,
    count: u64,
    hand_on: impl FnOnce() -> io::Result<Message>,
) -> io::Result<()> {
    match fault {
        Fault::Down => stream.shutdown(Shutdown::Both),
        Fault::AnswerLost => {
            hand_on()?;
            stream.shutdown(Shutdown::Both)
        }
        Fault::AnswerHalf => half(stream, &hand_on()?),
        Fault::Silence => {
            hand_on()?;
            stall(stream)
        }
        Fault::BlackHole => stall(stream),
        Fault::Answers(status, headers, body) => {
            let mut answer = Message {
                start: format!("HTTP/1.1 {status} Fault"),
                headers: vec![("Content-Type".to_owned(), "text/html".to_owned())],
                body: body.as_bytes().to_vec(),
            };
            answer.headers.extend(headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
            if let Some(origin) = origin {
                answer.headers.push(("Access-Control-Allow-Origin".to_owned(), origin.to_owned()));
            }
            http::write(stream, &answer)
        }
        Fault::NoCors(status) => {
            http::write(stream, &Message { start: format!("HTTP/1.1 {status} Fault"), ..Message::default() })
        }
        Fault::Shaky(every, late) => {
            if count.is_multiple_of(*every) {
                return stream.shutdown(Shutdown::Both);
            }
            // Uneven, and the same in every run.
            std::thread::sleep(Duration::from_millis(count * 7919 % late.max(&1)));
            http::write(stream, &hand_on()?)
        }
    }
}

/// Announces the whole body and sends half of it.
fn half(mut stream: &TcpStream, answer: &Message) -> io::Result<()> {
    let mut head = format!("{}\r\n", answer.start);
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", answer.body.len()));
    stream.write_all(head.as_bytes())?;
    stream.write_all(&answer.body[..answer.body.len() / 2])?;
    stream.flush()?;
    stream.shutdown(Shutdown::Both)
}

/// Keeps the connection until the other side has had enough.
fn stall(stream: &TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(120)))?;
    let mut byte = [0_u8];
    while std::io::Read::read(&mut &*stream, &mut byte).is_ok_and(|count| count > 0) {}
    Ok(())
}
