//! A sentence that stands out from its surroundings.

use yew::{AttrValue, Html};

use super::icon::{Icon, icon};
use super::node::{el, words};

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
pub fn notice(tone: Tone, said: AttrValue, below: Html) -> Html {
    let (class, drawing) = match tone {
        Tone::Plain => ("notice", Icon::INFO),
        Tone::Good => ("notice good", Icon::DONE),
        Tone::Care => ("notice care", Icon::CARE),
    };
    el("div", class, [icon(drawing), el("div", "notice-words", [words("p", "", said), below])])
}
