//! The complaint: Listen, Recap, Apologise, Resolve, and a promise whose reference and date are the row's; and later,
//! on another page view, its status by reference.

use all_ears_e2e::world::World;
use all_ears_e2e::{Failure, Outcome, ensure};
use serde_json::{Value, json};

use crate::acts;

pub fn from_words_to_promise(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    world.click("button", "complaint.listen.next")?;
    world.see("complaint.words.missing")?;
    let reference = acts::complain(world, acts::STORY)?;

    let row = world.rows("complaint", 1)?.remove(0);
    let complaint = &row.body["complaint"];
    ensure(row.reference.as_deref() == Some(&reference), || {
        format!("the screen says {reference}, the row {:?}", row.reference)
    })?;
    ensure(complaint["text"] == acts::STORY && complaint["recap"]["confirmed"] == true, || {
        format!("the complaint is {complaint}")
    })?;
    ensure(complaint["outcomes"] == json!(["replacement"]), || format!("outcomes of {complaint}"))?;
    ensure(row.body["customer"]["email"] == "sam.rivers@example.com", || format!("no way to reach {row:?}"))?;
    acts::nothing_empty(&row.body)?;
    promised_date(world, row.reply_by_ms)?;
    world.see("Maya Okafor")?;
    for way in ["complaint.promise.copy", "complaint.promise.download", "complaint.promise.calendar"] {
        world.await_control("button", way)?;
    }
    world.click("button", "complaint.promise.copy")?;
    world.until("the copy, or the text to copy", || {
        let done =
            world.shows("complaint.promise.copied")? || world.shows("complaint.promise.copy_yourself")?;
        Ok(done.then_some(()))
    })?;
    acts::events_are_discreet(world, &["sam.rivers", "left sole", &reference])
}

/// The promised instant of the row, written for the page's language in the company's time zone, has to be on the screen.
fn promised_date(world: &World<'_>, reply_by_ms: Option<i64>) -> Outcome {
    let instant = reply_by_ms.ok_or_else(|| Failure("the row has no promised date".to_owned()))?;
    let body = "const at = new Date(arguments[0]);\
        const write = (language) => [\
          { weekday: 'long' }, { day: 'numeric', month: 'long' }, { hour: 'numeric', minute: '2-digit' },\
        ].map((options) => new Intl.DateTimeFormat(language, { timeZone: 'Europe/London', ...options }).format(at));\
        const said = tight(shownText(document.documentElement));\
        const fits = ['en', 'en-GB'].some((language) => write(language).every((part) => said.includes(tight(part))));\
        return fits ? null : [write('en-GB'), squeeze(shownText(document.documentElement))];";
    let differs = world.look(body, &[Value::from(instant)])?;
    ensure(differs.is_null(), || format!("the row promises what the screen does not: {differs}"))
}

pub fn corrected_in_place(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    world.fill("complaint.words", acts::STORY)?;
    world.click("button", "complaint.listen.next")?;
    world.see("Ridgeway trail boots")?;
    world.click("button", "complaint.recap.correct")?;
    world.fill("complaint.words", " It was the third walk.")?;
    world.click("button", "complaint.recap.done")?;
    world.see("It was the third walk.")?;
    world.click("button", "complaint.recap.yes")?;
    world.click("button", "complaint.apologise.next")?;
    world.fill("complaint.outcome.own", "A pair that lasts.")?;
    world.click("button", "complaint.send")?;
    world.see("complaint.promise.sent")?;
    let row = world.rows("complaint", 1)?.remove(0).body;
    let complaint = &row["complaint"];
    ensure(complaint["recap"]["corrections"] == 1, || format!("the recap is {complaint}"))?;
    ensure(complaint["outcome_text"] == "A pair that lasts.", || format!("the outcome is {complaint}"))?;
    ensure(row["customer"].get("email").is_none(), || format!("anonymous means anonymous: {row}"))
}

pub fn status_later(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    let reference = acts::complain(world, acts::STORY)?;
    world.rows("complaint", 1)?;

    // A new page view: this device remembers.
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.status")?;
    world.click("button", &reference)?;
    world.see("status.state.received")?;
    world.see("status.standing.on_track")?;

    // And by typing the reference, as from a copy.
    world.click("button", "panel.back")?;
    world.fill("status.reference", &reference.to_lowercase())?;
    world.click("button", "status.look_up.button")?;
    world.see("status.state.received")
}
