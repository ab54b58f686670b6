//! What the host page says from code: `allEars("open", "complaint")`, and the attributes that speak of this moment
//! instead of the config. A call that is not understood is told with the nearest name and changes nothing.

use domain::answers;
use domain::limits::{CONTEXT_ENTRIES_MAX, FIELD_CHARS_MAX, TEXT_CHARS_MAX};
use domain::session::Action;
use domain::submission::{Context, Customer, Scalar};
use domain::view::View;

use crate::options::{ConfigIssue, Issues, Leaf, Mistaken, Notes, Reader, below, did_you_mean, read_theme};
use crate::value::Value;

/// A call that was understood.
#[derive(Debug)]
pub enum HostCall {
    /// A fact for the session.
    Act(Box<Action>),
    /// Another language: its tag and its file.
    Locale(String, String),
    /// Another config, which was given first.
    Config,
    /// Understood, and nothing to do here: the loader does it.
    Nothing,
}

/// The calls by name, as pages know them.
const CALLS: [&str; 11] = [
    "open", "close", "ask", "identify", "context", "locale", "theme", "track", "consent", "forget", "update",
];

/// Reads a call of the page; `None` when something is wrong with it.
pub fn read(name: &str, args: &[Value]) -> Option<HostCall> {
    let (call, mistaken) = read_noting::<Mistaken>(name, args);
    Some(call).filter(|_| !mistaken.0)
}

/// What is wrong with a call of the page, in one line each.
pub fn mistakes(name: &str, args: &[Value]) -> String {
    let mut lines = String::new();
    for issue in read_noting::<Issues>(name, args).1.finish() {
        if !lines.is_empty() {
            lines.push('\n');
        }
        lines.push_str(&issue.message());
    }
    lines
}

fn read_noting<N: Notes>(name: &str, args: &[Value]) -> (HostCall, N) {
    let first = args.first().unwrap_or(&Value::Null);
    let mut reader = Reader::at(name, Some(first));
    let mut call = HostCall::Nothing;
    let mut act = None;
    match name {
        "open" if first.as_str() == Some("answer") => {
            reader.turn_to(args.get(1));
            act = Some(Action::Answers(answers::Action::Asked(
                reader.word(FIELD_CHARS_MAX).unwrap_or_default(),
            )));
        }
        "open" => act = Some(Action::Opened(view(&mut reader))),
        "close" | "closed" => act = Some(Action::Closed),
        "ask" => {
            let survey = reader.word(64);
            reader.turn_to(args.get(1));
            let context = context(&mut reader);
            // The loader adds it: only at the moment of the call it can be told.
            let pressed = args.get(2) == Some(&Value::Bool(true));
            act = Some(if pressed {
                Action::SurveyPressed(survey, context)
            } else {
                Action::SurveyAsked(survey, context)
            });
        }
        "identify" => act = Some(Action::Identified(customer(&mut reader))),
        "context" => act = Some(Action::ContextGiven(context(&mut reader))),
        "locale" => {
            let text = |at| args.get(at).and_then(Value::as_str).unwrap_or_default().to_owned();
            call = HostCall::Locale(text(0), text(1));
        }
        "theme" => read_theme(&mut reader),
        "consent" => {
            reader.leaf(Leaf::Flag(&mut false));
        }
        "track" => {}
        "forget" => act = Some(Action::ForgetAsked),
        "update" => call = HostCall::Config,
        _ => reader.tell(|_| {
            let found = "unknown call ".to_owned() + &below(String::new(), name);
            ConfigIssue { found, hint: did_you_mean(name, &CALLS), ..ConfigIssue::default() }
        }),
    }
    if let Some(action) = act {
        call = HostCall::Act(Box::new(action));
    }
    (call, reader.notes)
}

/// What `open(view, prefill)` fills in besides, to be applied after the opening: `{text, order, product, name, email,
/// phone}`. Never asked for again (easy-to-do-business).
pub fn prefill(args: &[Value]) -> Vec<Action> {
    let Some(value) = args.get(1).filter(|value| value.is_object()) else { return Vec::new() };
    let own = |key: &str, chars_max| {
        let text = value.get(key).and_then(Value::as_str).unwrap_or_default();
        cut(text, chars_max)
    };
    let mut reader = Reader::<Mistaken>::new(Some(value));
    reader.tolerant = true;
    let customer = Action::Identified(customer(&mut reader));
    let (order, product) = (own("order", FIELD_CHARS_MAX), own("product", FIELD_CHARS_MAX));
    vec![customer, Action::Prefilled(own("text", TEXT_CHARS_MAX), order, product)]
}

/// What the attributes of the tag say about this moment: `context`, and for an inline widget `survey` or `view`.
pub fn from_attributes(pairs: &[(String, String)]) -> Vec<Action> {
    let own = |key: &str| pairs.iter().find(|(name, _)| name == key).map(|(_, text)| text.as_str());
    let mut actions = Vec::new();
    if let Some(value) = own("context").and_then(Value::parse) {
        actions.push(Action::ContextGiven(context(&mut Reader::<Mistaken>::new(Some(&value)))));
    }
    if own("inline").is_some() {
        if let Some(survey) = own("survey") {
            actions.push(Action::SurveyAsked(Some(survey.to_owned()), Context::new()));
        } else if let Some(view) = own("view").and_then(View::parse) {
            actions.push(Action::ViewPlaced(view));
        }
    }
    actions
}

/// The view that stands here.
fn view(reader: &mut Reader<'_, impl Notes>) -> Option<View> {
    let mut at = usize::MAX;
    reader.leaf(Leaf::Word(&View::NAMES, &mut at));
    View::ALL.get(at).copied()
}

/// The customer that stands here.
fn customer(reader: &mut Reader<'_, impl Notes>) -> Customer {
    let mut own = Customer::default();
    if reader.enter() {
        reader.text("name", FIELD_CHARS_MAX, &mut own.name, "");
        reader.text("email", FIELD_CHARS_MAX, &mut own.email, "");
        reader.text("phone", FIELD_CHARS_MAX, &mut own.phone, "");
        reader.text("token", 4_000, &mut own.token, "");
        reader.leave();
    }
    own
}

/// The context that stands here: texts are cut to the length of a field, entries past the bound are left out.
fn context(reader: &mut Reader<'_, impl Notes>) -> Context {
    let mut own = Context::new();
    if !reader.value().is_some_and(Value::is_object) {
        reader.wrong("an object such as {\"order\": \"A-1001\"}", "");
        return own;
    }
    reader.free(usize::MAX, "", &mut |reader, key| {
        if own.len() < CONTEXT_ENTRIES_MAX
            && let Some(value) = reader.value()
            && let Some(scalar) = scalar(reader, value)
        {
            own.push((cut(key, FIELD_CHARS_MAX), scalar));
        }
    });
    own
}

fn scalar(reader: &mut Reader<'_, impl Notes>, value: &Value) -> Option<Scalar> {
    match value {
        Value::String(text) => Some(Scalar::Text(cut(text, FIELD_CHARS_MAX))),
        Value::Number(number) => Some(Scalar::Number(*number)),
        Value::Bool(flag) => Some(Scalar::Flag(*flag)),
        Value::Null | Value::Array(_) | Value::Object(_) => {
            reader.wrong("text, a number, true or false", "");
            None
        }
    }
}

fn cut(text: &str, chars_max: usize) -> String {
    text.trim().chars().take(chars_max).collect()
}
