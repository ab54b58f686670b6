//! What opening takes: bytes, requests, and the time from press to first control.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::chrome::Chrome;
use crate::figures::Figures;
use crate::page::{Pace, Page, number};
use crate::server::{Answer, Server};
use crate::subject::Subject;

/// How long a page is left alone after its load, and after its opening.
const QUIET_MS: u32 = 500;
/// A pointer that approaches rests on a button about so long before it presses.
const HOVER_MS: u32 = 200;

/// Opens a page of a subject and waits for launcher and quiet.
fn arrive<'a>(chrome: &'a mut Chrome, server: &Server, subject: Subject, pace: Pace) -> Result<Page<'a>> {
    server.answers();
    let mut page = Page::open(chrome, pace)?;
    page.go(&address(server, subject))?;
    page.launcher()?;
    page.rest(QUIET_MS)?;
    Ok(page)
}

/// Where a subject's page is.
pub fn address(server: &Server, subject: Subject) -> String {
    format!("{}/{}.html", server.origin, subject.name())
}

/// Kilobytes and requests without the page itself.
fn weigh(answers: &[Answer]) -> Result<(f64, f64)> {
    let mut bytes = 0;
    let mut requests = 0;
    for answer in answers.iter().filter(|answer| !answer.path.ends_with(".html")) {
        ensure!(answer.found, "{} is not there", answer.path);
        bytes += answer.bytes;
        requests += 1;
    }
    Ok((f64::from(u32::try_from(bytes)?) / 1000.0, f64::from(requests)))
}

/// A cold press at full pace: weight, time, and what all threads of the page's process worked.
pub fn cold(chrome: &mut Chrome, server: &Server, subject: Subject, figures: &mut Figures) -> Result<()> {
    let mut page = arrive(chrome, server, subject, Pace::Full)?;
    let mut answers = server.answers();
    let (kilobytes, requests) = weigh(&answers)?;
    figures.add("at load", "KB", subject, kilobytes);
    figures.add("at load", "requests", subject, requests);
    let place = page.launcher()?;
    let before = processors(page.chrome)?;
    let (pressed, usable) = page.press(place, subject.first_control())?;
    figures.add("press to usable, 1×", "ms", subject, usable - pressed);
    figures.add("press to complete, 1×", "ms", subject, complete(&mut page, subject, usable)? - pressed);
    page.rest(QUIET_MS)?;
    answers.extend(server.answers());
    let (kilobytes, requests) = weigh(&answers)?;
    figures.add("until complete", "KB", subject, kilobytes);
    figures.add("until complete", "requests", subject, requests);
    let worked = worked(&before, &processors(page.chrome)?);
    figures.add("processor time of opening, all threads, 1×", "ms", subject, worked);
    Ok(())
}

/// When all of it stood there: the widget shows its menu before itself, the form is one piece.
fn complete(page: &mut Page<'_>, subject: Subject, usable: f64) -> Result<f64> {
    if subject == Subject::Widget { number(&page.ask("bench.complete()")?) } else { Ok(usable) }
}

/// A press after the pointer has rested on the launcher.
pub fn hovered(
    chrome: &mut Chrome,
    server: &Server,
    subject: Subject,
    pace: Pace,
    figures: &mut Figures,
) -> Result<()> {
    let mut page = arrive(chrome, server, subject, pace)?;
    let place = page.launcher()?;
    page.hover(place)?;
    page.rest(HOVER_MS)?;
    let (pressed, usable) = page.press(place, subject.first_control())?;
    let name = if pace == Pace::Slow {
        "press to usable after 200 ms of hover, slow"
    } else {
        "press to usable after 200 ms of hover, 1×"
    };
    figures.add(name, "ms", subject, usable - pressed);
    Ok(())
}

/// A cold press on a slow machine and line. Returns what was fetched when, counted from the press.
pub fn slow(chrome: &mut Chrome, server: &Server, subject: Subject, figures: &mut Figures) -> Result<Value> {
    let mut page = arrive(chrome, server, subject, Pace::Slow)?;
    let place = page.launcher()?;
    let (pressed, usable) = page.press(place, subject.first_control())?;
    figures.add("press to usable, slow", "ms", subject, usable - pressed);
    figures.add("press to complete, slow", "ms", subject, complete(&mut page, subject, usable)? - pressed);
    let mut fetched = page.ask("bench.resources()")?;
    if let Some(list) = fetched.as_array_mut() {
        list.push(json!({ "usable": (usable - pressed).round() }));
    }
    Ok(fetched)
}

/// A press at the moment the launcher stands, from the navigation on.
pub fn impatient(
    chrome: &mut Chrome,
    server: &Server,
    subject: Subject,
    figures: &mut Figures,
) -> Result<()> {
    let mut page = Page::open(chrome, Pace::Slow)?;
    page.go(&address(server, subject))?;
    let place = page.launcher()?;
    let (_, usable) = page.press(place, subject.first_control())?;
    figures.add("navigation to usable, slow", "ms", subject, usable);
    Ok(())
}

/// The longest task of the main thread from press to quiet, from a trace: the page itself hears only of tasks over 50 ms.
pub fn longest_task(
    chrome: &mut Chrome,
    server: &Server,
    subject: Subject,
    figures: &mut Figures,
) -> Result<()> {
    let mut page = arrive(chrome, server, subject, Pace::SlowProcessor)?;
    let place = page.launcher()?;
    let categories =
        ["devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel", "blink.user_timing"];
    let wanted = json!({
        "transferMode": "ReportEvents",
        "traceConfig": { "includedCategories": categories, "excludedCategories": ["*"] },
    });
    page.chrome.call("", "Tracing.start", &wanted)?;
    page.press(place, subject.first_control())?;
    page.rest(QUIET_MS)?;
    let events = page.chrome.end_trace()?;
    let pressed = events.iter().find(|event| event["name"] == "bench-pressed");
    let pressed = pressed.context("the trace holds no press")?;
    let mut longest = 0.0_f64;
    for event in &events {
        let is_task = event["name"] == "RunTask" || event["name"] == "ThreadControllerImpl::RunTask";
        if !is_task || event["pid"] != pressed["pid"] || event["tid"] != pressed["tid"] {
            continue;
        }
        let lasted = event["dur"].as_f64().unwrap_or(0.0);
        if number(&event["ts"])? + lasted >= number(&pressed["ts"])? {
            longest = longest.max(lasted / 1000.0);
        }
    }
    ensure!(longest > 0.0, "the trace holds no task");
    figures.add("longest task of opening, 4×", "ms", subject, longest);
    Ok(())
}

/// Seconds of processor time by renderer.
fn processors(chrome: &mut Chrome) -> Result<Vec<(i64, f64)>> {
    let answer = chrome.call("", "SystemInfo.getProcessInfo", &json!({}))?;
    let processes = answer["processInfo"].as_array().context("no list of processes")?;
    let renderers = processes.iter().filter(|process| process["type"] == "renderer");
    renderers.map(|it| Ok((it["id"].as_i64().unwrap_or(0), number(&it["cpuTime"])?))).collect()
}

/// Milliseconds that renderers which were there before have worked since.
fn worked(before: &[(i64, f64)], after: &[(i64, f64)]) -> f64 {
    let mut seconds = 0.0;
    for (id, time) in before {
        if let Some((_, later)) = after.iter().find(|(other, _)| other == id) {
            seconds += later - time;
        }
    }
    seconds * 1000.0
}
