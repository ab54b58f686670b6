//! The page on which a web team checks a text: a bad sentence is typed, underlined, and said anew at a press.

use all_ears_e2e::receiver::Receiver;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

pub fn takes_the_rewrite(world: &mut World<'_>) -> Outcome {
    let shop = Receiver::start_with_demo()?;
    let address = format!("http://127.0.0.1:{}", shop.port);
    world.receiver = Some(shop);
    world.open_url(&format!("{address}/demo/authoring.html"))?;
    world.record()?;

    world.fill("Your text", "You must sign here. 你好")?;
    world.see("1 wording to look at")?;
    let marked = world.script("return document.querySelector('#marked mark').textContent", &[])?;
    ensure(marked == "You must", || format!("what is underlined is {marked}"))?;
    world.axe("the page for authors")?;
    world.picture("authoring")?;

    world.click("button", "Use: Please sign here.")?;
    world.see("Taken. This reads well.")?;
    let text = world.value("Your text")?;
    ensure(text == "Please sign here. 你好", || format!("the text is {text}"))?;
    world.await_focus("textbox", "Your text")?;

    world.click("button", "Start afresh")?;
    world.choose("Language of the text", "简体中文")?;
    world.fill("Your text", "三点之前不能入住。")?;
    world.click("button", "Use: 三点起可以入住。")?;
    world.see("Taken. This reads well.")?;
    world.quiet()
}
