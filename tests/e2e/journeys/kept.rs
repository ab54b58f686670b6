//! What waits on this device, as its customer sees it: read, copied, sent and deleted; what was refused is told apart;
//! and what is said about it is what the receiver has.

use all_ears_e2e::customer::Key;
use all_ears_e2e::fault::Fault;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

use crate::{acts, offline};

/// What lies in the browser's database: items, drafts and receipts, each by its store and its key.
const STORED: &str = "
    const done = arguments[arguments.length - 1];
    const ask = indexedDB.open('all-ears');
    ask.onerror = () => done(['no database']);
    ask.onsuccess = () => {
      const base = ask.result;
      const stores = ['items', 'drafts', 'receipts'];
      if (!base.objectStoreNames.contains('items')) { base.close(); done([]); return; }
      const read = base.transaction(stores);
      const keys = [];
      for (const name of stores) {
        const one = read.objectStore(name).getAllKeys();
        one.onsuccess = () => keys.push(...one.result.map((key) => name + ' ' + key));
      }
      read.oncomplete = () => { base.close(); done(keys); };
    };";

fn stored(world: &World<'_>) -> Outcome<Vec<String>> {
    let keys = world.browser.session.script_async(STORED, &[])?;
    Ok(keys.as_array().into_iter().flatten().map(ToString::to_string).collect())
}

fn nothing_is_stored(world: &World<'_>) -> Outcome {
    let left = stored(world)?;
    ensure(left.is_empty(), || format!("still in the browser: {left:?}"))
}

fn list(world: &World<'_>) -> Outcome {
    world.click("button", "panel.back")?;
    world.click("button", "menu.status")?;
    world.await_control("button", "status.look_up.button")
}

/// What is said aloud, now or in a moment.
fn hear(world: &World<'_>, name: &str) -> Outcome {
    let words = [world.texts.resolve(name)?.into()];
    let body = "const region = [...everything(document)].find((one) => one.getAttribute('role') === 'status');\
                return !!region && new RegExp(pattern(arguments[0], false), 'su').test(squeeze(region.textContent));";
    world.until(&format!("{name:?} said aloud"), || Ok((world.look(body, &words)? == true).then_some(())))
}

/// How far a control is below the first line of its screen: scrolling moves both.
pub fn depth_of(world: &World<'_>, name: &str) -> Outcome<f64> {
    let words = ["button".into(), world.texts.resolve(name)?.into()];
    let body = "const one = candidates(arguments[0], arguments[1])[0];\
                const first = one.closest('.body').firstElementChild;\
                return one.getBoundingClientRect().top - first.getBoundingClientRect().top;";
    Ok(world.look(body, &words)?.as_f64().unwrap_or(f64::NAN))
}

pub fn deleted(world: &mut World<'_>) -> Outcome {
    offline::say_it_offline(world, "Better kept to myself.")?;
    world.click("button", "complaint.promise.status")?;
    world.see("status.standing.waiting")?;
    world.click("button", "kept.feedback")?;
    world.see("Better kept to myself.")?;
    world.click("button", "complaint.promise.copy")?;
    world.until("the copy, or the words to select", || {
        let done =
            world.shows("complaint.promise.copied")? || world.shows("complaint.promise.copy_yourself")?;
        Ok(done.then_some(()))
    })?;

    // By keyboard from here: the question has the focus, and gives it back.
    world.tab_to("button", "kept.delete", 12)?;
    let before = depth_of(world, "kept.delete")?;
    world.press(Key::Enter)?;
    world.await_focus("group", "kept.delete.sure")?;
    world.tab_to("button", "kept.delete.no", 3)?;
    world.press(Key::Enter)?;
    world.await_focus("button", "kept.delete")?;
    let moved = (depth_of(world, "kept.delete")? - before).abs();
    ensure(moved < 1.0, || format!("the button moved by {moved} px while the question came and went"))?;
    world.press(Key::Enter)?;
    world.tab_to("button", "kept.delete.yes", 3)?;
    world.press(Key::Enter)?;
    world.await_focus("heading", "status.title")?;
    hear(world, "kept.deleted")?;
    world.see("kept.deleted")?;
    ensure(!world.has("button", "kept.feedback")?, || "it is still listed".to_owned())?;
    nothing_is_stored(world)?;

    // No screen speaks of it any more, and with the line back another message is the only one that arrives.
    world.site.offline(false);
    world.click("button", "panel.back")?;
    world.click("button", "menu.feedback")?;
    acts::tell_us(world, "praise", "This one is meant for you.")?;
    let row = world.rows("feedback", 1)?.remove(0).body;
    ensure(row["feedback"]["text"] == "This one is meant for you.", || format!("the row is {row}"))?;
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.rows("feedback", 1).map(drop)
}

pub fn sent_now(world: &mut World<'_>) -> Outcome {
    offline::say_it_offline(world, "Listed, then sent.")?;
    // Another page view: only the device knows of it.
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.status")?;
    world.click("button", "kept.feedback")?;
    world.see("Listed, then sent.")?;
    world.rows("feedback", 0)?;
    // The line is still cut: the press is answered, and the truth comes after it.
    world.click("button", "kept.send")?;
    hear(world, "sending.saved")?;
    world.site.offline(false);
    // It may go by itself in this moment: nothing else that stands there by then is pressed.
    let press = "const button = [...everything(document)].find((it) => it.matches('button') && it.textContent === arguments[0]);\
                 button?.focus(); button?.click(); return Boolean(button);";
    world.look(press, &[world.texts.resolve("kept.send")?.into()])?;
    world.see("sending.sent")?;
    hear(world, "sending.sent")?;
    world.await_focus("button", "survey.finish")?;
    let row = world.rows("feedback", 1)?.remove(0).body;
    ensure(row["feedback"]["text"] == "Listed, then sent.", || format!("the row is {row}"))?;
    world.press(Key::Enter)?;
    world.await_control("button", "status.look_up.button")?;
    world.await_gone("button", "kept.feedback")
}

pub fn refused(world: &mut World<'_>) -> Outcome {
    world.allow("422");
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.site.fault(Some(Fault::status(422)));
    world.click("button", "menu.complaint")?;
    world.fill("complaint.words", acts::STORY)?;
    world.click("button", "complaint.listen.next")?;
    world.click("button", "complaint.recap.yes")?;
    world.click("button", "complaint.apologise.next")?;
    world.click("button", "complaint.send")?;
    world.see("complaint.promise.rejected")?;

    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.status")?;
    world.see("kept.look")?;
    ensure(!world.shows("status.standing.waiting")?, || "it says that it waits to be sent".to_owned())?;
    world.click("button", "kept.complaint")?;
    world.see("kept.refused")?;
    world.see(acts::STORY)?;
    world.see("trouble.ways")?;
    world.click("button", "kept.again")?;
    hear(world, "kept.refused")?;
    world.rows("complaint", 0)?;
    world.site.fault(None);
    world.click("button", "kept.again")?;
    world.see("sending.sent_reference")?;
    let reference = acts::reference(world)?;
    let row = world.rows("complaint", 1)?.remove(0);
    ensure(row.reference.as_deref() == Some(&reference), || format!("{reference} is not that of {row:?}"))?;
    world.click("button", "survey.finish")?;
    // From here on it is one of the complaints that were received.
    world.click("button", &reference)?;
    world.see("status.state.received")
}

pub fn everything(world: &mut World<'_>) -> Outcome {
    for part in ["net::ERR", "Failed to load resource"] {
        world.allow(part);
    }
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    let reference = acts::complain(world, acts::STORY)?;
    offline::say_it_offline(world, "Gone with the rest.")?;
    world.click("button", "feedback.again")?;
    world.fill("feedback.text.any", "Half a thought")?;
    world
        .until("draft, item and receipt in the browser", || Ok((stored(world)?.len() == 3).then_some(())))?;
    list(world)?;
    world.await_control("button", &reference)?;
    world.await_control("button", "kept.feedback")?;
    world.click("button", "kept.delete.all")?;
    world.click("button", "kept.delete.yes")?;
    world.await_focus("heading", "status.title")?;
    hear(world, "kept.deleted")?;
    ensure(!world.has("button", &reference)?, || "a reference is still listed".to_owned())?;
    nothing_is_stored(world)?;
    world.site.offline(false);
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.feedback")?;
    world.await_control("button", "feedback.send")?;
    let draft = world.value("feedback.text.any")?;
    ensure(draft.is_empty(), || format!("a draft came back: {draft:?}"))?;
    world.rows("feedback", 0)?;
    world.rows("complaint", 1).map(drop)
}

/// Another element of the page, as another tab: what its customer deletes there is called saved nowhere any more.
pub fn deleted_elsewhere(world: &mut World<'_>) -> Outcome {
    for part in ["net::ERR", "Failed to load resource"] {
        world.allow(part);
    }
    world.visit("elements")?;
    world.await_control("button", "panel.back")?;
    acts::open_menu(world)?;
    world.press(Key::Escape)?;
    world.await_focus("button", "launcher.label")?;
    world.click("button", "panel.back")?;
    world.site.offline(true);
    world.click("button", "menu.feedback")?;
    world.fill("feedback.text.any", "Said twice, kept once.")?;
    world.click("button", "feedback.send")?;
    world.see("sending.saved")?;

    world.click("button", "launcher.label")?;
    world.click("button", "menu.status")?;
    world.click("button", "kept.feedback")?;
    world.click("button", "kept.delete")?;
    world.click("button", "kept.delete.yes")?;
    world.see("kept.deleted")?;
    world.press(Key::Escape)?;
    world.await_focus("button", "launcher.label")?;

    world.await_control("button", "feedback.send")?;
    ensure(!world.shows("sending.saved")?, || "it says saved of what was deleted".to_owned())?;
    let left = world.value("feedback.text.any")?;
    ensure(left.is_empty(), || format!("what was deleted is offered again: {left:?}"))?;
    world.site.offline(false);
    world.script("dispatchEvent(new Event('online'))", &[])?;
    acts::tell_us(world, "praise", "This one is meant for you.")?;
    let row = world.rows("feedback", 1)?.remove(0).body;
    ensure(row["feedback"]["text"] == "This one is meant for you.", || format!("the row is {row}"))
}
