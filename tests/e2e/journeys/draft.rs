//! Words that were typed are still there after the page was left.

use all_ears_e2e::world::World;
use all_ears_e2e::{Failure, Outcome, ensure};

use crate::acts;

pub fn kept(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    world.fill("complaint.words", acts::STORY)?;
    acts::draft_is_kept(world, "complaint")?;
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    world.see("complaint.restored")?;
    let kept = world.value("complaint.words")?;
    ensure(kept == acts::STORY, || format!("the draft came back as {kept:?}"))
}

/// Two elements of a page stand for two tabs: each has a draft of its own in hand, and the device has one.
pub fn in_two_places(world: &mut World<'_>) -> Outcome {
    world.visit("elements")?;
    world.await_control("button", "panel.complain")?;
    // The page has its final form: nothing moves away from under the press.
    world.settle()?;
    world.click("button", "panel.complain")?;
    world.fill("complaint.words", "The left sole")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    world.see("complaint.restored")?;
    // Written on in the panel, which covers the page: the one below follows.
    world.fill("complaint.words", " came off")?;
    let both =
        "return [...everything(document)].filter((it) => it.id === 'words').map((it) => it.value).join('|');";
    let same = world.until("the same words in both", || {
        Ok((world.look(both, &[])? == "The left sole came off|The left sole came off").then_some(()))
    });
    same.or_else(|Failure(why)| Err(Failure(format!("{why}: {}", world.look(both, &[])?))))?;
    // Handed in here, it is not offered for sending there as well.
    world.settle()?;
    for button in
        ["complaint.listen.next", "complaint.recap.yes", "complaint.apologise.next", "complaint.send"]
    {
        world.click("button", button)?;
    }
    world.rows("complaint", 1)?;
    world.until("an empty field below", || Ok((world.look(both, &[])? == "").then_some(())))
}

/// A message comes back as well.
pub fn message(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.feedback")?;
    world.fill("feedback.text.any", "Sell laces, please.")?;
    acts::draft_is_kept(world, "feedback")?;
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.feedback")?;
    world.see("feedback.restored")?;
    world.picture("feedback-restored")?;
    let kept = world.value("feedback.text.any")?;
    ensure(kept == "Sell laces, please.", || format!("the draft came back as {kept:?}"))?;
    world.click("button", "feedback.send")?;
    world.see("feedback.sent.title")?;
    world.rows("feedback", 1).map(drop)
}
