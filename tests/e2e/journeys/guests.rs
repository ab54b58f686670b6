//! Pages as they are: the script twice, two widgets, a hostile style sheet, a page that comes back from the
//! browser's cache, a page that swaps its body.

use all_ears_e2e::customer::Key;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};
use serde_json::Value;

use crate::acts;
use crate::photos::{OnDisk, photo};

fn count(world: &World<'_>) -> Outcome<Value> {
    world.script("return document.querySelectorAll('all-ears').length", &[])
}

pub fn script_twice(world: &mut World<'_>) -> Outcome {
    world.visit("twice")?;
    acts::open_menu(world)?;
    let found = count(world)?;
    ensure(found == 1, || format!("{found} widgets from one tag given twice"))
}

pub fn two_widgets(world: &mut World<'_>) -> Outcome {
    world.visit("two")?;
    world.click("button", "Second ear")?;
    world.await_control("button", "menu.complaint")?;
    world.press(Key::Escape)?;
    world.await_focus("button", "Second ear")?;
    world.click("button", "First ear")?;
    world.click("button", "menu.feedback")?;
    acts::tell_us(world, "idea", "Two ears hear more than one.")?;
    world.rows("feedback", 1).map(drop)
}

pub fn hostile_styles(world: &mut World<'_>) -> Outcome {
    world.visit("hostile")?;
    acts::open_menu(world)?;
    world.picture("menu-under-hostile-styles")?;
    let panel = world.look(
        "const at = widgets()[0].shadowRoot.querySelector('[part=panel]').getBoundingClientRect();\
         const button = candidates('button', arguments[0])[0].getBoundingClientRect();\
         return [at.width >= 300 && at.width <= 520, at.height > 200, button.height >= 44,\
                 getComputedStyle(candidates('button', arguments[0])[0]).color !== 'rgb(255, 0, 0)'];",
        &[Value::from(world.texts.resolve("menu.complaint")?)],
    )?;
    let sound = panel.as_array().is_some_and(|all| all.iter().all(|one| one == true));
    ensure(sound, || format!("panel width, height, target size, own colour: {panel}"))?;
    world.click("button", "menu.feedback")?;
    acts::tell_us(world, "praise", "Still standing.")?;
    world.rows("feedback", 1).map(drop)
}

pub fn comes_back(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.press(Key::Escape)?;
    world.visit("elsewhere")?;
    world.back()?;
    acts::open_menu(world)?;
    let found = count(world)?;
    ensure(found == 1, || format!("{found} widgets after coming back"))
}

/// What a page does that replaces its body and puts the same nodes in again.
const SWAP: &str = "
    const own = document.querySelector('all-ears');
    const fresh = document.createElement('body');
    const title = document.createElement('h1');
    title.textContent = arguments[0];
    fresh.append(title, own);
    document.documentElement.replaceChild(fresh, document.body);
    history.pushState({}, '', '/elsewhere');";

pub fn body_swapped(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.press(Key::Escape)?;
    world.script(SWAP, &[Value::from("The second page")])?;
    acts::open_menu(world)?;
    world.press(Key::Escape)?;
    world.script("window.kept = document.querySelector('all-ears'); kept.remove();", &[])?;
    world.await_gone("button", "launcher.label")?;
    world.script("document.body.append(window.kept)", &[])?;
    acts::open_menu(world)?;
    let found = count(world)?;
    ensure(found == 1, || format!("{found} widgets after two swaps"))
}

/// As frameworks for pages do that follow what a page waits for: the page's own promises are of another kind from then on,
/// and the browser's are none of them.
const OTHER_PROMISE: &str = "window.Promise = class extends Promise {};";

/// Notes every text that the widget shows from now on.
const WATCH: &str = "
    window.seen = [];
    const root = document.querySelector('all-ears').shadowRoot;
    const note = () => window.seen.push(root.querySelector('.panel').textContent);
    new MutationObserver(note).observe(root, { subtree: true, childList: true, characterData: true });";

pub fn other_promises(world: &mut World<'_>) -> Outcome {
    for part in ["net::ERR", "Failed to load resource"] {
        world.allow(part);
    }
    let sole = OnDisk::write(world, "left sole.jpg", &photo(6, 30_000))?;
    world.visit("files")?;
    world.script(OTHER_PROMISE, &[])?;
    acts::open_menu(world)?;
    // A FAQ by its address is read,
    world.click("button", "menu.answers")?;
    world.await_control("button", "How do I send something back?")?;
    // a photo is taken,
    world.click("button", "panel.complain")?;
    world.fill("complaint.words", acts::STORY)?;
    world.await_control("button", "complaint.files.add")?;
    world.attach("files", &[&sole.0])?;
    world.await_control("button", "Remove left sole.jpg")?;
    // and what is handed in is saved from the first word on.
    world.site.offline(true);
    world.click("button", "complaint.listen.next")?;
    world.click("button", "complaint.recap.yes")?;
    world.click("button", "complaint.apologise.next")?;
    world.script(WATCH, &[])?;
    world.click("button", "complaint.send")?;
    world.see("complaint.promise.saved")?;
    let seen = world.script("return window.seen.join('\\n')", &[])?.as_str().unwrap_or_default().to_owned();
    ensure(!seen.contains(&world.texts.resolve("sending.unsaved")?), || {
        format!("it was said that it is not saved: {seen}")
    })?;
    world.site.offline(false);
    world.script("dispatchEvent(new Event('online'))", &[])?;
    world.see("complaint.promise.sent")?;
    world.rows("complaint", 1).map(drop)
}
