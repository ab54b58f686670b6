//! The promise: reference, owner, date, what happens next, and a copy to keep. Firm once it was received; until then
//! the screen says what is true.

use domain::calendar::{DAY_MS, Timestamp};
use domain::complaint::{self, Filed};
use domain::delivery::DeliveryState;
use domain::message::MessageKey;
use domain::session::{Action, CopyForm};
use domain::view::View;
use yew::{AttrValue, Html};

use super::asked::pair;
use super::panel::{Frame, panel};
use super::{FilesPart, Scene, apologise, own, recap, sending};
use crate::components::attribute::Attribute;
use crate::components::node::{Element, all, el, isolated, none, text, words};
use crate::components::{Icon, Look, fold, icon, outside};
use crate::i18n::DateStyle;

/// Shows it, once a complaint was handed in.
pub fn view(scene: &Scene<'_>) -> Html {
    let Some(filed) = &scene.session.complaint.filed else { return none() };
    let delivery = scene.session.deliveries.of(&filed.id);
    let state = delivery.map_or(DeliveryState::Pending, |delivery| delivery.state);
    let (title, on_its_way) = match state {
        DeliveryState::Sent => (MessageKey::ComplaintPromiseSent, false),
        DeliveryState::Pending | DeliveryState::Sending => (MessageKey::ComplaintPromiseSending, true),
        DeliveryState::Stored | DeliveryState::Held => (MessageKey::ComplaintPromiseSaved, true),
        DeliveryState::Unsaved => (MessageKey::ComplaintPromiseUnsaved, false),
        DeliveryState::Rejected | DeliveryState::Expired => (MessageKey::ComplaintPromiseRejected, false),
    };
    let arrived = state == DeliveryState::Sent;
    let draft = &scene.session.complaint;
    let (mut said, mut clock) = (none(), none());
    if arrived {
        said = promised(scene, filed);
    } else if let Some(delivery) = delivery {
        said = sending::view(scene, delivery, &draft.words);
    }
    if on_its_way {
        clock = scene.say("p", "lead", MessageKey::ComplaintPromiseClock);
    }
    let what = scene.text(MessageKey::ComplaintPromiseWhat);
    let files = scene.show_files(FilesPart::Uploads);
    let told = fold(false, what, AttrValue::default(), recap::story(scene, draft));
    panel(
        scene,
        Frame {
            name: "promise",
            reading: false,
            title: scene.text(title),
            above: none(),
            body: el("div", "promise", [said, clock, files, copies(scene, arrived), told]),
            actions: check(scene),
            complain: Some(|| Action::Complaint(complaint::Action::StartAfresh)),
        },
    )
}

/// The way from what was handed in to where it is kept and followed.
pub fn check(scene: &Scene<'_>) -> Html {
    scene.button(Look::Quiet, MessageKey::ComplaintPromiseStatus, Some(Icon::PROGRESS), || {
        Action::ViewChosen(View::Status)
    })
}

fn promised(scene: &Scene<'_>, filed: &Filed) -> Html {
    let owner = filed.owner.as_deref().map_or_else(|| apologise::who(scene), own);
    let by = scene.catalog.with(MessageKey::ComplaintPromiseBy, &[("owner", &owner)]);
    let card = [
        words("p", "hint", by),
        words("p", "big", scene.catalog.date(filed.reply_by, DateStyle::Moment)),
        scene.say("p", "hint", MessageKey::ComplaintPromiseReference),
        el("p", "reference", [isolated(own(&filed.reference))]),
    ];
    let message = filed.message.as_deref().map_or_else(none, |message| words("p", "lead", own(message)));
    all([el("div", "promise-card", card), message, next(scene, filed, &owner)])
}

fn next(scene: &Scene<'_>, filed: &Filed, owner: &str) -> Html {
    let line = [
        words("li", "done", scene.catalog.with(MessageKey::ComplaintPromiseNextNow, &[("owner", owner)])),
        words("li", "", answer(scene, filed.reply_by, filed.status_url.is_some())),
        scene.say("li", "", MessageKey::ComplaintPromiseNextAfter),
    ];
    all([
        scene.say("h3", "small", MessageKey::ComplaintPromiseNext),
        el("ol", "timeline", line),
        escalation(scene, filed.received_at),
    ])
}

/// When and where our answer reaches the customer.
pub fn answer(scene: &Scene<'_>, by: Timestamp, here: bool) -> AttrValue {
    let customer = &scene.session.customer;
    let reachable = !customer.email.trim().is_empty() || !customer.phone.trim().is_empty();
    let key = if reachable {
        MessageKey::ComplaintPromiseNextContact
    } else if here || scene.by_key {
        MessageKey::ComplaintPromiseNextHere
    } else {
        MessageKey::ComplaintPromiseNextAsk
    };
    let day = scene.catalog.date(by, DateStyle::Day);
    scene.catalog.with(key, &[("date", &day)])
}

/// Who to turn to next, and from when.
pub fn escalation(scene: &Scene<'_>, received_at: Option<Timestamp>) -> Html {
    let Some(next) = scene.escalation else { return none() };
    let (mut key, mut day) = (MessageKey::ComplaintEscalationNow, AttrValue::default());
    if let (Some(received), true) = (received_at, next.after_days > 0) {
        key = MessageKey::ComplaintEscalationAfter;
        let from = received.0.saturating_add(i64::from(next.after_days) * DAY_MS);
        day = scene.catalog.date(Timestamp(from), DateStyle::Day);
    }
    let said = scene.catalog.with(key, &[("date", &day), ("name", &next.name)]);
    el("p", "hint", [if next.url.is_empty() { text(said) } else { outside(own(&next.url), said) }])
}

fn copies(scene: &Scene<'_>, arrived: bool) -> Html {
    let one = |key, drawing, make| scene.button(Look::Quiet, key, Some(drawing), make);
    let ways = all([
        one(MessageKey::ComplaintPromiseCopy, Icon::COPY, || {
            Action::Complaint(complaint::Action::CopyPressed(CopyForm::Clipboard))
        }),
        one(MessageKey::ComplaintPromiseDownload, Icon::DOWNLOAD, || {
            Action::Complaint(complaint::Action::CopyPressed(CopyForm::File))
        }),
        if arrived {
            one(MessageKey::ComplaintPromiseCalendar, Icon::CALENDAR, || {
                Action::Complaint(complaint::Action::CopyPressed(CopyForm::Calendar))
            })
        } else {
            none()
        },
    ]);
    let keep = scene.text(MessageKey::ComplaintPromiseKeep);
    let heading = Element::new("h3", "small").set(Attribute::Id, "keep").with([text(keep)]);
    all([heading, pair("keep", ways), copied(scene, scene.session.complaint.copied)])
}

/// What came of copying, once that was tried.
pub fn copied(scene: &Scene<'_>, copied: Option<bool>) -> Html {
    let Some(done) = copied else { return none() };
    let key =
        if done { MessageKey::ComplaintPromiseCopied } else { MessageKey::ComplaintPromiseCopyYourself };
    el("p", "kept", [icon(if done { Icon::TICK } else { Icon::INFO }), text(scene.text(key))])
}
