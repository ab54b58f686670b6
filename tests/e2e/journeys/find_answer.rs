//! Find an answer: half a word, a typo, read it, say whether it helped; and reach a person with what was typed.

use all_ears_e2e::customer::Key;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

use crate::acts;

pub fn steps(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.answers")?;
    world.see("How do I send something back?")?;
    world.fill("answers.search", "my boots need a new soel")?;
    world.await_control("button", "Can my boots be resoled?")?;
    world.click("button", "Can my boots be resoled?")?;
    world.see("Our Bristol workshop fits a new sole for £68 a pair")?;
    world.see("answers.helpful")?;
    world.click("button", "answers.yes")?;
    world.see("answers.glad")?;
    let signal = world.rows("signal", 1)?.remove(0).body;
    ensure(signal["signal"]["article"] == "resole" && signal["signal"]["helpful"] == true, || {
        format!("the signal is {signal}")
    })?;
    ensure(signal.get("customer").is_none(), || format!("the signal says who read it: {signal}"))
}

/// An answer that did not help leads to a person, and to a complaint, in one step.
pub fn not_yet_leads_on(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.answers")?;
    world.click("button", "How do I send something back?")?;
    world.see("60 days")?;
    world.click("button", "answers.no")?;
    world.see("answers.next")?;
    world.await_control("button", "panel.complain")?;
    world.click("button", "answers.person")?;
    world.see("feedback.title")
}

/// By keyboard alone: along what was found and back, Enter opens, Escape empties the field before it closes anything.
pub fn by_keyboard(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.answers")?;
    world.fill("answers.search", "boots")?;
    world.await_control("button", "Can my boots be resoled?")?;
    acts::hears(world, "2 answers found")?;
    world.press(Key::Down)?;
    world.await_focus("button", "How do I wax my boots?")?;
    world.press(Key::Down)?;
    world.await_focus("button", "Can my boots be resoled?")?;
    world.press(Key::Home)?;
    world.await_focus("button", "How do I wax my boots?")?;
    world.press(Key::End)?;
    world.await_focus("button", "Can my boots be resoled?")?;
    world.press(Key::Up)?;
    world.press(Key::Up)?;
    world.await_focus("searchbox", "answers.search")?;

    // What was found says why: the words that were asked for are marked.
    let marks = "return [...everything(document)].filter((it) => it.tagName === 'MARK').map((it) => it.textContent).join();";
    let marked = world.look(marks, &[])?;
    ensure(marked.as_str().is_some_and(|words| words.contains("boots")), || format!("marked is {marked}"))?;

    world.press(Key::Enter)?;
    world.await_focus("heading", "How do I wax my boots?")?;
    world.click("button", "panel.back")?;
    world.await_focus("button", "How do I wax my boots?")?;
    world.press(Key::Enter)?;
    world.see("answers.helpful")?;
    world.click("button", "panel.back")?;
    world.await_focus("button", "How do I wax my boots?")?;

    world.press(Key::Escape)?;
    world.await_focus("searchbox", "answers.search")?;
    let left = world.value("answers.search")?;
    ensure(left.is_empty(), || format!("the field still holds {left:?}"))?;
    world.see("answers.popular")?;
    world.press(Key::Escape)?;
    world.await_focus("button", "launcher.label")
}

/// Before anything is typed: what belongs to this page, what others ask, and one topic at a time.
pub fn suggested(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.answers")?;
    world.see("answers.here")?;
    world.await_control("button", "How do I wax my boots?")?;
    world.see("answers.popular")?;
    world.await_control("button", "How do I send something back?")?;
    world.click("radio", "Delivery")?;
    world.await_control("button", "When will my order arrive?")?;
    world.await_gone("button", "How do I send something back?")?;
    acts::hears(world, "1 answer found")?;
    world.click("radio", "answers.all")?;
    world.await_control("button", "How do I send something back?")?;
    // What is searched for is looked for everywhere, and the topics make room.
    world.click("radio", "Delivery")?;
    world.fill("answers.search", "resole")?;
    world.await_control("button", "Can my boots be resoled?")?;
    world.await_gone("radio", "answers.all")
}

/// Links to one answer: in the address, from code, in the page, once more; and one whose answer has gone.
pub fn by_link(world: &mut World<'_>) -> Outcome {
    world.visit("shop#all-ears-answer=returns")?;
    world.await_focus("heading", "How do I send something back?")?;
    world.see("60 days")?;
    world.press(Key::Escape)?;
    world.until_true("the address as it was", "!location.href.includes('#')")?;

    world.script("allEars('open', 'answer', 'resole')", &[])?;
    world.await_focus("heading", "Can my boots be resoled?")?;
    world.press(Key::Escape)?;

    let follow = "const link = document.createElement('a'); link.href = '#all-ears-answer=wax'; link.textContent = 'How to wax';\
                  document.body.append(link); link.click(); link.remove();";
    for _ in 0..2 {
        world.script(follow, &[])?;
        world.await_focus("heading", "How do I wax my boots?")?;
        world.press(Key::Escape)?;
        world.await_gone("heading", "How do I wax my boots?")?;
    }

    world.script("location.hash = 'all-ears-answer=boot-soles'", &[])?;
    world.await_control("button", "Can my boots be resoled?")?;
    let typed = world.value("answers.search")?;
    ensure(typed == "boot soles", || format!("the field holds {typed:?}"))?;
    world.await_focus("searchbox", "answers.search")
}
