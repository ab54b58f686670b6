//! Listen: one box for what happened, and nothing that interrupts. Details wait behind a line of their own.

use domain::complaint::{self, FieldError};
use domain::message::MessageKey;
use domain::session::Action;
use domain::view::View;
use yew::Html;

use super::complaint::{Part, part};
use super::{FilesPart, Scene, beside, details, trouble};
use crate::components::node::{all, gathered, none, words};
use crate::components::{Look, Tone, fold, notice};

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let draft = &scene.session.complaint;
    let lead = if draft.restored {
        let afresh = scene.button(Look::Link, MessageKey::ComplaintAfresh, None, || {
            Action::Complaint(complaint::Action::StartAfresh)
        });
        notice(Tone::Plain, scene.text(MessageKey::ComplaintRestored), afresh)
    } else {
        scene.say("p", "lead", MessageKey::ComplaintListenLead)
    };
    let label = scene.text(MessageKey::ComplaintDetails);
    let unclear = draft.errors.contains(&FieldError::SinceUnclear);
    let body = all([
        carried(scene),
        lead,
        details::words(scene, draft),
        fold(unclear, label, scene.optional(), details::facts(scene, draft)),
        scene.show_files(FilesPart::Tray),
        details::marks(scene, draft),
        scene.say("p", "hint", MessageKey::ComplaintFree),
        trouble::privacy(scene),
    ]);
    let next = scene.button(Look::Primary, MessageKey::ComplaintListenNext, None, || {
        Action::Complaint(complaint::Action::Told)
    });
    part(
        scene,
        Part {
            name: "listen",
            at: 0,
            reading: false,
            title: MessageKey::ComplaintListenTitle,
            body,
            actions: all([beside::first(scene), next]),
            last: beside::last(scene),
        },
    )
}

/// What comes along from the answers, why this screen stands here, and the way back.
fn carried(scene: &Scene<'_>) -> Html {
    let answers = &scene.session.answers;
    let article = answers.carried.and_then(|at| answers.entries.get(at));
    if article.is_none() && answers.looked_for.is_empty() {
        return none();
    }
    let mut below = Vec::new();
    if let Some(entry) = article {
        let said = scene.catalog.with(MessageKey::AnswersCarried, &[("article", &entry.question)]);
        below.push(words("p", "hint", said));
    }
    if !answers.looked_for.is_empty() {
        let said = scene.catalog.with(MessageKey::AnswersLookedFor, &[("query", &answers.looked_for)]);
        below.push(words("p", "hint", said));
    }
    below.push(scene.button(Look::Link, MessageKey::AnswersBack, None, || Action::ViewChosen(View::Answers)));
    let key = if answers.unhelped { MessageKey::AnswersTold } else { MessageKey::AnswersNext };
    notice(Tone::Plain, scene.text(key), gathered(below))
}
