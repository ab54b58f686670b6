//! `cargo xtask bench open` and `bench search`: the measurements that take too long for every test run.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::arguments::Arguments;
use crate::authoring;
use crate::browsers::{self, Engine};
use crate::build;
use crate::project::{Project, run};
use crate::wasm;

/// Hands over to the programs in `benches/`.
pub fn bench(project: &Project, mut given: Arguments) -> Result<()> {
    match given.word().unwrap_or_default().as_str() {
        "open" => open(project, given),
        "search" => search(project, given),
        other => bail!("`bench {other}`: there are `cargo xtask bench open` and `cargo xtask bench search`"),
    }
}

/// Builds what a visitor gets and measures what opening it costs.
fn open(project: &Project, mut given: Arguments) -> Result<()> {
    let rounds = given.number("--rounds")?.unwrap_or(7);
    let as_json = given.flag("--json");
    given.finish()?;
    let programs = browsers::prepare(project, &[Engine::Chromium])?;
    build::build(project)?;
    run(project
        .cargo()
        .args(["run", "--quiet", "--package", "all-ears-bench", "--"])
        .args(["--rounds", &rounds.max(1).to_string()])
        .args(as_json.then_some("--json"))
        .envs(programs))
}

/// Measures the search. The libraries beside it are installed here and nowhere else: nothing that is built needs them.
fn search(project: &Project, mut given: Arguments) -> Result<()> {
    let options = [
        "--alone",
        "--quality",
        "--trades",
        "--second",
        "--misses",
        "--beside",
        "--absent",
        "--single",
        "--json",
    ]
    .map(|option| given.flag(option).then_some(option));
    let browser = given.flag("--browser");
    given.finish()?;
    let [alone, own @ .., as_json] = options;
    let folder = project.root.join("benches/search");
    let peers = alone.is_none() && !browser && own.iter().flatten().all(|option| *option == "--second");
    if peers && !folder.join("node_modules/.package-lock.json").is_file() {
        println!("setup: npm ci in benches/search");
        let mut npm = project.command("npm");
        run(npm.current_dir(&folder).args(["ci", "--no-progress", "--loglevel=error"]))
            .context("`npm ci` did not work; it needs the network once, and `--alone` does without it")?;
    }
    let program = || {
        let mut command = project.cargo();
        command.args(["run", "--quiet", "--release", "--package", "all-ears-bench-search", "--"]);
        command
    };
    if browser {
        return in_browser(project, &mut program(), as_json);
    }
    run(program().args(options.into_iter().flatten()))
}

/// The search alone as WebAssembly, compiled and made small the way the widget is, in Chromium.
fn in_browser(project: &Project, writer: &mut Command, as_json: Option<&str>) -> Result<()> {
    let folder = project.staging().join("bench-search");
    run(writer.arg("--write").arg(&folder))?;
    let compiled = wasm::compile_package(project, "all-ears-bench-search-wasm")?;
    authoring::bind_as("search", &compiled, &folder)?;
    let module = folder.join("search_bg.wasm");
    run(project
        .npm_bin("wasm-opt")
        .args(wasm::WASM_OPT)
        .arg(&module)
        .arg("-o")
        .arg(folder.join("module.wasm")))?;
    fs::rename(folder.join("search.js"), folder.join("glue.js"))?;
    let programs = browsers::prepare(project, &[Engine::Chromium])?;
    run(project
        .cargo()
        .args(["run", "--quiet", "--package", "all-ears-bench", "--", "--search"])
        .arg(&folder)
        .args(as_json)
        .envs(programs))
}
