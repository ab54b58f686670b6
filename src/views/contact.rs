//! How to reach the customer: asked once, filled in when known, never needed.

use domain::complaint::FieldError;
use domain::message::MessageKey;
use domain::session::{Action, CustomerField};
use domain::submission::ContactBy;
use yew::{AttrValue, Html};

use super::Scene;
use super::field::Field;
use crate::components::node::{all, el, none, words};
use crate::components::{Choice, ChoiceGroup, ChoiceLook, FieldKind, choice_group};

const NAME: Field = Field {
    autocomplete: "name",
    ..Field::new("name", FieldKind::Line, MessageKey::ContactName, |text| {
        Action::CustomerChanged(CustomerField::Name, text)
    })
};
const EMAIL: Field = Field {
    autocomplete: "email",
    ..Field::new("email", FieldKind::Email, MessageKey::ContactEmail, |text| {
        Action::CustomerChanged(CustomerField::Email, text)
    })
};
const PHONE: Field = Field {
    autocomplete: "tel",
    ..Field::new("phone", FieldKind::Phone, MessageKey::ContactPhone, |text| {
        Action::CustomerChanged(CustomerField::Phone, text)
    })
};

/// Shows name, e-mail and phone, and which way is preferred once there are two.
pub fn fields(scene: &Scene<'_>, legend: AttrValue, hint: Option<MessageKey>) -> Html {
    let customer = &scene.session.customer;
    let both = !customer.email.trim().is_empty() && !customer.phone.trim().is_empty();
    group(
        scene,
        legend,
        hint,
        all([
            scene.field(&NAME, &customer.name, None),
            email(scene),
            scene.field(&PHONE, &customer.phone, None),
            if both { preference(scene) } else { none() },
        ]),
    )
}

/// Shows fields under a legend with a hint.
pub fn group(scene: &Scene<'_>, legend: AttrValue, hint: Option<MessageKey>, fields: Html) -> Html {
    let hint = hint.map_or_else(none, |hint| scene.say("p", "hint", hint));
    el("fieldset", "question contact", [words("legend", "", legend), hint, fields])
}

/// Shows the e-mail address alone.
pub fn email(scene: &Scene<'_>) -> Html {
    let session = scene.session;
    let unclear =
        session.feedback.email_unclear || session.complaint.errors.contains(&FieldError::EmailUnclear);
    scene.field(&EMAIL, &session.customer.email, unclear.then_some(MessageKey::ContactEmailUnclear))
}

fn preference(scene: &Scene<'_>) -> Html {
    let chosen = scene.session.customer.contact_by;
    let one = |key, way| Choice { label: scene.text(key), icon: None, chosen: chosen == Some(way) };
    choice_group(ChoiceGroup {
        name: "contact-by",
        legend: scene.text(MessageKey::ContactBy),
        look: ChoiceLook::Chips,
        many: false,
        choices: vec![
            one(MessageKey::ContactByEmail, ContactBy::Email),
            one(MessageKey::ContactByPhone, ContactBy::Phone),
        ],
        on_choose: scene
            .choose(|at| Action::ContactByChosen(if at == 0 { ContactBy::Email } else { ContactBy::Phone })),
    })
}
