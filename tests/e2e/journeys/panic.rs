//! The widget dies while it is used, by a real panic in its WASM: the words are back within a second in the plain form,
//! and what was handed in goes on its way.

use std::time::{Duration, Instant};

use all_ears_e2e::customer::Key;
use all_ears_e2e::fault::{BREAK, Fault};
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

use crate::acts;
use crate::photos::{OnDisk, photo};

/// How soon the words are to be back.
const RECOVERY: Duration = Duration::from_secs(1);

/// The widget with the plain form beside it, as it is a moment after opening.
fn open(world: &World<'_>, page: &str) -> Outcome {
    // The page's own listeners for errors hear of it; the browser's console does not.
    for part in ["RuntimeError: unreachable", "RuntimeError: Unreachable"] {
        world.allow(part);
    }
    world.visit(page)?;
    acts::open_menu(world)?;
    let site = std::rc::Rc::clone(&world.site);
    let mut seen = Vec::new();
    world.until("the plain form, in case of need", || {
        seen.extend(site.requests().into_iter().map(|request| request.path));
        Ok(seen.iter().any(|path| path.contains("/plain.")).then_some(()))
    })
}

/// Measures in the page how long after the end the words stand in another field. To be run after `BREAK`, whose end it sees.
const CLOCK: &str = "\
    const fields = () => [...document.querySelectorAll('all-ears')].flatMap((host) => [...host.shadowRoot.querySelectorAll('textarea')]);\
    const before = new Set(fields());\
    const create = Document.prototype.createElement;\
    let end;\
    Document.prototype.createElement = function (...name) { end ??= performance.now(); return create.apply(this, name); };\
    const look = () => {\
      if (end && fields().some((one) => !before.has(one) && one.value === arguments[0])) window.backAfter = performance.now() - end;\
      else requestAnimationFrame(look);\
    };\
    look();";

/// The widget is about to end, with these words in it.
fn doom(world: &World<'_>, words: &str) -> Outcome {
    world.script(BREAK, &[])?;
    world.script(CLOCK, &[words.into()]).map(drop)
}

/// The words are back, and soon enough.
fn recovered(world: &World<'_>, field: &str, words: &str) -> Outcome {
    world.until("the words in the plain form", || {
        Ok((world.has("textbox", field)? && world.value(field)? == words).then_some(()))
    })?;
    let spent =
        world.until("the time it took", || Ok(world.script("return window.backAfter;", &[])?.as_f64()))?;
    ensure(spent <= RECOVERY.as_secs_f64() * 1000.0, || format!("the words were back after {spent} ms"))
}

pub fn typing(world: &mut World<'_>) -> Outcome {
    open(world, "shop")?;
    world.click("button", "menu.complaint")?;
    world.fill("complaint.words", acts::STORY)?;
    doom(world, acts::STORY)?;
    // The last keys are younger than any draft when the panic comes.
    world.click("button", "complaint.listen.next")?;
    recovered(world, "complaint.words", acts::STORY)?;
    world.click("button", "complaint.send")?;
    world.see("sending.sent_reference")?;
    let body = world.rows("complaint", 1)?.remove(0).body;
    ensure(body["complaint"]["text"] == acts::STORY, || format!("the row is {body}"))
}

/// The form that stands in takes no photos: it says so of those that were chosen, and how else to give them.
pub fn with_photos(world: &mut World<'_>) -> Outcome {
    let sole = OnDisk::write(world, "left sole.jpg", &photo(4, 30_000))?;
    let heel = OnDisk::write(world, "heel.jpg", &photo(5, 30_000))?;
    open(world, "files")?;
    world.click("button", "menu.complaint")?;
    world.fill("complaint.words", acts::STORY)?;
    world.await_control("button", "complaint.files.add")?;
    world.attach("files", &[&sole.0, &heel.0])?;
    world.click("button", "Remove heel.jpg")?;
    world.await_gone("button", "Remove heel.jpg")?;
    doom(world, acts::STORY)?;
    world.click("button", "complaint.listen.next")?;
    recovered(world, "complaint.words", acts::STORY)?;
    world.see("Please send us left sole.jpg another way:")?;
    world.axe("the plain form after photos")?;
    world.picture("panic-photos")?;
    world.click("button", "complaint.send")?;
    world.see("sending.sent_reference")?;
    world.rows("complaint", 1).map(drop)
}

/// The company wants no drafts on the device: words that were left some screens ago are back all the same; those that
/// were handed in are not.
pub fn without_drafts(world: &mut World<'_>) -> Outcome {
    open(world, "no-drafts")?;
    world.click("button", "menu.complaint")?;
    world.fill("complaint.words", acts::STORY)?;
    world.click("button", "complaint.listen.next")?;
    world.click("button", "complaint.recap.yes")?;
    world.click("button", "complaint.apologise.next")?;
    world.await_control("button", "complaint.send")?;
    doom(world, acts::STORY)?;
    world.click("button", "panel.back")?;
    recovered(world, "complaint.words", acts::STORY)?;
    world.click("button", "complaint.send")?;
    world.see("sending.sent_reference")?;
    world.rows("complaint", 1)?;

    world.visit("no-drafts")?;
    acts::open_menu(world)?;
    world.click("button", "menu.feedback")?;
    world.fill("feedback.text.any", "Great shop.")?;
    world.click("button", "feedback.send")?;
    world.see("sending.sent")?;
    world.click("button", "panel.back")?;
    world.await_control("button", "menu.status")?;
    std::thread::park_timeout(RECOVERY);
    world.script(BREAK, &[])?;
    world.click("button", "menu.status")?;
    world.await_control("button", "feedback.send")?;
    let left = world.value("feedback.text.any")?;
    ensure(left.is_empty(), || format!("what was handed in is offered again: {left:?}"))
}

/// What was handed in before is no answer to the words that are on the screen now.
pub fn after_another(world: &mut World<'_>) -> Outcome {
    open(world, "shop")?;
    world.click("button", "menu.feedback")?;
    world.fill("feedback.text.any", "Great shop.")?;
    world.click("button", "feedback.send")?;
    world.see("sending.sent")?;
    world.click("button", "panel.complain")?;
    world.fill("complaint.words", acts::STORY)?;
    world.click("button", "complaint.listen.next")?;
    world.await_control("button", "complaint.recap.yes")?;
    // A customer takes longer than a driver from one hand-in to the next.
    std::thread::park_timeout(RECOVERY);
    doom(world, acts::STORY)?;
    world.click("button", "complaint.recap.yes")?;
    recovered(world, "complaint.words", acts::STORY)?;
    ensure(!world.shows("sending.sent")?, || "it says sent of what was never sent".to_owned())?;
    world.rows("feedback", 1).map(drop)
}

/// The end comes right after the sender has it, and the words still stand there: nobody is asked to say them again.
pub fn handing_in(world: &mut World<'_>) -> Outcome {
    open(world, "shop")?;
    world.click("button", "menu.feedback")?;
    world.fill("feedback.text.any", "Said before the end.")?;
    world.script(BREAK, &[])?;
    world.click("button", "feedback.send")?;
    world.see("sending.sent")?;
    world.click("button", "feedback.again")?;
    let left = world.value("feedback.text.any")?;
    ensure(left.is_empty(), || format!("what was handed in is offered again: {left:?}"))?;
    let body = world.rows("feedback", 1)?.remove(0).body;
    ensure(body["feedback"]["text"] == "Said before the end.", || format!("the row is {body}"))
}

/// The widget of one element died: another one on the page, opened later, is a form that works, at once.
pub fn another_element(world: &mut World<'_>) -> Outcome {
    for part in ["RuntimeError: unreachable", "RuntimeError: Unreachable"] {
        world.allow(part);
    }
    world.visit("two")?;
    world.click("button", "First ear")?;
    world.click("button", "menu.complaint")?;
    world.fill("complaint.words", acts::STORY)?;
    doom(world, acts::STORY)?;
    world.click("button", "complaint.listen.next")?;
    recovered(world, "complaint.words", acts::STORY)?;
    world.press(Key::Escape)?;
    world.await_focus("button", "First ear")?;
    let start = Instant::now();
    world.click("button", "Second ear")?;
    world.await_control("button", "feedback.send")?;
    let spent = start.elapsed();
    // The driver takes its time as well.
    ensure(spent <= RECOVERY * 3, || format!("the second one was there after {spent:?}"))?;
    world.fill("feedback.text.any", "One ear is enough.")?;
    world.click("button", "feedback.send")?;
    world.see("sending.sent")?;
    let body = world.rows("feedback", 1)?.remove(0).body;
    ensure(body["feedback"]["text"] == "One ear is enough.", || format!("the row is {body}"))
}

pub fn sending(world: &mut World<'_>) -> Outcome {
    for part in ["net::ERR", "Failed to load resource"] {
        world.allow(part);
    }
    open(world, "shop")?;
    world.click("button", "menu.feedback")?;
    world.fill("feedback.text.any", "On its way at the end.")?;
    world.site.fault(Some(Fault::Down));
    world.click("button", "feedback.send")?;
    world.see("sending.saved")?;
    world.script(BREAK, &[])?;
    world.click("button", "panel.back")?;
    world.await_control("button", "feedback.again")?;
    world.until("the true sentence", || Ok(world.shows("sending.saved")?.then_some(())))?;
    world.site.fault(None);
    world.script("dispatchEvent(new Event('online'))", &[])?;
    world.see("sending.sent")?;
    world.rows("feedback", 1).map(drop)
}
