//! Reads what the browser says about an event. The only file among the components that names web-sys.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::TargetCast;
use yew::events::InputEvent;

/// The text that now stands in the field. Empty when the target is no field.
pub fn value(event: &InputEvent) -> String {
    if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
        return input.value();
    }
    event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default()
}
