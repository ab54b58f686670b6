//! Writes to standard output. A reader that has seen enough (`| head`) ends it quietly.

use std::io::{ErrorKind, Write};

/// Writes a text. `Err` where it can be written nowhere.
pub fn say(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    heard(out.write_all(text.as_bytes()).and_then(|()| out.flush())).map(|_| ())
}

/// Whether somebody still reads.
pub fn heard(outcome: std::io::Result<()>) -> Result<bool, String> {
    match outcome {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error.to_string()),
    }
}
