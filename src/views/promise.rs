//! The promise: reference, owner, date, what happens next, and a copy to keep. Firm once it was received; until then
//! the screen says what is true.

use domain::calendar::Timestamp;
use domain::complaint::{self, Filed};
use domain::delivery::DeliveryState;
use domain::message::MessageKey;
use domain::session::{Action, CopyForm};
use domain::view::View;
use yew::prelude::*;

use super::panel::{Frame, outside, panel};
use super::{Scene, apologise, own, recap, sending};
use crate::components::{Button, Icon, Look, button, icon};
use crate::i18n::DateStyle;

/// Shows it.
pub fn view(scene: &Scene<'_>, filed: &Filed) -> Html {
    let delivery = scene.session.deliveries.of(&filed.id);
    let state = delivery.map_or(DeliveryState::Pending, |delivery| delivery.state);
    let arrived = state == DeliveryState::Sent;
    let title = match state {
        DeliveryState::Sent => MessageKey::ComplaintPromiseSent,
        DeliveryState::Pending | DeliveryState::Sending => MessageKey::ComplaintPromiseSending,
        DeliveryState::Stored | DeliveryState::Held => MessageKey::ComplaintPromiseSaved,
        DeliveryState::Unsaved => MessageKey::ComplaintPromiseUnsaved,
        DeliveryState::Rejected | DeliveryState::Expired => MessageKey::ComplaintPromiseRejected,
    };
    let on_its_way = matches!(
        state,
        DeliveryState::Pending | DeliveryState::Sending | DeliveryState::Stored | DeliveryState::Held
    );
    let body = html! {
        <div class="promise">
            if arrived {
                {promised(scene, filed)}
            } else {
                {for delivery.map(|delivery| sending::view(scene, delivery, &scene.session.complaint.words))}
                if on_its_way {
                    <p class="lead">{scene.text(MessageKey::ComplaintPromiseClock)}</p>
                }
            }
            {copies(scene, arrived)}
            <details>
                <summary>
                    <span>{scene.text(MessageKey::ComplaintPromiseWhat)}</span>
                    {icon(Icon::Forward)}
                </summary>
                {recap::story(scene, &scene.session.complaint)}
            </details>
        </div>
    };
    let action = button(Button {
        label: scene.text(MessageKey::ComplaintPromiseStatus),
        icon: Some(Icon::Progress),
        on_press: scene.press(|| Action::ViewChosen(View::Status)),
        ..Button::default()
    });
    panel(
        scene,
        Frame {
            name: "promise",
            title: scene.text(title),
            reading: false,
            above: Html::default(),
            body,
            action,
            complain: Some(|| Action::Complaint(complaint::Action::StartAfresh)),
        },
    )
}

fn promised(scene: &Scene<'_>, filed: &Filed) -> Html {
    let owner = filed.owner.as_deref().map_or_else(|| apologise::who(scene), own);
    let date = scene.catalog.date(filed.reply_by, DateStyle::Moment);
    html! {
        <>
            <div class="promise-card">
                <p class="hint">{scene.catalog.with(MessageKey::ComplaintPromiseBy, &[("owner", &owner)])}</p>
                <p class="big" id="reply-by">{date}</p>
                <p class="hint">{scene.text(MessageKey::ComplaintPromiseReference)}</p>
                <p class="reference" id="reference-given"><bdi>{own(&filed.reference)}</bdi></p>
            </div>
            {for filed.message.as_deref().map(|message| html! { <p class="lead">{own(message)}</p> })}
            {next(scene, filed, &owner)}
        </>
    }
}

fn next(scene: &Scene<'_>, filed: &Filed, owner: &str) -> Html {
    let customer = &scene.session.customer;
    let reachable = !customer.email.trim().is_empty() || !customer.phone.trim().is_empty();
    let answer = if reachable {
        MessageKey::ComplaintPromiseNextContact
    } else {
        MessageKey::ComplaintPromiseNextHere
    };
    let day = scene.catalog.date(filed.reply_by, DateStyle::Day);
    html! {
        <>
            <h3 class="small">{scene.text(MessageKey::ComplaintPromiseNext)}</h3>
            <ol class="timeline">
                <li class="done">{scene.catalog.with(MessageKey::ComplaintPromiseNextNow, &[("owner", owner)])}</li>
                <li>{scene.catalog.with(answer, &[("date", &day)])}</li>
                <li>{scene.text(MessageKey::ComplaintPromiseNextAfter)}</li>
            </ol>
            {escalation(scene, filed.received_at)}
        </>
    }
}

/// Who to turn to next, and from when.
pub fn escalation(scene: &Scene<'_>, received_at: Option<Timestamp>) -> Html {
    let Some(next) = scene.escalation else { return Html::default() };
    let said = match (next.after_days, received_at) {
        (0, _) | (_, None) => scene.catalog.with(MessageKey::ComplaintEscalationNow, &[("name", &next.name)]),
        (days, Some(received)) => {
            let from = Timestamp(received.0.saturating_add(i64::from(days) * 86_400_000));
            let day = scene.catalog.date(from, DateStyle::Day);
            scene.catalog.with(MessageKey::ComplaintEscalationAfter, &[("date", &day), ("name", &next.name)])
        }
    };
    html! {
        <p class="hint">
            if next.url.is_empty() {
                {said}
            } else {
                {outside(own(&next.url), said)}
            }
        </p>
    }
}

fn copies(scene: &Scene<'_>, arrived: bool) -> Html {
    let one = |key, drawing, make: fn() -> Action| {
        button(Button {
            look: Look::Quiet,
            label: scene.text(key),
            icon: Some(drawing),
            on_press: scene.press(make),
            ..Button::default()
        })
    };
    let copied = scene.session.complaint.copied.map(|done| {
        if done { MessageKey::ComplaintPromiseCopied } else { MessageKey::ComplaintPromiseCopyYourself }
    });
    html! {
        <>
            <h3 class="small" id="keep">{scene.text(MessageKey::ComplaintPromiseKeep)}</h3>
            <div class="pair" role="group" aria-labelledby="keep">
                {one(MessageKey::ComplaintPromiseCopy, Icon::Copy, || {
                    Action::Complaint(complaint::Action::CopyPressed(CopyForm::Clipboard))
                })}
                {one(MessageKey::ComplaintPromiseDownload, Icon::Download, || {
                    Action::Complaint(complaint::Action::CopyPressed(CopyForm::File))
                })}
                if arrived {
                    {one(MessageKey::ComplaintPromiseCalendar, Icon::Calendar, || {
                        Action::Complaint(complaint::Action::CopyPressed(CopyForm::Calendar))
                    })}
                }
            </div>
            {for copied.map(|key| html! { <p class="kept">{icon(Icon::Tick)}{scene.text(key)}</p> })}
        </>
    }
}
