//! Asks before the page closes, while something is neither stored nor received.

use gloo::events::{EventListener, EventListenerOptions};

/// Holds the page open with a question until it is dropped.
pub fn hold_page() -> Option<EventListener> {
    let window = gloo::utils::window();
    let options = EventListenerOptions::enable_prevent_default();
    let ask = |event: &web_sys::Event| event.prevent_default();
    Some(EventListener::new_with_options(&window, "beforeunload", options, ask))
}
