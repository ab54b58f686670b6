//! Listen: one box for what happened, and nothing that interrupts. Details wait behind a line of their own.

use domain::complaint::{self, FieldError};
use domain::message::MessageKey;
use domain::session::Action;
use yew::Html;

use super::complaint::{Part, part};
use super::{FilesPart, Scene, beside, details, trouble};
use crate::components::node::{all, none};
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
    let answers = &scene.session.answers;
    let carried = answers.carried.and_then(|at| answers.entries.get(at)).map_or_else(none, |entry| {
        let said = scene.catalog.with(MessageKey::AnswersCarried, &[("article", &entry.question)]);
        notice(Tone::Plain, said, none())
    });
    let body = all([
        lead,
        carried,
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
