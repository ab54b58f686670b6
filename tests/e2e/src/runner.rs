//! Runs the journeys: one thread and one browser per engine, each journey in a world of its own, one line per result.

use std::io::Write;
use std::sync::Mutex;
use std::time::Instant;

use crate::engine::{Engine, Running};
use crate::world::World;
use crate::{Failure, Outcome};

/// What a scenario does.
pub type Steps = fn(&mut World<'_>) -> Outcome;

/// A scenario by its name.
pub struct Journey {
    /// As given on the command line.
    pub name: &'static str,
    /// Whether it needs the receiver.
    pub receiver: bool,
    /// The steps.
    pub steps: Steps,
}

/// Runs what the command line asks for (all without a word) and says whether everything passed.
pub fn run(journeys: &[Journey]) -> bool {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let chosen: Vec<&Journey> = journeys
        .iter()
        .filter(|journey| words.is_empty() || words.iter().any(|word| journey.name.contains(word.as_str())))
        .collect();
    if std::env::args().any(|word| word == "--list") {
        for journey in &chosen {
            say(&format!("{}: test", journey.name));
        }
        return true;
    }
    let engines = match Engine::asked() {
        Ok(engines) => engines,
        Err(Failure(why)) => {
            say(&why);
            return false;
        }
    };
    let results = Mutex::new((0_usize, Vec::new()));
    std::thread::scope(|scope| {
        for engine in engines {
            let (chosen, results) = (&chosen, &results);
            scope.spawn(move || tour(engine, chosen, results));
        }
    });
    let (passed, failed) = results.into_inner().unwrap_or_default();
    for line in &failed {
        say(line);
    }
    say(&format!("{passed} passed, {} failed", failed.len()));
    failed.is_empty()
}

/// All journeys in one engine. After a failure the browser starts afresh, so that one failure is one failure.
fn tour(engine: Engine, journeys: &[&Journey], results: &Mutex<(usize, Vec<String>)>) {
    let mut browser: Option<Running> = None;
    for journey in journeys {
        let start = Instant::now();
        let outcome = match browser.take().map_or_else(|| engine.start(), Ok) {
            Ok(running) => {
                let outcome = travel(&running, journey);
                if outcome.is_ok() {
                    browser = Some(running);
                }
                outcome
            }
            Err(why) => Err(why),
        };
        let label =
            format!("{:<9} {:<22} {:>5.1} s", engine.name(), journey.name, start.elapsed().as_secs_f32());
        let Ok(mut tally) = results.lock() else {
            return;
        };
        match outcome {
            Ok(()) => {
                say(&format!("ok    {label}"));
                tally.0 += 1;
            }
            Err(Failure(why)) => {
                say(&format!("FAIL  {label}\n      {why}"));
                tally.1.push(format!("failed: {} {}: {why}", engine.name(), journey.name));
            }
        }
    }
}

fn travel(running: &Running, journey: &Journey) -> Outcome {
    let mut world = World::new(running, journey.receiver)?;
    let outcome = (journey.steps)(&mut world).and_then(|()| world.quiet());
    match outcome {
        Err(Failure(why)) => {
            let _ = world.picture(&format!("failed-{}", journey.name));
            let lines = world.console().unwrap_or_default();
            let heard = if lines.is_empty() || why.contains("the console") {
                String::new()
            } else {
                format!("; console: {lines:?}")
            };
            Err(Failure(why + &heard))
        }
        Ok(()) => world.open_url("about:blank"),
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}
