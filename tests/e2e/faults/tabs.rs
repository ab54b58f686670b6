//! Several tabs: F12–F15.

use std::rc::Rc;
use std::time::{Duration, Instant};

use all_ears_e2e::fault::Fault;
use all_ears_e2e::lab::{Lab, fill_in};
use all_ears_e2e::receiver::Row;
use all_ears_e2e::watch::{hand_in, sentence};
use all_ears_e2e::{Failure, Outcome, ensure};
use serde_json::json;

/// How soon another tab sends what a dead one had begun.
const TAKEN_OVER: Duration = Duration::from_secs(2);
/// How soon another tab sends what a frozen one has begun.
const STOLEN: Duration = Duration::from_secs(50);

/// Opens a second tab beside the first, both on the fault page with a living sender; the second has the focus.
fn two_tabs(lab: &mut Lab) -> Outcome<String> {
    lab.world()?.visit("fault")?;
    lab.tool("drain", &[])?;
    let first = lab.tab()?;
    lab.world()?.visit("fault")?;
    lab.world()?.click("button", "launcher.label")?;
    lab.world()?.await_control("button", "menu.complaint")?;
    Ok(first)
}

/// Sends one item from the second tab into a black hole, and gives the tab's name once the request is out.
fn stuck_in_second(lab: &mut Lab) -> Outcome<String> {
    lab.fault(Some(Fault::BlackHole));
    let second = lab.current_tab()?;
    lab.bulk(1, &json!({ "receipt": "strict", "timeout_seconds": 15 }))?;
    let site = Rc::clone(&lab.site);
    lab.world()?.until("the first request", || Ok((!site.arrivals().is_empty()).then_some(())))?;
    lab.fault(None);
    Ok(second)
}

pub fn renderer_dies(lab: &mut Lab) -> Outcome {
    let first = two_tabs(lab)?;
    // The first tab is the one that listens: it has a sender and something to wait for.
    lab.switch_to(&first)?;
    lab.world()?.click("button", "launcher.label")?;
    lab.world()?.await_control("button", "menu.complaint")?;
    let other = lab.other_tab(&first)?;
    lab.switch_to(&other)?;
    stuck_in_second(lab)?;
    let tried = lab.site.arrivals().len();
    let start = crash(lab)?;
    lab.switch_to(&first)?;
    lab.delivered(Duration::from_secs(20))?;
    let next = lab.site.arrivals().get(tried).map_or(start, |arrival| arrival.at);
    lab.close_others(&first)?;
    let spent = next.saturating_duration_since(start);
    // The lock is free at once; the other tab looks every two seconds.
    ensure(spent <= TAKEN_OVER, || format!("the other tab took over after {spent:?}"))
}

/// Ends the process of this tab, and gives the moment. A busy browser passes over the order at times.
fn crash(lab: &mut Lab) -> Outcome<Instant> {
    for _ in 0..5 {
        let start = Instant::now();
        // Nobody is left to answer.
        let _gone = lab.browser()?.cdp("Page.crash", &json!({}));
        if lab.browser()?.session.script("return 1;", &[]).is_err() {
            return Ok(start);
        }
    }
    Err(Failure("the tab would not crash".to_owned()))
}

pub fn frozen_holder(lab: &mut Lab) -> Outcome {
    let first = two_tabs(lab)?;
    stuck_in_second(lab)?;
    lab.browser()?.cdp("Page.setWebLifecycleState", &json!({ "state": "frozen" }))?;
    lab.switch_to(&first)?;
    lab.tool("drain", &[])?;
    let spent = lab.delivered(Duration::from_secs(70))?;
    lab.close_others(&first)?;
    ensure(spent <= STOLEN, || format!("the other tab took over after {spent:?}"))
}

pub fn many_tabs(lab: &mut Lab) -> Outcome {
    lab.fault(Some(Fault::Down));
    lab.world()?.visit("elsewhere")?;
    let home = lab.current_tab()?;
    for _ in 0..10 {
        lab.tab()?;
        lab.world()?.visit("fault")?;
        let states = lab.bulk(5, &json!({ "receipt": "strict" }))?;
        ensure(states.iter().all(|state| state == "stored"), || format!("{states:?}"))?;
    }
    lab.close_others(&home)?;
    lab.fault(None);
    lab.world()?.visit("fault")?;
    lab.world()?.hover("button", "launcher.label")?;
    lab.delivered(Duration::from_secs(60)).map(drop)
}

/// Each press is a submission of its own: both are received, once each, nothing else is, and neither tab says what is
/// not true.
pub fn same_draft(lab: &mut Lab) -> Outcome {
    let words = lab.mark();
    lab.world()?.visit("fault")?;
    fill_in(&lab.world()?, &words)?;
    std::thread::park_timeout(Duration::from_millis(800));
    let first = lab.tab()?;
    let again = format!("{words} too");
    lab.expect(again.clone());
    lab.world()?.visit("fault")?;
    lab.world()?.click("button", "launcher.label")?;
    lab.world()?.click("button", "menu.feedback")?;
    let world = lab.world()?;
    world.click("radio", "feedback.topic.idea")?;
    world.until("the draft of the other tab", || {
        Ok((world.value("feedback.text.idea")? == words).then_some(()))
    })?;
    world.fill("feedback.text.idea", " too")?;
    hand_in(&world, &again)?;
    sentence(&world, &["sending.sent"])?;
    lab.switch_to(&first)?;
    // What was handed in there is not offered once more here; who says it again all the same is heard again.
    let world = lab.world()?;
    world.until("an empty field in the first tab", || {
        Ok(world.value("feedback.text.idea")?.is_empty().then_some(()))
    })?;
    world.fill("feedback.text.idea", &words)?;
    hand_in(&world, &words)?;
    sentence(&world, &["sending.sent"])?;
    lab.close_others(&first)?;
    lab.delivered(Duration::from_secs(20))?;
    let rows = lab.receiver.rows("feedback")?;
    let of_both =
        |row: &&Row| row.body["feedback"]["text"].as_str().is_some_and(|text| text.starts_with(&words));
    let count = rows.iter().filter(of_both).count();
    ensure(count == 2, || format!("two were handed in, and {count} are there"))
}
