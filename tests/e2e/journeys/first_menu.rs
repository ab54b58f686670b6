//! The menu stands before the widget does: it is the same menu, it counts what is chosen there, and nobody who uses it
//! notices that the widget has taken its place.

use std::time::Duration;

use all_ears_e2e::customer::Key;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

use crate::acts;

/// How long the widget is held back: enough to do something before.
const HELD_BACK: Duration = Duration::from_millis(4000);
/// Whether the widget has taken over, as the page hears it.
const READY: &str = "window.wasReady === true";
/// The nodes of the menu without what differs in form alone: empty texts, and the marks of no attribute.
const KEEP: &str = "
    const content = () => document.querySelector('all-ears').shadowRoot.querySelector('[part=content]');
    window.menuNow = () => { const copy = content().firstElementChild.cloneNode(true); copy.normalize(); return copy; };
    window.firstMenu = window.menuNow();
    addEventListener('all-ears:ready', () => { window.wasReady = true; });
    return content().querySelectorAll('button').length;";

/// What the two menus say from the place on where they differ; empty if they are the same.
const DIFFERENCE: &str = "
    const now = window.menuNow();
    if (window.firstMenu.isEqualNode(now)) return '';
    const [one, other] = [window.firstMenu.outerHTML, now.outerHTML];
    let at = 0;
    while (at < one.length && one[at] == other[at]) at += 1;
    return one.slice(at - 60, at + 60) + ' / ' + other.slice(at - 60, at + 60);";

/// Opens the menu of a page whose widget is late, and keeps what stands there.
fn open_early(world: &World<'_>, page: &str) -> Outcome {
    world.site.slow(".wasm", HELD_BACK);
    world.visit(page)?;
    let label = if page == "attributes" { "Talk to us" } else { "launcher.label" };
    world.click("button", label)?;
    world.await_control("button", "menu.complaint")?;
    world.script(KEEP, &[])?;
    ensure(world.script(&format!("return {READY}"), &[])? == false, || {
        "the widget was there before the menu: nothing was shown early".to_owned()
    })
}

fn await_widget(world: &World<'_>) -> Outcome {
    world.until_true("the widget", READY)
}

/// Page after page: the first menu is the widget's menu, node for node.
pub fn the_same(world: &mut World<'_>) -> Outcome {
    // One of the pages has an entry twice and leaves the complaint out, which both menus put right.
    world.allow("all-ears config");
    for page in ["shop", "shop-zh", "attributes", "first-menu"] {
        if page == "shop-zh" {
            world.speak("zh-Hans")?;
        } else {
            world.speak("en")?;
        }
        open_early(world, page)?;
        await_widget(world)?;
        let found = world.script(DIFFERENCE, &[])?;
        ensure(found == "", || format!("on {page} the first menu differs from here: {found}"))?;
    }
    Ok(())
}

/// What is chosen before the widget is there opens as soon as it is.
pub fn chosen(world: &mut World<'_>) -> Outcome {
    open_early(world, "shop")?;
    world.click("button", "menu.feedback")?;
    world.await_gone("button", "menu.feedback")?;
    world.await_control("textbox", "feedback.text.any")?;
    // The page may have asked for the menu by its name.
    world.site.slow(".wasm", HELD_BACK);
    world.visit("shop")?;
    world.await_control("button", "launcher.label")?;
    world.script("allEars('open', 'menu')", &[])?;
    world.click("button", "menu.complaint")?;
    world.await_control("textbox", "complaint.words")?;
    // Whoever changes their mind before it opens, and closes, finds the menu again.
    open_early(world, "shop")?;
    world.click("button", "menu.complaint")?;
    world.press(Key::Escape)?;
    await_widget(world)?;
    world.await_focus("button", "launcher.label")?;
    acts::open_menu(world)?;
    world.await_control("button", "menu.complaint")
}

/// What the page said before the widget was there is told once, and takes nothing from what comes after.
pub fn told_once(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    world.await_control("button", "launcher.label")?;
    world.script("allEars('locale', 'en'); allEars('close'); allEars('context', { order: 'A-1' });", &[])?;
    world.script(
        "addEventListener('all-ears:ready', () => { window.wasReady = true; });
         addEventListener('all-ears:open', () => { window.wasOpened = true; });",
        &[],
    )?;
    world.hover("button", "launcher.label")?;
    await_widget(world)?;
    acts::open_menu(world)?;
    world.until_true("the event of the opening", "window.wasOpened === true")?;
    world.await_focus("heading", "menu.title")
}

/// With the keyboard: the focus stays on the entry where it was, and Enter opens it.
pub fn kept_place(world: &mut World<'_>) -> Outcome {
    open_early(world, "shop")?;
    world.tab_to("button", "menu.answers", 6)?;
    await_widget(world)?;
    world.await_focus("button", "menu.answers")?;
    world.press(Key::Enter)?;
    world.await_control("searchbox", "answers.search")
}

/// A finger that is down when the widget arrives: the press counts.
pub fn held_press(world: &mut World<'_>) -> Outcome {
    world.site.slow(".wasm", HELD_BACK);
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.script(KEEP, &[])?;
    world.until_true("half the time", "performance.now() > 2500")?;
    world.hold("button", "menu.feedback", Duration::from_millis(2500))?;
    world.await_control("textbox", "feedback.text.any")
}
