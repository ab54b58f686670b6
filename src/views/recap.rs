//! Recap: what was heard, in the customer's own words, with "Yes, that's right" and correcting in place.

use domain::calendar::{CivilDate, Timestamp};
use domain::complaint::{self, Draft};
use domain::message::MessageKey;
use domain::session::Action;
use yew::prelude::*;

use super::complaint::{Part, part};
use super::{Scene, details, own};
use crate::components::{Button, Look, SummaryRow, button, summary_list};
use crate::i18n::DateStyle;

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let draft = &scene.session.complaint;
    let (body, action) = if draft.correcting { correcting(scene, draft) } else { heard(scene, draft) };
    part(
        scene,
        Part { name: "recap", at: 1, reading: !draft.correcting, title: scene.text(MessageKey::ComplaintRecapTitle), body, action },
    )
}

fn heard(scene: &Scene<'_>, draft: &Draft) -> (Html, Html) {
    let body = html! {
        <>
            <p class="lead">{scene.text(MessageKey::ComplaintRecapLead)}</p>
            {story(scene, draft)}
        </>
    };
    let action = html! {
        <>
            {button(Button {
                look: Look::Primary,
                label: scene.text(MessageKey::ComplaintRecapYes),
                on_press: scene.press(|| Action::Complaint(complaint::Action::Confirmed)),
                ..Button::default()
            })}
            {button(Button {
                label: scene.text(MessageKey::ComplaintRecapCorrect),
                on_press: scene.press(|| Action::Complaint(complaint::Action::CorrectPressed)),
                ..Button::default()
            })}
        </>
    };
    (body, action)
}

fn correcting(scene: &Scene<'_>, draft: &Draft) -> (Html, Html) {
    let body = html! {
        <>
            <p class="lead">{scene.text(MessageKey::ComplaintRecapCorrecting)}</p>
            {details::words(scene, draft)}
            {details::facts(scene, draft)}
            {details::marks(scene, draft)}
        </>
    };
    let action = button(Button {
        look: Look::Primary,
        label: scene.text(MessageKey::ComplaintRecapDone),
        on_press: scene.press(|| Action::Complaint(complaint::Action::Corrected)),
        ..Button::default()
    });
    (body, action)
}

/// What was told: the words as a quotation, the rest as rows.
pub fn story(scene: &Scene<'_>, draft: &Draft) -> Html {
    let row = |key, value: AttrValue| SummaryRow { term: scene.text(key), value };
    let said = |yes: bool, key| if yes { scene.text(key) } else { AttrValue::default() };
    let since = CivilDate::parse_iso(&draft.since)
        .map(|day| scene.catalog.date(Timestamp(i64::from(day.days()) * 86_400_000), DateStyle::Date));
    html! {
        <>
            <blockquote class="words"><bdi>{own(draft.words.trim())}</bdi></blockquote>
            {summary_list(vec![
                row(MessageKey::ComplaintOrder, own(draft.order.trim())),
                row(MessageKey::ComplaintProduct, own(draft.product.trim())),
                row(MessageKey::ComplaintSinceRow, since.unwrap_or_default()),
                row(MessageKey::ComplaintEffectRow, own(draft.effect.trim())),
                row(MessageKey::ComplaintOnBehalfRow, said(draft.on_behalf, MessageKey::ComplaintOnBehalfValue)),
                row(MessageKey::ComplaintUrgentRow, said(draft.urgent, MessageKey::ComplaintUrgentValue)),
            ])}
        </>
    }
}
