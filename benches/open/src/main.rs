//! `cargo xtask bench open`: what opening costs in Chromium, the widget beside a form written by hand, in turns.
//! Fails when `destroy()` leaves a node or a listener.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line talks to its user")]

mod chrome;
mod figures;
mod leftovers;
mod opening;
mod page;
mod search;
mod server;
mod subject;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::chrome::Chrome;
use crate::figures::Figures;
use crate::page::Pace;
use crate::server::Server;
use crate::subject::Subject;

const ROUNDS: u32 = 7;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What came out of all rounds.
#[derive(Default)]
struct Results {
    figures: Figures,
    /// What `destroy()` left behind.
    left: Vec<String>,
    /// What the last slow opening of the widget fetched, in milliseconds from the press.
    fetched: Value,
}

fn run() -> Result<bool> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let as_json = words.iter().any(|word| word == "--json");
    if let Some(place) = words.iter().position(|word| word == "--search") {
        let folder = words.get(place + 1).context("`--search` wants a folder")?;
        return search::measure(Path::new(folder), as_json).map(|()| true);
    }
    let rounds = match words.iter().position(|word| word == "--rounds") {
        Some(place) => {
            words.get(place + 1).and_then(|it| it.parse().ok()).context("`--rounds` wants a number")?
        }
        None => ROUNDS,
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).context("no workspace")?;
    let server = Server::start(root)?;
    let mut chrome = Chrome::start()?;
    let version = chrome.call("", "Browser.getVersion", &json!({}))?;
    // The first load of a browser warms what all later ones share, so it does not count.
    let mut warming = Results::default();
    for subject in [Subject::Widget, Subject::Vanilla] {
        opening::cold(&mut chrome, &server, subject, &mut warming.figures)?;
    }
    let mut results = Results::default();
    for number in 1..=rounds {
        eprintln!("round {number} of {rounds}");
        round(&mut chrome, &server, number, &mut results)?;
    }
    results.left.sort();
    results.left.dedup();
    let shown = json!({
        "browser": version["product"], "rounds": rounds, "figures": results.figures.json(),
        "fetched_slow": results.fetched, "left_by_destroy": results.left,
    });
    if as_json {
        println!("{}", serde_json::to_string_pretty(&shown)?);
    } else {
        println!("{}, {rounds} rounds: median (least–most)\n", page::text(&version["product"])?);
        print!("{}", results.figures.table());
    }
    for line in &results.left {
        eprintln!("error: {line}");
    }
    Ok(results.left.is_empty())
}

/// Every measure once for each of the two; who is first changes from round to round.
fn round(chrome: &mut Chrome, server: &Server, number: u32, results: &mut Results) -> Result<()> {
    let mut order = [Subject::Widget, Subject::Vanilla];
    if number.is_multiple_of(2) {
        order.reverse();
    }
    let figures = &mut results.figures;
    for subject in order {
        opening::cold(chrome, server, subject, figures)?;
    }
    for subject in order {
        opening::hovered(chrome, server, subject, Pace::Full, figures)?;
    }
    for subject in order {
        let fetched = opening::slow(chrome, server, subject, figures)?;
        if subject == Subject::Widget {
            results.fetched = fetched;
        }
    }
    for subject in order {
        opening::hovered(chrome, server, subject, Pace::Slow, figures)?;
    }
    for subject in order {
        opening::impatient(chrome, server, subject, figures)?;
    }
    for subject in order {
        opening::longest_task(chrome, server, subject, figures)?;
    }
    results.left.extend(leftovers::measure(chrome, server, figures)?);
    Ok(())
}
