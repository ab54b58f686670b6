//! The line is cut: what was said is saved, and sent when the line is back, also on the next page view.

use all_ears_e2e::fault::Fault;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

use crate::{acts, kept};

/// Says something while the line is cut; it is saved, and the screen says so.
pub fn say_it_offline(world: &World<'_>, words: &str) -> Outcome {
    for part in ["net::ERR", "Failed to load resource"] {
        world.allow(part);
    }
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.site.offline(true);
    world.click("button", "menu.feedback")?;
    world.click("radio", "feedback.topic.idea")?;
    world.fill("feedback.text.idea", words)?;
    world.click("button", "feedback.send")?;
    world.until("the true sentence: saved", || {
        Ok((world.shows("sending.saved")? || world.shows("sending.held")?).then_some(()))
    })?;
    ensure(!world.shows("sending.sent")?, || "it says sent, and nothing was sent".to_owned())?;
    // Who hears the screen hears the same.
    acts::hears(world, &world.texts.resolve("sending.saved")?)?;
    let rows = world.rows("feedback", 0)?;
    ensure(rows.is_empty(), || format!("rows while the line was cut: {rows:?}"))
}

pub fn sent_when_back(world: &mut World<'_>) -> Outcome {
    say_it_offline(world, "Saved first, sent later.")?;
    world.site.offline(false);
    world.script("dispatchEvent(new Event('online'))", &[])?;
    world.see("sending.sent")?;
    let body = world.rows("feedback", 1)?.remove(0).body;
    ensure(body["feedback"]["text"] == "Saved first, sent later.", || format!("the row is {body}"))
}

pub fn sent_on_the_next_page(world: &mut World<'_>) -> Outcome {
    say_it_offline(world, "Sent from the next page.")?;
    world.site.offline(false);
    // By way of a page without us: what this one had begun to fetch is over by then.
    world.visit("bare")?;
    world.until("quiet", || Ok(world.site.requests().is_empty().then_some(())))?;
    world.visit("shop")?;
    world.rows("feedback", 1)?;
    // What the page before had begun to fetch may come first.
    let asked = world.site.requests().into_iter().map(|request| request.path);
    let asked: Vec<String> = asked.skip_while(|path| !path.starts_with("/shop")).collect();
    ensure(!asked.is_empty() && !asked.iter().any(|path| path.contains("widget")), || {
        format!("more than the sender was fetched: {asked:?}")
    })
}

/// The receiver itself dies and comes back with its database.
pub fn receiver_restarted(world: &mut World<'_>) -> Outcome {
    for part in ["502", "net::ERR", "Failed to load resource"] {
        world.allow(part);
    }
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.feedback")?;
    acts::tell_us(world, "praise", "Before the restart.")?;
    world.see("sending.sent")?;
    let Some(receiver) = world.receiver.as_mut() else { return Ok(()) };
    receiver.kill();
    world.click("button", "feedback.again")?;
    acts::tell_us(world, "idea", "After the restart.")?;
    world.until("the true sentence: saved", || {
        Ok((world.shows("sending.saved")? || world.shows("sending.held")?).then_some(()))
    })?;
    if let Some(receiver) = world.receiver.as_mut() {
        receiver.run()?;
    }
    world.script("dispatchEvent(new Event('online'))", &[])?;
    world.see("sending.sent")?;
    world.rows("feedback", 2).map(drop)
}

/// Tries come and go, and with each the sentence gets longer or shorter: the button below it stays under the pointer.
pub fn buttons_stay(world: &mut World<'_>) -> Outcome {
    say_it_offline(world, "A button that stays.")?;
    stays(world, "complaint.promise.status")
}

/// The same below a complaint. It is the only thing that waits: what was handed in before it would be tried first.
pub fn complaint_stays(world: &mut World<'_>) -> Outcome {
    for part in ["net::ERR", "Failed to load resource"] {
        world.allow(part);
    }
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.site.offline(true);
    world.click("button", "menu.complaint")?;
    world.fill("complaint.words", acts::STORY)?;
    world.click("button", "complaint.listen.next")?;
    world.click("button", "complaint.recap.yes")?;
    world.click("button", "complaint.apologise.next")?;
    world.click("button", "complaint.send")?;
    world.see("complaint.promise.saved")?;
    stays(world, "complaint.promise.copy")
}

pub fn buttons_stay_on_a_phone(world: &mut World<'_>) -> Outcome {
    world.browser.phone()?;
    buttons_stay(world)
}

pub fn complaint_stays_on_a_phone(world: &mut World<'_>) -> Outcome {
    world.browser.phone()?;
    complaint_stays(world)
}

fn stays(world: &World<'_>, button: &str) -> Outcome {
    let saved = kept::depth_of(world, button)?;
    world.site.fault(Some(Fault::BlackHole));
    world.site.offline(false);
    world.script("dispatchEvent(new Event('online'))", &[])?;
    let sending = world.until("a try that goes on while we look", || {
        let before = world.shows("sending.sending")?;
        let depth = kept::depth_of(world, button)?;
        Ok((before && world.shows("sending.sending")?).then_some(depth))
    })?;
    let moved = (sending - saved).abs();
    world.site.fault(Some(Fault::Down));
    ensure(moved < 1.0, || format!("{button:?} moved by {moved} px with the next try"))
}
