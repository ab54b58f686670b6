//! A survey: one question first. The tap counts at once; what else is asked then stands below, and the focus stays.

use domain::message::MessageKey;
use domain::session::Action;
use domain::survey::{self, Run};
use domain::view::View;
use yew::prelude::*;

use super::panel::{Frame, complain, outside, panel};
use super::survey_question::question;
use super::{Scene, own};
use crate::components::{Button, Icon, Look, Tone, button, icon, notice};

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    match &scene.session.survey {
        Some(run) if run.done => thanks(scene, run),
        Some(run) => questions(scene, run),
        None => super::menu::view(scene),
    }
}

fn questions(scene: &Scene<'_>, run: &Run) -> Html {
    let begun = !run.answers.is_empty();
    let shown = if begun { run.survey.questions.len() } else { 1 };
    let rest = run.survey.questions.iter().enumerate().take(shown).skip(1);
    let body = html! {
        <>
            {for run.survey.questions.first().map(|first| question(scene, run, 0, first))}
            if begun {
                <p class="kept">{icon(Icon::Tick)}{scene.text(MessageKey::SurveyKept)}</p>
                if run.is_low() {
                    {offer(scene)}
                }
                {for rest.map(|(at, next)| question(scene, run, at, next))}
            }
        </>
    };
    let finish = || {
        button(Button {
            look: Look::Primary,
            label: scene.text(MessageKey::SurveyFinish),
            on_press: scene.press(|| Action::Survey(survey::Action::FinishPressed)),
            ..Button::default()
        })
    };
    panel(
        scene,
        Frame {
            name: "rating",
            title: scene.text(MessageKey::SurveyTitle),
            reading: false,
            above: Html::default(),
            body,
            action: if begun { finish() } else { Html::default() },
            complain: Some(|| Action::Survey(survey::Action::ComplaintChosen)),
        },
    )
}

/// The way to have it put right: offered, never forced.
fn offer(scene: &Scene<'_>) -> Html {
    let below = html! {
        <>
            <p class="hint">{scene.text(MessageKey::SurveyOfferText)}</p>
            {button(Button {
                look: Look::Quiet,
                label: scene.text(MessageKey::SurveyOfferButton),
                on_press: scene.press(|| Action::Survey(survey::Action::ComplaintChosen)),
                ..Button::default()
            })}
        </>
    };
    notice(Tone::Plain, scene.text(MessageKey::SurveyOffer), below)
}

fn thanks(scene: &Scene<'_>, run: &Run) -> Html {
    let survey = &run.survey;
    let own_words = !survey.thank_you.is_empty();
    let said = if own_words { own(&survey.thank_you) } else { scene.text(MessageKey::SurveyThanks) };
    let unsaved = run.sent.as_ref().and_then(|id| scene.session.deliveries.of(id));
    let body = html! {
        <div class="finish">
            <span class="seal">{icon(Icon::Heart)}</span>
            <p class="big">{said}</p>
            if !own_words {
                <p class="lead">{scene.text(MessageKey::SurveyThanksNext)}</p>
            }
            {for unsaved.map(|delivery| super::sending::unless_sent(scene, delivery))}
            if !survey.review_url.is_empty() {
                <p>{outside(own(&survey.review_url), scene.text(MessageKey::SurveyReview))}</p>
            }
        </div>
    };
    let action = button(Button {
        look: Look::Quiet,
        label: scene.text(MessageKey::SurveyMenu),
        on_press: scene.press(|| Action::ViewChosen(View::Menu)),
        ..Button::default()
    });
    panel(
        scene,
        Frame {
            name: "rating-thanks",
            title: scene.text(MessageKey::SurveyThanksTitle),
            reading: true,
            above: Html::default(),
            body,
            action,
            complain: complain(),
        },
    )
}
