//! THE BROWSER EDGE: carries the core's orders out, one browser API per file. Decides nothing: what fails comes back as
//! an action.

#![expect(clippy::disallowed_methods, reason = "this room is the browser's edge")]

mod clock;
mod copy;
mod dates;
mod fetch;
mod focus;
mod guard;
mod host;
mod js;
mod page;
mod random;
mod sender;
mod timers;

pub use clock::now;
pub use copy::{to_clipboard, to_file};
pub use dates::{IntlZone, Style, in_words};
pub use focus::focus;
pub use host::{Host, warn};
pub use page::{full_tag, read as read_page};
pub use sender::{Reports, listen};
/// The element that the widget is mounted in.
pub use web_sys::Element as Root;

use domain::config::Config;
use domain::message::Message;
use domain::session::{Action, CopyForm, Effect, Focus};
use domain::status::Trouble;
use domain::submission::SubmissionId;
use gloo::events::EventListener;
use wire::value::Value;
use yew::Callback;
use yew::platform::spawn_local;

use timers::Timers;

/// What the browser side keeps between effects.
pub struct Shell {
    host: Host,
    timers: Timers,
    guard: Option<EventListener>,
}

/// What only the app can carry out, since it needs texts or the rendered tree.
pub enum ForApp {
    /// Say it in the live region.
    Announce(Message),
    /// Move the focus after the next render.
    Focus(Focus),
    /// Give the customer a copy.
    Copy(CopyForm),
}

/// A fresh id from the device's clock and random bytes.
pub fn fresh_id() -> SubmissionId {
    SubmissionId::v7(now(), random::bytes())
}

impl Shell {
    /// A shell around what the loader handed over.
    pub fn new(host: Host) -> Self {
        Self { host, timers: Timers::default(), guard: None }
    }

    /// Carries an order out. Replies come back as actions.
    pub fn run(
        &mut self,
        effect: Effect,
        config: &Config,
        locale: &str,
        reply: &Callback<Action>,
    ) -> Option<ForApp> {
        match effect {
            Effect::HandToSender(submission) => {
                let endpoint = config.endpoint.of(submission.body.kind()).cloned();
                let (sender, reply) = (self.host.sender(), reply.clone());
                spawn_local(async move {
                    reply.emit(Action::DeliveryChanged(sender::submit(sender, *submission, endpoint).await));
                });
            }
            Effect::SaveDraft(content) => spawn_local(sender::save_draft(self.host.sender(), content, now())),
            Effect::LoadDraft(key) => {
                let (sender, reply) = (self.host.sender(), reply.clone());
                spawn_local(async move {
                    if let Some((content, saved_at)) = sender::load_draft(sender, key).await {
                        reply.emit(Action::DraftLoaded(content, saved_at));
                    }
                });
            }
            Effect::DropDraft(key) => spawn_local(sender::drop_draft(self.host.sender(), key)),
            Effect::LoadKnown => {
                let (sender, reply) = (self.host.sender(), reply.clone());
                spawn_local(async move { reply.emit(Action::KnownLoaded(sender::known(sender).await)) });
            }
            Effect::FetchFaq => {
                spawn_local(fetch_faq(config.faq.urls.clone(), locale.to_owned(), reply.clone()))
            }
            Effect::FetchStatus(url) => spawn_local(fetch_status(url, reply.clone())),
            Effect::StartTimer(timer, delay_ms) => {
                let reply = reply.clone();
                self.timers.start(timer, delay_ms, move || reply.emit(Action::TimerFired(timer)));
            }
            Effect::Announce(message) => return Some(ForApp::Announce(message)),
            Effect::MoveFocus(focus) => return Some(ForApp::Focus(focus)),
            Effect::KeepCopy(form) => return Some(ForApp::Copy(form)),
            Effect::Emit(event) => {
                let (name, detail) = wire::host_event::parts(&event);
                self.host.emit(name, &detail);
            }
            Effect::HidePanel => self.host.hide(),
            Effect::KeepPageOpen(keep) => self.guard = if keep { guard::hold_page() } else { None },
            Effect::EraseDevice => spawn_local(sender::forget(self.host.sender())),
        }
        None
    }
}

async fn fetch_faq(urls: Vec<(String, String)>, locale: String, reply: Callback<Action>) {
    let of = |tag: &str| urls.iter().find(|(own, _)| own == tag).map(|(_, url)| url.as_str());
    let url = of(&locale).or_else(|| of("*")).or_else(|| urls.first().map(|(_, url)| url.as_str()));
    let entries = match url {
        Some(url) => fetch::text(url).await.ok().map(|text| wire::faq_file::read(&text).0),
        None => None,
    };
    reply.emit(Action::FaqLoaded(entries));
}

async fn fetch_status(url: String, reply: Callback<Action>) {
    let (origin, _) = page::read();
    let answer = if fetch::is_fetchable(&url, &origin) { fetch::text(&url).await } else { Err(0) };
    let result = match answer {
        Ok(text) => {
            let value = Value::parse(&text);
            value.as_ref().and_then(wire::status::read).ok_or(Trouble::OutOfReach)
        }
        Err(403 | 404 | 410) => Err(Trouble::Unknown),
        Err(_) => Err(Trouble::OutOfReach),
    };
    reply.emit(Action::StatusLoaded(result));
}
