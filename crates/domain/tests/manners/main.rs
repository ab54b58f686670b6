//! How the widget behaves towards whoever uses it: what takes the focus and what leaves it, what is said and when it is true.

#![expect(clippy::expect_used, reason = "a test stops hard where its own steps are amiss")]

mod asked;
mod carried;
mod delivery;
#[path = "../desk/mod.rs"]
mod desk;
mod drafts;
mod ratings;
mod status;
mod urgent;

use domain::message::MessageKey;
use domain::session::{Effect, Focus};

use desk::{Desk, NOW};

/// What is said aloud.
fn said(effects: &[Effect]) -> Vec<MessageKey> {
    let key = |effect: &Effect| if let Effect::Announce(message) = effect { Some(message.key) } else { None };
    effects.iter().filter_map(key).collect()
}

/// Where the focus goes.
fn focus(effects: &[Effect]) -> Vec<Focus> {
    let to = |effect: &Effect| if let Effect::MoveFocus(focus) = effect { Some(*focus) } else { None };
    effects.iter().filter_map(to).collect()
}
