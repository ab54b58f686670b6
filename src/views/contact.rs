//! How to reach the customer: asked once, filled in when known, never needed.

use domain::limits;
use domain::message::MessageKey;
use domain::session::{Action, CustomerField, Field};
use domain::submission::ContactBy;
use yew::prelude::*;

use super::{Scene, own};
use crate::components::{Choice, ChoiceGroup, ChoiceLook, FieldKind, TextField, choice_group, text_field};

/// Shows name, e-mail and phone, and which way is preferred once there are two.
pub fn fields(scene: &Scene<'_>, legend: AttrValue, hint: AttrValue) -> Html {
    let customer = &scene.session.customer;
    let both = !customer.email.trim().is_empty() && !customer.phone.trim().is_empty();
    html! {
        <fieldset class="question contact">
            <legend>{legend}</legend>
            if !hint.is_empty() {
                <p class="hint">{hint}</p>
            }
            {text_field(TextField {
                id: "name",
                label: scene.text(MessageKey::ContactName),
                value: own(&customer.name),
                autocomplete: "name",
                on_input: scene.typed(|text| Action::CustomerChanged(CustomerField::Name, text)),
                ..TextField::default()
            })}
            {email(scene)}
            {text_field(TextField {
                id: "phone",
                kind: FieldKind::Phone,
                label: scene.text(MessageKey::ContactPhone),
                value: own(&customer.phone),
                autocomplete: "tel",
                on_input: scene.typed(|text| Action::CustomerChanged(CustomerField::Phone, text)),
                ..TextField::default()
            })}
            if both {
                {preference(scene)}
            }
        </fieldset>
    }
}

/// Shows the e-mail address alone.
pub fn email(scene: &Scene<'_>) -> Html {
    let unclear = scene.session.feedback.email_unclear
        || scene.session.complaint.errors.contains(&domain::complaint::FieldError::EmailUnclear);
    text_field(TextField {
        id: Field::Email.id(),
        kind: FieldKind::Email,
        label: scene.text(MessageKey::ContactEmail),
        error: if unclear { scene.text(MessageKey::ContactEmailUnclear) } else { AttrValue::default() },
        value: own(&scene.session.customer.email),
        autocomplete: "email",
        chars_max: limits::FIELD_CHARS_MAX,
        on_input: scene.typed(|text| Action::CustomerChanged(CustomerField::Email, text)),
        ..TextField::default()
    })
}

fn preference(scene: &Scene<'_>) -> Html {
    let chosen = scene.session.customer.contact_by;
    let one = |key, way| Choice { label: scene.text(key), icon: None, chosen: chosen == Some(way) };
    choice_group(ChoiceGroup {
        name: AttrValue::Static("contact-by"),
        legend: scene.text(MessageKey::ContactBy),
        hint: AttrValue::default(),
        look: ChoiceLook::Chips,
        many: false,
        choices: vec![
            one(MessageKey::ContactByEmail, ContactBy::Email),
            one(MessageKey::ContactByPhone, ContactBy::Phone),
        ],
        on_choose: scene.on.reform(|at: usize| {
            Action::ContactByChosen(if at == 0 { ContactBy::Email } else { ContactBy::Phone })
        }),
    })
}
