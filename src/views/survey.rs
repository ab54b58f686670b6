//! A survey: one question first. The tap counts at once; what else is asked then stands below, and the focus stays.

use domain::message::MessageKey;
use domain::session::Action;
use domain::survey::{self, Run};
use domain::view::View;
use yew::Html;

use super::panel::{Frame, complain, panel};
use super::survey_question::question;
use super::{Scene, own, sending};
use crate::components::node::{all, el, gathered, list, none, text, words};
use crate::components::{Icon, Look, Tone, icon, notice, outside};

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    match &scene.session.survey {
        Some(run) if run.done => thanks(scene, run),
        Some(run) => questions(scene, run),
        None => super::menu::view(scene),
    }
}

fn questions(scene: &Scene<'_>, run: &Run) -> Html {
    let begun = run.begun();
    let afresh = || {
        scene.button(Look::Link, MessageKey::FeedbackAfresh, None, || {
            Action::Survey(survey::Action::StartAfresh)
        })
    };
    let mut body = vec![if run.restored {
        notice(Tone::Plain, scene.text(MessageKey::FeedbackRestored), afresh())
    } else {
        none()
    }];
    for (at, asked) in run.survey.questions.iter().enumerate() {
        // Places are kept while nothing stands there, so that the first question stays the same element.
        body.push(if at == 0 || begun { question(scene, run, at, asked) } else { none() });
        if at == 0 {
            body.push(if begun { noted(scene, run) } else { none() });
            body.push(if begun && run.is_low() { offer(scene) } else { none() });
        }
    }
    let finish = || {
        scene.button(Look::Primary, MessageKey::SurveyFinish, None, || {
            Action::Survey(survey::Action::FinishPressed)
        })
    };
    panel(
        scene,
        Frame {
            name: "rating",
            reading: false,
            title: scene.text(MessageKey::SurveyTitle),
            above: none(),
            body: gathered(body),
            actions: if begun { finish() } else { none() },
            complain: Some(|| Action::Survey(survey::Action::ComplaintChosen)),
        },
    )
}

/// Says that it is noted once it is; until then the place is kept, so that nothing moves.
fn noted(scene: &Scene<'_>, run: &Run) -> Html {
    let delivery = run.sent.as_ref().and_then(|id| scene.session.deliveries.of(id));
    if let Some(delivery) = delivery.filter(|delivery| delivery.state.is_trouble()) {
        return sending::unless_sent(scene, delivery);
    }
    let class = if run.kept { "kept" } else { "kept soon" };
    el("p", class, [icon(Icon::TICK), text(scene.text(MessageKey::SurveyKept))])
}

/// The way to have it put right: offered, never forced.
fn offer(scene: &Scene<'_>) -> Html {
    let below = [
        scene.say("p", "hint", MessageKey::SurveyOfferText),
        scene.button(Look::Quiet, MessageKey::SurveyOfferButton, None, || {
            Action::Survey(survey::Action::ComplaintChosen)
        }),
    ];
    notice(Tone::Plain, scene.text(MessageKey::SurveyOffer), all(below))
}

fn thanks(scene: &Scene<'_>, run: &Run) -> Html {
    let survey = &run.survey;
    let mut body = vec![el("span", "seal", [icon(Icon::HEART)])];
    if survey.thank_you.is_empty() {
        body.push(scene.say("p", "big", MessageKey::SurveyThanksNext));
    } else {
        body.push(words("p", "big", own(&survey.thank_you)));
    }
    if let Some(delivery) = run.sent.as_ref().and_then(|id| scene.session.deliveries.of(id)) {
        body.push(sending::unless_sent(scene, delivery));
    }
    if !survey.review_url.is_empty() {
        body.push(el("p", "", [outside(own(&survey.review_url), scene.text(MessageKey::SurveyReview))]));
    }
    let menu = scene.button(Look::Quiet, MessageKey::SurveyMenu, None, || Action::ViewChosen(View::Menu));
    panel(
        scene,
        Frame {
            name: "rating-thanks",
            reading: true,
            title: scene.text(MessageKey::SurveyThanksTitle),
            above: none(),
            body: list("div", "finish", body),
            actions: menu,
            complain: complain(),
        },
    )
}
