//! Something that was handed in comes back while its customer is away: the next visit's menu says so, moves nothing, and
//! leads to the words, to the other ways, and to sending it once more.

use std::time::Duration;

use all_ears_e2e::fault::Fault;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};
use serde_json::Value;

use crate::{acts, offline};

/// How long the widget is held back, so that its menu is seen without it as well.
const HELD_BACK: Duration = Duration::from_millis(2500);

/// What waits has waited for two months, and was tried in vain on the last days of them.
const AGE: &str = "
    const done = arguments[arguments.length - 1];
    const day = 86_400_000;
    const ask = indexedDB.open('all-ears');
    ask.onerror = () => done('no database');
    ask.onsuccess = () => {
      const base = ask.result;
      const write = base.transaction('items', 'readwrite');
      write.objectStore('items').openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return;
        const { created_ms } = cursor.value;
        cursor.update({ ...cursor.value, created_ms: created_ms - 60 * day, late_ms: created_ms - 2 * day });
        cursor.continue();
      };
      write.oncomplete = () => { base.close(); done('aged'); };
      write.onabort = () => { base.close(); done('not written'); };
    };";

/// Where each entry of the menu stands, and the foot.
fn places(world: &World<'_>) -> Outcome<Value> {
    world.settle()?;
    let body = "return [...everything(document)].filter((one) => one.matches('.row, .foot'))\
                  .map((one) => Math.round(one.getBoundingClientRect().top));";
    let places = world.look(body, &[])?;
    ensure(places.as_array().is_some_and(|all| all.len() > 5), || format!("the menu is {places}"))?;
    Ok(places)
}

fn stays(world: &World<'_>, before: &Value) -> Outcome {
    let now = places(world)?;
    let list = |places: &Value| -> Vec<i64> {
        places.as_array().into_iter().flatten().filter_map(Value::as_i64).collect()
    };
    let (was, is) = (list(before), list(&now));
    // Half a pixel may be rounded up or down.
    let same = was.len() == is.len() && was.iter().zip(&is).all(|(was, is)| was.abs_diff(*is) <= 1);
    ensure(same, || format!("the menu moved from {before} to {now}"))
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

/// Back at the menu, which says it no longer.
fn is_silent(world: &World<'_>) -> Outcome {
    world.await_control("button", "menu.complaint")?;
    ensure(!world.shows("menu.returned.look")?, || "the menu says it again".to_owned())
}

pub fn refused(world: &mut World<'_>) -> Outcome {
    // From the beginning, so that no page has it from the browser's cache.
    world.site.slow("/widget.", HELD_BACK);
    offline::say_it_offline(world, "Refused while I was away.")?;
    comes_back(world)?;
    world.visit("shop")?;
    acts::open_menu(world)?;
    let first = places(world)?;
    ensure(!world.shows("menu.returned.look")?, || "it stood there before the widget".to_owned())?;
    world.await_control("button", "menu.returned.look")?;
    world.site.whole();
    stays(world, &first)?;
    world.picture("menu-returned")?;
    leads_to(world, "Refused while I was away.", "kept.refused")?;

    // Looked at, it lies where it lies.
    world.click("button", "panel.back")?;
    world.await_control("button", "status.look_up.button")?;
    world.click("button", "panel.back")?;
    is_silent(world)?;

    world.site.fault(None);
    world.click("button", "menu.status")?;
    world.click("button", "kept.feedback")?;
    world.click("button", "kept.again")?;
    world.see("sending.sent")?;
    let row = world.rows("feedback", 1)?.remove(0).body;
    ensure(row["feedback"]["text"] == "Refused while I was away.", || format!("the row is {row}"))
}

pub fn expired(world: &mut World<'_>) -> Outcome {
    offline::say_it_offline(world, "Waited for weeks.")?;
    let aged = world.browser.session.script_async(AGE, &[])?;
    ensure(aged == "aged", || format!("what waits: {aged}"))?;
    world.visit("shop")?;
    acts::open_menu(world)?;
    leads_to(world, "Waited for weeks.", "kept.expired")?;
    world.rows("feedback", 0)?;
    world.site.offline(false);
    world.click("button", "kept.again")?;
    world.see("sending.sent")?;
    world.rows("feedback", 1).map(drop)
}

/// It comes back while the menu stands open; and is deleted.
pub fn at_the_menu(world: &mut World<'_>) -> Outcome {
    offline::say_it_offline(world, "Back before my eyes.")?;
    world.visit("shop")?;
    acts::open_menu(world)?;
    let before = places(world)?;
    world.allow("422");
    world.site.fault(Some(Fault::status(422)));
    world.site.offline(false);
    world.script("dispatchEvent(new Event('online'))", &[])?;
    world.await_control("button", "menu.returned.look")?;
    stays(world, &before)?;
    leads_to(world, "Back before my eyes.", "kept.refused")?;
    world.click("button", "kept.delete")?;
    world.click("button", "kept.delete.yes")?;
    world.see("kept.deleted")?;
    world.click("button", "panel.back")?;
    is_silent(world)
}
