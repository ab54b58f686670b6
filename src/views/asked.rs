//! A question with two answers, and what is said of either.

use domain::message::MessageKey;
use domain::session::{Action, Field};
use yew::Html;

use super::Scene;
use crate::components::attribute::Attribute;
use crate::components::node::{Element, all, el, text};
use crate::components::{Icon, Look};

/// A question with two answers.
pub struct Asked {
    /// Unique on the screen.
    pub id: &'static str,
    /// Where the focus goes once it was answered, since what was pressed is gone then.
    pub place: Field,
    /// What is asked.
    pub question: MessageKey,
    /// Yes, and what it means.
    pub yes: (MessageKey, fn() -> Action),
    /// No, and what it means.
    pub no: (MessageKey, fn() -> Action),
    /// What is said once it was answered.
    pub said: Option<Html>,
}

/// Shows it.
pub fn asked(scene: &Scene<'_>, asked: Asked) -> Html {
    let question =
        Element::new("h3", "small").set(Attribute::Id, asked.id).with([text(scene.text(asked.question))]);
    let below = match asked.said {
        Some(said) => Element::new("div", "heard")
            .set(Attribute::Id, asked.place.id())
            .set(Attribute::TabIndex, "-1")
            .with([said]),
        None => pair(
            asked.id,
            all([
                scene.button(Look::Quiet, asked.yes.0, Some(Icon::THUMB_UP), asked.yes.1),
                scene.button(Look::Quiet, asked.no.0, Some(Icon::THUMB_DOWN), asked.no.1),
            ]),
        ),
    };
    el("div", "still", [question, below])
}

/// Buttons beside each other, named by the heading of this id.
pub fn pair(id: &'static str, buttons: Html) -> Html {
    Element::new("div", "pair")
        .set(Attribute::Role, "group")
        .set(Attribute::AriaLabelledby, id)
        .with([buttons])
}
