//! Where the widget is cut: what stands here is fetched with the screen that needs it. Each `wasm_split` function is a
//! way into a part, and what only such ways lead to goes along; `xtask/src/split.rs` does the cutting.

use domain::session::{Action, Ctx, Effect, Rules, Session};
use domain::view::View;
use domain::{answers, complaint, feedback, status, survey};
use wasm_split_helpers::wasm_split;
use yew::Html;

use crate::views::{self, Scene};

pub mod rt;
use rt::now;

/// What is fetched apart from the rest. The loader knows the parts by these names, and a screen's part by the screen's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A screen with its rules.
    Screen(View),
    /// The search in the answers.
    Search,
}

impl Part {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Screen(view) => view.as_str(),
            Self::Search => "search",
        }
    }
}

/// The part without which a fact is not to be told: the rules of a screen are called by facts of that screen alone.
pub fn before(action: &Action) -> Option<Part> {
    match action {
        Action::Survey(_) => Some(Part::Screen(View::Rating)),
        Action::Feedback(_) => Some(Part::Screen(View::Feedback)),
        Action::Answers(answers::Action::QueryChanged(_)) => Some(Part::Search),
        Action::Answers(_) => Some(Part::Screen(View::Answers)),
        Action::Complaint(_) => Some(Part::Screen(View::Complaint)),
        Action::Status(_) => Some(Part::Screen(View::Status)),
        Action::Opened(_)
        | Action::Closed
        | Action::ClosePressed
        | Action::BackPressed
        | Action::ViewChosen(_)
        | Action::ViewPlaced(_)
        | Action::SurveyAsked(..)
        | Action::ContextGiven(_)
        | Action::Identified(_)
        | Action::Prefilled(..)
        | Action::CustomerChanged(..)
        | Action::ContactByChosen(_)
        | Action::DeliveryChanged(_)
        | Action::DraftLoaded(..)
        | Action::KnownLoaded(_)
        | Action::KeptLoaded(_)
        | Action::FaqLoaded(..)
        | Action::StatusLoaded(..)
        | Action::TimerFired(_)
        | Action::CopyDone(_)
        | Action::LocaleChanged
        | Action::ForgetAsked => None,
    }
}

/// The part without which a session is not to be shown, and takes no further fact.
pub fn after(session: &Session) -> Option<Part> {
    match session.view() {
        View::Menu => None,
        view @ (View::Rating | View::Feedback | View::Answers | View::Complaint | View::Status) => {
            Some(Part::Screen(view))
        }
    }
}

/// The rules, each behind the cut.
pub const RULES: Rules = Rules {
    survey: |session, cx, action, out| now(survey_step(session, cx, action, out)),
    feedback: |session, cx, action, out| now(feedback_step(session, cx, action, out)),
    answers: |session, cx, action, out| now(answers_step(session, cx, action, out)),
    search: |session, cx, (), out| now(search(session, cx, out)),
    complaint: |session, cx, action, out| now(complaint_step(session, cx, action, out)),
    status: |session, cx, action, out| now(status_step(session, cx, action, out)),
};

/// Shows the screen that the session is at.
pub fn show(scene: &Scene<'_>) -> Html {
    match scene.session.view() {
        View::Menu => views::menu(scene),
        View::Rating => now(rating(scene)),
        View::Feedback => now(feedback(scene)),
        View::Answers => now(answers(scene)),
        View::Complaint => now(complaint(scene)),
        View::Status => now(status(scene)),
    }
}

#[wasm_split(rating, wasm_split_path = crate::parts)]
fn survey_step(session: &mut Session, cx: &Ctx<'_>, action: survey::Action, out: &mut Vec<Effect>) {
    session.step_survey(cx, action, out);
}

#[wasm_split(rating, wasm_split_path = crate::parts)]
fn rating(scene: &Scene<'_>) -> Html {
    views::rating(scene)
}

#[wasm_split(feedback, wasm_split_path = crate::parts)]
fn feedback_step(session: &mut Session, cx: &Ctx<'_>, action: feedback::Action, out: &mut Vec<Effect>) {
    session.step_feedback(cx, action, out);
}

#[wasm_split(feedback, wasm_split_path = crate::parts)]
fn feedback(scene: &Scene<'_>) -> Html {
    views::feedback(scene)
}

#[wasm_split(answers, wasm_split_path = crate::parts)]
fn answers_step(session: &mut Session, cx: &Ctx<'_>, action: answers::Action, out: &mut Vec<Effect>) {
    session.step_answers(cx, action, out);
}

#[wasm_split(answers, wasm_split_path = crate::parts)]
fn answers(scene: &Scene<'_>) -> Html {
    views::answers(scene)
}

#[wasm_split(search, wasm_split_path = crate::parts)]
fn search(session: &mut Session, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
    session.search_answers(cx, (), out);
}

#[wasm_split(complaint, wasm_split_path = crate::parts)]
fn complaint_step(session: &mut Session, cx: &Ctx<'_>, action: complaint::Action, out: &mut Vec<Effect>) {
    session.step_complaint(cx, action, out);
}

#[wasm_split(complaint, wasm_split_path = crate::parts)]
fn complaint(scene: &Scene<'_>) -> Html {
    views::complaint(scene)
}

#[wasm_split(status, wasm_split_path = crate::parts)]
fn status_step(session: &mut Session, cx: &Ctx<'_>, action: status::Action, out: &mut Vec<Effect>) {
    session.step_status(cx, action, out);
}

#[wasm_split(status, wasm_split_path = crate::parts)]
fn status(scene: &Scene<'_>) -> Html {
    views::status(scene)
}
