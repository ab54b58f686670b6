//! A small phone: nothing scrolls sideways, every target is large enough for a thumb, the whole way through.

use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

use crate::acts;

/// What is too wide, and what is too small to press.
const MEASURE: &str = "
    const faults = [];
    if (document.documentElement.scrollWidth > innerWidth) faults.push('the page scrolls sideways');
    for (const element of everything(document)) {
      if (!visible(element) || !element.getRootNode().host) continue;
      const box = element.getBoundingClientRect();
      if (!box.width || !box.height) continue;
      const style = getComputedStyle(element);
      const scrolls = ['auto', 'scroll'].includes(style.overflowX) || element.part.contains('panel');
      if (scrolls && element.scrollWidth > element.clientWidth + 1) {
        faults.push(describe(element) + ' .' + element.className + ' scrolls sideways by ' + (element.scrollWidth - element.clientWidth));
      }
      const role = roleOf(element);
      if (!['button', 'link', 'radio', 'checkbox', 'textbox', 'searchbox', 'combobox'].includes(role)) continue;
      const drawn = element.labels && element.labels.length && ['radio', 'checkbox'].includes(role) ? element.labels[0] : element;
      const target = drawn.getBoundingClientRect();
      const inText = role === 'link' && style.display === 'inline';
      if (!inText && (target.height < 43.5 || target.width < 43.5)) {
        faults.push(describe(element) + ' is ' + Math.round(target.width) + '×' + Math.round(target.height));
      }
      if (target.right > innerWidth + 1 || target.left < -1) faults.push(describe(element) + ' sticks out');
    }
    return faults.slice(0, 8);";

fn fits(world: &World<'_>, what: &str) -> Outcome {
    world.settle()?;
    let faults = world.look(MEASURE, &[])?;
    ensure(faults.as_array().is_some_and(Vec::is_empty), || format!("{what}: {faults}"))
}

pub fn steps(world: &mut World<'_>) -> Outcome {
    world.browser.phone()?;
    world.visit("shop")?;
    acts::open_menu(world)?;
    fits(world, "menu")?;
    world.click("button", "menu.rating")?;
    world.await_control("radio", "rating.stars.5")?;
    fits(world, "rating")?;
    world.click("button", "panel.back")?;
    world.click("button", "menu.feedback")?;
    world.await_control("button", "feedback.send")?;
    fits(world, "feedback")?;
    world.click("button", "panel.back")?;
    world.click("button", "menu.answers")?;
    world.await_control("button", "How do I wax my boots?").or_else(|_| world.see("answers.popular"))?;
    fits(world, "answers")?;
    world.click("button", "panel.back")?;
    world.click("button", "menu.complaint")?;
    world.await_control("button", "complaint.listen.next")?;
    fits(world, "listen")?;
    world.fill("complaint.words", acts::STORY)?;
    world.click("button", "complaint.listen.next")?;
    world.see("complaint.recap.title")?;
    fits(world, "recap")?;
    world.click("button", "complaint.recap.yes")?;
    world.see("complaint.apologise.title")?;
    fits(world, "apologise")?;
    world.click("button", "complaint.apologise.next")?;
    world.see("complaint.resolve.title")?;
    fits(world, "resolve")?;
    world.click("button", "complaint.send")?;
    world.see("complaint.promise.sent")?;
    fits(world, "promise")?;
    let reference = acts::reference(world)?;
    world.rows("complaint", 1)?;
    world.click("button", "complaint.promise.status")?;
    world.await_control("button", "status.look_up.button")?;
    fits(world, "status")?;
    world.click("button", &reference)?;
    world.see("status.state.received")?;
    fits(world, "report")
}
