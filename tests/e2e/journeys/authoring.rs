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
    world.see("Your text is kept.")?;
    world.click("button", "Bring my text back")?;
    let text = world.value("Your text")?;
    ensure(text == "Please sign here. 你好", || format!("what came back is {text}"))?;
    world.click("button", "Show an example")?;
    world.click("button", "Bring my text back")?;
    let text = world.value("Your text")?;
    ensure(text == "Please sign here. 你好", || format!("what came back is {text}"))?;
    world.await_gone("button", "Bring my text back")?;

    // A proposal belongs to its sentence, wherever that stands by the time it is taken.
    world.click("button", "Start afresh")?;
    world.fill("Your text", "You must sign here.")?;
    world.see("1 wording to look at")?;
    world.script(
        "const text = document.querySelector('#text'); text.value = 'Good day! ' + text.value;         document.querySelector('#findings button').click();",
        &[],
    )?;
    let text = world.value("Your text")?;
    ensure(text == "Good day! Please sign here.", || format!("the text is {text}"))?;
    world.click("button", "Start afresh")?;
    world.fill("Your text", "You must sign here.")?;
    world.see("1 wording to look at")?;
    world.script(
        "const text = document.querySelector('#text'); text.value = 'You may sign here.';         document.querySelector('#findings button').click();",
        &[],
    )?;
    let text = world.value("Your text")?;
    ensure(text == "You may sign here.", || format!("the text is {text}"))?;
    world.see("That sentence has changed since.")?;

    world.choose("Language of the text", "简体中文")?;
    world.click("button", "Start afresh")?;
    world.fill("Your text", "三点之前不能入住。")?;
    world.see("1 wording to look at")?;
    let spoken = "return ['#text', '#marked', '#findings q', '#findings button span']        .map((place) => document.querySelector(place).lang).join()";
    let spoken = world.script(spoken, &[])?;
    ensure(spoken == "zh-Hans,zh-Hans,zh-Hans,zh-Hans", || format!("the text is said in {spoken}"))?;
    world.click("button", "Use: 三点起可以入住。")?;
    world.see("Taken. This reads well.")?;
    world.quiet()
}
