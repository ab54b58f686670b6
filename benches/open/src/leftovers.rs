//! What an open panel holds, and what stays behind when it is closed and when the widget is destroyed.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::chrome::Chrome;
use crate::figures::Figures;
use crate::opening::address;
use crate::page::{Pace, Page, number, text};
use crate::server::Server;
use crate::subject::Subject;

const QUIET_MS: u32 = 500;
/// A place on the page where nothing is.
const MIDDLE: (f64, f64) = (600.0, 430.0);

/// What a page holds after the garbage is gone.
#[derive(Debug)]
pub struct Holdings {
    heap_kilobytes: f64,
    wasm_kilobytes: f64,
    nodes: f64,
    /// Listeners on window, document and all nodes with their shadow roots, by type.
    listeners: BTreeMap<String, u32>,
    /// All listeners of the process, also those of objects that are no nodes.
    counted_listeners: f64,
}

/// Measures all three pages; returns what `destroy()` left behind, a sentence each.
pub fn measure(chrome: &mut Chrome, server: &Server, figures: &mut Figures) -> Result<Vec<String>> {
    let bare = measure_bare(chrome, server)?;
    let mut complaints = Vec::new();
    for subject in [Subject::Widget, Subject::Vanilla] {
        let mut page = Page::open(chrome, Pace::Full)?;
        page.go(&address(server, subject))?;
        let place = page.launcher()?;
        page.rest(QUIET_MS)?;
        let loaded = look(&mut page)?;
        page.press(place, subject.first_control())?;
        page.rest(QUIET_MS)?;
        let open = look(&mut page)?;
        figures.add("heap with the panel open", "KB", subject, open.heap_kilobytes - bare.heap_kilobytes);
        figures.add("WASM memory with the panel open", "KB", subject, open.wasm_kilobytes);
        page.close()?;
        page.rest(QUIET_MS)?;
        record(figures, "after close", subject, &look(&mut page)?, &loaded);
        page.ask(&format!("{}, 1", subject.destroy()))?;
        page.rest(QUIET_MS)?;
        let destroyed = look(&mut page)?;
        record(figures, "after destroy()", subject, &destroyed, &bare);
        figures.add("after destroy(): WASM memory", "KB", subject, destroyed.wasm_kilobytes);
        complaints.extend(left(&destroyed, &bare).into_iter().map(|it| format!("{}: {it}", subject.name())));
    }
    Ok(complaints)
}

/// The page without either script. It is looked at, pressed and left like the others: that alone costs some heap.
fn measure_bare(chrome: &mut Chrome, server: &Server) -> Result<Holdings> {
    let mut page = Page::open(chrome, Pace::Full)?;
    page.go(&address(server, Subject::Empty))?;
    page.rest(QUIET_MS)?;
    look(&mut page)?;
    page.click(MIDDLE)?;
    page.rest(QUIET_MS)?;
    look(&mut page)?;
    page.close()?;
    page.rest(QUIET_MS)?;
    look(&mut page)
}

/// Writes down what there is more than there was.
fn record(figures: &mut Figures, when: &str, subject: Subject, now: &Holdings, then: &Holdings) {
    let sum = |holdings: &Holdings| f64::from(holdings.listeners.values().sum::<u32>());
    figures.add(&format!("{when}: nodes"), "", subject, now.nodes - then.nodes);
    figures.add(&format!("{when}: listeners in the page"), "", subject, sum(now) - sum(then));
    let counted = now.counted_listeners - then.counted_listeners;
    figures.add(&format!("{when}: listeners in the process"), "", subject, counted);
    figures.add(&format!("{when}: heap"), "KB", subject, now.heap_kilobytes - then.heap_kilobytes);
}

/// Nodes and listeners that a page without the script would not have.
fn left(now: &Holdings, bare: &Holdings) -> Vec<String> {
    let mut left = Vec::new();
    if now.nodes > bare.nodes {
        left.push(format!("destroy() leaves {} nodes", now.nodes - bare.nodes));
    }
    for (name, count) in &now.listeners {
        let expected = bare.listeners.get(name).copied().unwrap_or(0);
        if *count > expected {
            left.push(format!("destroy() leaves {} listeners for {name}", count - expected));
        }
    }
    left
}

fn look(page: &mut Page<'_>) -> Result<Holdings> {
    for _ in 0..2 {
        page.call("HeapProfiler.collectGarbage", &json!({}))?;
    }
    let heap = page.call("Runtime.getHeapUsage", &json!({}))?;
    let counters = page.call("Memory.getDOMCounters", &json!({}))?;
    let mut listeners = BTreeMap::new();
    listen(page, "window", &json!({}), &mut listeners)?;
    listen(page, "document", &json!({ "depth": -1, "pierce": true }), &mut listeners)?;
    Ok(Holdings {
        heap_kilobytes: number(&heap["usedSize"])? / 1000.0,
        wasm_kilobytes: number(&page.ask("bench.wasm()")?)? / 1000.0,
        nodes: number(&page.ask("bench.nodes()")?)?,
        listeners,
        counted_listeners: number(&counters["jsEventListeners"])?,
    })
}

/// Counts the listeners of an object, by object and type.
fn listen(
    page: &mut Page<'_>,
    object: &str,
    depth: &Value,
    listeners: &mut BTreeMap<String, u32>,
) -> Result<()> {
    let handle = page.handle(object)?;
    let mut wanted = depth.clone();
    wanted["objectId"] = handle.clone().into();
    let answer = page.call("DOMDebugger.getEventListeners", &wanted)?;
    for listener in answer["listeners"].as_array().context("no list of listeners")? {
        *listeners.entry(format!("{} in {object}", text(&listener["type"])?)).or_default() += 1;
    }
    page.call("Runtime.releaseObject", &json!({ "objectId": handle })).map(drop)
}
