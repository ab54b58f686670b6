//! The ways to embed: attributes alone, a config in the page, elements inline and floating, calls before the script.

use all_ears_e2e::customer::Key;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

use crate::acts;

pub fn attributes_alone(world: &mut World<'_>) -> Outcome {
    world.visit("attributes")?;
    world.await_control("button", "Talk to us")?;
    let left = world.look(
        "return candidates('button', 'Talk to us')[0].getBoundingClientRect().left < innerWidth / 2",
        &[],
    )?;
    ensure(left == true, || "the launcher is not where data-position puts it".to_owned())?;
    world.click("button", "Talk to us")?;
    world.click("button", "menu.answers")?;
    world.see("How do I send something back?")?;
    world.click("button", "panel.back")?;
    world.click("button", "menu.feedback")?;
    acts::tell_us(world, "idea", "Attributes are enough.")?;
    world.rows("feedback", 1).map(drop)
}

pub fn config_in_the_page(world: &mut World<'_>) -> Outcome {
    world.visit("inline-json")?;
    acts::open_menu(world)?;
    world.click("button", "menu.feedback")?;
    acts::tell_us(world, "idea", "One file less.")?;
    world.rows("feedback", 1).map(drop)
}

pub fn elements(world: &mut World<'_>) -> Outcome {
    world.visit("elements")?;
    // The inline one stands in the page and asks by itself once it is in view.
    world.see("How happy are you with Trail boots?")?;
    world.click("radio", "rating.stars.5")?;
    let row = world.rows("rating", 1)?.remove(0).body;
    ensure(row["context"]["product"] == "Trail boots", || format!("the context is lost: {row}"))?;
    // The floating one beside it works as well.
    acts::open_menu(world)?;
    world.press(Key::Escape)?;
    world.await_focus("button", "launcher.label")
}

pub fn calls_before_the_script(world: &mut World<'_>) -> Outcome {
    world.visit("queue")?;
    world.await_control("button", "feedback.send")?;
    acts::tell_us(world, "idea", "Queues are polite.")?;
    let row = world.rows("feedback", 1)?.remove(0).body;
    ensure(row["customer"]["email"] == "sam.rivers@example.com", || format!("identify is lost: {row}"))?;
    ensure(row["context"]["order"] == "A-1001", || format!("the context is lost: {row}"))?;
    world.event("delivered")?;
    let heard = world.script("return window.heard.length", &[])?;
    ensure(heard == 1, || format!("the listener from before heard {heard} submissions"))?;
    acts::events_are_discreet(world, &["sam.rivers", "Rivers", "polite"])?;

    // Calls after the script.
    world.script("allEars('close')", &[])?;
    world.await_gone("button", "feedback.again")?;
    world.script("allEars('open', 'complaint')", &[])?;
    world.see("complaint.listen.title")?;
    world.script("allEars('off', 'submit', () => {}); allEars('destroy')", &[])?;
    world.await_gone("button", "launcher.label")
}
