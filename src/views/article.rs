//! One answer, and whether it answered the question.

use domain::answers::Action as Answers;
use domain::markup;
use domain::message::MessageKey;
use domain::session::Action;
use yew::prelude::*;

use super::answers::ask_person;
use super::panel::{Frame, panel};
use super::{Scene, own, rich_text};
use crate::components::{Button, Icon, button};

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let answers = &scene.session.answers;
    let Some(entry) = answers.article.and_then(|at| answers.entries.get(at)) else {
        return super::answers::view(scene);
    };
    let below = match answers.helpful {
        None => asked(scene),
        Some(true) => html! { <p class="lead">{scene.text(MessageKey::AnswersGlad)}</p> },
        Some(false) => html! { <p class="lead">{scene.text(MessageKey::AnswersNext)}</p> },
    };
    let body = html! {
        <>
            <div class="rich">{rich_text::blocks(&markup::parse(&entry.answer))}</div>
            <div class="still">{below}</div>
            if answers.helpful != Some(true) {
                {ask_person(scene)}
            }
        </>
    };
    panel(
        scene,
        Frame {
            name: "article",
            title: own(&entry.question),
            reading: false,
            above: Html::default(),
            body,
            action: Html::default(),
            complain: Some(|| Action::Answers(Answers::ComplaintChosen)),
        },
    )
}

fn asked(scene: &Scene<'_>) -> Html {
    html! {
        <>
            <h3 class="small" id="helpful">{scene.text(MessageKey::AnswersHelpful)}</h3>
            <div class="pair" role="group" aria-labelledby="helpful">
                {button(Button {
                    label: scene.text(MessageKey::AnswersYes),
                    icon: Some(Icon::ThumbUp),
                    on_press: scene.press(|| Action::Answers(Answers::HelpfulMarked(true))),
                    ..Button::default()
                })}
                {button(Button {
                    label: scene.text(MessageKey::AnswersNo),
                    icon: Some(Icon::ThumbDown),
                    on_press: scene.press(|| Action::Answers(Answers::HelpfulMarked(false))),
                    ..Button::default()
                })}
            </div>
        </>
    }
}
