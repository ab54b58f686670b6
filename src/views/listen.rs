//! Listen: one box for what happened, and nothing that interrupts. Details wait behind a line of their own.

use domain::complaint::{self, FieldError};
use domain::message::MessageKey;
use domain::session::Action;
use yew::prelude::*;

use super::complaint::{Part, part};
use super::{Scene, details, trouble};
use crate::components::{Button, Icon, Look, Tone, button, icon, note, notice};

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let draft = &scene.session.complaint;
    let open = draft.errors.contains(&FieldError::SinceUnclear);
    let body = html! {
        <>
            if draft.restored {
                {notice(Tone::Plain, scene.text(MessageKey::ComplaintRestored), button(Button {
                    look: Look::Link,
                    label: scene.text(MessageKey::ComplaintAfresh),
                    on_press: scene.press(|| Action::Complaint(complaint::Action::StartAfresh)),
                    ..Button::default()
                }))}
            } else {
                <p class="lead">{scene.text(MessageKey::ComplaintListenLead)}</p>
            }
            {details::words(scene, draft)}
            <details {open}>
                <summary>
                    <span>{scene.text(MessageKey::ComplaintDetails)}{note(scene.text(MessageKey::PanelOptional))}</span>
                    {icon(Icon::Forward)}
                </summary>
                {details::facts(scene, draft)}
            </details>
            {details::marks(scene, draft)}
            <p class="hint">{scene.text(MessageKey::ComplaintFree)}</p>
            {trouble::privacy(scene)}
        </>
    };
    let action = button(Button {
        look: Look::Primary,
        label: scene.text(MessageKey::ComplaintListenNext),
        on_press: scene.press(|| Action::Complaint(complaint::Action::Told)),
        ..Button::default()
    });
    part(
        scene,
        Part { name: "listen", at: 0, reading: false, title: scene.text(MessageKey::ComplaintListenTitle), body, action },
    )
}
