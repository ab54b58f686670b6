//! Drafts in this browser. Version 1; what was written by a version that we do not know is left alone.

use domain::attachment::Tray;
use domain::calendar::Timestamp;
use domain::complaint::{self, Step};
use domain::feedback;
use domain::submission::{Answer, AnswerValue, SubmissionId, Topic};
use domain::survey::{self, QuestionKind};

use crate::json::{Writer, gather, text};
use crate::submission::write_answers;
use crate::value::Value;

const VERSION: u64 = 1;
/// Names of the steps, in the order of `Step::ALL`.
const STEPS: [&str; 5] = ["listen", "recap", "apologise", "resolve", "promise"];

/// A draft that was read, with the time it was saved.
pub type Saved<Draft> = Option<(Draft, Timestamp)>;

fn begin(kind: &str, now: Timestamp) -> Writer {
    let mut out = Writer::new();
    out.open();
    out.whole("v", VERSION);
    out.text("saved_at", &now.to_rfc3339());
    out.text("kind", kind);
    out
}

fn end(mut out: Writer) -> String {
    out.close();
    out.finish()
}

fn begun(stored: &str, kind: &str) -> Saved<Value> {
    let value = Value::parse(stored)?;
    if value.get("v").and_then(Value::as_u64) != Some(VERSION) || text(&value, "kind") != kind {
        return None;
    }
    let saved_at = Timestamp::parse_rfc3339(text(&value, "saved_at"))?;
    Some((value, saved_at))
}

/// The JSON text of a complaint.
pub fn complaint_to_json(draft: &complaint::Draft, now: Timestamp) -> String {
    let mut out = begin("complaint", now);
    let step = Step::ALL.iter().position(|step| *step == draft.step).unwrap_or(0);
    out.text("step", STEPS[step]);
    out.text("words", &draft.words);
    out.text("order", &draft.order);
    out.text("product", &draft.product);
    out.text("since", &draft.since);
    out.text("effect", &draft.effect);
    out.flag("urgent", draft.urgent.then_some(true));
    out.flag("on_behalf", draft.on_behalf.then_some(true));
    out.whole("corrections", u64::from(draft.corrections));
    out.key("outcomes");
    out.open_list();
    for outcome in &draft.outcomes {
        out.value(outcome);
    }
    out.close_list();
    out.text("outcome_text", &draft.outcome_text);
    // Only that there were some: their bytes are kept nowhere before they are handed in.
    out.flag("files", (!draft.tray.files.is_empty() || draft.tray.left_behind).then_some(true));
    end(out)
}

/// Reads a complaint back.
pub fn complaint(stored: &str) -> Saved<complaint::Draft> {
    let (value, saved_at) = begun(stored, "complaint")?;
    let own = |key: &str| text(&value, key).to_owned();
    let flag = |key: &str| value.get(key).and_then(Value::as_bool).unwrap_or_default();
    let step = STEPS.iter().position(|name| *name == text(&value, "step")).unwrap_or(0);
    let draft = complaint::Draft {
        step: Step::ALL[step],
        words: own("words"),
        order: own("order"),
        product: own("product"),
        since: own("since"),
        effect: own("effect"),
        urgent: flag("urgent"),
        on_behalf: flag("on_behalf"),
        corrections: value.get("corrections").and_then(Value::as_u64).unwrap_or_default() as u32,
        outcomes: gather(value.get("outcomes"), |id| id.as_str().map(str::to_owned)),
        outcome_text: own("outcome_text"),
        tray: Tray { left_behind: flag("files"), ..Tray::default() },
        ..complaint::Draft::default()
    };
    Some((draft, saved_at))
}

/// The JSON text of a message.
pub fn feedback_to_json(draft: &feedback::Draft, now: Timestamp) -> String {
    let mut out = begin("feedback", now);
    out.text("topic", draft.topic.map_or("", Topic::as_str));
    out.text("text", &draft.text);
    end(out)
}

/// Reads a message back.
pub fn feedback(stored: &str) -> Saved<feedback::Draft> {
    let (value, saved_at) = begun(stored, "feedback")?;
    let topic = text(&value, "topic");
    let draft = feedback::Draft {
        topic: Topic::ALL.into_iter().find(|own| own.as_str() == topic),
        text: text(&value, "text").to_owned(),
        ..feedback::Draft::default()
    };
    Some((draft, saved_at))
}

/// The JSON text of a rating.
pub fn rating_to_json(draft: &survey::Draft, now: Timestamp) -> String {
    let mut out = begin("rating", now);
    out.text("survey", &draft.survey);
    out.whole("key", u64::from(draft.key));
    out.text("sent", draft.sent.as_ref().map_or("", SubmissionId::as_str));
    out.flag("kept", draft.kept.then_some(true));
    write_answers(&mut out, &draft.answers);
    end(out)
}

/// Reads a rating back.
pub fn rating(stored: &str) -> Saved<survey::Draft> {
    let (value, saved_at) = begun(stored, "rating")?;
    let draft = survey::Draft {
        survey: text(&value, "survey").to_owned(),
        key: value.get("key").and_then(Value::as_u64).unwrap_or_default() as u32,
        answers: gather(value.get("answers"), answer),
        sent: SubmissionId::parse(text(&value, "sent")),
        kept: value.get("kept").and_then(Value::as_bool).unwrap_or_default(),
    };
    Some((draft, saved_at))
}

fn answer(entry: &Value) -> Option<Answer> {
    Some(Answer {
        question: text(entry, "question").to_owned(),
        kind: QuestionKind::parse(text(entry, "kind"))?,
        value: match entry.get("value")? {
            Value::String(words) => AnswerValue::Text(words.clone()),
            Value::Number(score) => AnswerValue::Score(*score as u8),
            list @ Value::Array(_) => {
                AnswerValue::Many(gather(Some(list), |id| id.as_str().map(str::to_owned)))
            }
            Value::Null | Value::Bool(_) | Value::Object(_) => return None,
        },
    })
}
