//! `cargo xtask test`: every check by name, in order, with a table at the end.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::arguments::Arguments;
use crate::browsers::{self, ENGINES, Engine};
use crate::project::{Project, run};
use crate::{build, faults, generate, locales, postgres, setup, size};

/// What a part may need to know.
struct Run<'a> {
    project: &'a Project,
    engines: Vec<Engine>,
    /// Passed on to the journeys: only those whose names hold one of these words.
    journeys: Vec<String>,
}

/// A check that can be run alone.
struct Part {
    name: &'static str,
    what: &'static str,
    run: fn(&Run<'_>) -> Result<()>,
}

const PARTS: [Part; 15] = [
    Part { name: "fmt", what: "formatting", run: |run| cargo(run, &["fmt", "--all", "--check", "--", "-l"]) },
    Part { name: "clippy", what: "lints, as errors", run: clippy },
    Part { name: "unit", what: "rules (domain) and contracts (wire), unit by unit", run: unit },
    Part {
        name: "language",
        what: "the language checker, and every text of our own through it",
        run: language,
    },
    Part {
        name: "simulation",
        what: "random walks through session and sender, and how well answers are found",
        run: simulation,
    },
    Part { name: "views", what: "each view as HTML, without a browser", run: views },
    Part { name: "contract", what: "frozen examples of every contract", run: contract },
    Part {
        name: "receiver",
        what: "the receiver on SQLite and on Postgres, the command line",
        run: receiver,
    },
    Part {
        name: "faults",
        what: "the receiver killed, its disk failing, its answers lost: a selection",
        run: |run| faults::receiver_short(run.project),
    },
    Part { name: "architecture", what: "the rules of the house, generated files, xtask", run: architecture },
    Part { name: "typescript", what: "types, loader, sender, plain form", run: typescript },
    Part {
        name: "locales",
        what: "same keys and placeholders in every locale",
        run: |run| locales::check(run.project),
    },
    Part {
        name: "size",
        what: "build, and the budgets",
        run: |run| size::report(&build::build(run.project)?, false),
    },
    Part { name: "e2e", what: "journeys in real browsers", run: end_to_end },
    Part {
        name: "lines",
        what: "browsers killed, lines cut, endpoints that refuse: a selection",
        run: |run| {
            build_for_browsers(run)?;
            faults::browser_short(run.project, &run.engines)
        },
    },
];

/// How many worlds the sender goes through in a test run; on demand, `SENDER_SCHEDULES` in the environment wins.
const SENDER_SCHEDULES: &str = "100000";

/// Runs the parts that are asked for, all by default; fails when one of them fails.
pub fn test(project: &Project, mut given: Arguments) -> Result<()> {
    if given.flag("--help") || given.flag("-h") {
        print_help();
        return given.finish();
    }
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
    let mut journeys = Vec::new();
    while let Some(name) = given.value("--journey")? {
        journeys.push(name);
    }
    let mut parts = Vec::new();
    while let Some(word) = given.word() {
        let part = PARTS.iter().find(|part| part.name == word);
        parts.push(
            part.with_context(|| format!("there is no part `{word}`; `cargo xtask test --help` lists them"))?,
        );
    }
    given.finish()?;
    if parts.is_empty() {
        parts = PARTS.iter().collect();
    }
    run_all(&Run { project, engines, journeys }, &parts)
}

fn run_all(run: &Run<'_>, parts: &[&Part]) -> Result<()> {
    let mut results: Vec<(&str, Duration, bool)> = Vec::new();
    for part in parts {
        println!("\n== {}: {}", part.name, part.what);
        let start = Instant::now();
        let outcome = (part.run)(run);
        let spent = start.elapsed();
        match &outcome {
            Ok(()) => println!("== {}: passed in {:.1} s", part.name, spent.as_secs_f32()),
            Err(error) => println!("{error:#}\n== {}: FAILED after {:.1} s", part.name, spent.as_secs_f32()),
        }
        results.push((part.name, spent, outcome.is_ok()));
    }
    println!("\n{:<14} {:>8}  result", "part", "seconds");
    for (name, spent, passed) in &results {
        let verdict = if *passed { "passed" } else { "FAILED" };
        println!("{name:<14} {:>8.1}  {verdict}", spent.as_secs_f32());
    }
    let failed = results.iter().filter(|(_, _, passed)| !passed).count();
    println!("\n{} passed, {failed} failed", results.len() - failed);
    if failed > 0 {
        std::process::exit(1);
    }
    Ok(())
}

fn print_help() {
    println!("Usage: cargo xtask test [part…] [--engine chromium|firefox|webkit]… [--journey name]…\n");
    println!("Without a part, all of them run, in this order:\n");
    for part in &PARTS {
        println!("  {:<14} {}", part.name, part.what);
    }
    println!("\n--engine and --journey narrow the part e2e; each may be given several times.");
    println!("The last line is `N passed, N failed` and counts parts.");
}

fn cargo(run_: &Run<'_>, arguments: &[&str]) -> Result<()> {
    run(run_.project.cargo().args(arguments))
}

fn clippy(run: &Run<'_>) -> Result<()> {
    cargo(
        run,
        &["clippy", "--quiet", "--workspace", "--all-targets", "--all-features", "--", "--deny", "warnings"],
    )
}

fn unit(run: &Run<'_>) -> Result<()> {
    cargo(run, &["test", "--quiet", "--package", "all-ears-domain", "--lib"])?;
    cargo(run, &["test", "--quiet", "--package", "all-ears-wire", "--all-features", "--lib"])
}

fn language(run: &Run<'_>) -> Result<()> {
    cargo(run, &["test", "--quiet", "--package", "all-ears-tone"])
}

fn simulation(run_: &Run<'_>) -> Result<()> {
    cargo(run_, &["test", "--quiet", "--package", "all-ears-domain", "--test", "*"])?;
    cargo(run_, &["test", "--quiet", "--package", "all-ears-bench-search"])?;
    setup::npm(run_.project)?;
    let mut schedules = run_.project.command("node");
    schedules.args(["loader/tests/run.mjs", "simulation"]).env(
        "SENDER_SCHEDULES",
        std::env::var("SENDER_SCHEDULES").unwrap_or_else(|_| SENDER_SCHEDULES.to_owned()),
    );
    run(&mut schedules)
}

fn views(run: &Run<'_>) -> Result<()> {
    cargo(run, &["test", "--quiet", "--package", "all-ears", "--lib", "--test", "views"])
}

fn contract(run: &Run<'_>) -> Result<()> {
    cargo(run, &["test", "--quiet", "--package", "all-ears-wire", "--all-features", "--test", "*"])
}

fn receiver(run: &Run<'_>) -> Result<()> {
    cargo(run, &["test", "--quiet", "--package", "all-ears-receiver", "--package", "all-ears-cli"])?;
    on_postgres(run)
}

/// The same tests again, each on a database of its own on one server.
fn on_postgres(run_: &Run<'_>) -> Result<()> {
    let server = postgres::Server::start(run_.project)?;
    println!("the same on Postgres");
    let mut tests = run_.project.cargo();
    tests.args(["test", "--quiet", "--package", "all-ears-receiver", "--test", "*"]);
    run(tests.env("ALL_EARS_TEST_POSTGRES", server.url()))
}

fn architecture(run: &Run<'_>) -> Result<()> {
    cargo(run, &["test", "--quiet", "--package", "all-ears", "--test", "architecture"])?;
    cargo(run, &["test", "--quiet", "--package", "xtask"])?;
    generate::check(run.project)
}

fn typescript(run_: &Run<'_>) -> Result<()> {
    setup::npm(run_.project)?;
    run(&mut run_.project.npm_bin("tsc"))?;
    run(run_.project.command("node").arg("loader/tests/run.mjs"))
}

/// The journeys use the built files and the receiver's own program.
fn build_for_browsers(run: &Run<'_>) -> Result<()> {
    build::build(run.project)?;
    cargo(run, &["build", "--quiet", "--package", "all-ears-cli"])
}

fn end_to_end(run_: &Run<'_>) -> Result<()> {
    let project = run_.project;
    let programs = browsers::prepare(project, &run_.engines)?;
    build_for_browsers(run_)?;
    let names: Vec<&str> = run_.engines.iter().map(|engine| engine.name()).collect();
    let mut journeys = project.cargo();
    journeys
        .args(["test", "--quiet", "--package", "all-ears-e2e", "--test", "journeys", "--"])
        .args(&run_.journeys)
        .env("E2E_ENGINES", names.join(","))
        .env("E2E_RECEIVER", project.target.join("debug/all-ears"))
        .envs(programs);
    if run(&mut journeys).is_err() {
        bail!("journeys failed; pictures are in target/screenshots/");
    }
    Ok(())
}
