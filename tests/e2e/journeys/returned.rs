//! Something that was handed in comes back while its customer is away: the next visit's menu says so, moves nothing, and
//! leads to the words, to the other ways, and to sending it once more.

use std::time::Duration;

use all_ears_e2e::fault::Fault;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};
use serde_json::{Value, json};

use crate::{acts, offline};

/// How long the widget is held back, so that its menu is seen without it as well.
const HELD_BACK: Duration = Duration::from_millis(2500);

/// Ages all that waits by so many milliseconds.
const AGE: &str = "
    const done = arguments[arguments.length - 1];
    const ask = indexedDB.open('all-ears');
    ask.onerror = () => done('no database');
    ask.onsuccess = () => {
      const base = ask.result;
      const write = base.transaction('items', 'readwrite');
      const items = write.objectStore('items');
      items.openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return;
        const late_ms = cursor.value.created_ms;
        cursor.update({ ...cursor.value, created_ms: late_ms - arguments[0], late_ms: late_ms - arguments[0] / 2 });
        cursor.continue();
      };
      write.oncomplete = () => { base.close(); done(''); };
      write.onerror = () => { base.close(); done('not written'); };
    };";

/// Where each entry of the menu stands, and the foot.
fn places(world: &World<'_>) -> Outcome<Value> {
    let body = "return candidates('button', '').concat(everything(document).filter((one) => one.matches('.row, .foot')))\
                  .filter((one) => one.matches('.row, .foot'))\
                  .map((one) => Math.round(one.getBoundingClientRect().top));";
    world.look(body, &[])
}

/// A page that does no more than load: what waits goes out, and comes back.
fn comes_back(world: &World<'_>) -> Outcome {
    world.allow("422");
    world.site.offline(false);
    world.site.fault(Some(Fault::status(422)));
    let before = world.site.arrivals().len();
    world.visit("shop")?;
    world.until("the try that is refused", || Ok((world.site.arrivals().len() > before).then_some(())))
}

/// From the menu to the words, and on their way once more.
fn leads_to(world: &World<'_>, words: &str, sentence: &str) -> Outcome {
    acts::hears(world, &world.texts.resolve("menu.returned")?)?;
    world.see("menu.returned")?;
    world.click("button", "menu.returned.look")?;
    world.see("kept.look")?;
    world.click("button", "kept.feedback")?;
    world.see(sentence)?;
    world.see(words)?;
    world.await_control("button", "complaint.promise.copy")?;
    world.await_control("button", "kept.delete")?;
    world.await_control("button", "kept.again")
}

pub fn refused(world: &mut World<'_>) -> Outcome {
    offline::say_it_offline(world, "Refused while I was away.")?;
    // Held back by a line that is cut, it is still its way that is cut: nothing came back yet.
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.await_gone("button", "menu.returned.look")?;

    comes_back(world)?;
    world.visit("shop")?;
    world.site.slow(".wasm", HELD_BACK);
    world.visit("shop")?;
    acts::open_menu(world)?;
    let first = places(world)?;
    world.see("menu.returned")?;
    world.picture("menu-returned")?;
    let now = places(world)?;
    ensure(first == now && first != json!([]), || format!("the menu moved from {first} to {now}"))?;
    world.site.whole();
    leads_to(world, "Refused while I was away.", "kept.refused")?;

    // Looked at, it lies where it lies: the menu is silent until something new comes back.
    world.click("button", "panel.back")?;
    world.click("button", "panel.back")?;
    world.await_control("button", "menu.complaint")?;
    ensure(!world.shows("menu.returned.look")?, || "it was looked at, and the menu says it again".to_owned())?;

    world.site.fault(None);
    world.click("button", "menu.status")?;
    world.click("button", "kept.feedback")?;
    world.click("button", "kept.again")?;
    world.see("sending.sent")?;
    let row = world.rows("feedback", 1)?.remove(0).body;
    ensure(row["feedback"]["text"] == "Refused while I was away.", || format!("the row is {row}"))?;
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.until("the device to be read", || Ok(world.has("button", "menu.status")?.then_some(())))?;
    ensure(!world.shows("menu.returned")?, || "it has arrived, and the menu says it came back".to_owned())
}

pub fn expired(world: &mut World<'_>) -> Outcome {
    offline::say_it_offline(world, "Waited for weeks.")?;
    let aged = world.browser.session.script_async(AGE, &[json!(60_u64 * 86_400_000)])?;
    ensure(aged == "", || format!("{aged}"))?;
    world.visit("shop")?;
    acts::open_menu(world)?;
    leads_to(world, "Waited for weeks.", "kept.expired")?;
    world.rows("feedback", 0)?;
    world.site.offline(false);
    world.click("button", "kept.again")?;
    world.see("sending.sent")?;
    world.rows("feedback", 1).map(drop)
}

/// It comes back while the menu stands open, and is deleted in another widget of the page.
pub fn at_the_menu(world: &mut World<'_>) -> Outcome {
    offline::say_it_offline(world, "Back before my eyes.")?;
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.allow("422");
    world.site.offline(false);
    world.site.fault(Some(Fault::status(422)));
    let before = places(world)?;
    world.script("dispatchEvent(new Event('online'))", &[])?;
    leads_to_in_place(world, &before)
}

fn leads_to_in_place(world: &World<'_>, before: &Value) -> Outcome {
    world.see("menu.returned")?;
    let now = places(world)?;
    ensure(*before == now, || format!("the menu moved from {before} to {now}"))?;
    leads_to(world, "Back before my eyes.", "kept.refused")?;
    world.click("button", "kept.delete")?;
    world.click("button", "kept.delete.yes")?;
    world.see("kept.deleted")?;
    world.click("button", "panel.back")?;
    world.await_control("button", "menu.complaint")?;
    ensure(!world.shows("menu.returned")?, || "the menu speaks of what was deleted".to_owned())
}
