//! A whole complaint by keyboard alone, within forty key presses beyond the typing.

use all_ears_e2e::customer::Key;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

use crate::acts;

pub fn steps(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    world.await_control("button", "launcher.label")?;
    world.script("document.getElementById('before').focus()", &[])?;
    world.presses.set(0);
    world.tab_to("button", "launcher.label", 3)?;
    world.press(Key::Enter)?;
    world.tab_to("button", "menu.complaint", 10)?;
    world.press(Key::Enter)?;
    world.tab_to("textbox", "complaint.words", 6)?;
    world.type_words(acts::STORY)?;
    world.tab_to("button", "complaint.listen.next", 8)?;
    world.press(Key::Enter)?;
    world.tab_to("button", "complaint.recap.yes", 6)?;
    world.press(Key::Enter)?;
    world.tab_to("button", "complaint.apologise.next", 6)?;
    world.press(Key::Enter)?;
    world.tab_to("checkbox", "complaint.outcome.replacement", 8)?;
    world.press(Key::Space)?;
    world.tab_to("button", "complaint.send", 16)?;
    world.press(Key::Enter)?;
    world.see("complaint.promise.sent")?;
    let pressed = world.presses.get();
    ensure(pressed <= 45, || format!("it took {pressed} key presses"))?;
    world.rows("complaint", 1)?;

    // Tab stays inside the panel, Escape leaves it, the focus is where it was.
    for _ in 0..20 {
        world.press(Key::Tab)?;
        let outside = world.script("return document.activeElement.id === 'before'", &[])?;
        ensure(outside == false, || "Tab reached the page behind the open panel".to_owned())?;
    }
    world.press(Key::Escape)?;
    world.await_focus("button", "launcher.label")
}

/// Stars are one stop for Tab; arrows move and choose, and choosing does not leave the screen.
pub fn stars_by_arrows(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    world.await_control("button", "launcher.label")?;
    world.script("allEars('ask', 'post-purchase')", &[])?;
    world.await_control("radio", "rating.stars.1")?;
    for _ in 0..8 {
        if world.focused()?.contains("radio") {
            break;
        }
        world.press(Key::Tab)?;
    }
    world.press(Key::Space)?;
    world.press(Key::Right)?;
    world.press(Key::Right)?;
    world.await_focus("radio", "rating.stars.3")?;
    world.see("template.purchase.comment")?;
    world.press(Key::Tab)?;
    ensure(!world.focused()?.contains("radio"), || "the stars are more than one stop for Tab".to_owned())
}
