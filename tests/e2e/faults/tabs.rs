//! Several tabs: F12–F15.

use std::rc::Rc;
use std::time::{Duration, Instant};

use all_ears_e2e::fault::Fault;
use all_ears_e2e::lab::{Lab, fill_in, sentence};
use all_ears_e2e::{Outcome, ensure};
use serde_json::json;

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
    let start = Instant::now();
    let _gone = lab.browser()?.cdp("Page.crash", &json!({}));
    lab.switch_to(&first)?;
    lab.delivered(Duration::from_secs(20))?;
    let spent = start.elapsed();
    lab.close_others(&first)?;
    // The lock is free at once; the other tab looks every two seconds.
    ensure(spent < Duration::from_secs(6), || format!("the other tab took over after {spent:?}"))
}

pub fn frozen_holder(lab: &mut Lab) -> Outcome {
    let first = two_tabs(lab)?;
    stuck_in_second(lab)?;
    lab.browser()?.cdp("Page.setWebLifecycleState", &json!({ "state": "frozen" }))?;
    lab.switch_to(&first)?;
    lab.tool("drain", &[])?;
    let spent = lab.delivered(Duration::from_secs(70))?;
    lab.close_others(&first)?;
    ensure(spent <= Duration::from_secs(55), || format!("the other tab took over after {spent:?}"))
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

/// Each press is a submission of its own: both are received, once each, and neither tab says what is not true.
pub fn same_draft(lab: &mut Lab) -> Outcome {
    let words = lab.mark();
    lab.world()?.visit("fault")?;
    fill_in(&lab.world()?, &words)?;
    std::thread::park_timeout(Duration::from_millis(800));
    let first = lab.tab()?;
    let again = format!("{words} too");
    lab.world()?.visit("fault")?;
    lab.world()?.click("button", "launcher.label")?;
    lab.world()?.click("button", "menu.feedback")?;
    let world = lab.world()?;
    world.click("radio", "feedback.topic.idea")?;
    world.fill("feedback.text.idea", " too")?;
    world.click("button", "feedback.send")?;
    sentence(&world, &["sending.sent"])?;
    lab.switch_to(&first)?;
    lab.world()?.click("button", "feedback.send")?;
    sentence(&lab.world()?, &["sending.sent"])?;
    lab.close_others(&first)?;
    lab.expect(again);
    let rows = lab.rows()?;
    let each = rows.iter().map(|(_, count)| *count).sum::<usize>();
    ensure(each >= 1 && rows.iter().all(|(_, count)| *count <= 2), || format!("{rows:?}"))
}
