//! `cargo xtask bench open`: builds what a visitor gets and measures what opening it costs.

use anyhow::{Result, bail};

use crate::arguments::Arguments;
use crate::browsers::{self, Engine};
use crate::build;
use crate::project::{Project, run};

/// Hands over to the program in `benches/open`.
pub fn bench(project: &Project, mut given: Arguments) -> Result<()> {
    let what = given.word().unwrap_or_default();
    let rounds = given.number("--rounds")?.unwrap_or(7);
    let as_json = given.flag("--json");
    given.finish()?;
    if what != "open" {
        bail!("`bench {what}`: there is `cargo xtask bench open [--rounds 7] [--json]`");
    }
    let programs = browsers::prepare(project, &[Engine::Chromium])?;
    build::build(project)?;
    run(project
        .cargo()
        .args(["run", "--quiet", "--package", "all-ears-bench", "--"])
        .args(["--rounds", &rounds.max(1).to_string()])
        .args(as_json.then_some("--json"))
        .envs(programs))
}
