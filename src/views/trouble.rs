//! What helps when something stands in the way: the customer's own words to copy, and a person to turn to.

use domain::message::MessageKey;
use yew::Html;

use super::{Scene, own};
use crate::components::node::{el, gathered, list, none, words};
use crate::components::{contact, outside};

/// The words laid out for copying, and how to reach a person.
pub fn help(scene: &Scene<'_>, said: &str) -> Html {
    let mut parts = Vec::new();
    if !said.is_empty() {
        parts.push(scene.say("p", "hint", MessageKey::TroubleWords));
        parts.push(words("blockquote", "words", own(said)));
    }
    if !scene.company.phone.is_empty() || !scene.company.email.is_empty() {
        parts.push(scene.say("p", "hint", MessageKey::TroubleWays));
        parts.push(person(scene));
    }
    gathered(parts)
}

/// Phone and e-mail in plain sight.
pub fn person(scene: &Scene<'_>) -> Html {
    let company = scene.company;
    let mut parts = Vec::new();
    if !company.phone.is_empty() {
        parts.push(phone(&company.phone));
        if !company.hours.is_empty() {
            parts.push(words("p", "hint", own(&company.hours)));
        }
    }
    if !company.email.is_empty() {
        parts.push(el("p", "person", [contact("mailto:", &company.email, none())]));
    }
    gathered(parts)
}

/// A number to call, in plain sight.
pub fn phone(number: &str) -> Html {
    el("p", "person", [contact("tel:", number, none())])
}

/// What happens with what is said, in the company's words, and where more about it stands.
pub fn privacy(scene: &Scene<'_>) -> Html {
    let privacy = scene.privacy;
    let mut parts = Vec::new();
    if !privacy.text.is_empty() {
        parts.push(words("span", "said", own(&privacy.text)));
    }
    if !privacy.notice_url.is_empty() {
        parts.push(outside(own(&privacy.notice_url), scene.text(MessageKey::PanelPrivacy)));
    }
    if parts.is_empty() { none() } else { list("p", "hint", parts) }
}
