//! Timers by name: starting one again replaces it, and dropping the table stops all.

use domain::session::Timer;
use gloo::timers::callback::Timeout;

/// The timers that run.
#[derive(Default)]
pub struct Timers {
    running: Vec<(Timer, Timeout)>,
}

impl Timers {
    /// Starts a timer anew.
    pub fn start(&mut self, timer: Timer, delay_ms: u32, fire: impl FnOnce() + 'static) {
        self.running.retain(|(own, _)| *own != timer);
        self.running.push((timer, Timeout::new(delay_ms, fire)));
    }
}
