//! Open the launcher, see the menu, close with Escape, and find the focus where it was.

use std::time::Duration;

use all_ears_e2e::customer::Key;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

use crate::acts;

/// The frame has to stand in the first frame after the press, before anything is fetched.
const FRAME: &str = "
    const done = arguments[arguments.length - 1];
    const root = document.querySelector('all-ears').shadowRoot;
    root.querySelector('[part=launcher]').addEventListener('click', () =>
      requestAnimationFrame(() => { window.frameStood = root.querySelector('[part=panel]').open === true; }));
    done(true);";

pub fn steps(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    world.await_control("button", "launcher.label")?;
    world.browser.session.script_async(FRAME, &[])?;
    acts::open_menu(world)?;
    // The menu may be in the tree before a busy engine has drawn its first frame.
    let stood = world.until("the first frame after the press", || {
        Ok(world.script("return window.frameStood", &[])?.as_bool())
    })?;
    ensure(stood, || "the frame did not stand in the first frame after the press".to_owned())?;
    for entry in ["menu.rating", "menu.feedback", "menu.answers", "menu.complaint", "menu.status"] {
        world.await_control("button", entry)?;
    }
    world.press(Key::Escape)?;
    world.await_gone("button", "menu.complaint")?;
    world.await_focus("button", "launcher.label")?;

    // Opened by the page's own button, the focus goes back to that button.
    world.script(
        "const own = document.createElement('button'); own.textContent = 'Talk to the shop';\
         own.addEventListener('click', () => allEars('open', 'feedback')); document.querySelector('main').append(own);",
        &[],
    )?;
    world.click("button", "Talk to the shop")?;
    world.await_control("textbox", "feedback.text.any")?;
    world.press(Key::Escape)?;
    world.await_focus("button", "Talk to the shop")?;

    // The close button does what Escape does.
    acts::open_menu(world)?;
    world.click("button", "panel.close")?;
    world.await_gone("button", "menu.complaint")?;
    world.await_focus("button", "launcher.label")?;
    let names: Vec<String> = world
        .events()?
        .iter()
        .filter_map(|event| event["name"].as_str().map(str::to_owned))
        .filter(|name| ["open", "close"].contains(&name.as_str()))
        .collect();
    ensure(names == ["open", "close", "open", "close", "open", "close"], || {
        format!("the events were {names:?}")
    })
}

/// A slow finger: the config arrives between press and release, and the press counts all the same.
pub fn slow_press(world: &mut World<'_>) -> Outcome {
    world.site.slow("/shop.json", Duration::from_millis(500));
    world.visit("shop")?;
    world.hold("button", "launcher.label", Duration::from_millis(1200))?;
    world.await_control("button", "menu.complaint")
}
