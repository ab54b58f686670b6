//! Yew as the visitor downloads it: the stock crate with `patches/yew.patch` on top, whose head says what it takes away
//! and why. Only the WebAssembly is built with it; tests and tools use the crate as it is published.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::project::{Project, Step, capture, files_under};

/// The version that the patch was written for.
const VERSION: &str = "0.23.0";

/// The arguments that put the lean Yew in place of the stock one. A lock file of its own keeps cargo from writing the
/// replacement into the checkout's.
pub fn arguments(project: &Project) -> Result<Vec<String>> {
    let folder = project.root.join("target/lean");
    let source = folder.join("yew");
    prepare(project, &source)?;
    let lock = folder.join("Cargo.lock");
    fs::copy(project.root.join("Cargo.lock"), &lock)?;
    Ok(vec![
        "-Zlockfile-path".into(),
        format!("--config=resolver.lockfile-path={}", quoted(&lock)),
        format!("--config=patch.crates-io.yew.path={}", quoted(&source)),
    ])
}

/// A path as TOML writes it.
fn quoted(path: &Path) -> String {
    Value::from(path.to_string_lossy()).to_string()
}

fn prepare(project: &Project, source: &Path) -> Result<()> {
    let patch = project.root.join("patches/yew.patch");
    let stock = stock(project)?;
    let outputs = [source.join("Cargo.toml"), source.join("src/scheduler.rs")];
    Step::new(project, "lean", VERSION, &[patch.clone(), stock.join("src/scheduler.rs")], &outputs)?.run(
        || {
            copy(&stock, source)?;
            apply(&fs::read_to_string(&patch)?, source).with_context(|| {
                format!("patches/yew.patch does not fit Yew {VERSION}; CONTRIBUTING.md says how to renew it")
            })
        },
    )
}

/// Changes the files that a patch names. No program is asked: a machine may have neither git nor patch.
fn apply(patch: &str, folder: &Path) -> Result<()> {
    for part in patch.trim_end().split("\ndiff --git ").skip(1) {
        let (_, name) = part.split_once("\n+++ b/").context("a part of the patch names no file")?;
        let file = folder.join(name.lines().next().unwrap_or_default());
        let shown = file.display();
        let before = fs::read_to_string(&file).with_context(|| format!("reading {shown}"))?;
        let start = part.find("\n--- ").map_or(0, |at| at + 1);
        let change = format!("{}\n", &part[start..]);
        let change = diffy::Patch::from_str(&change).with_context(|| format!("the part for {shown}"))?;
        fs::write(&file, diffy::apply(&before, &change).with_context(|| format!("changing {shown}"))?)?;
    }
    Ok(())
}

/// Where cargo keeps the published crate.
fn stock(project: &Project) -> Result<PathBuf> {
    let metadata = capture(project.cargo().args([
        "metadata",
        "--format-version=1",
        "--filter-platform=wasm32-unknown-unknown",
    ]))?;
    let metadata: Value = serde_json::from_slice(&metadata)?;
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let yew =
        packages.iter().find(|package| package["name"] == "yew").context("nothing here depends on Yew")?;
    if yew["version"] != VERSION {
        bail!(
            "Cargo.lock has Yew {}, patches/yew.patch is for {VERSION}; CONTRIBUTING.md says how to renew it",
            yew["version"].as_str().unwrap_or("?")
        );
    }
    let manifest = Path::new(yew["manifest_path"].as_str().unwrap_or_default());
    Ok(manifest.parent().context("Yew's manifest has no folder")?.to_path_buf())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    for file in files_under(from)? {
        let target = to.join(file.strip_prefix(from)?);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&file, &target).with_context(|| format!("copying {}", file.display()))?;
    }
    Ok(())
}
