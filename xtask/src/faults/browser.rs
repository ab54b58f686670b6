//! `cargo xtask faults browser`: F01–F40 in real browsers (tests/e2e/faults).

use anyhow::{Context, Result, bail};

use crate::arguments::Arguments;
use crate::browsers::{self, ENGINES, Engine};
use crate::project::{Project, run};
use crate::{build, setup};

/// Without a word every case but those that take minutes; `all`, `short`, or names (`F10 F32`).
pub fn browser(project: &Project, mut given: Arguments) -> Result<()> {
    let rounds = given.number("--rounds")?.unwrap_or(1).max(1);
    let mut engines = Vec::new();
    while let Some(name) = given.value("--engine")? {
        let engine = Engine::named(&name);
        engines.push(
            engine.with_context(|| format!("`--engine {name}`: chromium, firefox or webkit is wanted"))?,
        );
    }
    if engines.is_empty() {
        engines = ENGINES.to_vec();
    }
    let mut words = Vec::new();
    while let Some(word) = given.word() {
        words.push(word);
    }
    given.finish()?;
    setup::npm(project)?;
    build::build(project)?;
    run(project.cargo().args(["build", "--quiet", "--package", "all-ears-cli"]))?;
    go(project, &engines, rounds, &words)
}

fn go(project: &Project, engines: &[Engine], rounds: u16, words: &[String]) -> Result<()> {
    let programs = browsers::prepare(project, engines)?;
    let names: Vec<&str> = engines.iter().map(|engine| engine.name()).collect();
    let mut faults = project.cargo();
    faults
        .args(["test", "--quiet", "--package", "all-ears-e2e", "--test", "faults", "--"])
        .args(words)
        .env("E2E_ENGINES", names.join(","))
        .env("E2E_RECEIVER", project.target.join("debug/all-ears"))
        .env("FAULT_ROUNDS", rounds.to_string())
        .envs(programs);
    if run(&mut faults).is_err() {
        bail!("something was lost, doubled, late or said wrongly: see the lines that begin with FAIL");
    }
    Ok(())
}
