//! `cargo xtask faults browser`: F01–F40 in real browsers (tests/e2e/faults); `faults both`: R19, the browser and the
//! receiver killed together.

use anyhow::{Context, Result, bail};

use crate::arguments::Arguments;
use crate::browsers::{self, ENGINES, Engine};
use crate::project::{Project, run};
use crate::{build, setup};

/// Browser and receiver killed together, many times.
pub fn both(project: &Project, given: Arguments) -> Result<()> {
    cases(project, given, vec!["R19".to_owned()])
}

/// Without a word every case but those that take minutes; `all`, `short`, or names (`F10 F32`).
pub fn browser(project: &Project, given: Arguments) -> Result<()> {
    cases(project, given, Vec::new())
}

/// The selection of `cargo xtask test`, with everything built.
pub fn short(project: &Project, engines: &[Engine]) -> Result<()> {
    go(project, engines, 1, "1", &["short".to_owned()])
}

fn cases(project: &Project, mut given: Arguments, mut words: Vec<String>) -> Result<()> {
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
    let seed = given.value("--seed")?.unwrap_or_else(|| "1".to_owned());
    seed.parse::<u64>().context("`--seed` wants a number")?;
    while let Some(word) = given.word() {
        words.push(word);
    }
    given.finish()?;
    setup::npm(project)?;
    build::build(project)?;
    run(project.cargo().args(["build", "--quiet", "--package", "all-ears-cli"]))?;
    go(project, &engines, rounds, &seed, &words)
}

fn go(project: &Project, engines: &[Engine], rounds: u16, seed: &str, words: &[String]) -> Result<()> {
    let programs = browsers::prepare(project, engines)?;
    let names: Vec<&str> = engines.iter().map(|engine| engine.name()).collect();
    let mut faults = project.cargo();
    faults
        .args(["test", "--quiet", "--package", "all-ears-e2e", "--test", "faults", "--"])
        .args(words)
        .env("E2E_ENGINES", names.join(","))
        .env("E2E_RECEIVER", project.target.join("debug/all-ears"))
        .env("FAULT_ROUNDS", rounds.to_string())
        .env("FAULT_SEED", seed)
        .envs(programs);
    if run(&mut faults).is_err() {
        bail!("something was lost, doubled, late or said wrongly: see the lines that begin with FAIL");
    }
    Ok(())
}
