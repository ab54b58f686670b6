//! Answers that fit what is being written, in the foot. Where the panel keeps its height they stand first there and grow
//! upwards; where it grows with what is in it, they come last: either way nothing that can be pressed moves. Whether a
//! window is low only its styles know, so both are there and one of them shows: who goes on by keyboard meets everything
//! in the order in which it is seen.

use domain::answers::Action as Answers;
use domain::message::MessageKey;
use domain::session::Action;
use yew::Html;

use super::{Scene, own};
use crate::components::node::{el, list, none};
use crate::components::{Look, button};

/// At the start of the foot.
pub fn first(scene: &Scene<'_>) -> Html {
    if scene.inline { none() } else { show(scene, "beside first") }
}

/// At its end.
pub fn last(scene: &Scene<'_>) -> Html {
    show(scene, if scene.inline { "beside" } else { "beside last" })
}

fn show(scene: &Scene<'_>, class: &'static str) -> Html {
    let answers = &scene.session.answers;
    let mut rows = Vec::new();
    for at in &answers.beside {
        if let Some(entry) = answers.entries.get(*at) {
            let open = scene.press_at(*at, |at| Action::Answers(Answers::ArticleOpened(at)));
            rows.push(el("li", "", [button(Look::Link, own(&entry.question), None, open)]));
        }
    }
    if rows.is_empty() {
        return none();
    }
    el("div", class, [scene.say("h3", "small", MessageKey::AnswersBeside), list("ul", "", rows)])
}
