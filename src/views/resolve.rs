//! Resolve: what would put it right, and how to reach the customer.

use domain::complaint;
use domain::config::Outcome;
use domain::limits;
use domain::message::MessageKey;
use domain::session::Action;
use yew::prelude::*;

use super::complaint::{Part, part};
use super::{Scene, contact, own, trouble};
use crate::components::{
    Button, Choice, ChoiceGroup, ChoiceLook, FieldKind, Look, TextField, button, choice_group, text_field,
};

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let draft = &scene.session.complaint;
    let body = html! {
        <>
            {outcomes(scene)}
            {text_field(TextField {
                id: "outcome-text",
                kind: FieldKind::Long,
                label: scene.text(MessageKey::ComplaintOutcomeOwn),
                note: scene.text(MessageKey::PanelOptional),
                value: own(&draft.outcome_text),
                chars_max: limits::TEXT_CHARS_MAX,
                on_input: scene.typed(|text| Action::Complaint(complaint::Action::OutcomeTextChanged(text))),
                ..TextField::default()
            })}
            {contact::fields(
                scene,
                scene.text(MessageKey::ComplaintContact),
                scene.text(MessageKey::ComplaintContactHint),
            )}
            {trouble::privacy(scene)}
        </>
    };
    let action = button(Button {
        look: Look::Primary,
        label: scene.text(MessageKey::ComplaintSend),
        on_press: scene.press(|| Action::Complaint(complaint::Action::SendPressed)),
        ..Button::default()
    });
    part(
        scene,
        Part { name: "resolve", at: 3, reading: false, title: scene.text(MessageKey::ComplaintResolveTitle), body, action },
    )
}

fn outcomes(scene: &Scene<'_>) -> Html {
    if scene.outcomes.is_empty() {
        return Html::default();
    }
    let chosen = &scene.session.complaint.outcomes;
    let ids: Vec<String> = scene.outcomes.iter().map(|outcome| outcome.id.clone()).collect();
    let on = scene.on.clone();
    choice_group(ChoiceGroup {
        name: AttrValue::Static("outcomes"),
        legend: scene.text(MessageKey::ComplaintResolveLegend),
        hint: AttrValue::default(),
        look: ChoiceLook::Cards,
        many: true,
        choices: scene
            .outcomes
            .iter()
            .map(|outcome| Choice {
                label: label(scene, outcome),
                icon: None,
                chosen: chosen.contains(&outcome.id),
            })
            .collect(),
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
