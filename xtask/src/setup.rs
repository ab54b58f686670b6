//! Installs what a build needs and is missing: the WASM target, the sources of `std`, the npm packages.

use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::project::{Project, ask, run, which};

/// Makes sure that a build can run; returns at once when nothing is missing.
pub fn for_build(project: &Project) -> Result<()> {
    rust(project)?;
    npm(project)
}

fn rust(project: &Project) -> Result<()> {
    let sysroot = ask(project.command("rustc").args(["--print", "sysroot"]))
        .map(PathBuf::from)
        .context("`rustc` does not answer; install Rust through https://rustup.rs")?;
    let rustlib = sysroot.join("lib/rustlib");
    if !rustlib.join("wasm32-unknown-unknown").is_dir() {
        rustup(project, &["target", "add", "wasm32-unknown-unknown"])?;
    }
    if !rustlib.join("src/rust/library/std/Cargo.toml").is_file() {
        rustup(project, &["component", "add", "rust-src"])?;
    }
    Ok(())
}

fn rustup(project: &Project, arguments: &[&str]) -> Result<()> {
    let shown = format!("rustup {}", arguments.join(" "));
    if which("rustup").is_none() {
        bail!(
            "this build needs `{shown}`, and rustup is not installed; install Rust through https://rustup.rs"
        );
    }
    println!("setup: {shown}");
    run(project.command("rustup").args(arguments)).with_context(|| {
        format!("`{shown}` did not work; run it by hand (it needs the network once), then try again")
    })
}

/// The npm packages, as the lock file names them.
pub fn npm(project: &Project) -> Result<()> {
    let installed = modified(project.root.join("node_modules/.package-lock.json"));
    let wanted = modified(project.root.join("package-lock.json"));
    if wanted.is_none() {
        bail!("package-lock.json is missing; it belongs to the checkout");
    }
    if installed >= wanted {
        return Ok(());
    }
    let version = ask(project.command("node").arg("--version"))
        .context("`node` does not answer; install Node 20 or newer (Debian: `apt install nodejs npm`)")?;
    let major: u32 =
        version.trim_start_matches('v').split('.').next().and_then(|digits| digits.parse().ok()).unwrap_or(0);
    if major < 20 {
        bail!("Node 20 or newer is needed, this is {version}");
    }
    println!("setup: npm ci");
    run(project.command("npm").args(["ci", "--no-progress", "--loglevel=error"]))
        .context("`npm ci` did not work; it needs the network once")?;
    // npm keeps the date of its own record when nothing changed: touch it, or each build would install again.
    let record = project.root.join("node_modules/.package-lock.json");
    fs::File::options().append(true).open(&record)?.set_modified(SystemTime::now())?;
    Ok(())
}

fn modified(path: PathBuf) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}
