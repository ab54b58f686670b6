//! One answer, and whether it answered the question.

use domain::answers::Action as Answers;
use domain::markup;
use domain::message::MessageKey;
use domain::session::Action;
use yew::Html;

use super::answers::ask_person;
use super::asked::{Asked, asked};
use super::panel::{Frame, panel};
use super::{Scene, own, rich_text};
use crate::components::node::{all, list, none};

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let answers = &scene.session.answers;
    let Some(entry) = answers.article.and_then(|at| answers.entries.get(at)) else {
        return none();
    };
    let helpful = asked(
        scene,
        Asked {
            id: "helpful",
            question: MessageKey::AnswersHelpful,
            yes: (MessageKey::AnswersYes, || Action::Answers(Answers::HelpfulMarked(true))),
            no: (MessageKey::AnswersNo, || Action::Answers(Answers::HelpfulMarked(false))),
            thanks: answers
                .helpful
                .map(|helped| if helped { MessageKey::AnswersGlad } else { MessageKey::AnswersNext }),
        },
    );
    let body = all([
        list("div", "rich", rich_text::blocks(&markup::parse(&entry.answer))),
        helpful,
        if answers.helpful == Some(true) { none() } else { ask_person(scene) },
    ]);
    panel(
        scene,
        Frame {
            name: "article",
            reading: false,
            title: own(&entry.question),
            above: none(),
            body,
            actions: none(),
            complain: Some(|| Action::Answers(Answers::ComplaintChosen)),
        },
    )
}
