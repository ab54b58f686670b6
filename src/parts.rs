//! Where the widget is cut: what stands here is fetched with the screen that needs it. Each `wasm_split` function is a
//! way into a part, and what only such ways lead to goes along; `xtask/src/split.rs` does the cutting. What is `shared` comes
//! with the first part, whichever it is.

use domain::calendar::Timestamp;
use domain::config::Config;
use domain::delivery::Change;
use domain::session::{Action, CopyForm, Ctx, Effect, FaqFile, Field, Rules, Session, Timer};
use domain::status::{self, Known, Report, Trouble};
use domain::view::View;
use domain::{answers, attachment, complaint, feedback, survey};
use wasm_split_helpers::wasm_split;
use wire::host_call;
use wire::options::ConfigInput;
use wire::value::Value;
use yew::{Callback, Html};

use crate::platform::{self, Host, Style};
use crate::views::{self, FilesPart, Scene};

pub mod drafts;
pub mod rt;
use drafts::{Task, see_to};
use rt::now;

/// What is fetched apart from the rest. The loader knows the parts by these names, and a screen's part by the screen's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A screen with its rules.
    Screen(View),
    /// The search for answers.
    Search,
    /// The files of a complaint, where some may go along.
    Files,
}

/// The screen that shows what this device keeps.
pub const STATUS: Part = Part::Screen(View::Status);

/// What looks for an answer.
pub const SEARCH: [Part; 2] = [Part::Screen(View::Answers), Part::Search];

impl Part {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Screen(view) => view.as_str(),
            Self::Search => "search",
            Self::Files => "files",
        }
    }
}

/// What the page got wrong.
pub enum Mistake {
    /// In its config.
    Config(ConfigInput),
    /// In a call, by its name and what was given with it.
    Call(String, Vec<Value>),
}

/// Tells the web team what is wrong, once what has words for it is here. If that does not come, nobody is told.
pub fn tell(host: &Host, mistake: Mistake) {
    let own = host.clone();
    host.fetch_part("check", Callback::from(move |()| now(check(&own, &mistake))));
}

#[wasm_split(check, wasm_split_path = crate::parts)]
fn check(host: &Host, mistake: &Mistake) {
    match mistake {
        Mistake::Config(input) => host.tell(&input.issues()),
        Mistake::Call(name, args) => platform::warn(&host_call::mistakes(name, args)),
    }
}

/// The parts without which a fact is not to be told: the rules of a screen are called by facts of that screen alone.
pub fn before(action: &Action) -> &'static [Part] {
    match action {
        Action::Survey(_) => &[Part::Screen(View::Rating)],
        Action::Feedback(_) => &[Part::Screen(View::Feedback)],
        Action::Answers(
            answers::Action::QueryChanged(_) | answers::Action::Paused | answers::Action::Rested,
        ) => &SEARCH,
        Action::Answers(_) | Action::FaqLoaded(..) => &SEARCH[..1],
        Action::Files(_) => &[Part::Files],
        Action::Complaint(_) => &[Part::Screen(View::Complaint)],
        Action::Status(_) | Action::StatusLoaded(..) | Action::ForgetAsked => &[STATUS],
        Action::DraftLoaded(content, _) | Action::DraftMet(content, _) => drafts::part(drafts::key(content)),
        Action::TimerFired(Timer::SaveDraft(key)) => drafts::part(*key),
        Action::Opened(_)
        | Action::Closed
        | Action::ClosePressed
        | Action::BackPressed
        | Action::ViewChosen(_)
        | Action::ViewPlaced(_)
        | Action::SurveyAsked(..)
        | Action::SurveyPressed(..)
        | Action::ContextGiven(_)
        | Action::Identified(_)
        | Action::Prefilled(..)
        | Action::CustomerChanged(..)
        | Action::ContactByChosen(_)
        | Action::DeliveryChanged(_)
        | Action::DraftElsewhere(_)
        | Action::DraftGone(_)
        | Action::KnownLoaded(_)
        | Action::KeptLoaded(_)
        | Action::TimerFired(_)
        | Action::CopyDone(_)
        | Action::LocaleChanged => &[],
    }
}

/// The part without which a session is not to be shown, and takes no further fact.
pub fn after(session: &Session) -> Option<Part> {
    match session.view() {
        View::Menu => None,
        view @ (View::Rating | View::Feedback | View::Answers | View::Complaint | View::Status) => {
            Some(Part::Screen(view))
        }
    }
}

/// The rules, each behind the cut.
pub const RULES: Rules = Rules {
    save: |session, cx, key, out| see_to(key, Task::Save(session, cx, out)),
    restore: |session, cx, (content, met), out| {
        see_to(drafts::key(&content), Task::TakeIn(session, cx, content, met, out));
    },
    survey: |session, cx, action, out| now(survey_step(session, cx, action, out)),
    feedback: |session, cx, action, out| now(feedback_step(session, cx, action, out)),
    answers: |session, cx, action, out| now(answers_step(session, cx, action, out)),
    look: |session, cx, action, out| now(look(session, cx, action, out)),
    faq: |session, cx, file, out| now(faq(session, cx, file, out)),
    search: |session, cx, (), out| now(search(session, cx, out)),
    complaint: |session, cx, action, out| now(complaint_step(session, cx, action, out)),
    files: |session, cx, action, out| now(files_step(session, cx, action, out)),
    status: |session, cx, action, out| now(status_step(session, cx, action, out)),
    known: |session, cx, list, out| now(known(session, cx, list, out)),
    kept: |session, cx, change, out| now(kept_changed(session, cx, change, out)),
    report: |session, cx, told, out| now(report(session, cx, told, out)),
    forget: |session, cx, (), out| now(forget(session, cx, out)),
};

/// An instant in the words of a language. No screen but the menu is without what several share, and that shows no date.
pub fn in_words(locale: &str, at: Timestamp, style: Style) -> String {
    now(words(locale, at, style))
}

#[wasm_split(shared, wasm_split_path = crate::parts)]
fn words(locale: &str, at: Timestamp, style: Style) -> String {
    platform::in_words(locale, at, style)
}

/// Shows the screen that the session is at.
pub fn show(scene: &Scene<'_>) -> Html {
    match scene.session.view() {
        View::Menu => views::menu(scene),
        View::Rating => now(rating(scene)),
        View::Feedback => now(feedback(scene)),
        View::Answers => now(answers(scene)),
        View::Complaint => now(complaint(scene)),
        View::Status => now(status(scene)),
    }
}

#[wasm_split(rating, wasm_split_path = crate::parts)]
fn survey_step(session: &mut Session, cx: &Ctx<'_>, action: survey::Action, out: &mut Vec<Effect>) {
    session.step_survey(cx, action, out);
}

#[wasm_split(rating, wasm_split_path = crate::parts)]
fn rating(scene: &Scene<'_>) -> Html {
    views::rating(scene)
}

#[wasm_split(feedback, wasm_split_path = crate::parts)]
fn feedback_step(session: &mut Session, cx: &Ctx<'_>, action: feedback::Action, out: &mut Vec<Effect>) {
    session.step_feedback(cx, action, out);
}

#[wasm_split(feedback, wasm_split_path = crate::parts)]
fn feedback(scene: &Scene<'_>) -> Html {
    views::feedback(scene)
}

#[wasm_split(answers, wasm_split_path = crate::parts)]
fn answers_step(session: &mut Session, cx: &Ctx<'_>, action: answers::Action, out: &mut Vec<Effect>) {
    session.step_answers(cx, action, out);
}

#[wasm_split(search, wasm_split_path = crate::parts)]
fn look(session: &mut Session, cx: &Ctx<'_>, action: answers::Action, out: &mut Vec<Effect>) {
    session.look_into_answers(cx, action, out);
}

#[wasm_split(answers, wasm_split_path = crate::parts)]
fn faq(session: &mut Session, cx: &Ctx<'_>, file: FaqFile, out: &mut Vec<Effect>) {
    session.faq_loaded(cx, file, out);
}

/// Fetches the FAQ in this language.
pub fn fetch_faq(config: &Config, locale: &str, reply: &Callback<Action>) {
    now(fetch(config, locale, reply));
}

#[wasm_split(answers, wasm_split_path = crate::parts)]
fn fetch(config: &Config, locale: &str, reply: &Callback<Action>) {
    platform::fetch_faq(config, locale, reply);
}

#[wasm_split(answers, wasm_split_path = crate::parts)]
fn answers(scene: &Scene<'_>) -> Html {
    if scene.session.answers.article.is_some() { views::article(scene) } else { views::answers(scene) }
}

#[wasm_split(search, wasm_split_path = crate::parts)]
fn search(session: &mut Session, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
    session.search_answers(cx, (), out);
}

/// Gives the customer a copy of the complaint that was handed in.
pub fn keep_copy(scene: &Scene<'_>, form: CopyForm, done: Callback<bool>) {
    now(copy(scene, form, done));
}

#[wasm_split(complaint, wasm_split_path = crate::parts)]
fn copy(scene: &Scene<'_>, form: CopyForm, done: Callback<bool>) {
    let (ending, media_type, content) = match form {
        CopyForm::Clipboard => return platform::to_clipboard(&views::keepsake_text(scene), done),
        CopyForm::File => (".txt", "text/plain;charset=utf-8", views::keepsake_text(scene)),
        CopyForm::Calendar => (".ics", "text/calendar;charset=utf-8", views::keepsake_calendar(scene)),
    };
    done.emit(platform::to_file(&views::keepsake_name(scene, ending), media_type, &content));
}

#[wasm_split(complaint, wasm_split_path = crate::parts)]
fn complaint_step(session: &mut Session, cx: &Ctx<'_>, action: complaint::Action, out: &mut Vec<Effect>) {
    session.step_complaint(cx, action, out);
}

#[wasm_split(complaint, wasm_split_path = crate::parts)]
fn complaint(scene: &Scene<'_>) -> Html {
    views::complaint(scene)
}

/// What shows files, behind the cut.
pub fn files(max: u32) -> views::Files {
    views::Files { max, show: |scene, part| now(show_files(scene, part)) }
}

/// Reads what was chosen in the field for files.
pub fn read_files(host: &Host, root: &platform::Root, told: Callback<Action>) {
    now(read(host, root, told));
}

#[wasm_split(files, wasm_split_path = crate::parts)]
fn show_files(scene: &Scene<'_>, part: FilesPart) -> Html {
    views::files(scene, part)
}

#[wasm_split(files, wasm_split_path = crate::parts)]
fn read(host: &Host, root: &platform::Root, told: Callback<Action>) {
    platform::read_files(host, root, Field::Files.id(), told);
}

#[wasm_split(files, wasm_split_path = crate::parts)]
fn files_step(session: &mut Session, cx: &Ctx<'_>, action: attachment::Action, out: &mut Vec<Effect>) {
    session.step_files(cx, action, out);
}

#[wasm_split(status, wasm_split_path = crate::parts)]
fn kept_changed(session: &mut Session, cx: &Ctx<'_>, change: Change, out: &mut Vec<Effect>) {
    session.kept_changed(cx, change, out);
}

#[wasm_split(status, wasm_split_path = crate::parts)]
fn known(session: &mut Session, cx: &Ctx<'_>, list: Vec<Known>, out: &mut Vec<Effect>) {
    session.known_loaded(cx, list, out);
}

#[wasm_split(status, wasm_split_path = crate::parts)]
fn report(
    session: &mut Session,
    cx: &Ctx<'_>,
    told: (String, Result<Report, Trouble>),
    out: &mut Vec<Effect>,
) {
    session.status_loaded(cx, told, out);
}

#[wasm_split(status, wasm_split_path = crate::parts)]
fn forget(session: &mut Session, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
    session.forget(cx, (), out);
}

/// Asks this address for the state of a complaint.
pub fn fetch_status(url: &str, reply: Callback<Action>) {
    now(ask_status(url, reply));
}

#[wasm_split(status, wasm_split_path = crate::parts)]
fn ask_status(url: &str, reply: Callback<Action>) {
    platform::fetch_status(url, reply);
}

/// What this device keeps, as a fact. The menu says what came back, so this belongs to no other screen.
pub fn read_kept(text: &str) -> Action {
    Action::KeptLoaded(wire::stored::all_kept(text))
}

/// The complaints that it remembers, as a fact.
pub fn read_known(text: &str) -> Action {
    now(remembered(text))
}

#[wasm_split(status, wasm_split_path = crate::parts)]
fn remembered(text: &str) -> Action {
    Action::KnownLoaded(wire::stored::all_known(text))
}

#[wasm_split(status, wasm_split_path = crate::parts)]
fn status_step(session: &mut Session, cx: &Ctx<'_>, action: status::Action, out: &mut Vec<Effect>) {
    session.step_status(cx, action, out);
}

#[wasm_split(status, wasm_split_path = crate::parts)]
fn status(scene: &Scene<'_>) -> Html {
    views::status(scene)
}
