//! Where a test sits: a session with the facts around it, in the place of the browser.

use domain::answers;
use domain::calendar::{Timestamp, Utc};
use domain::config::Config;
use domain::session::{Action, Ctx, Effect, Rules, Session};
use domain::submission::{Page, SubmissionId};

/// Monday 23 November 2026, 10:04:05 UTC: somebody is there.
pub const NOW: Timestamp = Timestamp(1_795_428_245_120);

/// The id that the desk's step of this number gives away.
pub fn id(serial: u8) -> SubmissionId {
    SubmissionId::v7(NOW, [serial; 10])
}

/// Change its fields at will.
pub struct Desk {
    pub session: Session,
    pub config: Config,
    pub page: Page,
    pub locale: &'static str,
    pub now: Timestamp,
    pub serial: u8,
    pub rules: Rules,
}

impl Default for Desk {
    fn default() -> Self {
        let (session, config, page) = <(Session, Config, Page)>::default();
        Self { session, config, page, locale: "en", now: NOW, serial: 0, rules: Rules::ALL }
    }
}

impl Desk {
    /// Tells the session a fact, and what comes of it where the search is here.
    pub fn step(&mut self, action: Action) -> Vec<Effect> {
        let mut effects = self.told(action);
        let words = effects
            .iter()
            .find_map(|effect| if let Effect::LookFor(words) = effect { Some(words.clone()) } else { None });
        if let Some(words) = words {
            effects.extend(self.told(Action::Answers(answers::Action::QueryChanged(words))));
        }
        effects
    }

    /// Tells the session a fact. A FAQ without files is there as soon as it is asked for, as in the browser.
    pub fn told(&mut self, action: Action) -> Vec<Effect> {
        self.serial += 1;
        let serial = self.serial;
        let fresh_id = || id(serial);
        let cx = Ctx {
            now: self.now,
            fresh_id: &fresh_id,
            zone: &Utc,
            config: &self.config,
            locale: self.locale,
            site: "https://shop.example",
            page: &self.page,
            rules: &self.rules,
        };
        let mut effects = self.session.step(&cx, action);
        if effects.contains(&Effect::FetchFaq) && self.config.faq.urls.is_empty() {
            effects.extend(self.session.step(&cx, Action::FaqLoaded("en".to_owned(), None, None)));
        }
        effects
    }
}
