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

/// Why this screen stands here, what comes along from the answers, and the way back to them.
fn carried(scene: &Scene<'_>) -> Html {
    let answers = &scene.session.answers;
    let mut said = Vec::new();
    if answers.unhelped {
        said.push(scene.text(MessageKey::AnswersTold));
    }
    if let Some(entry) = answers.carried.and_then(|at| answers.entries.get(at)) {
        said.push(scene.catalog.with(MessageKey::AnswersCarried, &[("article", &entry.question)]));
    }
    if !answers.looked_for.is_empty() {
        said.push(scene.catalog.with(MessageKey::AnswersLookedFor, &[("query", &answers.looked_for)]));
    }
    if said.is_empty() {
        return none();
    }
    let first = said.remove(0);
    let mut below = Vec::new();
    for more in said {
        below.push(words("p", "hint", more));
    }
    below.push(scene.button(Look::Link, MessageKey::AnswersBack, None, || Action::ViewChosen(View::Answers)));
    notice(Tone::Plain, first, gathered(below))
}
