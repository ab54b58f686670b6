//! What the browser says about an event, as text. The only file among the components that names web-sys.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::virtual_dom::{Listener, ListenerKind};
use yew::{Callback, TargetCast};

/// Called with what now stands in the field; with an empty text where there is none, as at a press; with a key's name.
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
    /// One of these keys was pressed, alone; the handler hears its name. All others are left to browser and page.
    Keys(&'static [&'static str]),
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
            Event::Keys(_) => ListenerKind::onkeydown,
        }
    }

    fn handle(&self, event: web_sys::Event) {
        let said = match self.kind {
            Event::Keys(taken) => match key(&event, taken) {
                Some(key) => key,
                None => return,
            },
            Event::Click | Event::Change | Event::Input | Event::Submit => value(&event),
        };
        if matches!(self.kind, Event::Submit | Event::Keys(_)) {
            // The browser itself never sends anything, and does nothing more with a key that is ours.
            event.prevent_default();
        }
        self.handler.emit(said);
    }

    fn passive(&self) -> bool {
        false
    }
}

/// A listener for this kind of event.
pub fn listener(kind: Event, handler: Handler) -> Rc<dyn Listener> {
    Rc::new(Heard { kind, handler })
}

/// The key, if it is one of these and pressed alone. While an input method is at work, which the code 229 tells in every
/// browser, keys are its own.
fn key(event: &web_sys::Event, taken: &[&str]) -> Option<String> {
    let own = |name: &str| js_sys::Reflect::get(event, &name.into()).unwrap_or_default();
    let key = own("key").as_string().filter(|key| taken.contains(&key.as_str()))?;
    let among = ["shiftKey", "ctrlKey", "altKey", "metaKey"].iter().any(|name| own(name).is_truthy());
    (!among && own("keyCode") != 229).then_some(key)
}

fn value(event: &web_sys::Event) -> String {
    if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
        return input.value();
    }
    event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default()
}
