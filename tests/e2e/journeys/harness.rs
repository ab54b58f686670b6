//! The harness itself, on a stand-in page: shadow roots, pointer, keys, strict headers, phone size, dark scheme, console.

use all_ears_e2e::customer::Key;
use all_ears_e2e::engine::Engine;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

pub fn steps(world: &mut World<'_>) -> Outcome {
    world.visit("harness")?;
    ensure(world.script("return isSecureContext", &[])? == true, || "no secure context".to_owned())?;
    world.click("button", "Open the box")?;
    world.fill("Your words", "Two words, 你好")?;
    world.click("radio", "Good")?;
    world.click("button", "Keep these words")?;
    world.see("Kept: Two words, 你好")?;
    world.picture("harness")?;
    world.axe("the stand-in")?;
    world.script(
        "document.getElementById('host').shadowRoot.querySelector('dialog').append(document.createElement('input'))",
        &[],
    )?;
    ensure(world.axe("the stand-in").is_err(), || "axe is blind in shadow roots".to_owned())?;
    world.press(Key::Escape)?;
    world.await_gone("button", "Keep these words")?;
    world.await_focus("button", "Open the box")?;

    world.browser.phone()?;
    let size = world.script("return innerWidth + '×' + innerHeight", &[])?;
    ensure(size == "320×640", || format!("the phone is {size}"))?;
    world.browser.desktop()?;

    world.browser.scheme(true)?;
    if world.engine() != Engine::WebKit {
        world.until_true("the dark scheme", "matchMedia('(prefers-color-scheme: dark)').matches")?;
    }
    world.quiet()?;
    world.script("console.error('on purpose')", &[])?;
    ensure(!world.console()?.is_empty(), || "the console's recorder is deaf".to_owned())
}
