//! Timers by name: starting one again replaces it, and dropping the table stops all.

use domain::session::Timer;
use wasm_bindgen::JsValue;

use super::js::{self, Done};

/// Calls back after so many milliseconds. Answers the id of the timer.
pub fn after(delay_ms: u32, fire: Done) -> JsValue {
    js::call(&js::global(), "setTimeout", &[js::once(fire), delay_ms.into()]).unwrap_or_default()
}

/// The timers that run.
#[derive(Default)]
pub struct Timers {
    running: Vec<(Timer, JsValue)>,
}

impl Timers {
    /// Starts a timer anew.
    pub fn start(&mut self, timer: Timer, delay_ms: u32, fire: Done) {
        if let Some(at) = self.running.iter().position(|(own, _)| *own == timer) {
            stop(&self.running.swap_remove(at).1);
        }
        self.running.push((timer, after(delay_ms, fire)));
    }
}

impl Drop for Timers {
    fn drop(&mut self) {
        self.running.iter().for_each(|(_, id)| stop(id));
    }
}

fn stop(id: &JsValue) {
    let _gone = js::call(&js::global(), "clearTimeout", std::slice::from_ref(id));
}
