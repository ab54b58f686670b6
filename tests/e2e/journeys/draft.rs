//! Words that were typed are still there after the page was left.

use all_ears_e2e::world::World;
use all_ears_e2e::{Failure, Outcome, ensure};

use crate::acts;

pub fn kept(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    world.fill("complaint.words", acts::STORY)?;
    // Drafts are written half a second after the last key.
    let written = "
        const done = arguments[arguments.length - 1];
        const ask = indexedDB.open('all-ears');
        ask.onerror = () => done(0);
        ask.onsuccess = () => {
          const base = ask.result;
          if (!base.objectStoreNames.contains('drafts')) { base.close(); done(0); return; }
          const count = base.transaction('drafts').objectStore('drafts').count();
          count.onsuccess = () => { base.close(); done(count.result); };
        };";
    world.until("the draft in the browser's database", || {
        let count = world.browser.session.script_async(written, &[])?;
        Ok((count.as_i64() > Some(0)).then_some(()))
    })?;
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
