//! The demonstration shop as the receiver serves it, and the company's side: a complaint from the shop is in the
//! register, gets its answer there, and the customer finds it and says whether it was put right.

use all_ears_e2e::receiver::Receiver;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

use crate::acts;

/// Opens the shop of a receiver that serves the demo; gives its address.
fn enter(world: &mut World<'_>, page: &str) -> Outcome<String> {
    let shop = Receiver::start_with_demo()?;
    let address = format!("http://127.0.0.1:{}", shop.port);
    world.receiver = Some(shop);
    world.open_url(&format!("{address}{page}"))?;
    world.record()?;
    Ok(address)
}

pub fn shop(world: &mut World<'_>) -> Outcome {
    enter(world, "/")?;
    world.picture("demo-top")?;
    // The inline part fetches what it needs once it is in sight.
    world.script("document.getElementById('order').scrollIntoView()", &[])?;
    world.see("How happy are you with Ridgeway trail boots?")?;
    world.picture("demo-shop")?;
    world.click("radio", "rating.stars.5")?;
    let rating = world.rows("rating", 1)?.remove(0).body;
    ensure(rating["context"]["order"] == "A-1001", || format!("the order is lost: {rating}"))?;

    world.click("button", "Ask about fit")?;
    world.fill("answers.search", "boots too tight")?;
    world.see("answers.count.other")?;
    world.picture("demo-answers")?;
    world.click("button", "panel.close")?;
    world.await_gone("searchbox", "answers.search")?;
    world.await_focus("button", "Ask about fit")?;
    acts::open_menu(world)?;
    world.click("button", "panel.back")?;
    world.await_control("button", "menu.rating")?;
    world.picture("demo-menu")
}

pub fn chinese_shop(world: &mut World<'_>) -> Outcome {
    world.speak("zh-Hans")?;
    enter(world, "/demo/zh.html")?;
    acts::open_menu(world)?;
    world.picture("demo-zh-menu")?;
    world.click("button", "menu.answers")?;
    world.fill("answers.search", "退货")?;
    world.until("an answer in Chinese", || {
        let found = world.shows("answers.count.other")? || world.shows("answers.count.one")?;
        Ok(found.then_some(()))
    })?;
    world.picture("demo-zh-answers")
}

pub fn company_answers(world: &mut World<'_>) -> Outcome {
    let address = enter(world, "/")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    let reference = acts::complain(world, acts::STORY)?;
    world.rows("complaint", 1)?;

    acts::answer(world, &address, &reference, "A new pair left Bristol today.")?;

    // The customer comes back.
    world.open_url(&format!("{address}/"))?;
    world.record()?;
    acts::open_menu(world)?;
    world.click("button", "menu.status")?;
    // The list has asked by itself, and says so.
    world.see("status.standing.answered")?;
    world.see("status.state.decided")?;
    acts::hears(world, &world.texts.resolve("status.state.decided")?)?;
    world.picture("status-listed-answer")?;
    world.click("button", &reference)?;
    world.see("status.state.decided")?;
    world.see("A new pair left Bristol today.")?;
    world.picture("status-answered")?;
    world.click("button", "status.no")?;
    // What was pressed is gone: the focus is on what took its place.
    world.until("the focus on the thanks", || {
        Ok((world.look("return active().id", &[])? == "put-right-said").then_some(()))
    })?;
    let follow_up = world.rows("follow_up", 1)?.remove(0).body;
    ensure(follow_up["follow_up"]["reference"] == reference.as_str(), || {
        format!("about which? {follow_up}")
    })?;
    // Taken up again, it is no new complaint.
    world.click("button", "panel.back")?;
    world.click("button", &reference)?;
    world.see("status.state.again")?;
    world.picture("status-again")
}
