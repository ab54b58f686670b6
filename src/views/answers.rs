//! The FAQ: a search field, what was found or is often asked, and always a way to a person.

use domain::answers::{Action as Answers, Source};
use domain::limits;
use domain::message::MessageKey;
use domain::session::{Action, Field};
use yew::prelude::*;

use super::panel::{Frame, panel};
use super::{Scene, own};
use crate::components::{Button, FieldKind, Icon, Look, TextField, button, form, icon, text_field};

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let answers = &scene.session.answers;
    let search = html! {
        <>
            {icon(Icon::Lens)}
            {text_field(TextField {
                id: Field::Search.id(),
                kind: FieldKind::Search,
                label: scene.text(MessageKey::AnswersSearch),
                value: own(&answers.query),
                chars_max: limits::QUERY_CHARS_MAX,
                on_input: scene.typed(|text| Action::Answers(Answers::QueryChanged(text))),
                ..TextField::default()
            })}
        </>
    };
    let results = match answers.source {
        Source::Unasked | Source::Loading => {
            html! { <p class="lead">{scene.text(MessageKey::AnswersLoading)}</p> }
        }
        Source::Missing => html! { <p class="lead">{scene.text(MessageKey::AnswersMissing)}</p> },
        Source::Ready => found(scene),
    };
    let body = html! {
        <>
            <div class="search">{form(Some("search"), Callback::noop(), search)}</div>
            {results}
            {ask_person(scene)}
        </>
    };
    panel(
        scene,
        Frame {
            name: "answers",
            title: scene.text(MessageKey::AnswersTitle),
            reading: false,
            above: Html::default(),
            body,
            action: Html::default(),
            complain: Some(|| Action::Answers(Answers::ComplaintChosen)),
        },
    )
}

fn found(scene: &Scene<'_>) -> Html {
    let answers = &scene.session.answers;
    let heading = if answers.query.trim().is_empty() {
        scene.text(MessageKey::AnswersPopular)
    } else {
        match answers.found.len() {
            0 => scene.text(MessageKey::AnswersCountNone),
            1 => scene.text(MessageKey::AnswersCountOne),
            many => scene.catalog.with(MessageKey::AnswersCountOther, &[("count", &many.to_string())]),
        }
    };
    let row = |at: usize| {
        let entry = answers.entries.get(at)?;
        Some(html! {
            <li key={entry.id.as_str()}>{button(Button {
                look: Look::Row,
                label: own(&entry.question),
                hint: own(&entry.category),
                icon: None,
                on_press: scene.press_at(at, |at| Action::Answers(Answers::ArticleOpened(at))),
            })}</li>
        })
    };
    html! {
        <>
            <h3 class="small">{heading}</h3>
            <ul class="rows plain">{for answers.found.iter().filter_map(|at| row(*at))}</ul>
        </>
    }
}

/// The way to a person, with what was typed.
pub fn ask_person(scene: &Scene<'_>) -> Html {
    html! {
        <div class="still">
            <h3 class="small">{scene.text(MessageKey::AnswersStill)}</h3>
            {button(Button {
                look: Look::Quiet,
                label: scene.text(MessageKey::AnswersPerson),
                icon: Some(Icon::Bubble),
                on_press: scene.press(|| Action::Answers(Answers::PersonWanted)),
                ..Button::default()
            })}
        </div>
    }
}
