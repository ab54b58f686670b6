//! Checking on a complaint: those that this device remembers, and looking one up by its reference.

use domain::message::MessageKey;
use domain::promise::{Standing, standing};
use domain::session::{Action, Field};
use domain::status::{self, Known, Trouble};
use yew::prelude::*;

use super::panel::{Frame, complain, panel};
use super::{Scene, own};
use crate::components::{
    FieldKind, Icon, TextField, Tone, form, icon, notice, text_field,
};
use crate::i18n::DateStyle;

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let known = &scene.session.status.known;
    let body = html! {
        <>
            if !known.is_empty() {
                <h3 class="small">{scene.text(MessageKey::StatusKnown)}</h3>
                <ul class="rows">{for known.iter().enumerate().map(|(at, known)| row(scene, at, known))}</ul>
                <h3 class="small">{scene.text(MessageKey::StatusLookUp)}</h3>
            }
            {look_up(scene)}
        </>
    };
    panel(
        scene,
        Frame {
            name: "status",
            title: scene.text(MessageKey::StatusTitle),
            reading: false,
            above: Html::default(),
            body,
            action: Html::default(),
            complain: complain(),
        },
    )
}

fn row(scene: &Scene<'_>, at: usize, known: &Known) -> Html {
    let by = known.received_at.and(known.reply_by).map(|at| scene.catalog.date(at, DateStyle::Day)).unwrap_or_default();
    html! {
        <li key={known.reference.as_str()}>
            <button type="button" class="row" onclick={scene.press_at(at, |at| Action::Status(status::Action::KnownChosen(at)))}>
                <span class="row-words">
                    <span class="row-label reference"><bdi>{own(&known.reference)}</bdi></span>
                    <span class="row-hint">{by}</span>
                    {badge(scene, known.received_at.and(known.reply_by), known.received_at.is_none())}
                </span>
                {icon(Icon::Forward)}
            </button>
        </li>
    }
}

/// How a promise stands, in words and colour.
pub fn badge(scene: &Scene<'_>, reply_by: Option<domain::calendar::Timestamp>, waiting: bool) -> Html {
    let (class, key) = match reply_by.map(|by| standing(by, scene.now, scene.zone)) {
        None if waiting => ("badge", MessageKey::StatusStandingWaiting),
        None => return Html::default(),
        Some(Standing::OnTrack) => ("badge good", MessageKey::StatusStandingOnTrack),
        Some(Standing::Today) => ("badge today", MessageKey::StatusStandingToday),
        Some(Standing::Late) => ("badge late", MessageKey::StatusStandingLate),
    };
    html! { <span {class}>{scene.text(key)}</span> }
}

fn look_up(scene: &Scene<'_>) -> Html {
    let status = &scene.session.status;
    let says = |trouble: Trouble, key| {
        if status.trouble == Some(trouble) { scene.text(key) } else { AttrValue::default() }
    };
    let mut reference = says(Trouble::ReferenceUnclear, MessageKey::StatusReferenceUnclear);
    if reference.is_empty() {
        reference = says(Trouble::Unknown, MessageKey::StatusUnknown);
    }
    let fields = html! {
        <>
            {text_field(TextField {
                id: Field::Reference.id(),
                label: scene.text(MessageKey::StatusReference),
                hint: scene.text(MessageKey::StatusReferenceHint),
                error: reference,
                value: own(&status.typed),
                on_input: scene.typed(|text| Action::Status(status::Action::ReferenceChanged(text))),
                ..TextField::default()
            })}
            if scene.by_key {
                {text_field(TextField {
                    id: Field::Key.id(),
                    kind: FieldKind::Line,
                    label: scene.text(MessageKey::StatusKey),
                    note: scene.text(MessageKey::PanelOptional),
                    error: says(Trouble::KeyWanted, MessageKey::StatusKeyWanted),
                    value: own(&status.key),
                    on_input: scene.typed(|text| Action::Status(status::Action::KeyChanged(text))),
                    ..TextField::default()
                })}
            }
            <button type="submit" class="button primary"><span>{scene.text(MessageKey::StatusLookUpButton)}</span></button>
            if status.loading {
                <p class="lead">{scene.text(MessageKey::StatusLoading)}</p>
            }
            if status.trouble == Some(Trouble::OutOfReach) {
                {notice(Tone::Care, scene.text(MessageKey::StatusOutOfReach), Html::default())}
            }
        </>
    };
    form(None, scene.on.reform(|()| Action::Status(status::Action::LookUpPressed)), fields)
}
