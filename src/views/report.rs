//! One complaint: how far it is, by when the answer comes, what has happened so far, and whether it was put right.

use domain::message::MessageKey;
use domain::promise::{Standing, standing};
use domain::session::Action;
use domain::status::{self, Report, State, Trouble};
use yew::prelude::*;

use super::panel::{Frame, complain, panel};
use super::status::badge;
use super::{Scene, own, promise, trouble};
use crate::components::{Button, Icon, SummaryRow, Tone, button, notice, summary_list};
use crate::i18n::DateStyle;

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let state = &scene.session.status;
    let Some(report) = &state.report else { return super::status::view(scene) };
    let answered = report.state.is_some_and(State::answered);
    let late = !answered
        && report.received_at.is_some()
        && report.reply_by.is_some_and(|by| standing(by, scene.now, scene.zone) == Standing::Late);
    let body = html! {
        <>
            <div class="promise-card">
                <p class="big">{scene.text(says(report.state))}</p>
                if answered {
                    <span class="badge good">{scene.text(MessageKey::StatusStandingAnswered)}</span>
                } else {
                    {badge(scene, report.received_at.and(report.reply_by), report.received_at.is_none())}
                }
            </div>
            if late {
                {apology(scene, report)}
            }
            {facts(scene, report)}
            {history(scene, report)}
            if state.loading {
                <p class="lead">{scene.text(MessageKey::StatusLoading)}</p>
            }
            if state.trouble == Some(Trouble::OutOfReach) {
                {notice(Tone::Plain, scene.text(MessageKey::StatusOutOfReach), Html::default())}
            }
            if answered {
                {asked(scene)}
            }
            {promise::escalation(scene, report.received_at)}
        </>
    };
    panel(
        scene,
        Frame {
            name: "report",
            title: own(&report.reference),
            reading: false,
            above: Html::default(),
            body,
            action: Html::default(),
            complain: complain(),
        },
    )
}

fn says(state: Option<State>) -> MessageKey {
    match state {
        None => MessageKey::StatusStateWaiting,
        Some(State::Received) => MessageKey::StatusStateReceived,
        Some(State::Assigned) => MessageKey::StatusStateAssigned,
        Some(State::Investigating) => MessageKey::StatusStateInvestigating,
        Some(State::WaitingForYou) => MessageKey::StatusStateWaitingForYou,
        Some(State::Decided) => MessageKey::StatusStateDecided,
        Some(State::Closed) => MessageKey::StatusStateClosed,
    }
}

/// A promise that was not kept surfaces with a sorry and a person to call (keep-promises).
fn apology(scene: &Scene<'_>, report: &Report) -> Html {
    let date = report.reply_by.map(|by| scene.catalog.date(by, DateStyle::Moment)).unwrap_or_default();
    notice(Tone::Care, scene.catalog.with(MessageKey::StatusLate, &[("date", &date)]), trouble::person(scene))
}

fn facts(scene: &Scene<'_>, report: &Report) -> Html {
    let moment = |at| scene.catalog.date(at, DateStyle::Moment);
    let owner = report.owner.as_deref().unwrap_or(scene.owner());
    summary_list(vec![
        SummaryRow {
            term: scene.text(MessageKey::StatusReplyBy),
            value: report.received_at.and(report.reply_by).map(moment).unwrap_or_default(),
        },
        SummaryRow { term: scene.text(MessageKey::StatusOwner), value: own(owner) },
        SummaryRow {
            term: scene.text(MessageKey::StatusReceivedAt),
            value: report.received_at.map(moment).unwrap_or_default(),
        },
    ])
}

fn history(scene: &Scene<'_>, report: &Report) -> Html {
    if report.updates.is_empty() {
        return Html::default();
    }
    let one = |update: &status::Update| {
        html! {
            <li class="done">
                <span>{scene.text(says(Some(update.state)))}</span>
                if !update.note.is_empty() {
                    <span class="said">{own(&update.note)}</span>
                }
                <span class="hint">{scene.catalog.date(update.at, DateStyle::Moment)}</span>
            </li>
        }
    };
    html! {
        <>
            <h3 class="small">{scene.text(MessageKey::StatusHistory)}</h3>
            <ol class="timeline">{for report.updates.iter().map(one)}</ol>
        </>
    }
}

fn asked(scene: &Scene<'_>) -> Html {
    let status = &scene.session.status;
    html! {
        <>
            {question(scene, "put-right", MessageKey::StatusPutRight, status.put_right.map(|right| {
                if right { MessageKey::StatusPutRightThanks } else { MessageKey::StatusPutRightAgain }
            }), [
                || Action::Status(status::Action::PutRightSaid(true)),
                || Action::Status(status::Action::PutRightSaid(false)),
            ])}
            {question(scene, "promise-kept", MessageKey::StatusPromiseKept, status.promise_kept.map(|_| {
                MessageKey::StatusPromiseKeptThanks
            }), [
                || Action::Status(status::Action::PromiseKeptSaid(true)),
                || Action::Status(status::Action::PromiseKeptSaid(false)),
            ])}
        </>
    }
}

fn question(
    scene: &Scene<'_>,
    id: &'static str,
    key: MessageKey,
    thanks: Option<MessageKey>,
    answers: [fn() -> Action; 2],
) -> Html {
    let [yes, no] = answers;
    html! {
        <div class="still">
            <h3 class="small" {id}>{scene.text(key)}</h3>
            if let Some(thanks) = thanks {
                <p class="lead">{scene.text(thanks)}</p>
            } else {
                <div class="pair" role="group" aria-labelledby={id}>
                    {button(Button {
                        label: scene.text(MessageKey::StatusYes),
                        icon: Some(Icon::ThumbUp),
                        on_press: scene.press(yes),
                        ..Button::default()
                    })}
                    {button(Button {
                        label: scene.text(MessageKey::StatusNo),
                        icon: Some(Icon::ThumbDown),
                        on_press: scene.press(no),
                        ..Button::default()
                    })}
                </div>
            }
        </div>
    }
}
