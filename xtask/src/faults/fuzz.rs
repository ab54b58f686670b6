//! `cargo xtask faults fuzz`: builds the targets of `fuzz/` and lets each try inputs for a while. New findings stay out of
//! the committed corpus. What is written in TypeScript has a target as well: `sender`, its own tests with more seeds.

use std::fs;

use anyhow::{Context, Result};

use crate::arguments::Arguments;
use crate::project::{Project, ask, run};

const TARGETS: [&str; 4] = ["submission", "csv", "time", "config"];
/// The one in TypeScript.
const SENDER: &str = "sender";
/// About as many seeds as it tries in a second.
const SEEDS_A_SECOND: u64 = 200;
/// What libFuzzer needs from the compiler: marks on every edge and every comparison.
const MARKS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Cdebug-assertions -Ccodegen-units=1 --cfg fuzzing";

/// Runs every target, or one, for so many seconds.
pub fn fuzz(project: &Project, mut given: Arguments) -> Result<()> {
    let seconds = given.number("--seconds")?.unwrap_or(60);
    let one = given.value("--target")?;
    given.finish()?;
    let is_meant = |target: &str| one.as_ref().is_none_or(|one| one == target);
    if is_meant(SENDER) {
        println!("fuzzing {SENDER} for about {seconds} s");
        run(project
            .command("node")
            .args(["loader/tests/run.mjs", "fuzz"])
            .env("FUZZ_RUNS", (u64::from(seconds) * SEEDS_A_SECOND).to_string()))?;
    }
    if TARGETS.into_iter().any(is_meant) { targets(project, seconds, is_meant) } else { Ok(()) }
}

/// The targets of `fuzz/`.
fn targets(project: &Project, seconds: u16, is_meant: impl Fn(&str) -> bool) -> Result<()> {
    let folder = project.root.join("fuzz");
    let machine =
        ask(project.command("rustc").args(["--print", "host-tuple"])).context("rustc does not answer")?;
    run(project
        .cargo()
        .current_dir(&folder)
        .args(["build", "--quiet", "--release", "--target", &machine])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", MARKS))?;
    for target in TARGETS.into_iter().filter(|target| is_meant(target)) {
        let found = folder.join("target/found").join(target);
        fs::create_dir_all(&found)?;
        let program = folder.join("target").join(&machine).join("release").join(target);
        println!("fuzzing {target} for {seconds} s");
        run(project
            .command(program)
            .current_dir(&found)
            .arg(&found)
            .arg(folder.join("corpus").join(target))
            .args([
                &format!("-max_total_time={seconds}"),
                "-max_len=8192",
                "-verbosity=0",
                "-print_final_stats=1",
            ]))?;
    }
    Ok(())
}
