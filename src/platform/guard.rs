//! Asks before the page closes, while something is neither stored nor received.

use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use super::js;

/// Holds the page open with a question until it is dropped.
pub struct Guard {
    ask: Closure<dyn Fn(JsValue)>,
}

impl Guard {
    /// Begins to ask.
    pub fn new() -> Self {
        let ask = Closure::new(|event: JsValue| {
            let _gone = js::call(&event, "preventDefault", &[]);
        });
        let guard = Self { ask };
        guard.tell("addEventListener");
        guard
    }

    fn tell(&self, name: &str) {
        let _gone = js::call(&js::global(), name, &["beforeunload".into(), self.ask.as_ref().clone()]);
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.tell("removeEventListener");
    }
}
