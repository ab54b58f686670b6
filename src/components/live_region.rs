//! The one place where changes are said aloud. It stands there from the start: a region that appears with its text
//! stays silent in some screen readers (nvda issue 14591).

use yew::prelude::*;

/// Shows the latest announcement to assistive technology only; it is on the screen elsewhere.
pub fn live_region(text: AttrValue) -> Html {
    html! { <div role="status" class="hidden">{text}</div> }
}
