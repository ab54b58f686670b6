//! The complaint: which step shows, in one frame with the way along: Listen, Recap, Apologise, Resolve.

use domain::complaint::Step;
use domain::message::MessageKey;
use yew::Html;

use super::panel::{Frame, panel_with};
use super::{Scene, apologise, listen, promise, recap, resolve};
use crate::components::steps;

/// Shows the step that the complaint is at.
pub fn view(scene: &Scene<'_>) -> Html {
    let draft = &scene.session.complaint;
    match draft.step {
        Step::Listen => listen::view(scene),
        Step::Recap => recap::view(scene),
        Step::Apologise => apologise::view(scene),
        Step::Promise if draft.filed.is_some() => promise::view(scene),
        Step::Resolve | Step::Promise => resolve::view(scene),
    }
}

/// What a step puts into the frame.
pub struct Part {
    /// Name of the screen.
    pub name: &'static str,
    /// Which step, from nought.
    pub at: usize,
    /// Whether there is nothing in it but text.
    pub reading: bool,
    /// Its heading.
    pub title: MessageKey,
    /// What scrolls.
    pub body: Html,
    /// The next steps.
    pub actions: Html,
    /// What comes after the ways to a person.
    pub last: Html,
}

/// The frame of a step, with the way along above it.
pub fn part(scene: &Scene<'_>, part: Part) -> Html {
    let mut labels = Vec::new();
    for key in [
        MessageKey::ComplaintStepListen,
        MessageKey::ComplaintStepRecap,
        MessageKey::ComplaintStepApologise,
        MessageKey::ComplaintStepResolve,
    ] {
        labels.push(scene.text(key));
    }
    panel_with(
        scene,
        Frame {
            name: part.name,
            reading: part.reading,
            title: scene.text(part.title),
            above: steps(scene.text(MessageKey::ComplaintSteps), labels, part.at),
            body: part.body,
            actions: part.actions,
            complain: None,
        },
        part.last,
    )
}
