//! `cargo xtask serve`: builds everything, then hands over to the receiver with the demo.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::arguments::Arguments;
use crate::project::{Project, run};
use crate::{build, size};

/// How long to wait for the receiver before the browser is opened.
const OPEN_TRIES: u32 = 300;
const OPEN_PAUSE: Duration = Duration::from_millis(200);

/// Runs until it is stopped.
pub fn serve(project: &Project, mut given: Arguments) -> Result<()> {
    let port = given.number("--port")?.unwrap_or(8080);
    let db = given.value("--db")?.unwrap_or_else(|| "all-ears.db".into());
    let open = given.flag("--open");
    given.finish()?;

    ensure_free(port)?;
    // A figure that is over holds a change back, and nobody who wants to look at it.
    if let Err(over) = size::report(&build::build(project)?, false) {
        println!("warning: {over}");
    }
    println!("building the receiver");
    run(project.cargo().args(["build", "--quiet", "--release", "--package", "all-ears-cli"]))?;
    if open {
        open_when_ready(project.clone(), port);
    }
    run(project
        .command(project.target.join("release/all-ears"))
        .arg("serve")
        .args(["--host", "127.0.0.1", "--port", &port.to_string()])
        .args(["--db", &db, "--config", "demo/all-ears.json"])
        .args(["--assets", "dist", "--site", "."]))
}

/// Says so before the build when the port is taken.
fn ensure_free(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            bail!(
                "port {port} is in use; stop what listens there, or take another: `cargo xtask serve --port {}`",
                port.wrapping_add(1).max(1024)
            )
        }
        Err(error) => Err(error).with_context(|| format!("port {port} cannot be used")),
    }
}

fn open_when_ready(project: Project, port: u16) {
    std::thread::spawn(move || {
        for _ in 0..OPEN_TRIES {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                let address = format!("http://127.0.0.1:{port}/");
                let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
                let started = project
                    .command(opener)
                    .arg(&address)
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .status();
                if !started.is_ok_and(|status| status.success()) {
                    println!("open {address} in a browser; `{opener}` did not");
                }
                return;
            }
            std::thread::sleep(OPEN_PAUSE);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = ensure_free(port).unwrap_err().to_string();
        assert!(error.starts_with(&format!("port {port} is in use")), "{error}");
        drop(taken);
        assert!(ensure_free(port).is_ok());
    }
}
