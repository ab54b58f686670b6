//! Words that were typed are still there after the page was left.

use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

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
