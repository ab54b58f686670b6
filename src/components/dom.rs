//! What the browser says about an event, as text. The only file among the components that names web-sys.

use std::rc::Rc;

use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};
use yew::virtual_dom::{Listener, ListenerKind};
use yew::{Callback, TargetCast};

/// Called with what now stands in the field; with an empty text where there is none, as at a press.
pub type Handler = Callback<String>;

/// One kind of listener for every event: Yew's own bring a type for each.
struct Heard {
    kind: ListenerKind,
    handler: Handler,
}

impl Listener for Heard {
    fn kind(&self) -> ListenerKind {
        self.kind.clone()
    }

    fn handle(&self, event: Event) {
        if self.kind == ListenerKind::onsubmit {
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
pub fn listener(kind: ListenerKind, handler: Handler) -> Rc<dyn Listener> {
    Rc::new(Heard { kind, handler })
}

fn value(event: &Event) -> String {
    if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
        return input.value();
    }
    event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default()
}
