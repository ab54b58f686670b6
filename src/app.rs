//! The only stateful component: the loop from action to step to effects, and the tree that a state shows.
//! No rule stands here.

use std::cell::RefCell;
use std::rc::Rc;

use domain::answers;
use domain::calendar::Timestamp;
use domain::config::Config;
use domain::limits;
use domain::message::Message;
use domain::session::{Action, CopyForm, Ctx, DraftKey, Effect, Focus, Session};
use domain::submission::Page;
use domain::view::View;
use yew::prelude::*;

use crate::i18n::{Catalog, DateStyle};
use crate::parts::drafts::{self, Task, see_to};
use crate::parts::{self, Part};
use crate::platform::{self, ForApp, Host, IntlZone, Reports, Shell, Style};
use crate::views::{Scene, result_id};

/// What the widget is mounted with.
pub struct Start {
    /// The page and the loader.
    pub host: Host,
    /// What the company chose.
    pub config: Rc<Config>,
    /// The language of `texts`.
    pub locale: String,
    /// The locale file.
    pub texts: String,
    /// The keys of the messages, if the config replaces some.
    pub keys: String,
    /// Whether it stands in the page instead of a panel.
    pub inline: bool,
    /// What the page and the customer asked for before.
    pub actions: RefCell<Vec<Action>>,
    /// The element that it is mounted in.
    pub root: platform::Root,
}

/// Props of [`App`]: the start, which never changes.
#[derive(Clone, Properties)]
pub struct Props {
    /// What it is mounted with.
    pub start: Rc<Start>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.start, &other.start)
    }
}

/// What reaches the app.
pub enum Msg {
    /// A fact for the session.
    Act(Action),
    /// What the sender reports, of whatever page.
    Report(Action),
    /// Another config.
    Config(Rc<Config>),
    /// Another language: its tag and its file.
    Locale(String, String),
    /// A part of the widget arrived.
    Part(Part),
    /// The parts that look for answers arrived, without anybody waiting for them.
    Search,
    /// This device was read.
    Device(String),
    /// A draft was read from the device (`false`), or met there.
    Draft(DraftKey, String, bool),
}

/// The widget.
pub struct App {
    session: Session,
    shell: Shell,
    config: Rc<Config>,
    catalog: Catalog,
    zone: IntlZone,
    site: String,
    page: Page,
    announcement: AttrValue,
    focus_next: Option<Focus>,
    /// Whether the focus was here before the last change.
    held: bool,
    /// What was read from this device, until there is a screen to show all of it.
    device: Option<String>,
    /// Drafts, until there is a screen that reads them.
    drafts: Vec<(DraftKey, String, bool)>,
    /// Whether the FAQ is to be fetched, as soon as what reads it is here.
    faq_wanted: bool,
    /// Facts that wait for a part, in the order they came.
    waiting: Vec<Action>,
    /// The parts that are here, and the one that is on its way.
    here: Vec<Part>,
    asked: Option<Part>,
    asked_at: Timestamp,
    _reports: Option<Reports>,
}

impl Component for App {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &yew::Context<Self>) -> Self {
        let start = &ctx.props().start;
        let (site, page) = platform::read_page();
        let mut app = Self {
            session: Session { open: start.inline, ..Session::default() },
            shell: Shell::new(start.host.clone()),
            zone: IntlZone::new(&start.config.complaint.promise.time_zone),
            catalog: catalog(start, &start.config, &start.locale, &start.texts),
            config: start.config.clone(),
            site,
            page,
            announcement: AttrValue::default(),
            focus_next: None,
            held: false,
            device: None,
            drafts: Vec::new(),
            faq_wanted: false,
            waiting: start.actions.take(),
            here: Vec::new(),
            asked: None,
            asked_at: Timestamp(0),
            _reports: platform::listen(&start.host.sender(), ctx.link().callback(Msg::Report)),
        };
        // Before the first screen is drawn, so that it is the right one.
        app.go_on(ctx);
        app
    }

    fn update(&mut self, ctx: &yew::Context<Self>, message: Msg) -> bool {
        let start = &ctx.props().start;
        self.held = platform::has_focus(&start.root);
        let arrived = matches!(message, Msg::Part(_) | Msg::Config(_) | Msg::Locale(..));
        match message {
            Msg::Act(action) => action.queue(&mut self.waiting),
            // What concerns nothing here fetches no part.
            Msg::Report(action) if !self.session.heeds(&action) => {}
            Msg::Report(action) => action.queue(&mut self.waiting),
            Msg::Part(part) => {
                self.asked = self.asked.filter(|asked| *asked != part);
                if !self.here.contains(&part) {
                    self.here.push(part);
                }
            }
            Msg::Search => {
                self.here.extend(parts::SEARCH);
                self.waiting.push(Action::Answers(answers::Action::Rested));
            }
            Msg::Device(text) => {
                self.waiting.push(parts::read_kept(&text));
                self.device = Some(text);
            }
            Msg::Draft(key, text, met) => self.drafts.push((key, text, met)),
            Msg::Config(config) => {
                self.zone = IntlZone::new(&config.complaint.promise.time_zone);
                self.config = config;
            }
            Msg::Locale(locale, texts) => {
                self.catalog = catalog(start, &self.config, &locale, &texts);
                self.waiting.push(Action::LocaleChanged);
            }
        }
        // While a fact waits, nothing is drawn anew: a field would lose what was typed into it meanwhile.
        (self.go_on(ctx) || arrived) && self.waiting.is_empty() && !self.lacks_screen()
    }

    fn view(&self, ctx: &yew::Context<Self>) -> Html {
        if self.lacks_screen() {
            // The frame's own skeleton.
            return Html::default();
        }
        let on = ctx.link().callback(Msg::Act);
        parts::show(&self.scene(&on, ctx.props().start.inline))
    }

    fn rendered(&mut self, ctx: &yew::Context<Self>, _first: bool) {
        if self.lacks_screen() {
            return;
        }
        let root = &ctx.props().start.root;
        match self.focus_next.take() {
            None => {}
            Some(Focus::Title) => platform::focus(root, "title"),
            Some(Focus::Field(field)) => platform::focus(root, field.id()),
            Some(Focus::Result(at)) => platform::focus(root, &result_id(at)),
            Some(Focus::Here) => platform::show_focus(root),
            Some(Focus::Sight(field)) => platform::show(root, field.id()),
        }
        // What was pressed may be gone by what it did: whoever goes by keyboard is to be somewhere.
        if std::mem::take(&mut self.held) && !platform::has_focus(root) {
            platform::focus(root, "title");
        }
    }
}

impl App {
    /// Tells the session what waits, as far as the parts are here; a missing one is asked for. Says whether
    /// anything was told.
    fn go_on(&mut self, ctx: &yew::Context<Self>) -> bool {
        let mut told = false;
        loop {
            if self.faq_wanted && self.here.contains(&parts::SEARCH[0]) {
                self.faq_wanted = false;
                parts::fetch_faq(&self.config, &self.catalog.locale(), &ctx.link().callback(Msg::Act));
            }
            let needed = self.waiting.first().map_or(&[][..], parts::before).iter().copied();
            let shown = parts::after(&self.session);
            if let Some(part) = shown.into_iter().chain(needed).find(|part| !self.here.contains(part)) {
                self.ask_for(ctx, part);
                return told;
            }
            let read = |(key, ..): &(DraftKey, String, bool)| self.here.contains(&drafts::part(*key)[0]);
            while let Some(at) = self.drafts.iter().position(read) {
                let (key, text, met) = self.drafts.remove(at);
                let mut saved = None;
                see_to(key, Task::Read(&text, &mut saved));
                if let Some((content, at)) = saved {
                    let read = if met { Action::DraftMet } else { Action::DraftLoaded };
                    // Before what happened since: it may have been deleted.
                    self.waiting.insert(0, read(content, at));
                }
            }
            if self.here.contains(&parts::STATUS)
                && let Some(text) = self.device.take()
            {
                self.waiting.push(parts::read_known(&text));
            }
            if self.waiting.is_empty() {
                // The screen shows meanwhile, and the way to add files joins it.
                if self.session.view() == View::Complaint && self.takes_files() && !self.has_files() {
                    self.ask_for(ctx, Part::Files);
                }
                return told;
            }
            let action = self.waiting.remove(0);
            self.act(ctx, action);
            told = true;
        }
    }

    fn takes_files(&self) -> bool {
        self.config.complaint.attachments > 0
    }

    fn has_files(&self) -> bool {
        self.takes_files() && self.here.contains(&Part::Files)
    }

    fn lacks_screen(&self) -> bool {
        parts::after(&self.session).is_some_and(|part| !self.here.contains(&part))
    }

    fn ask_for(&mut self, ctx: &yew::Context<Self>, part: Part) {
        let now = platform::now();
        // One that hangs keeps nobody from another. And nobody says so when one that we go on without did not arrive:
        // the next fact asks for it again.
        if self.asked != Some(part) || now.0.abs_diff(self.asked_at.0) >= limits::PART_AGAIN_MS {
            self.asked = Some(part);
            self.asked_at = now;
            let arrived = ctx.link().callback(move |()| Msg::Part(part));
            ctx.props().start.host.fetch_part(part.name(), arrived);
        }
    }

    fn act(&mut self, ctx: &yew::Context<Self>, action: Action) {
        if matches!(action, Action::Opened(_) | Action::Answers(answers::Action::Asked(_))) {
            // The page may be another one by now, without having been loaded anew.
            (self.site, self.page) = platform::read_page();
        }
        let locale = self.catalog.locale();
        let cx = Ctx {
            now: platform::now(),
            fresh_id: &platform::fresh_id,
            zone: &self.zone,
            config: &self.config,
            locale: &locale,
            site: &self.site,
            page: &self.page,
            rules: &parts::RULES,
        };
        let effects = self.session.step(&cx, action);
        let reply = ctx.link().callback(Msg::Act);
        if effects.iter().any(|effect| matches!(effect, Effect::MoveFocus(Focus::Title))) {
            // What was said of the last screen is not true of this one for ever; whoever reads through it would meet it.
            self.announcement = AttrValue::default();
        }
        for effect in effects {
            self.run(ctx, effect, &reply);
        }
    }

    fn run(&mut self, ctx: &yew::Context<Self>, effect: Effect, reply: &Callback<Action>) {
        match self.shell.run(effect, &self.config, reply) {
            Some(ForApp::Announce(message)) => self.announce(&message),
            Some(ForApp::Focus(focus)) => self.focus_next = Some(focus),
            Some(ForApp::Copy(form)) => self.keep_copy(ctx, form),
            Some(ForApp::ReadFiles) => {
                let start = &ctx.props().start;
                parts::read_files(&start.host, &start.root, reply.clone());
            }
            Some(ForApp::SaveDraft(content)) => {
                let (key, mut text) = (drafts::key(&content), String::new());
                see_to(key, Task::Write(&content, platform::now(), &mut text));
                let met = ctx.link().callback(move |text| Msg::Draft(key, text, true));
                platform::save_draft(&ctx.props().start.host, key, text, met);
            }
            Some(ForApp::LoadDraft(key)) => {
                let loaded = ctx.link().callback(move |text| Msg::Draft(key, text, false));
                platform::load_draft(&ctx.props().start.host, key, loaded);
            }
            Some(ForApp::ReadDevice) => {
                platform::read_device(&ctx.props().start.host, ctx.link().callback(Msg::Device));
            }
            Some(ForApp::FetchFaq) => self.faq_wanted = true,
            Some(ForApp::FetchStatus(url)) => parts::fetch_status(&url, reply.clone()),
            Some(ForApp::OfferSearch) => {
                let arrived = ctx.link().callback(|()| Msg::Search);
                ctx.props().start.host.offer_search(arrived);
            }
            // What came after it is done after it.
            Some(ForApp::LookFor(words)) => {
                self.waiting.insert(0, Action::Answers(answers::Action::QueryChanged(words)));
            }
            None => {}
        }
    }

    /// A sentence said twice is heard twice only if the text changes.
    fn announce(&mut self, message: &Message) {
        let text = self.catalog.message(message);
        let again = text == self.announcement;
        self.announcement = if again { AttrValue::from(text.as_str().to_owned() + "\u{a0}") } else { text };
    }

    fn keep_copy(&self, ctx: &yew::Context<Self>, form: CopyForm) {
        let on = ctx.link().callback(Msg::Act);
        let scene = self.scene(&on, false);
        let done = ctx.link().callback(|done| Msg::Act(Action::CopyDone(done)));
        parts::keep_copy(&scene, form, done);
    }

    fn scene<'a>(&'a self, on: &'a Callback<Action>, inline: bool) -> Scene<'a> {
        let config = &self.config;
        Scene {
            catalog: &self.catalog,
            on,
            session: &self.session,
            now: platform::now(),
            zone: &self.zone,
            announcement: self.announcement.clone(),
            inline,
            company: &config.company,
            menu: &config.menu.items,
            notices: &config.notices,
            outcomes: &config.complaint.outcomes,
            promise: &config.complaint.promise,
            files: self.has_files().then(|| parts::files(config.complaint.attachments)),
            escalation: config.complaint.escalation.as_ref(),
            urgent_phone: &config.complaint.urgent_phone,
            by_key: !config.complaint.status_url.is_empty(),
            privacy: &config.privacy,
            page_url: &self.page.url,
        }
    }
}

fn catalog(start: &Start, config: &Config, locale: &str, texts: &str) -> Catalog {
    let tag = platform::full_tag(locale);
    let dates = Rc::new(move |at, style| {
        let style = match style {
            DateStyle::Moment => Style::Moment,
            DateStyle::Day => Style::Day,
            DateStyle::Date => Style::Date,
        };
        parts::in_words(&tag, at, style)
    });
    let mut catalog = Catalog::new(locale, texts, dates);
    for own in &config.texts {
        if own.locale == locale || own.locale == "*" {
            catalog.replace(&start.keys, &own.key, &own.text);
        }
    }
    catalog
}
