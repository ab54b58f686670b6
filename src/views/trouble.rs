//! What helps when something stands in the way: the customer's own words to copy, and a person to turn to.

use domain::message::MessageKey;
use yew::prelude::*;

use super::panel::{href, outside};
use super::{Scene, own};

/// The words laid out for copying, and how to reach a person.
pub fn help(scene: &Scene<'_>, words: &str) -> Html {
    let company = scene.company;
    let reachable = !company.phone.is_empty() || !company.email.is_empty();
    html! {
        <>
            if !words.is_empty() {
                <p class="hint">{scene.text(MessageKey::TroubleWords)}</p>
                <blockquote class="words">{own(words)}</blockquote>
            }
            if reachable {
                <p class="hint">{scene.text(MessageKey::TroubleWays)}</p>
                {person(scene)}
            }
        </>
    }
}

/// Phone and e-mail in plain sight.
pub fn person(scene: &Scene<'_>) -> Html {
    let company = scene.company;
    let line = |scheme: &str, address: &str| {
        html! { <p class="person"><a href={href(scheme, address)}><bdi>{own(address)}</bdi></a></p> }
    };
    html! {
        <>
            if !company.phone.is_empty() {
                {line("tel:", &company.phone)}
                if !company.hours.is_empty() {
                    <p class="hint">{own(&company.hours)}</p>
                }
            }
            if !company.email.is_empty() {
                {line("mailto:", &company.email)}
            }
        </>
    }
}

/// What happens with what is said, in the company's words, and where more about it stands.
pub fn privacy(scene: &Scene<'_>) -> Html {
    let privacy = scene.privacy;
    let said = !privacy.text.is_empty();
    let linked = !privacy.notice_url.is_empty();
    html! {
        if said || linked {
            <p class="hint">
                if said {
                    <span class="said">{own(&privacy.text)}</span>
                }
                if linked {
                    {outside(own(&privacy.notice_url), scene.text(MessageKey::PanelPrivacy))}
                }
            </p>
        }
    }
}
