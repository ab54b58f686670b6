//! The sentences of the register, in one place. They are the service team's own and never reach a customer's browser,
//! so they stay out of the widget's locales.

use domain::status::State;

use crate::store::REOPENED;

/// What the team reads for a state.
pub fn state(state: State) -> &'static str {
    match state {
        State::Received => "Received",
        State::Assigned => "Assigned",
        State::Investigating => "Being looked into",
        State::WaitingForYou => "Waiting for the customer",
        State::Decided => "Answered",
        State::Closed => "Closed",
    }
}

/// What the team reads for an entry of the log.
pub fn event(kind: &str, actor: &str) -> &'static str {
    if kind == REOPENED {
        return "Opened again: it is not put right yet";
    }
    match (State::parse(kind), actor) {
        (Some(State::Received), "customer") => "The complaint arrived",
        (Some(known), _) => state(known),
        (None, _) => "The customer told us more",
    }
}
