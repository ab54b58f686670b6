//! Checking on a complaint: what this device keeps and remembers, and looking one up by its reference.

use domain::calendar::Timestamp;
use domain::message::MessageKey;
use domain::promise::{Standing, standing};
use domain::session::Action;
use domain::status::{self, Known, State, Trouble};
use yew::{AttrValue, Html};

use super::field::Field;
use super::panel::{Frame, complain, panel};
use super::{Scene, kept, own};
use crate::components::node::{all, el, list, none};
use crate::components::{FieldKind, Tone, form, notice, row};
use crate::i18n::DateStyle;

const REFERENCE: Field = Field {
    hint: Some(MessageKey::StatusReferenceHint),
    ..Field::new("reference", FieldKind::Line, MessageKey::StatusReference, |text| {
        Action::Status(status::Action::ReferenceChanged(text))
    })
};
const KEY: Field = Field {
    hint: Some(MessageKey::StatusKeyHint),
    ..Field::new("key", FieldKind::Line, MessageKey::StatusKey, |text| {
        Action::Status(status::Action::KeyChanged(text))
    })
};

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let status = &scene.session.status;
    if let Some(kept) = &status.kept.opened {
        return kept::view(scene, kept);
    }
    let mut rows = Vec::new();
    for (at, kept) in status.kept.items.iter().enumerate() {
        rows.push(el("li", "", [kept::line(scene, at, kept)]));
    }
    for (at, known) in status.known.iter().enumerate() {
        rows.push(el("li", "", [known_row(scene, at, known)]));
    }
    let remembered = if rows.is_empty() {
        none()
    } else {
        all([
            scene.say("h3", "small", MessageKey::StatusKnown),
            list("ul", "rows", rows),
            scene.say("h3", "small", MessageKey::StatusLookUp),
        ])
    };
    panel(
        scene,
        Frame {
            name: "status",
            reading: false,
            title: scene.text(MessageKey::StatusTitle),
            above: none(),
            body: all([kept::done(scene), remembered, look_up(scene), kept::everything(scene)]),
            actions: none(),
            complain: complain(),
        },
    )
}

fn known_row(scene: &Scene<'_>, at: usize, known: &Known) -> Html {
    let news = scene.session.status.news_of(known);
    let (received, by) = match news {
        Some(report) => (report.received_at, report.reply_by),
        None => (known.received_at, known.reply_by),
    };
    let said = match news.and_then(|report| report.says(None)) {
        Some(key) if key != MessageKey::StatusStateReceived => scene.text(key),
        Some(_) | None => dates(scene, received, by),
    };
    let standing = badge(scene, news.and_then(|report| report.state), received.and(by));
    let on_press = scene.press_at(at, |at| Action::Status(status::Action::KnownChosen(at)));
    row(None, own(&known.reference), said, standing, on_press)
}

/// What stays true whatever has happened since.
fn dates(scene: &Scene<'_>, received: Option<Timestamp>, by: Option<Timestamp>) -> AttrValue {
    let (Some(received), Some(by)) = (received, by) else { return AttrValue::default() };
    let received = scene.catalog.date(received, DateStyle::Day);
    let by = scene.catalog.date(by, DateStyle::Day);
    scene.catalog.with(MessageKey::StatusRow, &[("received", &received), ("date", &by)])
}

/// How a complaint stands, in words and colour; nothing where only this device was asked, which cannot know.
pub fn badge(scene: &Scene<'_>, state: Option<State>, reply_by: Option<Timestamp>) -> Html {
    let (class, key) = match (state, reply_by.map(|by| standing(by, scene.now, scene.zone))) {
        (None, _) => return none(),
        (Some(state), _) if state.answered() => ("badge good", MessageKey::StatusStandingAnswered),
        (Some(_), None) => return none(),
        (Some(_), Some(Standing::OnTrack)) => ("badge good", MessageKey::StatusStandingOnTrack),
        (Some(_), Some(Standing::Today)) => ("badge today", MessageKey::StatusStandingToday),
        (Some(_), Some(Standing::Late)) => ("badge late", MessageKey::StatusStandingLate),
    };
    scene.say("span", class, key)
}

fn look_up(scene: &Scene<'_>) -> Html {
    let status = &scene.session.status;
    let (mut reference, mut key, mut below) = (None, None, none());
    match status.trouble {
        None => {}
        Some(Trouble::ReferenceUnclear) => reference = Some(MessageKey::StatusReferenceUnclear),
        Some(Trouble::Unknown) => reference = Some(MessageKey::StatusUnknown),
        Some(Trouble::KeyWanted) => key = Some(MessageKey::StatusKeyWanted),
        Some(Trouble::OutOfReach) => {
            below = notice(Tone::Care, scene.text(MessageKey::StatusOutOfReach), none());
        }
    }
    if status.loading {
        below = scene.say("p", "lead", MessageKey::StatusLoading);
    }
    // The form's own submit is the action: Enter and the button both lead to it.
    let fields = all([
        scene.field(&REFERENCE, &status.typed, reference),
        if scene.by_key { scene.field(&KEY, &status.key, key) } else { none() },
        scene.submit(MessageKey::StatusLookUpButton),
        below,
    ]);
    form("", scene.press(|| Action::Status(status::Action::LookUpPressed)), fields)
}
