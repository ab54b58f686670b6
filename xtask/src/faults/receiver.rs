//! The faults of the receiver, R1 to R17, as named cases against the real program. Each says what it found; a case that
//! finds something lost fails.

mod client;
mod clock;
mod copies;
mod disk;
mod files;
mod flood;
mod kills;
mod load;
mod malformed;
mod network;
mod power;
mod program;
mod random;
mod servers;
mod sink;
mod throughput;
mod webhooks;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::arguments::Arguments;
use crate::project::{Project, run as run_command};

/// What a case works with.
pub struct Bench {
    project: Project,
    /// The receiver with its debug assertions.
    program: PathBuf,
    /// A folder that goes afterwards.
    folder: PathBuf,
    /// A selection that takes a minute in all.
    short: bool,
    seed: u64,
    /// What only measurements want.
    measuring: Measuring,
}

/// How R12 is measured, and files.
#[derive(Clone, Default)]
struct Measuring {
    /// Another build of the program: in the same rounds, or instead.
    beside: Option<PathBuf>,
    /// With so many clients only.
    clients: Option<usize>,
}

impl Bench {
    /// So many when all is run, so many for the selection.
    fn many(&self, all: u32, short: u32) -> u32 {
        if self.short { short } else { all }
    }

    /// The program as it is delivered.
    fn delivered(&self) -> PathBuf {
        self.project.target.join("release/all-ears")
    }

    /// The program that looks at databases: the quick one where it is built.
    fn looking(&self) -> PathBuf {
        if self.short { self.program.clone() } else { self.delivered() }
    }

    /// A new folder for one case.
    fn place(&self, name: &str) -> Result<PathBuf> {
        let place = self.folder.join(name);
        let _ = std::fs::remove_dir_all(&place);
        std::fs::create_dir_all(&place)?;
        Ok(place)
    }
}

/// A fault that is made to happen. What it answers stands in the table.
struct Case {
    name: &'static str,
    what: &'static str,
    run: fn(&Bench) -> Result<String>,
    in_short: bool,
}

const CASES: [Case; 22] = [
    case("R1", "kill -9 under load", kills::kills, true),
    case("R2", "power cut at every point", power::cuts, true),
    case("R2n", "the same with synchronous=NORMAL has to lose", power::bites, true),
    case("R3", "flush and write fail", disk::fails, true),
    case("R4", "disk full", disk::full, true),
    case("R5", "stopped and continued", kills::stopped, true),
    case("R6", "answers lost on the way", network::lost_answers, true),
    case("R7", "one id from 64 connections at once", load::same_id, true),
    case("R8", "slow-loris", network::slow_loris, false),
    case("R9", "overload", load::overload, false),
    case("R10", "malformed input", malformed::malformed, true),
    case("R12", "throughput", throughput::throughput, false),
    case("files", "large files beside words", files::beside_words, false),
    case("R13", "a wrong clock, and summer time", clock::shifted, true),
    case("R14", "webhooks whose endpoints fail", webhooks::on_file, true),
    case("R14p", "the same with two receivers on Postgres", webhooks::on_postgres, true),
    case("R15", "kill at every step of an upgrade", copies::upgrade, true),
    case("R16", "backup under load, restore", copies::drill, true),
    case("R17a", "Postgres: kill -9 of the receiver", servers::receiver_killed, true),
    case("R17b", "Postgres: kill -9 of the server", servers::server_killed, true),
    case("R17c", "Postgres: one id at two receivers at once", servers::two_receivers, true),
    case("R17d", "Postgres: encrypted connections only", servers::encrypted, true),
];

/// Cases that measure or look at thousands of databases, and so want the program as it is delivered.
const MEASURING: [&str; 6] = ["R2", "R2n", "R8", "R9", "R12", "files"];

const fn case(
    name: &'static str,
    what: &'static str,
    run: fn(&Bench) -> Result<String>,
    in_short: bool,
) -> Case {
    Case { name, what, run, in_short }
}

/// Runs the cases that are asked for, all by default.
pub fn run(project: &Project, mut given: Arguments) -> Result<()> {
    let short = given.flag("--short");
    let seed = match given.value("--seed")? {
        Some(seed) => seed.parse().context("`--seed` wants a number")?,
        None => 20_261_121,
    };
    let beside = given.value("--beside")?.map(PathBuf::from);
    let measuring = Measuring { beside, clients: given.number("--clients")?.map(usize::from) };
    let mut wanted = Vec::new();
    while let Some(name) = given.value("--case")? {
        if !CASES.iter().any(|case| case.name == name) {
            let known: Vec<&str> = CASES.iter().map(|case| case.name).collect();
            bail!("there is no case `{name}`; there are {}", known.join(" "));
        }
        wanted.push(name);
    }
    given.finish()?;
    let chosen = |case: &&Case| match wanted.is_empty() {
        true => case.in_short || !short,
        false => wanted.iter().any(|name| name == case.name),
    };
    let mut cases: Vec<&Case> = CASES.iter().filter(chosen).collect();
    // A selection is quick: what wants another build is left out of it.
    cases.retain(|case| !short || case.in_short);
    if cases.is_empty() {
        bail!("none of these belongs to the selection; leave `--short` out");
    }
    if !short && cases.iter().any(|case| MEASURING.contains(&case.name)) {
        run_command(project.cargo().args(["build", "--quiet", "--release", "--package", "all-ears-cli"]))?;
    }
    run_all(project, &cases, short, seed, measuring)
}

/// The selection for `cargo xtask test`.
pub fn short(project: &Project) -> Result<()> {
    let cases: Vec<&Case> = CASES.iter().filter(|case| case.in_short).collect();
    run_all(project, &cases, true, 20_261_121, Measuring::default())
}

fn run_all(project: &Project, cases: &[&Case], short: bool, seed: u64, measuring: Measuring) -> Result<()> {
    run_command(project.cargo().args(["build", "--quiet", "--package", "all-ears-cli"]))?;
    let folder = std::env::temp_dir().join(format!("all-ears-faults-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    // A copy: a build beside this must not change what is tested in the middle of it.
    let program = folder.join("all-ears");
    std::fs::copy(project.target.join("debug/all-ears"), &program)?;
    let bench = Bench { project: project.clone(), program, folder: folder.clone(), short, seed, measuring };
    println!("seed {seed}\n\n{:<5} {:<46} {:>7}  result", "case", "fault", "seconds");
    let mut failed = 0;
    for case in cases {
        let start = Instant::now();
        let outcome = (case.run)(&bench);
        let spent = start.elapsed().as_secs_f32();
        let told = match &outcome {
            Ok(found) => found.clone(),
            Err(error) => format!("FAILED: {error:#}"),
        };
        println!("{:<5} {:<46} {spent:>7.1}  {told}", case.name, case.what);
        failed += usize::from(outcome.is_err());
    }
    if failed > 0 {
        bail!("{failed} of {} cases failed; what they left is in {}", cases.len(), folder.display());
    }
    let _ = std::fs::remove_dir_all(&folder);
    println!("\n{} cases, 0 failed", cases.len());
    Ok(())
}
