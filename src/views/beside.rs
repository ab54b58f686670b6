//! Answers that fit what is being written, in the foot: there they grow upwards, and nothing that is pressed moves.

use domain::answers::Action as Answers;
use domain::message::MessageKey;
use domain::session::Action;
use yew::Html;

use super::{Scene, own};
use crate::components::node::{el, list, none};
use crate::components::{Look, button};

/// Shows them.
pub fn view(scene: &Scene<'_>) -> Html {
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
    el("div", "beside", [scene.say("h3", "small", MessageKey::AnswersBeside), list("ul", "", rows)])
}
