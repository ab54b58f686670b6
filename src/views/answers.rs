//! The FAQ: a search field, what was found or is often asked, and always a way to a person.

use domain::answers::{Action as Answers, Source};
use domain::message::{MessageKey, whole};
use domain::session::Action;
use yew::{Callback, Html};

use super::field::Field;
use super::panel::{Frame, panel};
use super::{Scene, own};
use crate::components::node::{all, el, list, none, words};
use crate::components::{FieldKind, Icon, Look, form, icon, row};

const SEARCH: Field = Field::new("search", FieldKind::Search, MessageKey::AnswersSearch, |text| {
    Action::Answers(Answers::QueryChanged(text))
});

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let answers = &scene.session.answers;
    let search = all([icon(Icon::Lens), scene.field(&SEARCH, &answers.query, None)]);
    let results = match answers.source {
        Source::Unasked | Source::Loading => scene.say("p", "lead", MessageKey::AnswersLoading),
        Source::Missing => scene.say("p", "lead", MessageKey::AnswersMissing),
        Source::Ready => found(scene),
    };
    let search = el("div", "search", [form("search", Callback::noop(), search)]);
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
    let heading = match count {
        _ if answers.query.trim().is_empty() => scene.text(MessageKey::AnswersPopular),
        0 => scene.text(MessageKey::AnswersCountNone),
        1 => scene.text(MessageKey::AnswersCountOne),
        _ => scene.catalog.with(MessageKey::AnswersCountOther, &[("count", &whole(count as u64))]),
    };
    let mut rows = Vec::new();
    for at in &answers.found {
        if let Some(entry) = answers.entries.get(*at) {
            let on_press = scene.press_at(*at, |at| Action::Answers(Answers::ArticleOpened(at)));
            rows.push(el(
                "li",
                "",
                [row(None, own(&entry.question), own(&entry.category), none(), on_press)],
            ));
        }
    }
    all([words("h3", "small", heading), list("ul", "rows plain", rows)])
}

/// The way to a person, with what was typed.
pub fn ask_person(scene: &Scene<'_>) -> Html {
    let person = scene.button(Look::Quiet, MessageKey::AnswersPerson, Some(Icon::Bubble), || {
        Action::Answers(Answers::PersonWanted)
    });
    el("div", "still", [scene.say("h3", "small", MessageKey::AnswersStill), person])
}
