//! Answers beside a complaint that is being written: they come after a rest, move nothing that can be pressed, cover
//! nothing that is written, and where they stay away nobody hears of it. And a search that does not come keeps nobody.

use std::time::{Duration, Instant};

use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, breathe, ensure};
use serde_json::Value;

use crate::acts;

const WORDS: &str = "I waxed my boots and they let water in all the same. How do I wax them?";
/// What is found for them.
const WAX: &str = "How do I wax my boots?";

/// Where everything lies that can be pressed or written in, but for the answers themselves.
const PLACES: &str = "return JSON.stringify([...everything(document)].filter((it) => /^(A|BUTTON|TEXTAREA|SUMMARY|LABEL)$/.test(it.tagName)\
    && visible(it) && !it.closest('.beside')).map((it) => [describe(it), it.getBoundingClientRect()])\
    .map(([name, at]) => [name, Math.round(at.x), Math.round(at.y), Math.round(at.width)]));";

/// What can be reached by keyboard from the field on, as it is painted and as it is reached.
const ORDER: &str = "const all = [...everything(document)].filter((it) => /^(A|BUTTON)$/.test(it.tagName)\
    && visible(it) && it.closest('.foot'));\
    const at = (it) => { const { x, y } = it.getBoundingClientRect(); return [Math.round(y), Math.round(x)]; };\
    const seen = [...all].sort((a, b) => at(a)[0] - at(b)[0] || at(a)[1] - at(b)[1]);\
    return [all, seen].map((list) => list.map(describe).join());";

/// Who goes on by keyboard meets everything in the order in which it is seen.
fn in_order(world: &World<'_>) -> Outcome {
    let told = world.look(ORDER, &[])?;
    ensure(told[0] == told[1], || format!("reached {} and seen {}", told[0], told[1]))?;
    ensure(told[0].as_str().is_some_and(|all| all.contains(WAX)), || format!("no answer in {told}"))
}

/// Writes, rests, and looks whether anything moved.
fn moves_nothing(world: &World<'_>) -> Outcome {
    world.fill("complaint.words", WORDS)?;
    world.settle()?;
    let before = world.look(PLACES, &[])?;
    world.see("answers.beside")?;
    world.await_control("button", WAX)?;
    world.settle()?;
    let after = world.look(PLACES, &[])?;
    ensure(before == after, || format!("places moved from {before} to {after}"))?;
    in_order(world)?;
    world.await_focus("textbox", "complaint.words")
}

/// Nothing that is pressed moves, the focus stays, and who looks into one finds the words as they were.
pub fn in_the_panel(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    world.site.requests();
    moves_nothing(world)?;
    acts::hears(world, &world.texts.resolve("answers.beside.said")?)?;
    ensure(world.site.requests().iter().any(|request| request.path.ends_with("/faq.json")), || {
        "the FAQ was there before anybody rested".to_owned()
    })?;

    world.type_words(" Please help.")?;
    world.click("button", WAX)?;
    world.await_focus("heading", WAX)?;
    world.click("button", "panel.back")?;
    world.await_focus("textbox", "complaint.words")?;
    let words = world.value("complaint.words")?;
    ensure(words.ends_with("Please help."), || format!("the words are {words:?}"))?;
    world.click("button", "complaint.listen.next")?;
    world.see("complaint.recap.title")
}

/// In the page's own text, and in a panel so low that all of it scrolls.
pub fn where_it_grows(world: &mut World<'_>) -> Outcome {
    world.visit("complaint-inline")?;
    world.await_control("button", "complaint.listen.next")?;
    moves_nothing(world)?;
    world.picture("beside-inline")?;
    world.browser.size(700, 420)?;
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    moves_nothing(world)?;
    world.picture("beside-low")
}

/// On a small phone the last line that was written stays in sight.
pub fn on_a_phone(world: &mut World<'_>) -> Outcome {
    world.browser.phone()?;
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    let story = "It was a wet day, and a long one, on the hill.\n".repeat(8);
    world.fill("complaint.words", &format!("{story}{WORDS}"))?;
    world.await_control("button", WAX)?;
    world.settle()?;
    let room = "const of = (name) => [...everything(document)].find((it) => it.matches(name)).getBoundingClientRect();\
        return [of('.body').top - of('#words').top, of('#words').bottom - of('.foot').top].map(Math.round);";
    let over = world.look(room, &[])?;
    let covered = over.as_array().is_none_or(|all| all[1].as_i64() > Some(0));
    world.picture("beside-phone")?;
    ensure(!covered, || format!("pixels of the field above the body, and below it: {over}"))
}

/// The search stays away: the complaint goes its way, and nobody hears of it.
pub fn without_search(world: &mut World<'_>) -> Outcome {
    for part in ["404", ".wasm", "Fetch API cannot load"] {
        world.allow(part);
    }
    world.site.broken("widget-search");
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    world.fill("complaint.words", WORDS)?;
    world.site.requests();
    // With the search, they lie there by the time that it was asked for twice: the rest is over.
    let mut asked = 0;
    let start = Instant::now();
    world.until("the search asked for in vain, after the rest", || {
        let requests = world.site.requests();
        asked += requests.iter().filter(|request| request.path.contains("widget-search")).count();
        Ok((asked >= 1 && start.elapsed() > Duration::from_secs(3)).then_some(()))
    })?;
    ensure(!world.shows("answers.beside")?, || "answers without a search".to_owned())?;
    world.await_focus("textbox", "complaint.words")?;
    let said = "return [...everything(document)].filter((it) => it.getAttribute('role') === 'status').map((it) => it.textContent).join('');";
    let said = world.look(said, &[])?;
    ensure(said == "", || format!("it is said that {said}"))?;
    world.type_words(" Please help.")?;
    acts::complain(world, "")?;
    let body = world.rows("complaint", 1)?.remove(0).body;
    ensure(body["complaint"]["text"] == format!("{WORDS} Please help."), || format!("the row is {body}"))?;
    let events = world.events()?;
    let failed = events.iter().any(|event| event["type"] == "all-ears:error" || event["name"] == "error");
    ensure(!failed, || format!("the page was told of an error: {events:?}"))
}

/// The search hangs: whoever presses an answer reads it, who typed goes elsewhere at once and takes their words along,
/// and nobody is called back when it comes.
pub fn search_hangs(world: &mut World<'_>) -> Outcome {
    const LATE: Duration = Duration::from_secs(12);
    world.site.slow("widget-search", LATE);
    world.visit("shop")?;
    acts::open_menu(world)?;
    let start = Instant::now();
    world.click("button", "menu.answers")?;
    world.click("button", "How do I send something back?")?;
    world.await_focus("heading", "How do I send something back?")?;
    world.click("button", "panel.back")?;
    world.fill("answers.search", "label lost")?;
    // Back at the answers the words stand there still, above what others ask.
    world.click("button", "panel.back")?;
    world.await_focus("heading", "menu.title")?;
    world.click("button", "menu.answers")?;
    world.await_control("button", "How do I send something back?")?;
    let typed = world.value("answers.search")?;
    ensure(typed == "label lost", || format!("the field holds {typed:?}"))?;
    world.click("button", "panel.complain")?;
    world.await_focus("heading", "complaint.listen.title")?;
    world.see("You were looking for “label lost”.")?;
    ensure(start.elapsed() < LATE, || "the search was there before it was over".to_owned())?;
    world.until_true(
        "the search",
        "performance.getEntriesByType('resource').some((it) => it.name.includes('widget-search') && it.responseEnd > 0)",
    )?;
    let after = Instant::now();
    while after.elapsed() < Duration::from_secs(1) {
        breathe();
    }
    world.await_control("button", "complaint.listen.next")?;
    world.see("You were looking for “label lost”.")?;
    let shown: Vec<Value> =
        world.events()?.into_iter().filter(|event| event.to_string().contains("view")).collect();
    let last = shown.last().map(Value::to_string).unwrap_or_default();
    ensure(last.contains("complaint"), || format!("screens that were shown: {shown:?}"))?;
    // Whoever goes back to the answers finds the words searched for.
    world.click("button", "panel.back")?;
    world.click("button", "menu.answers")?;
    world.await_control("button", "How do I send something back?")
}
