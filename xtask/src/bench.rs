//! `cargo xtask bench open` and `bench search`: the measurements that take too long for every test run.

use anyhow::{Context, Result, bail};

use crate::arguments::Arguments;
use crate::browsers::{self, Engine};
use crate::build;
use crate::project::{Project, run};

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
    let options =
        ["--alone", "--misses", "--beside", "--json"].map(|option| given.flag(option).then_some(option));
    given.finish()?;
    let [alone, misses, beside, _] = options;
    let folder = project.root.join("benches/search");
    let peers = alone.or(misses).or(beside).is_none();
    if peers && !folder.join("node_modules/.package-lock.json").is_file() {
        println!("setup: npm ci in benches/search");
        let mut npm = project.command("npm");
        run(npm.current_dir(&folder).args(["ci", "--no-progress", "--loglevel=error"]))
            .context("`npm ci` did not work; it needs the network once, and `--alone` does without it")?;
    }
    run(project
        .cargo()
        .args(["run", "--quiet", "--release", "--package", "all-ears-bench-search", "--"])
        .args(options.into_iter().flatten()))
}
