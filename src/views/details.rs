//! The story of a complaint as fields: the words, and what belongs to them if the customer likes. Listen shows them
//! first, Recap shows them again for correcting in place.

use domain::complaint::urgent::{self, Call};
use domain::complaint::{self, Draft, FieldError};
use domain::message::MessageKey;
use domain::session::{self, Action};
use yew::{Callback, Html};

use super::field::Field;
use super::{Scene, trouble};
use crate::components::attribute::Attribute;
use crate::components::node::{Element, all, none};
use crate::components::{Choice, ChoiceGroup, ChoiceLook, FieldKind, Tone, choice_group, notice};
use crate::i18n::DateStyle;

const WORDS: Field = Field {
    hint: Some(MessageKey::ComplaintWordsHint),
    ..Field::new("words", FieldKind::Long, MessageKey::ComplaintWords, |text| {
        Action::Complaint(complaint::Action::WordsChanged(text))
    })
};
const ORDER: Field = Field::new("order", FieldKind::Line, MessageKey::ComplaintOrder, |text| {
    Action::Complaint(complaint::Action::OrderChanged(text))
});
const PRODUCT: Field = Field::new("product", FieldKind::Line, MessageKey::ComplaintProduct, |text| {
    Action::Complaint(complaint::Action::ProductChanged(text))
});
const SINCE: Field = Field::new("since", FieldKind::Date, MessageKey::ComplaintSince, |text| {
    Action::Complaint(complaint::Action::SinceChanged(text))
});
const EFFECT: Field = Field::new("effect", FieldKind::Long, MessageKey::ComplaintEffect, |text| {
    Action::Complaint(complaint::Action::EffectChanged(text))
});

/// The one box that is needed.
pub fn words(scene: &Scene<'_>, draft: &Draft) -> Html {
    let missing = draft.errors.contains(&FieldError::WordsMissing);
    scene.field(&WORDS, &draft.words, missing.then_some(MessageKey::ComplaintWordsMissing))
}

/// Order, product, since when, what it caused.
pub fn facts(scene: &Scene<'_>, draft: &Draft) -> Html {
    let unclear = draft.errors.contains(&FieldError::SinceUnclear);
    all([
        scene.field(&ORDER, &draft.order, None),
        scene.field(&PRODUCT, &draft.product, None),
        scene.field(&SINCE, &draft.since, unclear.then_some(MessageKey::ComplaintSinceUnclear)),
        scene.field(&EFFECT, &draft.effect, None),
    ])
}

/// Urgent danger, with a person to call at once, and writing for somebody else.
pub fn marks(scene: &Scene<'_>, draft: &Draft) -> Html {
    let (urgent, on_behalf) = (draft.urgent, draft.on_behalf);
    let one = |key, chosen| Choice { label: scene.text(key), icon: None, chosen };
    let on = scene.on.clone();
    let marks = choice_group(ChoiceGroup {
        name: "marks",
        legend: scene.text(MessageKey::ComplaintMore),
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
    });
    all([marks, if urgent { call_now(scene) } else { none() }])
}

fn call_now(scene: &Scene<'_>) -> Html {
    let way = urgent::call(scene.urgent_phone, scene.company, scene.promise, scene.zone, scene.now);
    let (said, below) = match way {
        Call::Now(phone) => {
            (scene.catalog.with(MessageKey::ComplaintUrgentCall, &[("phone", phone)]), trouble::phone(phone))
        }
        Call::From(phone, at) => {
            let date = scene.catalog.date(at, DateStyle::Moment);
            let args = [("phone", phone), ("date", &*date)];
            (scene.catalog.with(MessageKey::ComplaintUrgentLater, &args), trouble::phone(phone))
        }
        Call::Elsewhere => (scene.text(MessageKey::ComplaintUrgentContact), trouble::person(scene)),
    };
    Element::new("div", "").set(Attribute::Id, session::Field::Urgent.id()).with([notice(
        Tone::Care,
        said,
        below,
    )])
}
