//! The story of a complaint as fields: the words, and what belongs to them if the customer likes. Listen shows them
//! first, Recap shows them again for correcting in place.

use domain::complaint::{self, Draft, FieldError};
use domain::limits;
use domain::message::MessageKey;
use domain::session::{Action, Field};
use yew::prelude::*;

use super::{Scene, own, trouble};
use crate::components::{
    Choice, ChoiceGroup, ChoiceLook, FieldKind, TextField, Tone, choice_group, notice, text_field,
};

/// The one box that is needed.
pub fn words(scene: &Scene<'_>, draft: &Draft) -> Html {
    let missing = draft.errors.contains(&FieldError::WordsMissing);
    text_field(TextField {
        id: Field::Words.id(),
        kind: FieldKind::Long,
        label: scene.text(MessageKey::ComplaintWords),
        hint: scene.text(MessageKey::ComplaintWordsHint),
        error: if missing { scene.text(MessageKey::ComplaintWordsMissing) } else { AttrValue::default() },
        value: own(&draft.words),
        chars_max: limits::TEXT_CHARS_MAX,
        on_input: scene.typed(|text| Action::Complaint(complaint::Action::WordsChanged(text))),
        ..TextField::default()
    })
}

/// Order, product, since when, what it caused.
pub fn facts(scene: &Scene<'_>, draft: &Draft) -> Html {
    let unclear = draft.errors.contains(&FieldError::SinceUnclear);
    html! {
        <>
            {text_field(TextField {
                id: "order",
                label: scene.text(MessageKey::ComplaintOrder),
                value: own(&draft.order),
                on_input: scene.typed(|text| Action::Complaint(complaint::Action::OrderChanged(text))),
                ..TextField::default()
            })}
            {text_field(TextField {
                id: "product",
                label: scene.text(MessageKey::ComplaintProduct),
                value: own(&draft.product),
                on_input: scene.typed(|text| Action::Complaint(complaint::Action::ProductChanged(text))),
                ..TextField::default()
            })}
            {text_field(TextField {
                id: Field::Since.id(),
                kind: FieldKind::Date,
                label: scene.text(MessageKey::ComplaintSince),
                error: if unclear { scene.text(MessageKey::ComplaintSinceUnclear) } else { AttrValue::default() },
                value: own(&draft.since),
                on_input: scene.typed(|text| Action::Complaint(complaint::Action::SinceChanged(text))),
                ..TextField::default()
            })}
            {text_field(TextField {
                id: "effect",
                kind: FieldKind::Long,
                label: scene.text(MessageKey::ComplaintEffect),
                value: own(&draft.effect),
                chars_max: limits::TEXT_CHARS_MAX,
                on_input: scene.typed(|text| Action::Complaint(complaint::Action::EffectChanged(text))),
                ..TextField::default()
            })}
        </>
    }
}

/// Urgent danger, with a person to call at once, and writing for somebody else.
pub fn marks(scene: &Scene<'_>, draft: &Draft) -> Html {
    let (urgent, on_behalf) = (draft.urgent, draft.on_behalf);
    let one = |key, chosen| Choice { label: scene.text(key), icon: None, chosen };
    let on = scene.on.clone();
    html! {
        <>
            {choice_group(ChoiceGroup {
                name: AttrValue::Static("marks"),
                legend: scene.text(MessageKey::ComplaintMore),
                hint: AttrValue::default(),
                look: ChoiceLook::Cards,
                many: true,
                choices: vec![
                    one(MessageKey::ComplaintUrgent, urgent),
                    one(MessageKey::ComplaintOnBehalf, on_behalf),
                ],
                on_choose: Callback::from(move |at: usize| {
                    on.emit(Action::Complaint(if at == 0 {
                        complaint::Action::UrgentSet(!urgent)
                    } else {
                        complaint::Action::OnBehalfSet(!on_behalf)
                    }));
                }),
            })}
            if urgent {
                {call_now(scene)}
            }
        </>
    }
}

fn call_now(scene: &Scene<'_>) -> Html {
    let urgent = scene.urgent_phone;
    let phone = if urgent.is_empty() { scene.company.phone.as_str() } else { urgent };
    if phone.is_empty() {
        return notice(
            Tone::Care,
            scene.text(MessageKey::ComplaintUrgentContact),
            trouble::person(scene),
        );
    }
    let call = html! {
        <p class="person"><a href={super::panel::href("tel:", phone)}><bdi>{own(phone)}</bdi></a></p>
    };
    notice(Tone::Care, scene.catalog.with(MessageKey::ComplaintUrgentCall, &[("phone", phone)]), call)
}
