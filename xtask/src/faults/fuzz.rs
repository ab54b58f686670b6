//! `cargo xtask faults fuzz`: builds the targets of `fuzz/` and lets each try inputs for a while. New findings stay out of
//! the committed corpus.

use std::fs;

use anyhow::{Context, Result};

use crate::arguments::Arguments;
use crate::project::{Project, ask, run};

const TARGETS: [&str; 4] = ["submission", "csv", "time", "config"];
/// What libFuzzer needs from the compiler: marks on every edge and every comparison.
const MARKS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Cdebug-assertions -Ccodegen-units=1 --cfg fuzzing";

/// Runs every target, or one, for so many seconds.
pub fn fuzz(project: &Project, mut given: Arguments) -> Result<()> {
    let seconds = given.number("--seconds")?.unwrap_or(60);
    let one = given.value("--target")?;
    given.finish()?;
    let folder = project.root.join("fuzz");
    let machine =
        ask(project.command("rustc").args(["--print", "host-tuple"])).context("rustc does not answer")?;
    run(project
        .cargo()
        .current_dir(&folder)
        .args(["build", "--quiet", "--release", "--target", &machine])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", MARKS))?;
    for target in TARGETS.iter().filter(|target| one.as_ref().is_none_or(|one| one == **target)) {
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
