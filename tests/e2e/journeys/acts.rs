//! What customers do in several journeys, in the words of the screens.

use all_ears_e2e::receiver::Receiver;
use all_ears_e2e::world::World;
use all_ears_e2e::{Failure, Outcome, ensure};
use serde_json::Value;

/// The complaint that most journeys make.
pub const STORY: &str = "The left sole came off on the second walk.";

/// Opens the menu by the launcher.
pub fn open_menu(world: &World<'_>) -> Outcome {
    world.click("button", "launcher.label")?;
    world.await_control("button", "menu.complaint")
}

/// Awaits a draft in the browser's database, by how its name begins: it is written half a second after the last key.
pub fn draft_is_kept(world: &World<'_>, name: &str) -> Outcome {
    let written = "
        const [name, done] = arguments;
        const ask = indexedDB.open('all-ears');
        ask.onerror = () => done(false);
        ask.onsuccess = () => {
          const base = ask.result;
          if (!base.objectStoreNames.contains('drafts')) { base.close(); done(false); return; }
          const names = base.transaction('drafts').objectStore('drafts').getAllKeys();
          names.onsuccess = () => { base.close(); done(names.result.some((one) => one.startsWith(name))); };
        };";
    world.until("the draft in the browser's database", || {
        Ok((world.browser.session.script_async(written, &[name.into()])? == true).then_some(()))
    })
}

/// From the feedback screen on: a topic, words, send, and the thanks.
pub fn tell_us(world: &World<'_>, topic: &str, words: &str) -> Outcome {
    world.click("radio", &format!("feedback.topic.{topic}"))?;
    world.fill(&format!("feedback.text.{topic}"), words)?;
    world.click("button", "feedback.send")?;
    world.see("feedback.sent.title")
}

/// From the complaint's first screen to the promise. Gives the reference on the screen.
pub fn complain(world: &World<'_>, words: &str) -> Outcome<String> {
    world.fill("complaint.words", words)?;
    world.click("button", "complaint.listen.next")?;
    world.see("complaint.recap.title")?;
    world.see(words)?;
    world.click("button", "complaint.recap.yes")?;
    world.see("complaint.apologise.title")?;
    world.click("button", "complaint.apologise.next")?;
    world.see("complaint.resolve.title")?;
    world.click("checkbox", "complaint.outcome.replacement")?;
    world.fill("contact.email", "sam.rivers@example.com")?;
    world.click("button", "complaint.send")?;
    world.see("complaint.promise.sent")?;
    reference(world)
}

/// The company's side: gives its answer to a complaint in the register of the receiver at this address.
pub fn answer(world: &World<'_>, address: &str, reference: &str, note: &str) -> Outcome {
    let said = world.receiver.as_ref().map(Receiver::said).unwrap_or_default();
    let token = said.lines().find_map(|line| line.strip_prefix("Register token, shown this once: "));
    let token = token.ok_or_else(|| Failure(format!("the receiver printed no token: {said}")))?.to_owned();
    world.open_url(&format!("{address}/register"))?;
    world.fill("Token", &token)?;
    world.click("button", "Sign in")?;
    world.click("link", reference)?;
    world.see(STORY)?;
    world.picture("register-case")?;
    world.choose("State", "Answered")?;
    world.fill("Note for the customer", note)?;
    world.click("button", "Save")?;
    world.see(note)
}

/// The complaint's reference as the screen shows it.
pub fn reference(world: &World<'_>) -> Outcome<String> {
    let body = "const found = shownText(document.documentElement).match(/\\b[A-Z]{2,4}-[0-9A-Z]{4}-[0-9A-Z]{4}\\b/);\
                return found ? found[0] : null;";
    world.until("a reference on the screen", || Ok(world.look(body, &[])?.as_str().map(str::to_owned)))
}

/// Absent means unknown: a submission has neither empty texts nor nulls anywhere.
pub fn nothing_empty(body: &Value) -> Outcome {
    let empty = match body {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => return items.iter().try_for_each(nothing_empty),
        Value::Object(fields) => return fields.values().try_for_each(nothing_empty),
        Value::Bool(_) | Value::Number(_) => false,
    };
    ensure(!empty, || "the submission has an empty text or a null".to_owned())
}

/// No event tells the page anything that the customer said or is.
pub fn events_are_discreet(world: &World<'_>, secrets: &[&str]) -> Outcome {
    let events = Value::from(world.events()?).to_string().to_lowercase();
    for secret in secrets {
        ensure(!events.contains(&secret.to_lowercase()), || format!("an event tells {secret:?}: {events}"))?;
    }
    Ok(())
}

/// Awaits that words are said to those who hear the screen, in the one place where changes are said.
pub fn hears(world: &World<'_>, words: &str) -> Outcome {
    let body = "return [...everything(document)].filter((it) => roleOf(it) === 'status').map((it) => squeeze(it.textContent)).join('|');";
    world.until(&format!("a voice that says {words:?}"), || {
        let said = world.look(body, &[])?;
        Ok(said.as_str().is_some_and(|said| said.contains(words)).then_some(()))
    })
}
