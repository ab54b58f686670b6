//! How the widget behaves towards whoever uses it: what takes the focus and what leaves it, what is said and when it is true.

#![expect(clippy::expect_used, reason = "a test stops hard where its own steps are amiss")]

mod asked;
mod carried;
mod delivery;
mod drafts;
mod status;
mod urgent;

use domain::calendar::{Timestamp, Utc};
use domain::config::Config;
use domain::message::MessageKey;
use domain::session::{Action, Ctx, Effect, Focus, Rules, Session};
use domain::submission::{Page, SubmissionId};

/// Monday 23 November 2026, 10:04:05 UTC.
const NOW: Timestamp = Timestamp(1_795_428_245_120);

/// A session with a clock.
struct Desk {
    session: Session,
    config: Config,
    now: Timestamp,
    serial: u8,
}

impl Default for Desk {
    fn default() -> Self {
        Self { session: Session::default(), config: Config::default(), now: NOW, serial: 0 }
    }
}

impl Desk {
    fn step(&mut self, action: Action) -> Vec<Effect> {
        self.serial += 1;
        let serial = self.serial;
        let fresh_id = || SubmissionId::v7(NOW, [serial; 10]);
        let page = Page::default();
        let cx = Ctx {
            now: self.now,
            fresh_id: &fresh_id,
            zone: &Utc,
            config: &self.config,
            locale: "en",
            site: "https://shop.example",
            page: &page,
            rules: &Rules::ALL,
        };
        self.session.step(&cx, action)
    }
}

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
