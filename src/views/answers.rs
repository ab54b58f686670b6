//! The FAQ: a search field, what was found or is often asked, and always a way to a person.

use domain::answers::{Action as Answers, Found, Source, Way};
use domain::faq::Piece;
use domain::message::{MessageKey, whole};
use domain::session::Action;
use yew::{AttrValue, Html};

use super::field::Field;
use super::panel::{Frame, panel, spoken};
use super::{Scene, own};
use crate::components::dom::{Event, Handler};
use crate::components::node::{Element, all, el, gathered, list, none, number, text, words};
use crate::components::{
    self, Choice, ChoiceGroup, ChoiceLook, FieldKind, Icon, Look, choice_group, fold, form, icon,
};

const SEARCH: Field = Field::new("search", FieldKind::Search, MessageKey::AnswersSearch, |text| {
    Action::Answers(Answers::QueryChanged(text))
});

/// In the field left and right, Home and End are the text's own.
const DOWN: Event = Event::Keys(&["ArrowDown"]);
/// Escape empties the field first; in an empty one it closes the panel.
const DOWN_OR_OUT: Event = Event::Keys(&["ArrowDown", "Escape"]);
const ALONG: Event = Event::Keys(&["ArrowDown", "ArrowUp", "Home", "End"]);
const ALONG_OR_OUT: Event = Event::Keys(&["ArrowDown", "ArrowUp", "Home", "End", "Escape"]);

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let answers = &scene.session.answers;
    let search = all([icon(Icon::LENS), scene.field(&SEARCH, &answers.query, None)]);
    let results = match answers.source {
        Source::Unasked | Source::Loading => scene.say("p", "lead", MessageKey::AnswersLoading),
        Source::Missing => scene.say("p", "lead", MessageKey::AnswersMissing),
        Source::Ready => found(scene),
    };
    let enter = scene.press(|| Action::Answers(Answers::QueryEntered));
    let keys = if answers.query.is_empty() { DOWN } else { DOWN_OR_OUT };
    let search =
        Element::new("div", "search").on(keys, along(scene, None)).with([form("search", enter, search)]);
    panel(
        scene,
        Frame {
            name: "answers",
            reading: false,
            title: scene.text(MessageKey::AnswersTitle),
            above: none(),
            body: all([search, results, ask_person(scene)]),
            actions: none(),
            complain: Some(|| Action::Answers(Answers::ComplaintChosen)),
        },
    )
}

fn found(scene: &Scene<'_>) -> Html {
    let answers = &scene.session.answers;
    let count = answers.found.len();
    let category = answers.category.and_then(|at| answers.categories.get(at));
    let heading = match count {
        _ if !answers.searched => {
            category.map_or_else(|| scene.text(MessageKey::AnswersPopular), |name| own(name))
        }
        0 => scene.text(MessageKey::AnswersCountNone),
        1 => scene.text(MessageKey::AnswersCountOne),
        _ => scene.catalog.with(MessageKey::AnswersCountOther, &[("count", &whole(count as u64))]),
    };
    let mut here = none();
    let mut rows = Vec::new();
    let keys = if answers.query.is_empty() { ALONG } else { ALONG_OR_OUT };
    for (at, found) in answers.found.iter().enumerate() {
        let lang =
            answers.entries.get(found.entry).map(|entry| entry.lang.as_str()).filter(|lang| !lang.is_empty());
        let item = spoken(Element::new("li", ""), lang).on(keys, along(scene, Some(at)));
        rows.push(item.with([row(scene, at, found)]));
        if at + 1 == answers.here {
            here = rows_below(scene.text(MessageKey::AnswersHere), std::mem::take(&mut rows));
        }
    }
    let browsing = answers.query.is_empty() && answers.categories.len() > 1;
    let chips = if browsing { categories(scene) } else { none() };
    let rest = if rows.is_empty() && answers.here > 0 { none() } else { rows_below(heading, rows) };
    all([chips, here, rest])
}

fn rows_below(heading: AttrValue, rows: Vec<Html>) -> Html {
    all([words("h3", "small", heading), list("ul", "rows plain", rows)])
}

/// Where answers belong, to look through.
fn categories(scene: &Scene<'_>) -> Html {
    let answers = &scene.session.answers;
    let one = |label, chosen| Choice { label, icon: None, chosen };
    let mut choices = vec![one(scene.text(MessageKey::AnswersAll), answers.category.is_none())];
    for (at, category) in answers.categories.iter().enumerate() {
        choices.push(one(own(category), answers.category == Some(at)));
    }
    let group = ChoiceGroup {
        name: "category",
        legend: scene.text(MessageKey::AnswersCategories),
        look: ChoiceLook::Chips,
        many: false,
        choices,
        on_choose: scene.choose(|at| Action::Answers(Answers::CategoryChosen(at.checked_sub(1)))),
    };
    let chosen = answers.category.and_then(|at| answers.categories.get(at));
    let chosen = chosen.map_or_else(|| scene.text(MessageKey::AnswersAll), |name| own(name));
    let group = el("div", "categories", [choice_group(group)]);
    fold(false, scene.text(MessageKey::AnswersCategories), chosen, group)
}

/// One of the list: its question, and below it where its answer says it, or where it belongs.
fn row(scene: &Scene<'_>, at: usize, found: &Found) -> Html {
    let Some(entry) = scene.session.answers.entries.get(found.entry) else { return none() };
    let (label, hint) = if found.question.is_empty() {
        (text(own(&entry.question)), text(own(&entry.category)))
    } else {
        (marked(&found.question), marked(&found.snippet))
    };
    let on_press = scene.press_at(found.entry, |at| Action::Answers(Answers::ArticleOpened(at)));
    components::found(result_id(at), label, hint, on_press)
}

/// The id of one of the list.
pub fn result_id(at: usize) -> AttrValue {
    AttrValue::from("result-".to_owned() + &number(at))
}

/// What a key on the way along the list means.
fn along(scene: &Scene<'_>, from: Option<usize>) -> Handler {
    scene.on.reform(move |key: String| {
        let way = match key.as_str() {
            "ArrowDown" => Way::Next,
            "ArrowUp" => Way::Previous,
            "Home" => Way::First,
            "End" => Way::Last,
            _ => Way::Out,
        };
        Action::Answers(Answers::Moved(from, way))
    })
}

/// A text with what was asked for marked.
fn marked(pieces: &[Piece]) -> Html {
    let mut out = Vec::new();
    for piece in pieces {
        let said = own(&piece.text);
        out.push(if piece.marked { words("mark", "", said) } else { text(said) });
    }
    gathered(out)
}

/// The way to a person, with what was typed.
pub fn ask_person(scene: &Scene<'_>) -> Html {
    let person = scene.button(Look::Quiet, MessageKey::AnswersPerson, Some(Icon::BUBBLE), || {
        Action::Answers(Answers::PersonWanted)
    });
    el("div", "still", [scene.say("h3", "small", MessageKey::AnswersStill), person])
}
