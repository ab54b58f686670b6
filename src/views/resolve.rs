//! Resolve: what would put it right, and how to reach the customer.

use domain::complaint;
use domain::config::Outcome;
use domain::message::MessageKey;
use domain::promise::reply_by;
use domain::session::Action;
use yew::{AttrValue, Callback, Html};

use super::complaint::{Part, part};
use super::field::Field;
use super::{Scene, contact, own, promise, trouble};
use crate::components::node::{all, none, words};
use crate::components::{Choice, ChoiceGroup, ChoiceLook, FieldKind, Look, choice_group};

const OWN: Field = Field {
    optional: true,
    ..Field::new("outcome-text", FieldKind::Long, MessageKey::ComplaintOutcomeOwn, |text| {
        Action::Complaint(complaint::Action::OutcomeTextChanged(text))
    })
};

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let draft = &scene.session.complaint;
    let legend = scene.text(MessageKey::ComplaintContact);
    let body = all([
        outcomes(scene),
        scene.field(&OWN, &draft.outcome_text, None),
        contact::fields(scene, legend, Some(MessageKey::ComplaintContactHint)),
        trouble::privacy(scene),
        // What is promised if it is sent now (keep-promises).
        words("p", "lead", promise::answer(scene, reply_by(scene.promise, scene.zone, scene.now), false)),
    ]);
    let send = scene.button(Look::Primary, MessageKey::ComplaintSend, None, || {
        Action::Complaint(complaint::Action::SendPressed)
    });
    part(
        scene,
        Part {
            name: "resolve",
            at: 3,
            reading: false,
            title: MessageKey::ComplaintResolveTitle,
            body,
            actions: send,
            last: none(),
        },
    )
}

fn outcomes(scene: &Scene<'_>) -> Html {
    if scene.outcomes.is_empty() {
        return none();
    }
    let mut ids = Vec::new();
    let mut choices = Vec::new();
    for outcome in scene.outcomes {
        let chosen = scene.session.complaint.outcomes.contains(&outcome.id);
        choices.push(Choice { label: label(scene, outcome), icon: None, chosen });
        ids.push(outcome.id.clone());
    }
    let on = scene.on.clone();
    choice_group(ChoiceGroup {
        name: "outcomes",
        legend: scene.text(MessageKey::ComplaintResolveLegend),
        look: ChoiceLook::Cards,
        many: true,
        choices,
        on_choose: Callback::from(move |at: usize| {
            if let Some(id) = ids.get(at) {
                on.emit(Action::Complaint(complaint::Action::OutcomeToggled(id.clone())));
            }
        }),
    })
}

/// The company's words, else ours for a built-in outcome, else its id.
pub fn label(scene: &Scene<'_>, outcome: &Outcome) -> AttrValue {
    if !outcome.label.is_empty() {
        return own(&outcome.label);
    }
    let key = match outcome.id.as_str() {
        "replacement" => MessageKey::ComplaintOutcomeReplacement,
        "refund" => MessageKey::ComplaintOutcomeRefund,
        "repair" => MessageKey::ComplaintOutcomeRepair,
        "explanation" => MessageKey::ComplaintOutcomeExplanation,
        "apology" => MessageKey::ComplaintOutcomeApology,
        "unsure" => MessageKey::ComplaintOutcomeUnsure,
        _ => return own(&outcome.id),
    };
    scene.text(key)
}
