//! One screen per file: which controls show a state, and which action each of them means. No rule, no effect.
//!
//! A view is a plain function from a [`Scene`] to `Html`: the session stays borrowed, so nothing is cloned into props
//! at each keystroke, and no Yew component is paid for in bytes (see `components`).

mod answers;
mod apologise;
mod article;
mod asked;
mod beside;
mod complaint;
mod contact;
mod details;
mod feedback;
mod field;
mod files;
mod keepsake;
mod kept;
mod listen;
mod menu;
mod panel;
mod promise;
mod recap;
mod report;
mod resolve;
mod rich_text;
mod sending;
mod status;
mod survey;
mod survey_question;
mod trouble;

use domain::calendar::{Timestamp, Zone};
use domain::config::{Company, Escalation, Notice, Outcome, Privacy, Promise};
use domain::message::MessageKey;
use domain::session::{Action, Session};
use domain::view::View;
use yew::{AttrValue, Callback, Html};

use crate::components::dom::Handler;
use crate::components::node::words;
use crate::components::{Icon, Look, button};
use crate::i18n::Catalog;

pub use answers::{result_id, view as answers};
pub use article::view as article;
pub use complaint::view as complaint;
pub use feedback::view as feedback;
pub use files::{Files, Part as FilesPart, view as files};
pub use keepsake::{calendar as keepsake_calendar, name as keepsake_name, text as keepsake_text};
pub use menu::view as menu;
pub use survey::view as rating;

/// What a screen is drawn from. Single values of the config, never the whole of it.
pub struct Scene<'a> {
    /// The texts.
    pub catalog: &'a Catalog,
    /// Where actions go.
    pub on: &'a Callback<Action>,
    /// The state.
    pub session: &'a Session,
    /// The time at which it is drawn.
    pub now: Timestamp,
    /// The company's time zone.
    pub zone: &'a dyn Zone,
    /// The latest announcement; it stays until the next one.
    pub announcement: AttrValue,
    /// Whether it stands in the page instead of a panel: then there is nothing to close.
    pub inline: bool,
    /// Who asks.
    pub company: &'a Company,
    /// Entries of the menu.
    pub menu: &'a [View],
    /// News that is shown first.
    pub notices: &'a [Notice],
    /// What the company can offer.
    pub outcomes: &'a [Outcome],
    /// When complaints are answered.
    pub promise: &'a Promise,
    /// What shows the files of a complaint, where it may have some.
    pub files: Option<Files>,
    /// Who to turn to next.
    pub escalation: Option<&'a Escalation>,
    /// A phone number for urgent danger; empty: the company's own.
    pub urgent_phone: &'a str,
    /// Whether a complaint of another device can be looked up with its key.
    pub by_key: bool,
    /// What is said about privacy.
    pub privacy: &'a Privacy,
    /// The page that it was opened on, where it is found again.
    pub page_url: &'a str,
}

/// Checking on a complaint, or what was found.
pub fn status(scene: &Scene<'_>) -> Html {
    if scene.session.status.report.is_some() { report::view(scene) } else { status::view(scene) }
}

impl Scene<'_> {
    #[inline(never)]
    fn text(&self, key: MessageKey) -> AttrValue {
        self.catalog.text(key)
    }

    /// A sentence in an element.
    #[inline(never)]
    fn say(&self, tag: &'static str, class: &'static str, key: MessageKey) -> Html {
        words(tag, class, self.text(key))
    }

    /// A button that means one action.
    #[inline(never)]
    fn button(&self, look: Look, key: MessageKey, drawing: Option<Icon>, make: fn() -> Action) -> Html {
        button(look, self.text(key), drawing, self.press(make))
    }

    /// The button of a form; what it means is the form's to say.
    fn submit(&self, key: MessageKey) -> Html {
        button(Look::Submit, self.text(key), None, Callback::noop())
    }

    /// An action at a press.
    #[inline(never)]
    fn press(&self, make: fn() -> Action) -> Handler {
        let on = self.on.clone();
        Callback::from(move |_| on.emit(make()))
    }

    /// An action about one of several at a press.
    #[inline(never)]
    fn press_at(&self, at: usize, make: fn(usize) -> Action) -> Handler {
        let on = self.on.clone();
        Callback::from(move |_| on.emit(make(at)))
    }

    /// An action about one of several, as it is chosen.
    #[inline(never)]
    fn choose(&self, make: fn(usize) -> Action) -> Callback<usize> {
        self.on.reform(make)
    }

    /// Who looks after complaints, by name; the company where nobody is named.
    fn owner(&self) -> &str {
        if self.company.owner_name.is_empty() { &self.company.name } else { &self.company.owner_name }
    }
}

/// A copy for the document.
#[inline(never)]
fn own(text: &str) -> AttrValue {
    AttrValue::from(text.to_owned())
}
