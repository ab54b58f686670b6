//! Where WebAssembly is refused, missing or slow, a plain form delivers the same submission.

use std::time::Duration;

use all_ears_e2e::customer::Key;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

/// Fills the plain form in, however little it asks for, and reads the row.
fn by_plain_form(world: &World<'_>) -> Outcome {
    world.click("button", "launcher.label")?;
    let patience = Duration::from_secs(30);
    world.within(patience, "the plain form", || Ok(world.has("button", "feedback.send")?.then_some(())))?;
    world.fill("feedback.text.any", "No WebAssembly, still heard.")?;
    world.click("button", "feedback.send")?;
    world.see("sending.sent")?;
    let body = world.rows("feedback", 1)?.remove(0).body;
    ensure(
        body["schema"] == "all-ears/submission/1"
            && body["feedback"]["text"] == "No WebAssembly, still heard.",
        || format!("the plain form sent {body}"),
    )?;
    world.see("hello@fernway.example")
}

pub fn refused_by_policy(world: &mut World<'_>) -> Outcome {
    // The browser itself reports what the page's policy refused; nothing else may be said.
    for part in ["wasm", "WebAssembly", "Content Security Policy"] {
        world.allow(part);
    }
    world.visit("no-wasm")?;
    by_plain_form(world)
}

pub fn missing_file(world: &mut World<'_>) -> Outcome {
    for part in ["404", ".wasm", "Fetch API cannot load"] {
        world.allow(part);
    }
    world.site.broken(".wasm");
    world.visit("shop")?;
    by_plain_form(world)
}

/// Two forms of one page stand for two tabs, and the device has one draft: nobody's words are written over.
pub fn two_forms(world: &mut World<'_>) -> Outcome {
    for part in ["404", ".wasm", "Fetch API cannot load"] {
        world.allow(part);
    }
    world.site.broken(".wasm");
    world.visit("elements")?;
    let patience = Duration::from_secs(30);
    world.within(patience, "the plain form", || Ok(world.has("button", "feedback.send")?.then_some(())))?;
    world.click("button", "launcher.label")?;
    let forms = "return [...everything(document)].filter((it) => it.matches('.plain textarea')).length === 2";
    world.within(patience, "both", || Ok((world.look(forms, &[])? == true).then_some(())))?;
    world.fill("feedback.text.any", "Boots for dogs.")?;
    world.press(Key::Escape)?;
    world.await_focus("button", "launcher.label")?;
    world.fill("feedback.text.any", "Socks for cats.")?;
    world.until("both of what was said", || {
        let kept = world.value("feedback.text.any")?;
        Ok((kept == "Boots for dogs.\n\nSocks for cats.").then_some(()))
    })
}

pub fn slower_than_eight_seconds(world: &mut World<'_>) -> Outcome {
    // So late that it is late on a machine that stands still for seconds, too.
    world.site.slow(".wasm", Duration::from_secs(60));
    world.visit("shop")?;
    by_plain_form(world)
}

/// The widget dies under a press: its trap is kept from the page's console, and the plain form takes its place.
pub fn dead_widget(world: &mut World<'_>) -> Outcome {
    // What keeps the journey's own record hears of it first.
    world.allow("RuntimeError");
    world.visit("fault?before=memory")?;
    world.click("button", "launcher.label")?;
    world.event("ready")?;
    world.click("button", "menu.complaint")?;
    let patience = Duration::from_secs(30);
    world.within(patience, "the plain form", || Ok(world.has("button", "feedback.send")?.then_some(())))?;
    let kept = world.script("return window.kept", &[])?;
    ensure(kept == true, || format!("kept from the console: {kept}"))?;
    world.fill("feedback.text.any", "The widget is gone, we are heard.")?;
    world.click("button", "feedback.send")?;
    world.see("sending.sent")?;
    let body = world.rows("feedback", 1)?.remove(0).body;
    ensure(body["feedback"]["text"] == "The widget is gone, we are heard.", || {
        format!("the plain form sent {body}")
    })
}

/// The menu came, the code of a screen does not: the plain form takes its place, with the choice made.
pub fn missing_part(world: &mut World<'_>) -> Outcome {
    for part in ["404", ".wasm", "Fetch API cannot load"] {
        world.allow(part);
    }
    world.site.broken("widget-feedback");
    world.visit("shop")?;
    world.click("button", "launcher.label")?;
    world.see("menu.title")?;
    world.click("button", "menu.feedback")?;
    let patience = Duration::from_secs(30);
    world.within(patience, "the plain form", || Ok(world.has("button", "feedback.send")?.then_some(())))?;
    world.fill("feedback.text.any", "No screen, still heard.")?;
    world.click("button", "feedback.send")?;
    world.see("sending.sent")?;
    let body = world.rows("feedback", 1)?.remove(0).body;
    ensure(body["feedback"]["text"] == "No screen, still heard.", || format!("the plain form sent {body}"))
}

/// The code of a screen is late: the menu stays until it comes, and a choice that was made twice opens it once.
pub fn late_part(world: &mut World<'_>) -> Outcome {
    world.site.slow("widget-complaint", Duration::from_secs(3));
    world.visit("shop")?;
    world.click("button", "launcher.label")?;
    world.see("menu.title")?;
    world.click("button", "menu.complaint")?;
    world.see("complaint.listen.title")?;
    world.await_focus("heading", "complaint.listen.title")?;
    world.fill("complaint.words", "The lamp hums.")?;
    world.click("button", "complaint.listen.next")?;
    world.see("complaint.recap.title")
}

/// The search is late: what is typed meanwhile stays in the field, and is searched for when it comes.
pub fn late_search(world: &mut World<'_>) -> Outcome {
    world.site.slow("widget-search", Duration::from_secs(4));
    world.visit("shop")?;
    world.click("button", "launcher.label")?;
    world.click("button", "menu.answers")?;
    world.fill("answers.search", "my boots need a new soel")?;
    let typed = world.value("answers.search")?;
    ensure(typed == "my boots need a new soel", || format!("the field holds {typed:?}"))?;
    // What others ask stands there until the search has run.
    world.await_gone("button", "How do I send something back?")?;
    world.await_control("button", "Can my boots be resoled?")?;
    let typed = world.value("answers.search")?;
    ensure(typed == "my boots need a new soel", || format!("the field holds {typed:?} after the search"))
}
