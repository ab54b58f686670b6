//! What unfolds on request.

use yew::{AttrValue, Html};

use super::attribute::Attribute;
use super::icon::{Icon, icon};
use super::node::{Element, el, text};
use super::text_field::note;

/// Shows a line that unfolds what belongs to it; the browser keeps whether it is open.
pub fn fold(open: bool, label: AttrValue, small: AttrValue, inside: Html) -> Html {
    let summary = el("span", "", [text(label), note(small)]);
    let mut details = Element::new("details", "");
    if open {
        details = details.set(Attribute::Open, "");
    }
    details.with([el("summary", "", [summary, icon(Icon::FORWARD)]), inside])
}
