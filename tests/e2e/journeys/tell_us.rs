//! Tell the company something: praise, an idea, a question.

use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

use crate::acts;

/// Two quick presses on Send are one submission.
pub fn impatient(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.feedback")?;
    world.fill("feedback.text.any", "Once is enough.")?;
    world.double_click("button", "feedback.send")?;
    world.see("sending.sent")?;
    world.script("allEars('close')", &[])?;
    world.rows("feedback", 1).map(drop)
}

pub fn steps(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.feedback")?;
    world.click("button", "feedback.send")?;
    world.see("feedback.text.missing")?;
    acts::tell_us(world, "praise", "Jo laced them so well.")?;
    let body = world.rows("feedback", 1)?.remove(0).body;
    let feedback = &body["feedback"];
    ensure(feedback["text"] == "Jo laced them so well." && feedback["topic"] == "praise", || {
        format!("the feedback is {body}")
    })?;
    acts::nothing_empty(&body)?;
    world.see("sending.sent")?;
    // The page has left the browser's functions alone, so nothing is fetched from a clean frame.
    let frames = world.script("return document.querySelectorAll('iframe').length;", &[])?;
    ensure(frames == 0, || format!("{frames} frames in the page"))?;

    world.click("button", "feedback.again")?;
    world.click("radio", "feedback.topic.question")?;
    world.fill("feedback.text.question", "Do you mend other makes?")?;
    world.fill("contact.email", "sam.rivers@example.com")?;
    world.click("button", "feedback.send")?;
    world.see("feedback.sent.title")?;
    let body = world.rows("feedback", 2)?.remove(1).body;
    ensure(body["customer"]["email"] == "sam.rivers@example.com", || {
        format!("the way to reply is lost: {body}")
    })?;
    acts::events_are_discreet(world, &["sam.rivers", "other makes"])
}
