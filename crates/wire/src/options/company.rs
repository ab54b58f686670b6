//! The small groups of options: company, texts, looks, button, menu, news, privacy.

use domain::calendar::{CivilDate, DAY_MS, Timestamp};
use domain::config::{Company, Config, Notice, Privacy, Scheme, TextOverride, Theme};
use domain::view::View;

use super::form::Form;
use super::leaf::Leaf;
use super::notes::Notes;
use super::reader::{LEFT_OUT, Reader, manual};

const SCHEMES: [(&str, Scheme); 3] =
    [("auto", Scheme::Auto), ("light", Scheme::Light), ("dark", Scheme::Dark)];
/// Characters of a sentence in the company's own words.
const SENTENCE_CHARS_MAX: usize = 500;

/// Reads who asks.
pub(super) fn company(reader: &mut Reader<'_, impl Notes>, own: &mut Company) {
    if !reader.object("company", manual!("Who asks.")) {
        return;
    }
    reader.text("name", 80, &mut own.name, manual!("Name as customers know it."));
    if reader.object("contact", manual!("How a person is reached.")) {
        reader.form("email", Form::Email, &mut own.email, manual!("E-mail address."));
        reader.form("phone", Form::Phone, &mut own.phone, manual!("Phone number."));
        reader.form("url", Form::Address, &mut own.contact_url, manual!("A page with more ways."));
        reader.text("hours", 120, &mut own.hours, manual!("When the phone is answered."));
        reader.end();
    }
    if reader.object("owner", manual!("The person who looks after complaints.")) {
        reader.text("name", 80, &mut own.owner_name, manual!("Name."));
        reader.text("role", 80, &mut own.owner_role, manual!("Role."));
        reader.end();
    }
    reader.end();
}

/// Reads the language and the company's own texts.
pub(super) fn texts(reader: &mut Reader<'_, impl Notes>, config: &mut Config) {
    let mut locale = String::new();
    reader.form(
        "locale",
        Form::Tag,
        &mut locale,
        manual!("Language; without it the page's own, then the visitor's."),
    );
    config.locale = Some(locale).filter(|locale| !locale.is_empty());
    reader.down("texts", manual!("Texts in the company's own words, by language (`*` for each) and key."));
    reader.free(60, "<language>", &mut |reader, tag| {
        if !reader.language(tag) {
            return;
        }
        reader.free(1_000, "<key>", &mut |reader, key| {
            if let Some(text) = reader.word(2_000) {
                let (locale, key) = (tag.to_owned(), key.to_owned());
                config.texts.push(TextOverride { locale, key, text });
            }
        });
    });
    reader.up();
}

/// Reads looks and button.
pub(super) fn looks(reader: &mut Reader<'_, impl Notes>, config: &mut Config) {
    if reader.object("theme", manual!("Looks.")) {
        theme(reader, &mut config.theme);
        reader.end();
    }
    if reader.object("launcher", manual!("The button.")) {
        reader.text(
            "label",
            40,
            &mut config.launcher.label,
            manual!("What the button says; the attribute `label` shows sooner."),
        );
        elsewhere(reader, "position");
        reader.end();
    }
}

/// Reads looks from the object that was entered.
pub(super) fn theme(reader: &mut Reader<'_, impl Notes>, own: &mut Theme) {
    reader.form(
        "accent",
        Form::Colour,
        &mut own.accent,
        manual!("Accent colour; its contrast is repaired where needed."),
    );
    own.accent.make_ascii_lowercase();
    if own.accent.len() == 4 {
        let digits = own.accent.split_off(1);
        for digit in digits.chars() {
            own.accent.push(digit);
            own.accent.push(digit);
        }
    }
    let names = SCHEMES.map(|(name, _)| name);
    let mut at = SCHEMES.iter().position(|(_, scheme)| *scheme == own.scheme).unwrap_or(0);
    reader.take("scheme", Leaf::Word(&names, &mut at), manual!("Light, dark, or as the device says."));
    own.scheme = SCHEMES[at].1;
    reader.take(
        "radius",
        Leaf::Number(0, 32, &mut own.radius),
        manual!("Roundness of corners in CSS pixels."),
    );
    reader.form("font", Form::Font, &mut own.font, manual!("Fonts, as in CSS; the device's own if absent."));
    elsewhere(reader, "position");
}

/// What is decided before any config is fetched is an attribute.
fn elsewhere(reader: &mut Reader<'_, impl Notes>, key: &'static str) {
    if !reader.outlining() {
        reader.down(key, "");
        if reader.value().is_some() {
            reader.note("not read here", "set it as an attribute of the tag");
        }
        reader.up();
    }
}

/// Reads the menu. The way to complain always stays in it.
pub(super) fn menu(reader: &mut Reader<'_, impl Notes>, items: &mut Vec<View>) {
    reader.down("menu", manual!("Entries of the menu, in the order shown; `complaint` always stays."));
    let mut kept: Vec<View> = Vec::new();
    reader.items(12, &mut |reader| {
        if let Some(view) = view(reader)
            && !reader.twice(kept.contains(&view))
        {
            kept.push(view);
        }
    });
    if !kept.is_empty() {
        if !kept.contains(&View::Complaint) {
            reader.note("the way to complain always stays", "added at the end");
            kept.push(View::Complaint);
        }
        *items = kept;
    }
    reader.up();
}

/// Views that the menu can show.
fn view(reader: &mut Reader<'_, impl Notes>) -> Option<View> {
    let mut at = usize::MAX;
    reader.leaf(Leaf::Word(&View::NAMES[1..], &mut at));
    View::ALL[1..].get(at).copied()
}

/// Reads one piece of news.
pub(super) fn notice(reader: &mut Reader<'_, impl Notes>) -> Option<Notice> {
    let mut own = Notice::default();
    if !reader.enter() {
        return None;
    }
    if !reader.text("text", SENTENCE_CHARS_MAX, &mut own.text, manual!("What is new.")) {
        reader.missing("text", LEFT_OUT);
    }
    reader.form("url", Form::Address, &mut own.url, manual!("Where more about it stands."));
    own.starts_at = moment(reader, "start", 0, manual!("First day or instant (UTC)."));
    own.ends_at = moment(reader, "end", DAY_MS, manual!("Last day, which is included, or instant (UTC)."));
    if own.starts_at.zip(own.ends_at).is_some_and(|(start, end)| end <= start) {
        reader.note("ends before it starts", "never shown");
    }
    reader.leave();
    (!own.text.is_empty()).then_some(own)
}

/// An instant, or a day and so many milliseconds.
fn moment(
    reader: &mut Reader<'_, impl Notes>,
    key: &'static str,
    after_ms: i64,
    doc: &'static str,
) -> Option<Timestamp> {
    let mut text = String::new();
    reader.take(key, Leaf::Form(Form::Moment, &mut text), doc);
    match CivilDate::parse_iso(&text) {
        Some(day) => Some(Timestamp(i64::from(day.days()) * DAY_MS + after_ms)),
        None => Timestamp::parse_rfc3339(&text),
    }
}

/// Reads what may be kept and sent.
pub(super) fn privacy(reader: &mut Reader<'_, impl Notes>, own: &mut Privacy) {
    if !reader.object("privacy", manual!("What may be kept on the device and sent.")) {
        return;
    }
    reader.take(
        "drafts",
        Leaf::Flag(&mut own.drafts),
        manual!("Whether a complaint, a message or the comment to a rating is kept on the device while it is typed."),
    );
    reader.take(
        "signals",
        Leaf::Flag(&mut own.signals),
        manual!("Whether searches without answers and helpful marks are sent."),
    );
    reader.form("notice_url", Form::Address, &mut own.notice_url, manual!("Address of the privacy notice."));
    reader.text(
        "text",
        SENTENCE_CHARS_MAX,
        &mut own.text,
        manual!("The company's own sentence about what happens with what is said."),
    );
    reader.end();
}
