//! Yew as the visitor downloads it: the stock crate with `patches/yew.patch` on top, whose head says what it takes away
//! and why. Only the WebAssembly is built with it; tests and tools use the crate as it is published.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::project::{Project, Step, capture, files_under, run};

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
            // Git is to see a plain folder here: inside a checkout it passes over files that are not the checkout's.
            let around = source.parent().context("the folder has no parent")?;
            run(project
                .command("git")
                .current_dir(source)
                .env("GIT_CEILING_DIRECTORIES", around)
                .arg("apply")
                .arg(&patch))
            .with_context(|| {
                format!("patches/yew.patch does not fit Yew {VERSION}; CONTRIBUTING.md says how to renew it")
            })?;
            if fs::read(&outputs[1])? == fs::read(stock.join("src/scheduler.rs"))? {
                bail!("`git apply` passed over patches/yew.patch");
            }
            Ok(())
        },
    )
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
