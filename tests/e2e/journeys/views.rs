//! Every view in both schemes and both languages: no violation that axe-core knows, and a picture on phone and desktop.

use all_ears_e2e::customer::Key;
use all_ears_e2e::engine::Engine;
use all_ears_e2e::world::World;
use all_ears_e2e::{Failure, Outcome};
use serde_json::Value;

use crate::acts;

/// Whether nothing has the focus while the panel stands open over the page.
const LOST: &str = "
    const root = document.querySelector('all-ears').shadowRoot;
    return !!root && !!root.querySelector('dialog:modal') && !root.activeElement;";

/// How a tour through the views looks at each.
pub struct Look<'a, 'b> {
    world: &'a World<'b>,
    label: String,
    faults: Vec<String>,
}

impl<'a, 'b> Look<'a, 'b> {
    /// A way of looking, named after what is looked at.
    pub fn new(world: &'a World<'b>, chinese: bool, dark: bool, phone: bool) -> Self {
        let language = if chinese { "zh" } else { "en" };
        let scheme = if dark { "dark" } else { "light" };
        let size = if phone { "phone" } else { "desktop" };
        Self { world, label: format!("{language}-{scheme}-{size}"), faults: Vec::new() }
    }

    /// Looks at what is shown now: a picture, and every fault that axe knows.
    pub fn at(&mut self, view: &str) -> Outcome {
        self.world.settle()?;
        if self.world.script(LOST, &[])? == true {
            self.faults.push(format!("{view} {}: the focus is nowhere", self.label));
        }
        self.world.picture(&format!("{view}-{}", self.label))?;
        if let Err(Failure(why)) = self.world.axe(&format!("{view} {}", self.label)) {
            self.faults.push(why);
        }
        Ok(())
    }

    /// Fails with all faults found on the way.
    pub fn done(self) -> Outcome {
        if self.faults.is_empty() { Ok(()) } else { Err(Failure(self.faults.join("\n      "))) }
    }
}

/// Through every view once, from the closed launcher to the status of a complaint.
fn tour(look: &mut Look<'_, '_>) -> Outcome {
    let world = look.world;
    world.await_control("button", "launcher.label")?;
    look.at("closed")?;
    acts::open_menu(world)?;
    look.at("menu")?;
    world.click("button", "menu.rating")?;
    world.click("radio", "rating.stars.2")?;
    world.see("survey.kept")?;
    look.at("rating")?;
    world.click("button", "survey.finish")?;
    world.see("survey.thanks.title")?;
    look.at("rated")?;
    world.click("button", "survey.menu")?;
    world.click("button", "menu.feedback")?;
    world.click("button", "feedback.send")?;
    world.see("feedback.text.missing")?;
    look.at("feedback-error")?;
    acts::tell_us(world, "idea", "Boots for dogs.")?;
    world.see("sending.sent")?;
    look.at("feedback-sent")?;
    world.click("button", "panel.back")?;
    world.click("button", "menu.answers")?;
    world.see("answers.popular")?;
    look.at("answers")?;
    world.fill("answers.search", "boots")?;
    world.see("answers.count.other")?;
    look.at("answers-found")?;
    world.press(Key::Escape)?;
    world.see("answers.popular")?;
    world.click("button", "How do I send something back?")?;
    world.see("answers.helpful")?;
    look.at("article")?;
    world.click("button", "answers.partly")?;
    world.see("answers.next")?;
    look.at("article-partly")?;
    world.click("button", "answers.no")?;
    complain(look)
}

fn complain(look: &mut Look<'_, '_>) -> Outcome {
    let world = look.world;
    world.await_control("button", "complaint.listen.next")?;
    look.at("listen")?;
    world.fill("complaint.words", acts::STORY)?;
    world.type_words(" I had waxed my boots.")?;
    world.see("answers.beside")?;
    look.at("listen-beside")?;
    world.click("button", "complaint.listen.next")?;
    world.see("complaint.recap.title")?;
    look.at("recap")?;
    world.click("button", "complaint.recap.correct")?;
    world.await_control("button", "complaint.recap.done")?;
    look.at("recap-correcting")?;
    world.click("button", "complaint.recap.done")?;
    world.click("button", "complaint.recap.yes")?;
    world.see("complaint.apologise.title")?;
    look.at("apologise")?;
    world.click("button", "complaint.apologise.next")?;
    world.see("complaint.resolve.title")?;
    look.at("resolve")?;
    world.click("button", "complaint.send")?;
    world.see("complaint.promise.sent")?;
    let reference = acts::reference(world)?;
    look.at("promise")?;
    world.click("button", "complaint.promise.status")?;
    world.await_control("button", "status.look_up.button")?;
    look.at("status")?;
    world.click("button", &reference)?;
    world.see("status.state.received")?;
    look.at("report")
}

/// Opens the page for looking, in one language and one scheme.
pub fn visit(world: &mut World<'_>, chinese: bool, dark: bool) -> Outcome {
    world.speak(if chinese { "zh-Hans" } else { "en" })?;
    world.browser.scheme(dark)?;
    world.visit(if chinese { "audit-zh" } else { "audit" })?;
    if dark && world.engine() == Engine::WebKit {
        world.until_true("the element", "document.querySelector('all-ears')")?;
        let body = "document.querySelector('all-ears').setAttribute('scheme', arguments[0])";
        world.script(body, &[Value::from("dark")])?;
    }
    Ok(())
}

fn each(world: &mut World<'_>, phone: bool, chinese: bool, dark: bool) -> Outcome {
    if phone {
        world.browser.phone()?;
    }
    visit(world, chinese, dark)?;
    let mut look = Look::new(world, chinese, dark, phone);
    tour(&mut look)?;
    look.done()
}

pub fn en_light(world: &mut World<'_>) -> Outcome {
    each(world, false, false, false)
}

pub fn en_dark(world: &mut World<'_>) -> Outcome {
    each(world, false, false, true)
}

pub fn zh_light(world: &mut World<'_>) -> Outcome {
    each(world, false, true, false)
}

pub fn zh_dark(world: &mut World<'_>) -> Outcome {
    each(world, false, true, true)
}

pub fn phone_en_light(world: &mut World<'_>) -> Outcome {
    each(world, true, false, false)
}

pub fn phone_en_dark(world: &mut World<'_>) -> Outcome {
    each(world, true, false, true)
}

pub fn phone_zh_light(world: &mut World<'_>) -> Outcome {
    each(world, true, true, false)
}

pub fn phone_zh_dark(world: &mut World<'_>) -> Outcome {
    each(world, true, true, true)
}
