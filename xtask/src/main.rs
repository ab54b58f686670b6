//! The tasks of this repository: `cargo xtask build`, `serve`, `test`, `size`, `generate`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line talks to its user"
)]

mod build;
mod dist;
mod generate;
mod locales;
mod project;
mod setup;
mod size;
mod wasm;

use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::prelude::*;

use crate::project::Project;

const HELP: &str = "\
Usage: cargo xtask <task> [options]

  serve [--port 8080] [--db all-ears.db] [--open]
                      build everything, start the receiver with the demo
  test [part…]        run the checks; `cargo xtask test --help` lists the parts
  build               build loader, widget and texts into dist/
  size [--json]       what a visitor downloads, against the budgets
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
    let mut arguments = lexopt::Parser::from_env();
    let task = match arguments.next()? {
        None | Some(Short('h') | Long("help")) => {
            print!("{HELP}");
            return Ok(());
        }
        Some(Value(task)) => task.string()?,
        Some(other) => return Err(other.unexpected().into()),
    };
    let project = Project::find()?;
    match task.as_str() {
        "build" => {
            no_more(arguments)?;
            size::report(&build::build(&project)?, false)
        }
        "size" => {
            let as_json = flag(arguments, "json")?;
            size::report(&dist::read_manifest(&project)?, as_json)
        }
        "generate" => {
            if flag(arguments, "check")? {
                generate::check(&project)
            } else {
                generate::generate(&project)
            }
        }
        other => bail!("there is no task `{other}`\n\n{HELP}"),
    }
}

fn flag(mut arguments: lexopt::Parser, name: &str) -> Result<bool> {
    let mut given = false;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long(found) if found == name => given = true,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(given)
}

fn no_more(mut arguments: lexopt::Parser) -> Result<()> {
    match arguments.next()? {
        None => Ok(()),
        Some(other) => Err(other.unexpected().into()),
    }
}
