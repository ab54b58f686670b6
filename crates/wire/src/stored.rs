//! What the widget keeps in this browser: drafts, what waits or was given back, the complaints it remembers. Version 1; what was written by a
//! version that we do not know is left alone.

use domain::attachment::{Picked, Tray};
use domain::calendar::Timestamp;
use domain::complaint::{self, Step};
use domain::delivery::DeliveryState;
use domain::feedback;
use domain::kept::Kept;
use domain::session::DraftContent;
use domain::status::Known;
use domain::submission::{Kind, SubmissionId, Topic};

use crate::json::{Writer, gather, optional_text, push_whole, text};
use crate::options::is_address;
use crate::receipt;
use crate::value::Value;

const VERSION: u64 = 1;
/// Names of the steps, in the order of `Step::ALL`.
const STEPS: [&str; 5] = ["listen", "recap", "apologise", "resolve", "promise"];

/// The JSON text of a draft.
pub fn draft_to_json(content: &DraftContent, now: Timestamp) -> String {
    let mut out = Writer::new();
    out.open();
    out.whole("v", VERSION);
    out.text("saved_at", &now.to_rfc3339());
    match content {
        DraftContent::Complaint(draft) => write_complaint(&mut out, draft),
        DraftContent::Feedback(draft) => {
            out.text("kind", "feedback");
            out.text("topic", draft.topic.map_or("", Topic::as_str));
            out.text("text", &draft.text);
        }
    }
    out.close();
    out.finish()
}

fn write_complaint(out: &mut Writer, draft: &complaint::Draft) {
    out.text("kind", "complaint");
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
}

/// Reads a draft back, with the time it was saved.
pub fn draft(stored: &str) -> Option<(DraftContent, Timestamp)> {
    let value = Value::parse(stored)?;
    if value.get("v").and_then(Value::as_u64) != Some(VERSION) {
        return None;
    }
    let saved_at = Timestamp::parse_rfc3339(text(&value, "saved_at"))?;
    let content = match text(&value, "kind") {
        "complaint" => DraftContent::Complaint(Box::new(read_complaint(&value))),
        "feedback" => {
            let topic = text(&value, "topic");
            DraftContent::Feedback(feedback::Draft {
                topic: Topic::ALL.into_iter().find(|own| own.as_str() == topic),
                text: text(&value, "text").to_owned(),
                ..feedback::Draft::default()
            })
        }
        _ => return None,
    };
    Some((content, saved_at))
}

fn read_complaint(value: &Value) -> complaint::Draft {
    let own = |key: &str| text(value, key).to_owned();
    let flag = |key: &str| value.get(key).and_then(Value::as_bool).unwrap_or_default();
    let step = STEPS.iter().position(|name| *name == text(value, "step")).unwrap_or(0);
    complaint::Draft {
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
    }
}

/// Reads what the browser has read of the files that were chosen. Its first bytes come as a text, a character each.
pub fn picked(told: &str) -> Vec<Picked> {
    let value = Value::parse(told).unwrap_or_default();
    gather(Some(&value), |file| {
        let head = file.get("head").and_then(Value::as_str);
        Some(Picked {
            id: SubmissionId::parse(text(file, "id"))?,
            name: text(file, "name").to_owned(),
            bytes: file.get("bytes").and_then(Value::as_u64)?,
            head: head.map(|head| head.chars().map(|one| one as u8).collect()),
        })
    })
}

/// Reads of what the sender tells of this device what was never received, newest first.
pub fn all_kept(told: &str) -> Vec<Kept> {
    gather(Some(&Value::parse(told).unwrap_or_default()), kept)
}

/// And the complaints that were, newest first.
pub fn all_known(told: &str) -> Vec<Known> {
    gather(Some(&Value::parse(told).unwrap_or_default()), known)
}

/// The state of this name in the sender's reports and in what it keeps.
pub fn delivery_state(name: &str) -> Option<DeliveryState> {
    Some(match name {
        "unsaved" => DeliveryState::Unsaved,
        "stored" => DeliveryState::Stored,
        "sending" => DeliveryState::Sending,
        "sent" => DeliveryState::Sent,
        "held" => DeliveryState::Held,
        "rejected" => DeliveryState::Rejected,
        "expired" => DeliveryState::Expired,
        _ => return None,
    })
}

fn instant(entry: &Value, key: &str) -> Option<Timestamp> {
    entry.get(key).and_then(Value::as_f64).map(|ms| Timestamp(ms as i64))
}

/// An entry with a state is one that nobody has received: a submission, or a file of one.
fn kept(entry: &Value) -> Option<Kept> {
    let kind = text(entry, "kind");
    let body = Value::parse(text(entry, "body")).unwrap_or_default();
    let said = body.get(kind).unwrap_or(&Value::Null);
    let reference = optional_text(entry, "reference").or_else(|| optional_text(said, "reference"));
    let is_file = kind == "attachment";
    Some(Kept {
        id: SubmissionId::parse(text(entry, "id"))?,
        kind: Kind::ALL.into_iter().find(|own| own.as_str() == if is_file { "complaint" } else { kind })?,
        reference: reference.unwrap_or_default(),
        written_at: instant(entry, "created_ms")?,
        state: delivery_state(text(entry, "state"))?,
        words: words(said),
        file: if is_file { text(entry, "name").to_owned() } else { String::new() },
    })
}

/// What a customer wrote or tapped, a paragraph each.
fn words(said: &Value) -> String {
    let mut out = String::new();
    for key in ["text", "effect", "outcome_text", "query", "answers"] {
        push_said(&mut out, said.get(key));
    }
    out
}

fn push_said(out: &mut String, said: Option<&Value>) {
    let before = out.len();
    match said {
        Some(Value::String(text)) => out.push_str(text),
        Some(Value::Number(score)) => push_whole(out, *score as u64),
        Some(Value::Array(list)) => list.iter().for_each(|one| push_said(out, Some(one))),
        Some(answer @ Value::Object(_)) => push_said(out, answer.get("value")),
        Some(Value::Null | Value::Bool(_)) | None => {}
    }
    if before > 0 && out.len() > before && !matches!(said, Some(Value::Array(_) | Value::Object(_))) {
        out.insert_str(before, "\n\n");
    }
}

/// A complaint with a receipt.
fn known(entry: &Value) -> Option<Known> {
    if text(entry, "kind") != "complaint" || entry.get("state").is_some() {
        return None;
    }
    let said = receipt::read(entry.get("receipt").unwrap_or(&Value::Null));
    Some(Known {
        // The endpoint's own reference counts more than the one that was made here.
        reference: said.reference.or_else(|| optional_text(entry, "reference"))?,
        received_at: said.received_at.or_else(|| instant(entry, "sent_ms")),
        reply_by: said.reply_by,
        owner: said.owner,
        status_url: said.status_url.filter(|url| is_address(url)),
    })
}
