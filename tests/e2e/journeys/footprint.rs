//! What the tag costs before anybody touches it, and what `destroy` leaves behind.

use all_ears_e2e::engine::Engine;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};
use serde_json::Value;

use crate::acts;

/// Where things stand on the page, what storage holds, and how much the layout moved.
const STATE: &str = "
    const done = arguments[arguments.length - 1];
    const shift = { total: 0 };
    if (PerformanceObserver.supportedEntryTypes.includes('layout-shift')) {
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => shift.total += entry.value))
        .observe({ type: 'layout-shift', buffered: true });
    }
    const mark = document.getElementById('mark').getBoundingClientRect();
    const dbs = indexedDB.databases ? indexedDB.databases() : Promise.resolve([]);
    dbs.then((found) => requestAnimationFrame(() => setTimeout(() => done({
      cookie: document.cookie, local: localStorage.length, session: sessionStorage.length, databases: found.length,
      mark: [mark.x, mark.y, mark.width, mark.height].join(' '), width: document.documentElement.scrollWidth,
      height: document.documentElement.scrollHeight, shift: shift.total,
    }), 0)));";

pub fn tag_costs_nothing(world: &mut World<'_>) -> Outcome {
    world.visit("bare")?;
    let bare = world.browser.session.script_async(STATE, &[])?;
    world.site.requests();
    world.visit("tag")?;
    world.until_true(
        "the launcher",
        "document.querySelector('all-ears').shadowRoot.querySelector('button')",
    )?;
    let tagged = world.browser.session.script_async(STATE, &[])?;
    world.until_true("a quiet moment", "performance.now() > 1500")?;
    let mut requests: Vec<String> = world.site.requests().into_iter().map(|request| request.path).collect();
    requests.sort();
    ensure(requests == ["/all-ears/all-ears.js", "/record.js", "/tag"], || {
        format!("the tag alone asked for {requests:?}")
    })?;
    ensure(bare == tagged, || format!("the tag changed the page from {bare} to {tagged}"))?;
    let nothing = ["local", "session", "databases"].iter().all(|kind| tagged[*kind] == 0);
    ensure(nothing && tagged["cookie"] == "", || format!("the tag left something: {tagged}"))?;
    ensure(world.engine() != Engine::Chromium || tagged["shift"] == 0, || {
        format!("the layout moved by {}", tagged["shift"])
    })
}

/// Whoever passes over the launcher has opened nothing yet.
pub fn passing_by_stores_nothing(world: &mut World<'_>) -> Outcome {
    world.visit("tag")?;
    world.script("addEventListener('all-ears:ready', () => (window.stands = true))", &[])?;
    world.hover("button", "launcher.label")?;
    world.until_true("the widget behind its launcher", "window.stands")?;
    let state = world.browser.session.script_async(STATE, &[])?;
    ensure(["local", "session", "databases"].iter().all(|kind| state[*kind] == 0), || {
        format!("a pointer that passed by left something: {state}")
    })
}

const GLOBALS: &str = "return Object.getOwnPropertyNames(window).length + ' globals, ' \
    + document.querySelectorAll('*').length + ' elements, ' + document.adoptedStyleSheets.length + ' sheets';";

pub fn destroy_leaves_nothing(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    ensure(world.script("return document.querySelectorAll('all-ears').length", &[])? == 1, || {
        "no widget to destroy".to_owned()
    })?;
    let before = world.script(GLOBALS, &[])?;
    world.script("allEars('destroy')", &[])?;
    world.until_true("the element gone", "!document.querySelector('all-ears')")?;
    let after = world.script(GLOBALS, &[])?;
    let count = |text: &Value| {
        let words: Vec<i64> =
            text.as_str().unwrap_or_default().split(' ').filter_map(|word| word.parse().ok()).collect();
        words
    };
    let (before, after) = (count(&before), count(&after));
    ensure(after[1] == before[1] - 1 && after[0] <= before[0] && after[2] == 0, || {
        format!("globals, elements and sheets went from {before:?} to {after:?}")
    })?;
    world.script("document.querySelector('h1').click(); scrollTo(0, 100);", &[])?;
    world.quiet()
}
