//! One complaint: how far it is, by when the answer comes, what has happened so far, and whether it was put right.

use domain::message::MessageKey;
use domain::promise::{Standing, standing};
use domain::session::{Action, Field};
use domain::status::{self, Report, Said, State, Trouble};
use yew::{AttrValue, Html};

use super::asked::{Asked, asked};
use super::panel::{Frame, complain, panel};
use super::status::badge;
use super::{Scene, own, promise, sending, trouble};
use crate::components::node::{all, el, list, none, words};
use crate::components::{Tone, notice, summary_list};
use crate::i18n::DateStyle;

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let state = &scene.session.status;
    let Some(report) = &state.report else { return super::status::view(scene) };
    let answered = report.state.is_some_and(State::answered);
    let firm = report.received_at.and(report.reply_by);
    let past = firm.is_some_and(|by| standing(by, scene.now, scene.zone) == Standing::Late);
    // A device alone does not know whether the answer has come.
    let known = report.state.is_some();
    let late = past && !answered && known;
    let stands = badge(scene, report.state, firm);
    let mut news = none();
    if state.loading {
        news = scene.say("p", "lead", MessageKey::StatusLoading);
    } else if state.trouble == Some(Trouble::OutOfReach) {
        news = notice(Tone::Plain, scene.text(MessageKey::StatusOutOfReach), none());
    }
    let body = all([
        el("div", "promise-card", [words("p", "big", says(scene, report)), stands]),
        if late { apology(scene, report) } else { none() },
        facts(scene, report),
        history(scene, report),
        news,
        if answered { questions(scene) } else { none() },
        promise::escalation(scene, report.received_at),
    ]);
    panel(
        scene,
        Frame {
            name: "report",
            reading: true,
            title: own(&report.reference),
            above: none(),
            body,
            actions: none(),
            complain: complain(),
        },
    )
}

/// What is known of it: where only this device was asked, no more than that it was received.
fn says(scene: &Scene<'_>, report: &Report) -> AttrValue {
    if let Some(key) = report.says(None) {
        return scene.text(key);
    }
    match report.received_at {
        Some(at) => {
            let date = scene.catalog.date(at, DateStyle::Date);
            scene.catalog.with(MessageKey::StatusStateRemembered, &[("date", &date)])
        }
        None => scene.text(MessageKey::StatusStateReceived),
    }
}

/// A promise that was not kept surfaces with a sorry and a person to call (keep-promises).
fn apology(scene: &Scene<'_>, report: &Report) -> Html {
    let date = report.reply_by.map(|by| scene.catalog.date(by, DateStyle::Moment)).unwrap_or_default();
    notice(Tone::Care, scene.catalog.with(MessageKey::StatusLate, &[("date", &date)]), trouble::person(scene))
}

fn facts(scene: &Scene<'_>, report: &Report) -> Html {
    let moment = |at: Option<domain::calendar::Timestamp>| match at {
        Some(at) => scene.catalog.date(at, DateStyle::Moment),
        None => AttrValue::default(),
    };
    let owner = report.owner.as_deref().unwrap_or(scene.owner());
    summary_list(vec![
        (scene.text(MessageKey::StatusReplyBy), moment(report.received_at.and(report.reply_by))),
        (scene.text(MessageKey::StatusOwner), own(owner)),
        (scene.text(MessageKey::StatusReceivedAt), moment(report.received_at)),
    ])
}

fn history(scene: &Scene<'_>, report: &Report) -> Html {
    if report.updates.is_empty() {
        return none();
    }
    let mut changes = Vec::new();
    for (at, update) in report.updates.iter().enumerate() {
        let mut lines = vec![report.says(Some(at)).map_or_else(none, |key| scene.say("span", "", key))];
        if !update.note.is_empty() {
            lines.push(words("span", "said", own(&update.note)));
        }
        lines.push(words("span", "hint", scene.catalog.date(update.at, DateStyle::Moment)));
        changes.push(list("li", "done", lines));
    }
    all([scene.say("h3", "small", MessageKey::StatusHistory), list("ol", "timeline", changes)])
}

fn questions(scene: &Scene<'_>) -> Html {
    let status = &scene.session.status;
    let put_right = Asked {
        id: "put-right",
        place: Field::PutRight,
        question: MessageKey::StatusPutRight,
        yes: (MessageKey::StatusYes, || Action::Status(status::Action::PutRightSaid(true))),
        no: (MessageKey::StatusNo, || Action::Status(status::Action::PutRightSaid(false))),
        said: heard(scene, status.put_right.as_ref(), |right| {
            if right { MessageKey::StatusPutRightThanks } else { MessageKey::StatusPutRightAgain }
        }),
    };
    let promise_kept = Asked {
        id: "promise-kept",
        place: Field::PromiseKept,
        question: MessageKey::StatusPromiseKept,
        yes: (MessageKey::StatusYes, || Action::Status(status::Action::PromiseKeptSaid(true))),
        no: (MessageKey::StatusNo, || Action::Status(status::Action::PromiseKeptSaid(false))),
        said: heard(scene, status.promise_kept.as_ref(), |_| MessageKey::StatusPromiseKeptThanks),
    };
    // Where it says that something is saved, the way to it is near.
    let way = if status.keeps_said(&scene.session.deliveries) { promise::check(scene) } else { none() };
    all([asked(scene, put_right), asked(scene, promise_kept), way])
}

/// What was said of the answer is thanked for as soon as somebody has it.
fn heard(scene: &Scene<'_>, said: Option<&Said>, thanks: fn(bool) -> MessageKey) -> Option<Html> {
    let said = said?;
    let delivery = said.delivery(&scene.session.deliveries)?;
    Some(sending::thanks(scene, delivery, thanks(said.yes)))
}
