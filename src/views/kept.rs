//! What this device keeps and nobody has received: a row each, one of them with all that can be done about it, and the
//! way to delete everything.

use domain::delivery::DeliveryState;
use domain::kept::{Action as Act, Kept};
use domain::message::MessageKey;
use domain::session::Action;
use domain::status;
use domain::submission::Kind;
use yew::{AttrValue, Html};

use super::panel::{Frame, complain, panel};
use super::{Scene, own, promise, trouble};
use crate::components::attribute::Attribute;
use crate::components::node::{Element, all, el, none, text, words};
use crate::components::{Icon, Look, Tone, icon, notice, row, summary_list};
use crate::i18n::DateStyle;

fn act(action: Act) -> Action {
    Action::Status(status::Action::Kept(action))
}

/// Shows one in a list.
#[inline(never)]
pub fn line(scene: &Scene<'_>, at: usize, kept: &Kept) -> Html {
    let (class, key) = match kept.state {
        DeliveryState::Pending | DeliveryState::Sending => ("badge", MessageKey::SendingSending),
        DeliveryState::Stored | DeliveryState::Held => ("badge", MessageKey::StatusStandingWaiting),
        DeliveryState::Sent => ("badge good", MessageKey::StatusReceivedAt),
        DeliveryState::Unsaved | DeliveryState::Rejected | DeliveryState::Expired => {
            ("badge today", MessageKey::KeptLook)
        }
    };
    let when = scene.catalog.date(kept.written_at, DateStyle::Moment);
    let on_press = scene.press_at(at, |at| act(Act::Chosen(at)));
    row(None, name(scene, kept), when, scene.say("span", class, key), on_press)
}

fn name(scene: &Scene<'_>, kept: &Kept) -> AttrValue {
    if !kept.file.is_empty() {
        return own(&kept.file);
    }
    scene.text(match kept.kind {
        Kind::Rating => MessageKey::SurveyTitle,
        Kind::Feedback => MessageKey::KeptFeedback,
        Kind::Complaint => MessageKey::KeptComplaint,
        Kind::FollowUp => MessageKey::KeptFollowUp,
        Kind::Signal => MessageKey::KeptSignal,
    })
}

/// Shows the one that is looked at.
#[inline(never)]
pub fn view(scene: &Scene<'_>, kept: &Kept) -> Html {
    let shelf = &scene.session.status.kept;
    let sent = kept.state == DeliveryState::Sent;
    let (tone, person) = match kept.state {
        DeliveryState::Sent => (Tone::Good, none()),
        DeliveryState::Unsaved | DeliveryState::Rejected | DeliveryState::Expired => {
            (Tone::Care, el("div", "help", [trouble::help(scene, "")]))
        }
        DeliveryState::Pending | DeliveryState::Stored | DeliveryState::Sending | DeliveryState::Held => {
            (Tone::Plain, none())
        }
    };
    let facts = summary_list(vec![
        (scene.text(MessageKey::StatusReference), own(&kept.reference)),
        (scene.text(MessageKey::KeptWritten), scene.catalog.date(kept.written_at, DateStyle::Moment)),
    ]);
    let said = if kept.words.is_empty() {
        none()
    } else {
        all([
            scene.say("h3", "small", MessageKey::ComplaintPromiseWhat),
            words("blockquote", "words", own(&kept.words)),
        ])
    };
    let body = all([
        notice(tone, scene.catalog.message(&shelf.sentence(kept)), none()),
        facts,
        said,
        ways(scene, kept, sent),
        if sent { none() } else { question(scene) },
        person,
    ]);
    // One button from press to thanks, so that the focus stays where it is.
    let (next, make): (_, fn() -> Action) = if sent {
        (MessageKey::SurveyFinish, || Action::BackPressed)
    } else if kept.is_given_back() {
        (MessageKey::KeptAgain, || act(Act::SendPressed))
    } else {
        (MessageKey::KeptSend, || act(Act::SendPressed))
    };
    panel(
        scene,
        Frame {
            name: "kept",
            reading: false,
            title: name(scene, kept),
            above: none(),
            body,
            actions: scene.button(Look::Primary, next, None, make),
            complain: complain(),
        },
    )
}

fn ways(scene: &Scene<'_>, kept: &Kept, sent: bool) -> Html {
    let copy = scene
        .button(Look::Quiet, MessageKey::ComplaintPromiseCopy, Some(Icon::COPY), || act(Act::CopyPressed));
    let buttons = [
        if kept.words.is_empty() { none() } else { copy },
        if sent { none() } else { delete(scene, "button quiet", MessageKey::KeptDelete) },
    ];
    all([el("div", "pair", buttons), promise::copied(scene, scene.session.status.kept.copied)])
}

/// Shows the way to delete everything, in the list.
#[inline(never)]
pub fn everything(scene: &Scene<'_>) -> Html {
    all([delete(scene, "link", MessageKey::KeptDeleteAll), question(scene)])
}

/// What came of deleting, in the list.
pub fn done(scene: &Scene<'_>) -> Html {
    let shelf = &scene.session.status.kept;
    match shelf.said {
        Some(said) if !shelf.question => notice(Tone::Good, scene.text(said), none()),
        _ => none(),
    }
}

fn delete(scene: &Scene<'_>, class: &'static str, key: MessageKey) -> Html {
    Element::new("button", class)
        .set(Attribute::Type, "button")
        .set(Attribute::Id, "delete")
        .on(crate::components::dom::Event::Click, scene.press(|| act(Act::DeletePressed)))
        .with([words("span", "", scene.text(key))])
}

/// The question stands below what it is about, and moves nothing that is above it.
fn question(scene: &Scene<'_>) -> Html {
    let shelf = &scene.session.status.kept;
    if !shelf.question {
        return none();
    }
    let sure =
        Element::new("p", "").set(Attribute::Id, "sure").with([text(scene.text(shelf.question_key()))]);
    let held_on = shelf.said.map_or_else(none, |said| scene.say("p", "", said));
    let answers = [
        scene.button(Look::Quiet, MessageKey::KeptDeleteYes, None, || act(Act::DeleteConfirmed)),
        scene.button(Look::Quiet, MessageKey::KeptDeleteNo, None, || act(Act::DeleteDeclined)),
    ];
    Element::new("div", "notice care")
        .set(Attribute::Id, "delete-question")
        .set(Attribute::TabIndex, "-1")
        .set(Attribute::Role, "group")
        .set(Attribute::AriaLabelledby, "sure")
        .with([icon(Icon::CARE), el("div", "notice-words", [sure, held_on, el("div", "pair", answers)])])
}
