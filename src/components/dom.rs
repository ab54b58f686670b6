//! What the browser says about an event, as text. The only file among the components that names web-sys.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::virtual_dom::{Listener, ListenerKind};
use yew::{Callback, TargetCast};

/// Called with what now stands in the field; with an empty text where there is none, as at a press.
pub type Handler = Callback<String>;

/// The events that a control listens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A press by pointer, Enter or Space.
    Click,
    /// A choice was made.
    Change,
    /// Something was typed.
    Input,
    /// A form was handed in.
    Submit,
}

/// One kind of listener for every event: Yew's own bring a type for each.
struct Heard {
    kind: Event,
    handler: Handler,
}

impl Listener for Heard {
    fn kind(&self) -> ListenerKind {
        match self.kind {
            Event::Click => ListenerKind::onclick,
            Event::Change => ListenerKind::onchange,
            Event::Input => ListenerKind::oninput,
            Event::Submit => ListenerKind::onsubmit,
        }
    }

    fn handle(&self, event: web_sys::Event) {
        if self.kind == Event::Submit {
            // The browser itself never sends anything.
            event.prevent_default();
        }
        self.handler.emit(value(&event));
    }

    fn passive(&self) -> bool {
        false
    }
}

/// A listener for this kind of event.
pub fn listener(kind: Event, handler: Handler) -> Rc<dyn Listener> {
    Rc::new(Heard { kind, handler })
}

fn value(event: &web_sys::Event) -> String {
    if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
        return input.value();
    }
    event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default()
}
