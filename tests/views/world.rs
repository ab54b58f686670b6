//! A company, a customer and a clock for the snapshots: sessions are driven by actions, as the widget drives them.

use std::cell::Cell;
use std::rc::Rc;

use all_ears::i18n::{Catalog, DateStyle};
use all_ears::views::{Files, Scene};
use domain::calendar::{Timestamp, Utc, local};
use domain::config::{Company, Config, Escalation, Notice, Outcome};
use domain::faq::Entry;
use domain::session::{Action, Ctx, Effect, Rules, Session};
use domain::submission::{Context, Page, Scalar, SubmissionId};
use domain::survey::Survey;
use yew::prelude::*;

/// Everything that a snapshot is drawn from.
pub struct World {
    /// What the company chose.
    pub config: Config,
    /// The state.
    pub session: Session,
    /// Whether it stands in the page.
    pub inline: bool,
    ids: Cell<u8>,
}

/// Saturday 21 November 2026, 10:04.
pub const NOW: &str = "2026-11-21T10:04:00Z";

/// An instant by its RFC 3339 text.
pub fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).expect("a test's own instant")
}

impl World {
    /// A session in which nothing has happened yet.
    pub fn new() -> Self {
        Self { config: config(), session: Session::default(), inline: false, ids: Cell::new(0) }
    }

    /// Lets something happen.
    pub fn act(&mut self, action: Action) -> &mut Self {
        let fresh_id = || {
            self.ids.set(self.ids.get() + 1);
            SubmissionId::v7(at(NOW), [self.ids.get(); 10])
        };
        let page = Page::default();
        let cx = Ctx {
            now: at(NOW),
            fresh_id: &fresh_id,
            zone: &Utc,
            config: &self.config,
            locale: "en",
            site: "https://fernway.example",
            page: &page,
            rules: &Rules::ALL,
        };
        for effect in self.session.step(&cx, action) {
            if effect == Effect::FetchFaq {
                // There is no file.
                let _none = self.session.step(&cx, Action::FaqLoaded("en".to_owned(), None, None));
            }
        }
        self
    }

    /// The page says which order and product it is about.
    pub fn with_order(&mut self) -> &mut Self {
        self.act(Action::ContextGiven(order()))
    }

    /// The screen as nodes.
    pub fn show(&self, catalog: &Catalog) -> Html {
        self.scene(catalog, all_ears::parts::show)
    }

    /// What is made of the scene.
    pub fn scene<Made>(&self, catalog: &Catalog, make: fn(&Scene<'_>) -> Made) -> Made {
        let config = &self.config;
        make(&Scene {
            catalog,
            on: &Callback::noop(),
            session: &self.session,
            now: at(NOW),
            zone: &Utc,
            announcement: AttrValue::default(),
            inline: self.inline,
            company: &config.company,
            menu: &config.menu.items,
            notices: &config.notices,
            outcomes: &config.complaint.outcomes,
            files: Some(Files { max: self.config.complaint.attachments, show: all_ears::views::files })
                .filter(|files| files.max > 0),
            promise: &config.complaint.promise,
            escalation: config.complaint.escalation.as_ref(),
            urgent_phone: &config.complaint.urgent_phone,
            by_key: !config.complaint.status_url.is_empty(),
            privacy: &config.privacy,
            page_url: "https://fernway.example/boots",
        })
    }
}

/// What the page of a product says.
pub fn order() -> Context {
    let text = |text: &str| Scalar::Text(text.to_owned());
    vec![("order".to_owned(), text("A-1001")), ("product".to_owned(), text("Ridgeway trail boots"))]
}

fn config() -> Config {
    let mut config = Config {
        company: company(),
        notices: vec![Notice {
            text: "In time for Christmas: order by Friday 18 December for standard delivery.".to_owned(),
            url: "/delivery".to_owned(),
            ..Notice::default()
        }],
        ..Config::default()
    };
    let fitting = Outcome { id: "fitting".to_owned(), label: "A free fitting in the shop".to_owned() };
    config.complaint.outcomes.push(fitting);
    config.complaint.escalation = Some(Escalation {
        name: "Outdoor Retail Ombudsman".to_owned(),
        url: "https://ombudsman.example".to_owned(),
        after_days: 56,
    });
    config.complaint.status_url = "/v1/status/{reference}?secret={secret}".to_owned();
    config.privacy.notice_url = "/privacy".to_owned();
    config.privacy.text = "We keep what you tell us for three years.".to_owned();
    let more = ["nps", "service-strategy", "after-complaint"].into_iter().filter_map(Survey::template);
    config.surveys.list.extend(more);
    config.faq.entries = faq();
    config
}

fn company() -> Company {
    Company {
        name: "Fernway Outfitters".to_owned(),
        email: "hello@fernway.example".to_owned(),
        phone: "+44 117 496 0142".to_owned(),
        contact_url: String::new(),
        hours: "Mon–Fri 9:00–17:30, Sat 10:00–16:00".to_owned(),
        owner_name: "Maya Okafor".to_owned(),
        owner_role: "Head of Customer Care".to_owned(),
    }
}

fn faq() -> Vec<Entry> {
    let entry = |id: &str, question: &str, answer: &str, category: &str| Entry {
        id: id.to_owned(),
        question: question.to_owned(),
        answer: answer.to_owned(),
        category: category.to_owned(),
        popular: true,
        ..Entry::default()
    };
    vec![
        entry(
            "size",
            "Which boot size should I choose?",
            "Ridgeway boots come up **true to size**, measured with a walking sock on.\n\n1. Stand on a sheet of paper \
             and mark your heel and longest toe.\n2. Measure the longer foot and add 10 mm.\n3. Match it: 26.0 cm is \
             UK 6.\n\nBetween two sizes, take the *larger*. You can [exchange free of charge](https://fernway.example/help).",
            "Products and fit",
        ),
        entry(
            "waterproof",
            "Are the Ridgeway boots waterproof?",
            "Yes. A breathable lining is sealed in.",
            "Products and fit",
        ),
        entry("delivery", "How long does delivery take?", "Two to three working days.", "Delivery"),
        entry("returns", "How do I send something back?", "Free of charge within 60 days.", "Returns"),
    ]
}

/// The texts of a language as the build makes them, in place of `Intl` plain words for dates.
pub fn catalog(locale: &'static str) -> Catalog {
    Catalog::new(locale, &locale_file(locale), Rc::new(move |at, style| words(locale, at, style)))
}

fn locale_file(locale: &str) -> String {
    let english = messages("en");
    let own = if locale == "zh-Hans" { messages(locale) } else { Vec::new() };
    let mut out = String::new();
    for (key, text) in &english {
        let text = own.iter().find(|(name, _)| name == key).map_or(text, |(_, text)| text);
        out.push_str(&if locale == "en-x-long" { longer(text) } else { text.clone() });
        out.push('\n');
    }
    out
}

/// Two words in five are said twice: about 1.4 times the length, with all placeholders still there.
fn longer(text: &str) -> String {
    let words = text.split(' ').enumerate().map(|(at, word)| {
        let twice = at % 5 < 2 && !word.contains('{');
        if twice { format!("{word} {word}") } else { word.to_owned() }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Key and text of each message, in the order of the file.
pub fn messages(locale: &str) -> Vec<(String, String)> {
    let path = format!("{}/locales/{locale}/messages.json", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(path).expect("the locale file");
    let lines = file.lines().filter_map(|line| line.trim().trim_end_matches(',').split_once("\": "));
    lines
        .map(|(key, text)| {
            // The build keeps a line break as `\n`, so only quotation marks have to be read.
            (key.trim_start_matches('"').to_owned(), text.trim_matches('"').replace("\\\"", "\""))
        })
        .collect()
}

fn words(locale: &str, at: Timestamp, style: DateStyle) -> String {
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (date, minute) = local(at, &Utc);
    let weekday = days[date.weekday() % 7];
    let month = months[usize::from(date.month - 1)];
    let clock = format!("{:02}:{:02}", minute / 60, minute % 60);
    if locale == "zh-Hans" {
        let weekday = ["一", "二", "三", "四", "五", "六", "日"][date.weekday() % 7];
        return match style {
            DateStyle::Moment => format!("{}月{}日星期{weekday} {clock}", date.month, date.day),
            DateStyle::Day => format!("{}月{}日星期{weekday}", date.month, date.day),
            DateStyle::Date => format!("{}年{}月{}日", date.year, date.month, date.day),
        };
    }
    match style {
        DateStyle::Moment => format!("{weekday} {} {month} at {clock}", date.day),
        DateStyle::Day => format!("{weekday} {} {month}", date.day),
        DateStyle::Date => format!("{} {month} {}", date.day, date.year),
    }
}
