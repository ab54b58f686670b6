//! The same shop in Chinese: the page's language decides, every text is Chinese, a complaint goes through.

use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

use crate::acts;

pub fn steps(world: &mut World<'_>) -> Outcome {
    world.speak("zh-Hans")?;
    world.visit("shop-zh")?;
    acts::open_menu(world)?;
    let language = world.look(
        "return active().closest('[lang]')?.lang || active().getRootNode().querySelector('[lang]')?.lang",
        &[],
    )?;
    ensure(language == "zh-Hans", || format!("the panel's language is {language}"))?;
    let said = world.look("return squeeze(shownText(widgets()[0].shadowRoot));", &[])?;
    let mut said = said.as_str().unwrap_or_default().to_owned();
    for own in ["Fernway Outfitters", "Ridgeway trail boots", "hello@fernway.example"] {
        said = said.replace(own, "");
    }
    let foreign = said.split(|letter: char| !letter.is_ascii_alphabetic()).find(|word| word.len() > 2);
    ensure(foreign.is_none(), || format!("{foreign:?} is left in the menu: {said}"))?;
    world.click("button", "menu.complaint")?;
    acts::complain(world, "第二次徒步时，左脚的鞋底脱落了。")?;
    let row = world.rows("complaint", 1)?.remove(0).body;
    ensure(
        row["locale"] == "zh-Hans" && row["complaint"]["text"] == "第二次徒步时，左脚的鞋底脱落了。",
        || format!("the row is {row}"),
    )
}

/// `allEars("locale", …)` changes the language of an open panel.
pub fn changed_by_call(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.script("allEars('locale', 'zh-Hans')", &[])?;
    world.speak("zh-Hans")?;
    world.await_control("button", "menu.complaint")
}
