//! The one place where changes are said aloud. It stands there from the start: a region that appears with its text
//! stays silent in some screen readers (nvda issue 14591).

use yew::{AttrValue, Html};

use super::attribute::Attribute;
use super::node::{Element, text};

/// Shows the latest announcement to assistive technology only; it is on the screen elsewhere.
pub fn live_region(said: AttrValue) -> Html {
    Element::new("div", "hidden").set(Attribute::Role, "status").with([text(said)])
}
