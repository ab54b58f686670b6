//! An encrypted way to a site, on a port of its own: broken, with a certificate that nobody knows, and well once the
//! browser is told to know it.

use std::io::{self, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::{Failure, Outcome, http};

const PATIENCE: Duration = Duration::from_secs(20);

struct Shared {
    site: u16,
    config: Arc<ServerConfig>,
    is_broken: AtomicBool,
    is_over: AtomicBool,
    callers: AtomicUsize,
}

/// The way, open until it is dropped.
pub struct Encrypted {
    port: u16,
    shared: Arc<Shared>,
}

impl Encrypted {
    /// Opens a way to a site's port, with a certificate made just now.
    pub fn open(site: u16) -> Outcome<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let port = listener.local_addr()?.port();
        let config = Arc::new(certify()?);
        let shared = Arc::new(Shared {
            site,
            config,
            is_broken: AtomicBool::new(false),
            is_over: AtomicBool::new(false),
            callers: AtomicUsize::new(0),
        });
        let served = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if served.is_over.load(Ordering::Relaxed) {
                    return;
                }
                let served = Arc::clone(&served);
                std::thread::spawn(move || served.serve(stream));
            }
        });
        Ok(Self { port, shared })
    }

    /// `https://127.0.0.1:…`
    pub fn origin(&self) -> String {
        format!("https://127.0.0.1:{}", self.port)
    }

    /// Whoever asks for encryption hears plain text, or no longer.
    pub fn broken(&self, is_so: bool) {
        self.shared.is_broken.store(is_so, Ordering::Relaxed);
    }

    /// How often somebody has come, whether or not they trusted what they saw.
    pub fn callers(&self) -> usize {
        self.shared.callers.load(Ordering::Relaxed)
    }
}

impl Drop for Encrypted {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn certify() -> Outcome<ServerConfig> {
    let wrong = |error: &dyn std::fmt::Display| Failure(format!("no certificate: {error}"));
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).map_err(|error| wrong(&error))?;
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).map_err(|error| wrong(&error))?;
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong(&error))?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .map_err(|error| wrong(&error))
}

impl Shared {
    /// One request and its answer. A browser that does not trust us ends it by itself.
    fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        self.callers.fetch_add(1, Ordering::Relaxed);
        stream.set_read_timeout(Some(PATIENCE))?;
        if self.is_broken.load(Ordering::Relaxed) {
            return stream.write_all(b"HTTP/1.1 400 No encryption here\r\n\r\n");
        }
        let end = ServerConnection::new(Arc::clone(&self.config)).map_err(io::Error::other)?;
        let mut encrypted = StreamOwned::new(end, stream);
        let request = http::read(&mut encrypted, false)?;
        let mut answer = http::request(self.site, &request, PATIENCE)?;
        answer.headers.retain(|(name, _)| {
            !["connection", "content-length", "transfer-encoding"]
                .contains(&name.to_ascii_lowercase().as_str())
        });
        http::write(&mut encrypted, &answer)?;
        encrypted.conn.send_close_notify();
        encrypted.flush()
    }
}
