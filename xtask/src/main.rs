//! The tasks of this repository: `cargo xtask build`, `serve`, `test`, `size`, `bench`, `faults`, `generate`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line talks to its user")]

mod arguments;
mod authoring;
mod bench;
mod browsers;
mod build;
mod descriptions;
mod dist;
mod faults;
mod generate;
mod lean;
mod locales;
mod postgres;
mod project;
#[expect(dead_code, reason = "the tests hold the code to these tables, `generate` only prints them")]
#[path = "../../tests/architecture/rules.rs"]
mod rules;
mod serve;
mod setup;
mod size;
mod split;
mod test;
mod wasm;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::arguments::Arguments;
use crate::project::Project;

const HELP: &str = "\
Usage: cargo xtask <task> [options]

  serve [--port 8080] [--db all-ears.db] [--open]
                      build everything, start the receiver with the demo
  test [part…]        run the checks; `cargo xtask test --help` lists the parts
  build [--authoring]
                      build loader, widget and texts into dist/, the checker for authors into dist/authoring/;
                      or only the latter
  size [--json]       what a visitor downloads, against the budgets
  bench open [--rounds 7] [--json]
                      what opening costs in Chromium, beside a form written by hand
  faults browser [case…|short|all] [--rounds 1] [--engine chromium|firefox|webkit]…
                      F01 to F40 in real browsers: nothing lost, nothing doubled
  faults both [--rounds 1] [--seed N] [--engine chromium|firefox]…
                      browser and receiver killed together: what was called sent is a row
  faults receiver [--case R1]… [--short] [--seed N] [--beside FILE] [--clients N]
                      make go wrong what may go wrong, and show that nothing gets lost
  faults fuzz [--seconds 60] [--target NAME]
                      let a fuzzer try what comes from outside
  bench search [--alone] [--quality] [--trades] [--second] [--misses] [--beside] [--absent] [--single] [--browser] [--json]
                      how well and how fast answers are found, beside search libraries from npm
  generate [--check]  write the files that follow from others; --check only compares
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut given = Arguments::new(std::env::args().skip(1).collect());
    let Some(task) = given.word() else {
        print!("{HELP}");
        given.flag("-h");
        given.flag("--help");
        return given.finish();
    };
    // `test` lists its own parts.
    if task != "test" && (given.flag("-h") || given.flag("--help")) {
        print!("{HELP}");
        return Ok(());
    }
    let project = Project::find()?;
    match task.as_str() {
        "serve" => serve::serve(&project, given),
        "test" => test::test(&project, given),
        "build" => {
            let only_authoring = given.flag("--authoring");
            given.finish()?;
            if only_authoring {
                setup::for_build(&project)?;
                return authoring::build(&project);
            }
            size::report(&build::build(&project)?, false)
        }
        "size" => {
            let as_json = given.flag("--json");
            given.finish()?;
            size::report(&dist::read_manifest(&project)?, as_json)
        }
        "bench" => bench::bench(&project, given),
        "faults" => faults::faults(&project, given),
        "generate" => {
            let only_check = given.flag("--check");
            given.finish()?;
            if only_check { generate::check(&project) } else { generate::generate(&project) }
        }
        other => bail!("there is no task `{other}`\n\n{HELP}"),
    }
}
