//! The faults F01–F40 and R19 of delivery, done to real browsers: lines that are cut, answers that are lost, browsers that are
//! killed, stores that fail, pages that patch. After each: nothing lost, stored once, and the screen said what was true.
//!
//! `E2E_ENGINES` names the engines, `FAULT_ROUNDS` how often each case is done; words on the command line pick cases,
//! `short` those that every engine does in `cargo xtask test`. A case that is named is done in every engine that is asked for.

mod both;
mod device;
mod hostile;
mod kills;
mod network;
mod tabs;

use std::io::Write;
use std::time::Instant;

use all_ears_e2e::engine::Engine;
use all_ears_e2e::lab::Lab;
use all_ears_e2e::{Failure, Outcome};

/// What a case does.
type Steps = fn(&mut Lab) -> Outcome;

/// A fault by its number.
struct Case {
    name: &'static str,
    what: &'static str,
    /// Done in every engine; the others need something that only Chromium's driver offers, or are told by one engine.
    everywhere: bool,
    /// Takes minutes.
    long: bool,
    steps: Steps,
}

const fn star(name: &'static str, what: &'static str, steps: Steps) -> Case {
    Case { name, what, everywhere: true, long: false, steps }
}

const fn one(name: &'static str, what: &'static str, steps: Steps) -> Case {
    Case { name, what, everywhere: false, long: false, steps }
}

const fn star_long(name: &'static str, what: &'static str, steps: Steps) -> Case {
    Case { name, what, everywhere: true, long: true, steps }
}

const fn long(name: &'static str, what: &'static str, steps: Steps) -> Case {
    Case { name, what, everywhere: false, long: true, steps }
}

const CASES: &[Case] = &[
    star("F01", "server down at submit, back later", network::down_then_back),
    star("F02", "503, without and with Retry-After in both forms", network::unavailable),
    star("F03", "429 with Retry-After: nothing before it", network::too_many),
    one("F04", "accepted, never answered", network::silence),
    one("F05", "answer cut after the store, three times", network::answers_cut),
    one("F06", "half a receipt; a captive portal's 200", network::no_receipt),
    one("F07", "redirects to elsewhere", network::redirects),
    one("F08", "400, 413, 422: kept and said", network::refused),
    one("F09", "401 and 404, then repaired", network::misconfigured),
    star("F10", "browser killed around the press; line down, silent, well", kills::browser_killed),
    star("F11", "left, reloaded, gone back, mid-request", kills::page_left),
    one("F12", "the page's process dies mid-request; another tab goes on", tabs::renderer_dies),
    long("F13", "a frozen tab holds the lock", tabs::frozen_holder),
    one("F14", "ten tabs, five each, all closed, one opened", tabs::many_tabs),
    one("F15", "two tabs submit the same draft", tabs::same_draft),
    long("F16", "offline for five minutes with twenty waiting", network::five_minutes),
    one("F17", "late and unreliable line", network::shaky),
    one("F18", "no TLS where TLS was meant", network::no_tls),
    one("F19", "errors without CORS", network::no_cors),
    one("F20", "the endpoint is blocked, then allowed", network::blocked),
    one("F21", "no room in the store", device::quota),
    one("F22", "the database never opens", device::open_hangs),
    one("F23", "the handle is closed under the sender", device::handle_closed),
    one("F24", "private window", device::private_window),
    one("F25", "no storage at all", device::no_storage),
    one("F26", "a later version was here", device::later_version),
    one("F27", "the clock a year ahead and a year back", device::clock),
    one("F28", "plain http: no locks", device::plain_http),
    star("F29", "the widget panics: typing, handing in, on its way", hostile::widget_panics),
    one("F30", "the widget is refused: the plain form sends", hostile::plain_form),
    one("F31", "the page has replaced fetch", hostile::patched_fetch),
    one("F32", "the page has patched prototypes, timers, the clock", hostile::patched_prototypes),
    one("F33", "the page has used up keepalive", hostile::keepalive_gone),
    one("F34", "sizes and letters at their limits", hostile::odd_bodies),
    star("F35", "pressed twice", hostile::double_press),
    one("F36", "the receiver is killed while fifty go out", network::receiver_killed),
    one("F37", "another endpoint in the config while items wait", device::other_endpoint),
    one("F38", "the browser's data is cleared", device::cleared),
    one("F39", "fifty wait, one more comes", device::full),
    star_long("T01", "no fault: 200 times 2 KB onto the device", device::durable),
    star_long("R19", "browser and receiver killed together", both::killed_together),
    one("F40", "items of an older and of a later build", device::other_builds),
];

/// What came of a case in an engine, over all rounds.
struct Line {
    case: &'static Case,
    passed: usize,
    failed: Vec<String>,
    seconds: f32,
}

fn main() -> std::process::ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let rounds = std::env::var("FAULT_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let engines = match Engine::asked() {
        Ok(engines) => engines,
        Err(Failure(why)) => {
            say(&why);
            return std::process::ExitCode::FAILURE;
        }
    };
    let mut sound = true;
    for engine in engines {
        match tour(engine, &words, rounds) {
            Ok(good) => sound &= good,
            Err(Failure(why)) => {
                say(&format!("{}: {why}", engine.name()));
                sound = false;
            }
        }
    }
    if sound { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE }
}

fn is_chosen(case: &Case, engine: Engine, words: &[String]) -> bool {
    let named = words.iter().any(|word| case.name.eq_ignore_ascii_case(word));
    let all = words.is_empty() || words.iter().any(|word| word == "all");
    let short = words.iter().any(|word| word == "short") && case.everywhere && !case.long;
    // WebKit under a driver keeps nothing from one start to the next, so there is nothing to come back to.
    let comes_back = engine != Engine::WebKit || !matches!(case.name, "F10" | "R19");
    let able = comes_back && (case.everywhere || named || engine == Engine::Chromium);
    able && (named || short || (all && (!case.long || words.iter().any(|word| word == "all"))))
}

fn tour(engine: Engine, words: &[String], rounds: usize) -> Outcome<bool> {
    let mut lab = Lab::open(engine)?;
    lab.thorough = words.iter().all(|word| word != "short");
    let mut lines: Vec<Line> = Vec::new();
    for case in CASES.iter().filter(|case| is_chosen(case, engine, words)) {
        lines.push(Line { case, passed: 0, failed: Vec::new(), seconds: 0.0 });
    }
    for _ in 0..rounds {
        for line in &mut lines {
            let start = Instant::now();
            let outcome = lab.begin(line.case.name).and_then(|()| (line.case.steps)(&mut lab));
            line.seconds += start.elapsed().as_secs_f32();
            match outcome {
                Ok(()) => {
                    let seconds = start.elapsed().as_secs_f32();
                    say(&format!("ok    {} {} {seconds:.1} s", engine.name(), line.case.name));
                    line.passed += 1;
                }
                Err(Failure(why)) => {
                    say(&format!("FAIL  {} {}: {why}", engine.name(), line.case.name));
                    line.failed.push(why);
                    lab.stop();
                }
            }
        }
    }
    say(&format!("seed {}", all_ears_e2e::lab::seed()));
    if lab.unasked > 0 {
        say(&format!("after {} kills the next page sent nothing until its customer came near", lab.unasked));
    }
    Ok(print(engine, &lines, &mut lab))
}

fn print(engine: Engine, lines: &[Line], lab: &mut Lab) -> bool {
    let Lab { recoveries, ends, durable, .. } = lab;
    say(&format!("\n{:<5} {:<58} {:>6} {:>6} {:>8}", "fault", "what happens", "passed", "failed", "seconds"));
    for line in lines {
        let seconds = format!("{:.1}", line.seconds);
        let (name, what, failed) = (line.case.name, line.case.what, line.failed.len());
        say(&format!("{name:<5} {what:<58} {:>6} {failed:>6} {seconds:>8}", line.passed));
    }
    recoveries.sort();
    let at = |share: usize| recoveries.get((recoveries.len() * share / 100).min(recoveries.len().max(1) - 1));
    if let Some((middle, late)) = durable {
        say(&format!("durably stored on the device: p50 {middle:.1} ms, p95 {late:.1} ms"));
    }
    for (end, times) in ends {
        say(&format!("{times:>6} × {end}"));
    }
    if let (Some(middle), Some(late)) = (at(50), at(95)) {
        say(&format!("delivered after the fault ended: p50 {middle:.1?}, p95 {late:.1?}"));
    }
    let passed: usize = lines.iter().map(|line| line.passed).sum();
    let failed: usize = lines.iter().map(|line| line.failed.len()).sum();
    say(&format!("{}: {passed} passed, {failed} failed", engine.name()));
    failed == 0
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}
