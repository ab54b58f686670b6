//! Find an answer: half a word, a typo, read it, say whether it helped; and reach a person with what was typed.

use std::time::{Duration, Instant};

use all_ears_e2e::customer::Key;
use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

use crate::acts;

pub fn steps(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.answers")?;
    world.see("How do I send something back?")?;
    world.fill("answers.search", "my boots need a new soel")?;
    world.await_control("button", "Can my boots be resoled?")?;
    world.click("button", "Can my boots be resoled?")?;
    world.see("Our Bristol workshop fits a new sole for £68 a pair")?;
    world.see("answers.helpful")?;
    world.click("button", "answers.yes")?;
    world.see("answers.glad")?;
    let signal = world.rows("signal", 1)?.remove(0).body;
    ensure(signal["signal"]["article"] == "resole" && signal["signal"]["helpful"] == true, || {
        format!("the signal is {signal}")
    })?;
    ensure(signal.get("customer").is_none(), || format!("the signal says who read it: {signal}"))
}

/// What the shop does not have is said once its customer rests, beside the way to a person, and told to the company.
pub fn nothing(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.answers")?;
    world.await_control("button", "How do I wax my boots?")?;
    world.fill("answers.search", "tents within ten working days")?;
    world.see("answers.count.none")?;
    world.await_gone("button", "How do I wax my boots?")?;
    world.await_control("button", "answers.person")?;
    let signal = world.rows("signal", 1)?.remove(0).body;
    ensure(
        signal["signal"]["name"] == "search_empty"
            && signal["signal"]["query"] == "tents within ten working days",
        || format!("the signal is {signal}"),
    )
}

/// An answer that did not help leads to somebody who listens, and comes along with what was asked.
pub fn not_yet_leads_on(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.answers")?;
    world.fill("answers.search", "label lost")?;
    world.click("button", "How do I send something back?")?;
    world.see("60 days")?;
    world.click("button", "answers.no")?;
    world.await_focus("heading", "complaint.listen.title")?;
    world.see("answers.told")?;
    world.see("answers.carried")?;
    world.see("How do I send something back?")?;
    world.see("answers.looked_for")?;
    let words = world.value("complaint.words")?;
    ensure(words.is_empty(), || format!("the words are {words:?}, which nobody wrote there"))?;
    // Back to what was found, and on again by the same way.
    world.click("button", "answers.back")?;
    world.click("button", "How do I send something back?")?;
    world.click("button", "answers.no")?;
    acts::complain(world, "It never came.")?;
    let complaint = world.rows("complaint", 1)?.remove(0).body;
    let context = &complaint["context"];
    ensure(context["all_ears_article"] == "returns" && context["all_ears_query"] == "label lost", || {
        format!("the complaint is {complaint}")
    })?;
    let signal = world.rows("signal", 2)?.remove(0).body;
    ensure(signal["signal"]["helpful"] == false && signal["signal"].get("partly").is_none(), || {
        format!("the signal is {signal}")
    })
}

/// An answer that helped in part leads to a person; who thinks better of it says so, and the later word counts.
pub fn partly(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.answers")?;
    world.click("button", "How do I send something back?")?;
    world.click("button", "answers.partly")?;
    world.see("answers.next")?;
    let first = world.rows("signal", 1)?.remove(0).body;
    ensure(first["signal"]["partly"] == true && first["signal"]["helpful"] == false, || {
        format!("the signal is {first}")
    })?;
    world.await_focus("button", "answers.partly")?;
    world.click("button", "answers.yes")?;
    world.see("answers.glad")?;
    let rows = world.rows("signal", 2)?;
    let later = rows.iter().find(|row| row.body["signal"]["helpful"] == true);
    ensure(later.is_some_and(|row| row.body["supersedes"] == first["id"]), || {
        format!("the signals are {rows:?}")
    })?;
    world.click("button", "answers.partly")?;
    world.await_control("button", "answers.person")?;
    world.await_control("button", "panel.complain")?;
    world.click("button", "answers.person")?;
    world.see("feedback.title")
}

/// By keyboard alone: along what was found and back, Enter opens, Escape empties the field before it closes anything.
pub fn by_keyboard(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.answers")?;
    world.fill("answers.search", "boots")?;
    world.await_control("button", "How do I wax my boots?")?;
    acts::hears(world, "The 2 answers that fit best")?;
    world.press(Key::Down)?;
    world.await_focus("button", "Can my boots be resoled?")?;
    world.press(Key::Down)?;
    world.await_focus("button", "How do I wax my boots?")?;
    world.press(Key::Home)?;
    world.await_focus("button", "Can my boots be resoled?")?;
    world.press(Key::End)?;
    world.await_focus("button", "How do I wax my boots?")?;
    world.press(Key::Up)?;
    world.press(Key::Up)?;
    world.await_focus("searchbox", "answers.search")?;

    // What was found says why: the words that were asked for are marked.
    let marks = "return [...everything(document)].filter((it) => it.tagName === 'MARK').map((it) => it.textContent).join();";
    let marked = world.look(marks, &[])?;
    ensure(marked.as_str().is_some_and(|words| words.contains("boots")), || format!("marked is {marked}"))?;

    world.press(Key::Enter)?;
    world.await_focus("heading", "Can my boots be resoled?")?;
    world.click("button", "panel.back")?;
    world.await_focus("button", "Can my boots be resoled?")?;
    world.press(Key::Enter)?;
    world.see("answers.helpful")?;
    world.click("button", "panel.back")?;
    world.await_focus("button", "Can my boots be resoled?")?;

    world.press(Key::Escape)?;
    world.await_focus("searchbox", "answers.search")?;
    let left = world.value("answers.search")?;
    ensure(left.is_empty(), || format!("the field still holds {left:?}"))?;
    world.see("answers.popular")?;
    world.press(Key::Escape)?;
    world.await_focus("button", "launcher.label")
}

/// Before anything is typed: what belongs to this page, what others ask, and one topic at a time.
pub fn suggested(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.answers")?;
    world.see("answers.here")?;
    world.await_control("button", "How do I wax my boots?")?;
    world.see("answers.popular")?;
    world.await_control("button", "How do I send something back?")?;
    world.click("button", "answers.categories")?;
    world.click("radio", "Delivery")?;
    world.await_control("button", "When will my order arrive?")?;
    world.await_gone("button", "How do I send something back?")?;
    acts::hears(world, "1 answer found")?;
    world.click("radio", "answers.all")?;
    world.await_control("button", "How do I send something back?")?;
    // What is searched for is looked for everywhere, and the topics make room.
    world.click("radio", "Delivery")?;
    world.fill("answers.search", "resole")?;
    world.await_control("button", "Can my boots be resoled?")?;
    world.await_gone("radio", "answers.all")
}

/// Links to one answer: in the address, from code, in the page, once more; and one whose answer has gone.
pub fn by_link(world: &mut World<'_>) -> Outcome {
    world.visit("shop#all-ears-answer=returns")?;
    world.await_focus("heading", "How do I send something back?")?;
    world.see("60 days")?;
    world.press(Key::Escape)?;
    world.until_true("the address as it was", "!location.href.includes('#')")?;

    world.script("allEars('open', 'answer', 'resole')", &[])?;
    world.await_focus("heading", "Can my boots be resoled?")?;
    world.press(Key::Escape)?;

    let follow = "const link = document.createElement('a'); link.href = '#all-ears-answer=wax'; link.textContent = 'How to wax';\
                  document.body.append(link); link.click(); link.remove();";
    for _ in 0..2 {
        world.script(follow, &[])?;
        world.await_focus("heading", "How do I wax my boots?")?;
        world.press(Key::Escape)?;
        world.await_gone("heading", "How do I wax my boots?")?;
    }

    world.script("location.hash = 'all-ears-answer=boot-soles'", &[])?;
    world.await_control("button", "Can my boots be resoled?")?;
    let typed = world.value("answers.search")?;
    ensure(typed == "boot soles", || format!("the field holds {typed:?}"))?;
    world.await_focus("searchbox", "answers.search")
}

/// A link leads to its answer without the search: it is asked for later than the answers are, and it may stay away.
pub fn link_without_search(world: &mut World<'_>) -> Outcome {
    for part in ["404", ".wasm", "Fetch API cannot load"] {
        world.allow(part);
    }
    world.site.broken("widget-search");
    world.visit("shop#all-ears-answer=returns")?;
    world.await_focus("heading", "How do I send something back?")?;
    world.see("60 days")?;
    let asked = world.site.requests();
    let first = |name: &str| asked.iter().position(|request| request.path.contains(name));
    let (faq, search) = (first("faq.json"), first("widget-search"));
    ensure(faq.is_some() && search.is_none_or(|search| Some(search) > faq), || {
        format!("asked for: {:?}", asked.iter().map(|request| request.path.as_str()).collect::<Vec<_>>())
    })?;
    world.click("button", "answers.yes")?;
    world.see("answers.glad")?;
    world.rows("signal", 1)?;
    world.click("button", "panel.back")?;
    world.click("button", "Can my boots be resoled?")?;
    world.await_focus("heading", "Can my boots be resoled?")?;
    world.click("button", "answers.no")?;
    world.await_focus("heading", "complaint.listen.title")?;
    world.see("answers.carried")
}

/// A link whose answer has gone, and a search that hangs: whoever does not wait goes on, and finds what it was about.
pub fn gone_and_search_late(world: &mut World<'_>) -> Outcome {
    const LATE: Duration = Duration::from_secs(12);
    world.site.slow("widget-search", LATE);
    let start = Instant::now();
    world.visit("shop#all-ears-answer=boot-soles")?;
    world.see("answers.loading")?;
    world.click("button", "panel.back")?;
    world.await_focus("heading", "menu.title")?;
    world.click("button", "menu.answers")?;
    world.await_control("button", "How do I send something back?")?;
    let typed = world.value("answers.search")?;
    ensure(typed == "boot soles", || format!("the field holds {typed:?}"))?;
    ensure(start.elapsed() < LATE, || "the search was there before it was over".to_owned())?;
    world.await_gone("button", "How do I send something back?")?;
    world.await_control("button", "Can my boots be resoled?")
}

/// What the FAQ of one language lacks is there in the company's own, and says in which language it is; and a company's
/// own words are found.
pub fn in_two_languages(world: &mut World<'_>) -> Outcome {
    world.speak("zh-Hans")?;
    world.visit("answers-zh")?;
    acts::open_menu(world)?;
    world.click("button", "menu.answers")?;
    world.await_control("button", "怎样退货？")?;
    world.fill("answers.search", "dubbin")?;
    world.await_control("button", "How do I wax my boots?")?;
    let lang = "const found = candidates('button', 'How do I wax my boots?')[0]; return found.closest('[lang]').lang;";
    let said = world.look(lang, &[])?;
    ensure(said == "en", || format!("the row is said to be in {said}"))?;
    world.click("button", "How do I wax my boots?")?;
    world.await_focus("heading", "How do I wax my boots?")?;
    let lang = "const title = candidates('heading', 'How do I wax my boots?')[0]; return title.lang;";
    let said = world.look(lang, &[])?;
    ensure(said == "en", || format!("the title is said to be in {said}"))?;
    world.click("button", "panel.back")?;
    world.press(Key::Escape)?;
    let lang = "return candidates('button', '怎样退货？')[0].closest('[lang]').lang;";
    world.await_control("button", "怎样退货？")?;
    let said = world.look(lang, &[])?;
    ensure(said == "zh-Hans", || format!("the row is said to be in {said}"))
}
