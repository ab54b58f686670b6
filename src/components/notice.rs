//! A sentence that stands out from its surroundings.

use yew::prelude::*;

use super::icon::{Icon, icon};

/// How it stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Plain,
    /// It went well.
    Good,
    /// It wants care.
    Care,
}

/// Shows it, with what belongs below the sentence.
pub fn notice(tone: Tone, text: AttrValue, below: Html) -> Html {
    let (class, drawing) = match tone {
        Tone::Plain => ("notice", Icon::Info),
        Tone::Good => ("notice good", Icon::Done),
        Tone::Care => ("notice care", Icon::Care),
    };
    html! {
        <div {class}>
            {icon(drawing)}
            <div class="notice-words"><p>{text}</p>{below}</div>
        </div>
    }
}
