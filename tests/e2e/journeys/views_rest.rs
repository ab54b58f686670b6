//! What a customer sees on a bad day: the plain form, a complaint that waits for the line, a reference that nobody
//! knows; and the widget inline in the page. Looked at as `views` looks at the rest.

use all_ears_e2e::Outcome;
use all_ears_e2e::fault::Fault;
use all_ears_e2e::world::World;

use crate::acts;
use crate::photos::{OnDisk, photo};
use crate::views::{Look, visit};

pub fn plain_form(world: &mut World<'_>) -> Outcome {
    for part in ["404", ".wasm", "Fetch API cannot load"] {
        world.allow(part);
    }
    world.site.broken(".wasm");
    for (chinese, dark) in [(false, false), (false, true), (true, false), (true, true)] {
        visit(world, chinese, dark)?;
        let mut look = Look::new(world, chinese, dark, false);
        world.click("button", "launcher.label")?;
        world.await_control("button", "feedback.send")?;
        look.at("plain")?;
        world.click("button", "feedback.send")?;
        world.see("feedback.text.missing")?;
        look.at("plain-error")?;
        look.done()?;
    }
    Ok(())
}

fn bad_day(world: &mut World<'_>, dark: bool) -> Outcome {
    for part in ["net::ERR", "Failed to load resource"] {
        world.allow(part);
    }
    visit(world, false, dark)?;
    let mut look = Look::new(world, false, dark, false);
    acts::open_menu(world)?;
    world.click("button", "menu.status")?;
    world.fill("status.reference", "AE-0000-0000")?;
    world.click("button", "status.look_up.button")?;
    world.until("what to do about an unknown reference", || {
        let said = world.shows("status.unknown")? || world.shows("status.key.wanted")?;
        Ok(said.then_some(()))
    })?;
    look.at("status-unknown")?;
    world.click("button", "panel.complain")?;
    world.fill("complaint.words", acts::STORY)?;
    world.click("button", "complaint.listen.next")?;
    world.click("button", "complaint.recap.yes")?;
    world.click("button", "complaint.apologise.next")?;
    world.site.offline(true);
    world.click("button", "complaint.send")?;
    world.see("complaint.promise.saved")?;
    look.at("promise-saved")?;
    look.done()
}

pub fn bad_day_light(world: &mut World<'_>) -> Outcome {
    bad_day(world, false)
}

pub fn bad_day_dark(world: &mut World<'_>) -> Outcome {
    bad_day(world, true)
}

/// A complaint with photos, and something at risk.
fn photos(world: &mut World<'_>, phone: bool) -> Outcome {
    let photo = OnDisk::write(world, "left sole.jpg", &photo(3, 20_000))?;
    for chinese in [false, true] {
        if phone {
            world.browser.phone()?;
        }
        world.speak(if chinese { "zh-Hans" } else { "en" })?;
        world.visit("files")?;
        if chinese {
            world.script("document.querySelector('all-ears').setAttribute('locale', 'zh-Hans'); allEars('locale', 'zh-Hans')", &[])?;
        }
        let mut look = Look::new(world, chinese, false, phone);
        acts::open_menu(world)?;
        world.click("button", "menu.complaint")?;
        world.fill("complaint.words", acts::STORY)?;
        world.await_control("button", "complaint.files.add")?;
        world.attach("files", &[photo.0.as_path()])?;
        world.see("left sole.jpg")?;
        look.at("listen-photos")?;
        world.click("checkbox", "complaint.urgent")?;
        acts::hears(world, &world.texts.resolve("complaint.urgent.said")?)?;
        look.at("listen-urgent")?;
        world.click("button", "complaint.listen.next")?;
        world.see("complaint.recap.title")?;
        look.at("recap-photos")?;
        world.click("button", "complaint.recap.yes")?;
        world.click("button", "complaint.apologise.next")?;
        world.click("button", "complaint.send")?;
        world.see("complaint.files.sent")?;
        look.at("promise-photos")?;
        look.done()?;
    }
    Ok(())
}

pub fn photos_desktop(world: &mut World<'_>) -> Outcome {
    photos(world, false)
}

pub fn photos_phone(world: &mut World<'_>) -> Outcome {
    photos(world, true)
}

/// What waits on the device, and what was given back.
fn kept(world: &mut World<'_>, phone: bool) -> Outcome {
    for part in ["net::ERR", "Failed to load resource", "422"] {
        world.allow(part);
    }
    for (chinese, dark) in [(false, false), (false, true), (true, false), (true, true)] {
        if phone {
            world.browser.phone()?;
        }
        visit(world, chinese, dark)?;
        let mut look = Look::new(world, chinese, dark, phone);
        acts::open_menu(world)?;
        world.click("button", "menu.feedback")?;
        world.site.fault(Some(Fault::status(422)));
        world.fill("feedback.text.any", acts::STORY)?;
        world.click("button", "feedback.send")?;
        world.see("sending.rejected")?;
        world.site.fault(Some(Fault::Down));
        world.click("button", "feedback.again")?;
        world.fill("feedback.text.any", "Boots for dogs.")?;
        world.click("button", "feedback.send")?;
        world.see("sending.saved")?;
        look.at("feedback-saved")?;
        world.click("button", "panel.back")?;
        world.await_control("button", "menu.returned.look")?;
        look.at("menu-returned")?;
        world.click("button", "menu.returned.look")?;
        world.await_control("button", "kept.feedback")?;
        look.at("status-kept")?;
        world.click("button", "kept.look")?;
        world.see("kept.refused")?;
        look.at("kept-refused")?;
        world.click("button", "kept.delete")?;
        world.await_control("button", "kept.delete.no")?;
        look.at("kept-delete")?;
        world.click("button", "panel.back")?;
        world.click("button", "status.standing.waiting")?;
        world.see("Boots for dogs.")?;
        look.at("kept")?;
        world.click("button", "panel.back")?;
        world.click("button", "kept.delete.all")?;
        world.await_control("button", "kept.delete.yes")?;
        look.at("status-delete")?;
        world.click("button", "kept.delete.yes")?;
        world.see("kept.deleted")?;
        look.at("status-deleted")?;
        look.done()?;
    }
    Ok(())
}

pub fn kept_desktop(world: &mut World<'_>) -> Outcome {
    kept(world, false)
}

pub fn kept_phone(world: &mut World<'_>) -> Outcome {
    kept(world, true)
}

pub fn inline(world: &mut World<'_>) -> Outcome {
    for dark in [false, true] {
        world.browser.scheme(dark)?;
        world.visit("audit-inline")?;
        let mut look = Look::new(world, false, dark, false);
        world.click("radio", "rating.stars.3")?;
        world.see("survey.kept")?;
        look.at("inline-rating")?;
        look.done()?;
    }
    Ok(())
}
