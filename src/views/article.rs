//! One answer, and whether it answered the question.

use domain::answers::{Action as Answers, Helpful};
use domain::markup;
use domain::message::MessageKey;
use domain::session::Action;
use yew::Html;

use super::answers::ask_person;
use super::asked::pair;
use super::panel::{Frame, panel, spoken};
use super::{Scene, own, rich_text};
use crate::components::attribute::Attribute;
use crate::components::node::{Element, all, el, none, text};
use crate::components::{Icon, face};

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let answers = &scene.session.answers;
    let Some(entry) = answers.article.and_then(|at| answers.entries.get(at)) else {
        return none();
    };
    let body = all([
        spoken(Element::new("div", "rich"), answers.foreign())
            .list(rich_text::blocks(&markup::parse(&entry.answer))),
        helpful(scene),
        if answers.helpful == Some(Helpful::Yes) { none() } else { ask_person(scene) },
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

/// Three faces, which stay: who thinks better of it presses another one. The sad one leads to somebody who listens.
fn helpful(scene: &Scene<'_>) -> Html {
    let said = scene.session.answers.helpful;
    let one = |drawing, key, helpful, make| {
        face(drawing, scene.text(key), said == Some(helpful), scene.press(make))
    };
    let faces = all([
        one(Icon::FACE4, MessageKey::AnswersYes, Helpful::Yes, || {
            Action::Answers(Answers::HelpfulMarked(Helpful::Yes))
        }),
        one(Icon::FACE3, MessageKey::AnswersPartly, Helpful::Partly, || {
            Action::Answers(Answers::HelpfulMarked(Helpful::Partly))
        }),
        one(Icon::FACE2, MessageKey::AnswersNo, Helpful::No, || {
            Action::Answers(Answers::HelpfulMarked(Helpful::No))
        }),
    ]);
    let question = Element::new("h3", "small").set(Attribute::Id, "helpful");
    let thanks = match said {
        None => none(),
        Some(Helpful::Yes) => scene.say("p", "lead", MessageKey::AnswersGlad),
        Some(Helpful::Partly | Helpful::No) => scene.say("p", "lead", MessageKey::AnswersNext),
    };
    let question = question.with([text(scene.text(MessageKey::AnswersHelpful))]);
    el("div", "still", [question, pair("helpful", faces), thanks])
}
