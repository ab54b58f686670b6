//! THE BROWSER EDGE: carries the core's orders out, one browser API per file. Decides nothing: what fails comes back as
//! an action.

mod clock;
mod copy;
mod dates;
mod fetch;
mod files;
mod focus;
mod guard;
mod host;
mod js;
#[cfg(target_arch = "wasm32")]
mod memory;
mod page;
mod random;
mod sender;
mod timers;

pub use clock::now;
pub use copy::{to_clipboard, to_file};
pub use dates::{IntlZone, Style, in_words};
pub use files::read as read_files;
pub use focus::{focus, has_focus, show, show_focus};
pub use host::{Host, warn};
pub use page::{full_tag, read as read_page};
pub use sender::{Reports, listen};
pub use timers::after;
/// The element that the widget is mounted in.
pub use web_sys::Element as Root;

use domain::config::Config;
use domain::faq::Entry;
use domain::message::Message;
use domain::session::{Action, CopyForm, DraftContent, DraftKey, Effect, Focus};
use domain::status::Trouble;
use domain::submission::SubmissionId;
use wire::value::Value;
use yew::Callback;

use fetch::Fetched;
use guard::Guard;
use timers::Timers;

/// What the browser side keeps between effects.
pub struct Shell {
    host: Host,
    timers: Timers,
    guard: Option<Guard>,
}

/// What only the app can carry out, since it needs texts or the rendered tree.
pub enum ForApp {
    /// Say it in the live region.
    Announce(Message),
    /// Move the focus after the next render.
    Focus(Focus),
    /// Give the customer a copy.
    Copy(CopyForm),
    /// Read what this device keeps and remembers.
    ReadDevice,
    /// Keep a draft: what writes it came with its screen.
    SaveDraft(DraftContent),
    /// Read a draft, with what comes for its screen.
    LoadDraft(DraftKey),
    /// Read what was chosen in the field for files.
    ReadFiles,
    /// Say so once the search is here.
    OfferSearch,
    /// Take these words as if they had been typed to be looked for.
    LookFor(String),
    /// Fetch the FAQ, with what comes for the answers.
    FetchFaq,
    /// Ask this address for the state of a complaint, with what comes for the status.
    FetchStatus(String),
}

/// Reads what this device keeps and remembers, in one look, as it stands there.
pub fn read_device(host: &Host, told: Callback<String>) {
    sender::known(&host.sender(), told);
}

/// Keeps a draft. What another page had written unseen comes back.
pub fn save_draft(host: &Host, key: DraftKey, text: String, met: Callback<String>) {
    sender::save_draft(&host.sender(), key, text, met);
}

/// Reads a draft back, if there is one.
pub fn load_draft(host: &Host, key: DraftKey, loaded: Callback<String>) {
    sender::load_draft(&host.sender(), key, loaded);
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
    pub fn run(&mut self, effect: Effect, config: &Config, reply: &Callback<Action>) -> Option<ForApp> {
        let sender = &self.host.sender();
        match effect {
            Effect::HandToSender(submission) => {
                let endpoint = config.endpoint.of(submission.body.kind());
                sender::submit(sender, &submission, endpoint, reply.reform(Action::DeliveryChanged));
            }
            Effect::SaveDraft(content) => return Some(ForApp::SaveDraft(content)),
            Effect::LoadDraft(key) => return Some(ForApp::LoadDraft(key)),
            Effect::DropDraft(key) => sender::drop_draft(sender, key),
            Effect::LoadKnown => return Some(ForApp::ReadDevice),
            Effect::ReadFiles => return Some(ForApp::ReadFiles),
            Effect::DropFile(id) => files::drop_file(sender, &id),
            Effect::FetchFaq => return Some(ForApp::FetchFaq),
            Effect::OfferSearch => return Some(ForApp::OfferSearch),
            Effect::LookFor(words) => return Some(ForApp::LookFor(words)),
            Effect::FetchStatus(url) => return Some(ForApp::FetchStatus(url)),
            Effect::StartTimer(timer, delay_ms) => {
                let reply = reply.clone();
                let fire = Box::new(move |_| reply.emit(Action::TimerFired(timer)));
                self.timers.start(timer, delay_ms, fire);
            }
            Effect::Announce(message) => return Some(ForApp::Announce(message)),
            Effect::MoveFocus(focus) => return Some(ForApp::Focus(focus)),
            Effect::KeepCopy(form) => return Some(ForApp::Copy(form)),
            Effect::Emit(event) => {
                let (name, detail) = wire::host_event::parts(&event);
                self.host.emit(name, &detail);
            }
            Effect::HidePanel => self.host.hide(),
            Effect::KeepPageOpen(keep) => self.guard = keep.then(Guard::new),
            Effect::SendNow(id) => sender::send_now(sender, &id),
            Effect::Remove(id) => sender::remove(sender, id, reply.clone()),
            Effect::CopyWords(words) => copy::to_clipboard(&words, reply.reform(sender::copied)),
            Effect::EraseDevice => sender::forget(sender, reply.clone()),
        }
        None
    }
}

/// The file for this language, and after it the one that fills in what it lacks.
pub fn fetch_faq(config: &Config, locale: &str, reply: &Callback<Action>) {
    let filling = config.faq.filling(locale, config.locale.as_deref()).cloned();
    let (asked, told) = (locale.to_owned(), reply.clone());
    let then = move |text: Fetched| {
        told.emit(Action::FaqLoaded(asked.clone(), entries(text), None));
        if let Some((tag, url)) = filling {
            let done = move |text| told.emit(Action::FaqLoaded(asked, entries(text), Some(tag)));
            fetch::text(&url, Box::new(done));
        }
    };
    match config.faq.file(locale) {
        Some((_, url)) => fetch::text(url, Box::new(then)),
        None => then(Err(0)),
    }
}

fn entries(text: Fetched) -> Option<Vec<Entry>> {
    text.ok().map(|text| wire::faq_file::entries(&text))
}

/// Asks this address for the state of a complaint.
pub fn fetch_status(url: &str, reply: Callback<Action>) {
    let asked = url.to_owned();
    let told = move |answer: Fetched| {
        let result = match answer {
            Ok(text) => {
                let value = Value::parse(&text);
                value.as_ref().and_then(wire::status::read).ok_or(Trouble::OutOfReach)
            }
            Err(403 | 404 | 410) => Err(Trouble::Unknown),
            Err(_) => Err(Trouble::OutOfReach),
        };
        reply.emit(Action::StatusLoaded(asked, result));
    };
    let (origin, _) = page::read();
    if fetch::is_fetchable(url, &origin) { fetch::text(url, Box::new(told)) } else { told(Err(0)) }
}
