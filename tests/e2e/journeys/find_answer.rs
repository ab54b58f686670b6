//! Find an answer: half a word, a typo, read it, say whether it helped; and reach a person with what was typed.

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
