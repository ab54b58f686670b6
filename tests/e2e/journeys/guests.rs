//! Pages as they are: the script twice, two widgets, a hostile style sheet, a page that comes back from the
//! browser's cache, a page that swaps its body.

use all_ears_e2e::customer::Key;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};
use serde_json::Value;

use crate::acts;

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
