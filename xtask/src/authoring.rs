//! The language checker for pages on which texts are written: `dist/authoring/`, beside what visitors download and no
//! part of it, so no budget counts it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::dist::compress;
use crate::project::{Project, Step, run, write_if_changed};
use crate::wasm::WASM_OPT;

const MODULE: &str = "lint_bg.wasm";

/// What travels, and what an editor reads.
const FILES: [&str; 3] = ["lint.js", MODULE, "lint.d.ts"];

/// Compiles, binds and shrinks it. Prints what it weighs.
pub fn build(project: &Project) -> Result<()> {
    let compiled = compile(project)?;
    let bound = project.staging().join("authoring");
    let outputs = FILES.map(|name| bound.join(name));
    Step::new(
        project,
        "authoring",
        &format!("wasm-bindgen web with its path, {}", WASM_OPT.join(" ")),
        std::slice::from_ref(&compiled),
        &outputs,
    )?
    .run(|| {
        bind(&compiled, &bound)?;
        let module = bound.join(MODULE);
        let small = bound.join("small.wasm");
        run(project.npm_bin("wasm-opt").args(WASM_OPT).arg(&module).arg("-o").arg(&small))?;
        fs::rename(&small, &module)?;
        Ok(())
    })?;
    let folder = project.dist().join("authoring");
    fs::create_dir_all(&folder)?;
    let (mut bytes, mut brotli) = (0, 0);
    for name in FILES {
        let content = fs::read(bound.join(name))?;
        let packed_path = folder.join(format!("{name}.br"));
        if write_if_changed(&folder.join(name), &content)? || !packed_path.exists() {
            fs::write(&packed_path, compress(&content)?)?;
        }
        if !name.ends_with(".d.ts") {
            bytes += content.len();
            brotli += usize::try_from(fs::metadata(&packed_path)?.len())?;
        }
    }
    println!("for authoring pages, not for visitors: dist/authoring/, {bytes} bytes, {brotli} in brotli");
    Ok(())
}

fn compile(project: &Project) -> Result<PathBuf> {
    let target = project.target.join("authoring");
    run(project
        .cargo()
        .args(["build", "--quiet", "--package", "all-ears-authoring", "--lib", "--profile", "wasm"])
        .args(["--target", "wasm32-unknown-unknown"])
        .env("CARGO_TARGET_DIR", &target))
    .context("the checker for authoring pages did not compile for WebAssembly")?;
    Ok(target.join("wasm32-unknown-unknown/wasm/all_ears_authoring.wasm"))
}

fn bind(compiled: &Path, folder: &Path) -> Result<()> {
    bind_as("lint", compiled, folder).context("wasm-bindgen could not bind the checker")
}

/// Binds a module for a page that calls `init` itself.
pub fn bind_as(name: &str, compiled: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(compiled)
        .out_name(name)
        .web(true)
        .context("wasm-bindgen refuses the web target")?
        // `init()` finds the module beside the script.
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .typescript(true)
        .generate(folder)
}
