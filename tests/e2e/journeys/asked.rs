//! A survey that the page asks for: after a press it takes the focus, by itself it leaves it where it is.

use all_ears_e2e::customer::Key;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

use crate::acts;

/// A field, a button that asks, and one that asks a moment after the press.
const OWN: &str = "
    const main = document.querySelector('main');
    const add = (tag, text, press) => {
      const node = document.createElement(tag);
      node.textContent = text;
      if (tag === 'input') node.setAttribute('aria-label', text);
      if (press) node.addEventListener('click', press);
      main.append(node);
    };
    add('input', 'Search the shop');
    add('button', 'Rate your pair', () => allEars('ask', 'post-purchase'));
    add('button', 'Add to the bag', () => setTimeout(() => allEars('ask', 'post-purchase'), 300));
    add('button', 'Rate nothing', () => allEars('ask', 'no-such'));";

fn names(world: &World<'_>) -> Outcome<Vec<String>> {
    let events = world.events()?;
    let names = events.iter().filter_map(|event| event["name"].as_str());
    Ok(names.filter(|name| ["open", "close"].contains(name)).map(str::to_owned).collect())
}

/// The customer's own press: into the dialog, and back by Escape.
pub fn by_press(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    world.await_control("button", "launcher.label")?;
    world.script(OWN, &[])?;
    for _ in 0..2 {
        world.click("button", "Rate your pair")?;
        world.await_control("radio", "rating.stars.1")?;
        world.await_focus("heading", "survey.title")?;
        world.press(Key::Escape)?;
        world.await_gone("radio", "rating.stars.1")?;
        world.await_focus("button", "Rate your pair")?;
    }
    let heard = names(world)?;
    ensure(heard == ["open", "close", "open", "close"], || format!("the events were {heard:?}"))?;
    // By keyboard it is the same.
    world.press(Key::Enter)?;
    world.await_focus("heading", "survey.title")?;
    world.press(Key::Escape)?;
    world.await_focus("button", "Rate your pair")?;
    // What opened for a survey that is not there closes, and the focus is where it was.
    world.allow("unknown survey");
    world.click("button", "Rate nothing")?;
    world.await_focus("button", "Rate nothing")?;
    world.until_true(
        "the closed panel",
        "!document.querySelector('all-ears').shadowRoot.querySelector('dialog').open",
    )
}

/// By itself, though somebody pressed and typed just before: the focus stays, it is said, and it is within reach.
pub fn by_itself(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    world.await_control("button", "launcher.label")?;
    world.script(OWN, &[])?;
    world.click("button", "Add to the bag")?;
    world.click("textbox", "Search the shop")?;
    world.await_control("radio", "rating.stars.1")?;
    acts::hears(world, &world.texts.resolve("survey.asked")?)?;
    world.type_words("socks")?;
    let typed = world.value("Search the shop")?;
    ensure(typed == "socks", || format!("the field has {typed:?}"))?;
    world.await_focus("textbox", "Search the shop")?;
    // It comes after the page, and Escape in it closes it and gives the focus back.
    let mut inside = false;
    for _ in 0..12 {
        world.press(Key::Tab)?;
        let within = "return !!document.querySelector('all-ears').shadowRoot.querySelector('dialog').contains(\
                      document.querySelector('all-ears').shadowRoot.activeElement)";
        inside = world.script(within, &[])? == true;
        if inside {
            break;
        }
    }
    ensure(inside, || "Tab does not lead into the survey".to_owned())?;
    world.press(Key::Escape)?;
    world.await_gone("radio", "rating.stars.1")?;
    let focused = world.focused()?;
    ensure(!focused.contains("body") && !focused.is_empty(), || format!("the focus is on {focused:?}"))
}
