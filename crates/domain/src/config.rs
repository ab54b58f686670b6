//! The checked config: what a company may choose, with every default. Read from JSON by `wire::options`.

use crate::calendar::{CivilDate, Timestamp};
use crate::faq::Entry;
use crate::submission::Kind;
use crate::survey::Survey;
use crate::view::View;

/// Everything that a company may choose.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// Who asks.
    pub company: Company,
    /// Where submissions go.
    pub endpoint: Endpoints,
    /// Language of the widget, if the page does not decide it. A BCP 47 tag.
    pub locale: Option<String>,
    /// Texts in the company's own words.
    pub texts: Vec<TextOverride>,
    /// Looks.
    pub theme: Theme,
    /// The button.
    pub launcher: Launcher,
    /// Entries of the menu.
    pub menu: Menu,
    /// News that is shown first (tell-changes).
    pub notices: Vec<Notice>,
    /// What may be asked. Never empty after reading: `post-purchase` is always there.
    pub surveys: Surveys,
    /// Answers.
    pub faq: Faq,
    /// How complaints are handled.
    pub complaint: ComplaintOptions,
    /// What may be kept on the device.
    pub privacy: Privacy,
}

/// Who asks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Company {
    /// Name as customers know it. Empty when not configured.
    pub name: String,
    /// E-mail address of a person who helps, empty when there is none.
    pub email: String,
    /// Phone number, empty when there is none.
    pub phone: String,
    /// A page with more ways, empty when there is none.
    pub contact_url: String,
    /// When the phone is answered, in words; empty when unsaid.
    pub hours: String,
    /// Who looks after complaints (own-it). Empty: the company itself.
    pub owner_name: String,
    /// The owner's role, empty when unsaid.
    pub owner_role: String,
}

/// How a request is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// Address: https, or http on this machine, or relative to the page.
    pub url: String,
    /// `POST`, `PUT` or `PATCH`.
    pub method: String,
    /// More headers.
    pub headers: Vec<(String, String)>,
    /// `omit`, `same-origin` or `include`.
    pub credentials: String,
    /// How the body is sent.
    pub format: Format,
    /// What counts as received.
    pub receipt: ReceiptMode,
    /// `refuse` or `follow`: whether an answer from elsewhere counts.
    pub redirect: String,
    /// Seconds until a request is given up and tried again later.
    pub timeout_seconds: u32,
}

impl Default for Endpoint {
    fn default() -> Self {
        Self {
            url: String::new(),
            method: "POST".to_owned(),
            headers: Vec::new(),
            credentials: "omit".to_owned(),
            format: Format::Json,
            receipt: ReceiptMode::Status,
            redirect: "refuse".to_owned(),
            timeout_seconds: 15,
        }
    }
}

/// How the body is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// `application/json`.
    #[default]
    Json,
    /// The same JSON as `text/plain`: no preflight, arrives even as the tab closes.
    Text,
    /// Fields of a form, as a page without scripts would send them.
    Form,
    /// A CloudEvent that carries the submission.
    CloudEvents,
}

/// What counts as received.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReceiptMode {
    /// Any 2xx.
    #[default]
    Status,
    /// A 2xx whose JSON body repeats our id.
    Strict,
}

/// Where submissions go: one place, or one per purpose.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Endpoints {
    /// For every kind without an endpoint of its own.
    pub default: Option<Endpoint>,
    /// For single kinds.
    pub by_kind: Vec<(Kind, Endpoint)>,
}

impl Endpoints {
    /// The endpoint for a kind of submission.
    pub fn of(&self, kind: Kind) -> Option<&Endpoint> {
        self.by_kind
            .iter()
            .find(|(own, _)| *own == kind)
            .map(|(_, endpoint)| endpoint)
            .or(self.default.as_ref())
    }
}

/// One text in the company's own words.
#[derive(Clone, Debug, PartialEq)]
pub struct TextOverride {
    /// Which language; `*` for each.
    pub locale: String,
    /// Key of the message, such as `menu.title`.
    pub key: String,
    /// The text.
    pub text: String,
}

/// Light, dark, or as the device says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// As the device says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Accent colour, `#rrggbb`.
    pub accent: String,
    /// Light or dark.
    pub scheme: Scheme,
    /// Roundness of corners in CSS pixels, 0 to 32.
    pub radius: u32,
    /// A CSS font-family list; empty for the device's own.
    pub font: String,
}

impl Default for Theme {
    fn default() -> Self {
        Self { accent: "#1f5f5b".to_owned(), scheme: Scheme::Auto, radius: 16, font: String::new() }
    }
}

/// The button. Its place, label and first colour are attributes, since they show before the config is fetched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Launcher {
    /// What the button says once the config is there; empty for the default.
    pub label: String,
}

/// Entries of the menu.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    /// In the order shown. The way to complain is always among them (welcome-complaints).
    pub items: Vec<View>,
}

impl Default for Menu {
    fn default() -> Self {
        Self { items: vec![View::Rating, View::Feedback, View::Answers, View::Complaint, View::Status] }
    }
}

/// News that is shown first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notice {
    /// What is new.
    pub text: String,
    /// Where more about it stands; empty when nowhere.
    pub url: String,
    /// From when, if not from now on.
    pub starts_at: Option<Timestamp>,
    /// Until when, if not for ever.
    pub ends_at: Option<Timestamp>,
}

/// What may be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Surveys {
    /// In the order configured; the first is what the menu's entry opens.
    pub list: Vec<Survey>,
}

impl Default for Surveys {
    fn default() -> Self {
        Self { list: vec![Survey::post_purchase()] }
    }
}

impl Surveys {
    /// The survey of this id.
    pub fn of(&self, id: &str) -> Option<&Survey> {
        self.list.iter().find(|survey| survey.id == id)
    }
}

/// Where answers come from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faq {
    /// Entries in the config itself.
    pub entries: Vec<Entry>,
    /// A file of entries for each language: `(tag, address)`; the tag `*` for every language.
    pub urls: Vec<(String, String)>,
    /// Words that customers use for one another: a group each, with commas between.
    pub synonyms: Vec<String>,
}

impl Faq {
    /// The file for a language: its own, else the one for every language, else the first.
    pub fn file(&self, locale: &str) -> Option<&(String, String)> {
        let of = |tag: &str| self.urls.iter().find(|(own, _)| own == tag);
        of(locale).or_else(|| of("*")).or_else(|| self.urls.first())
    }

    /// The file that fills in what the one for this language lacks: that of the company's own language, which is the
    /// config's, else the first that is listed.
    pub fn filling(&self, locale: &str, own: Option<&str>) -> Option<&(String, String)> {
        let named = own.and_then(|own| self.urls.iter().find(|(tag, _)| tag == own));
        let file = named.or_else(|| self.urls.first())?;
        (self.file(locale) != Some(file) && file.0 != "*").then_some(file)
    }
}

/// A span of the day in minutes since midnight: 9:00 to 17:30 is `(540, 1050)`.
pub type Span = (u16, u16);

/// When the company works, and how soon it answers (keep-promises).
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// IANA name of the company's time zone.
    pub time_zone: String,
    /// Opening spans for each weekday, Monday first. Two spans leave a lunch break.
    pub week: [Vec<Span>; 7],
    /// Days without work.
    pub holidays: Vec<CivilDate>,
    /// Working minutes until an answer is promised.
    pub respond_within_minutes: u32,
}

impl Default for Promise {
    fn default() -> Self {
        let day = || vec![(9 * 60, 17 * 60)];
        Self {
            time_zone: "UTC".to_owned(),
            week: [day(), day(), day(), day(), day(), Vec::new(), Vec::new()],
            holidays: Vec::new(),
            respond_within_minutes: 2 * 8 * 60,
        }
    }
}

/// Something that would put it right.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Id on the wire.
    pub id: String,
    /// The company's words; empty for a built-in outcome, which is translated.
    pub label: String,
}

/// Who to turn to next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Escalation {
    /// Name of the body.
    pub name: String,
    /// Its address, empty when none.
    pub url: String,
    /// Days after which one may turn to it; 0 when at any time.
    pub after_days: u32,
}

/// How complaints are handled.
#[derive(Clone, Debug, PartialEq)]
pub struct ComplaintOptions {
    /// What the company can offer. Own words are always possible besides.
    pub outcomes: Vec<Outcome>,
    /// Working hours and the promise.
    pub promise: Promise,
    /// Who to turn to next.
    pub escalation: Option<Escalation>,
    /// Prefix of references.
    pub reference_prefix: String,
    /// A phone number for urgent danger; empty: the company's own.
    pub urgent_phone: String,
    /// Files that a customer may add; 0 where the endpoint takes none.
    pub attachments: u32,
    /// Where a complaint's state can be looked up with `{reference}` and `{secret}`; empty when only the receipt knows.
    pub status_url: String,
}

impl Default for ComplaintOptions {
    fn default() -> Self {
        let built_in = |id: &str| Outcome { id: id.to_owned(), label: String::new() };
        Self {
            outcomes: vec![
                built_in("replacement"),
                built_in("refund"),
                built_in("repair"),
                built_in("explanation"),
                built_in("unsure"),
            ],
            promise: Promise::default(),
            escalation: None,
            reference_prefix: "AE".to_owned(),
            urgent_phone: String::new(),
            attachments: 0,
            status_url: String::new(),
        }
    }
}

/// What may be kept on the device and sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Privacy {
    /// Whether a complaint or a message is kept on the device while it is typed.
    pub drafts: bool,
    /// Whether searches and helpful marks may be sent as signals.
    pub signals: bool,
    /// Address of the privacy notice, empty when there is none.
    pub notice_url: String,
    /// The company's own sentence about what happens with what is said; empty for none.
    pub text: String,
}

impl Default for Privacy {
    fn default() -> Self {
        Self { drafts: true, signals: true, notice_url: String::new(), text: String::new() }
    }
}
