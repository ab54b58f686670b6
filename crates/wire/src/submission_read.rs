//! Reads `all-ears/submission/1` as the receiver must: every fault with its path and what was expected, what the
//! contract does not know kept aside. Server only; the widget writes and never reads.

use domain::attachment::{Attachment, MediaType};
use domain::calendar::{CivilDate, Timestamp};
use domain::limits;
use domain::submission::{
    Answer, AnswerValue, Body, Complaint, ContactBy, Context, Customer, Feedback, FollowUp, Kind, Page,
    Rating, Reference, Scalar, Signal, Submission, SubmissionId, Topic,
};
use domain::survey::QuestionKind;
use serde_json::{Map, Value};

use crate::part::{Notes, Part};
use crate::problem::Fault;
use crate::submission::SCHEMA;

/// A submission as it arrived.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrived {
    /// What the contract knows.
    pub submission: Submission,
    /// What it does not: full path → value.
    pub extra: Map<String, Value>,
}

/// Reads a submission; `Err` lists every fault.
pub fn read(value: &Value) -> Result<Arrived, Vec<Fault>> {
    let notes = Notes::default();
    let Some(map) = value.as_object() else {
        notes.fault("", "an object", value);
        return Err(notes.take().0);
    };
    let mut top = Part::new("", map, &notes);
    let submission = read_top(&mut top);
    top.finish();
    let (faults, extra) = notes.take();
    match submission {
        Some(submission) if faults.is_empty() => Ok(Arrived { submission, extra }),
        _ => Err(faults),
    }
}

fn read_top(top: &mut Part<'_>) -> Option<Submission> {
    top.one_of("schema", &[SCHEMA]);
    let id = top.parsed("id", "a UUID in lower case", SubmissionId::parse);
    let created_at = top.parsed("created_at", "an RFC 3339 time", Timestamp::parse_rfc3339);
    let locale = top.text("locale");
    let site = top.text("site");
    let page = top.part("page", |page| Page {
        url: page.text("url"),
        title: page.text("title"),
        referrer: page.text("referrer"),
    });
    let context = read_context(top);
    let customer = top.part("customer", read_customer);
    let supersedes = top.optional("supersedes", "the id of an earlier submission", SubmissionId::parse);
    let kind = top.one_of("kind", &Kind::ALL.map(Kind::as_str)).map(|at| Kind::ALL[at]);
    let body = kind.and_then(|kind| read_body(top, kind));
    Some(Submission {
        id: id?,
        created_at: created_at?,
        locale,
        site,
        page: page.unwrap_or_default(),
        context,
        customer: customer.unwrap_or_default(),
        supersedes,
        body: body?,
    })
}

fn read_context(top: &mut Part<'_>) -> Context {
    let Some(map) = top.map("context") else { return Vec::new() };
    let mut context = Vec::new();
    for (key, value) in map.iter().take(limits::CONTEXT_ENTRIES_MAX) {
        let scalar = match value {
            Value::String(text) => Scalar::Text(text.clone()),
            Value::Bool(flag) => Scalar::Flag(*flag),
            Value::Number(number) => Scalar::Number(number.as_f64().unwrap_or_default()),
            Value::Null | Value::Array(_) | Value::Object(_) => {
                top.notes.fault(&format!("context.{key}"), "text, a number, true or false", value);
                continue;
            }
        };
        context.push((key.clone(), scalar));
    }
    context
}

fn read_customer(customer: &mut Part<'_>) -> Customer {
    customer.leave_aside("consent");
    Customer {
        name: customer.text("name"),
        email: customer.text("email"),
        phone: customer.text("phone"),
        contact_by: customer.choice("contact_by", &["email", "phone"]).map(|at| match at {
            0 => ContactBy::Email,
            _ => ContactBy::Phone,
        }),
        token: customer.text("token"),
    }
}

fn read_body(top: &mut Part<'_>, kind: Kind) -> Option<Body> {
    let name = kind.as_str();
    if !top.has(name) {
        top.notes.missing(name, "an object with what is said");
        return None;
    }
    match kind {
        Kind::Rating => top.part(name, read_rating).map(Body::Rating),
        Kind::Feedback => top.part(name, read_feedback).map(Body::Feedback),
        Kind::Complaint => top.part(name, read_complaint).map(Body::Complaint),
        Kind::FollowUp => top.part(name, read_follow_up).map(Body::FollowUp),
        Kind::Signal => top.part(name, read_signal).map(Body::Signal),
    }
}

fn read_rating(rating: &mut Part<'_>) -> Rating {
    let survey = rating.required("survey", "the id of the survey");
    let answers = rating.list("answers", |answer| {
        let question = answer.required("question", "the id of the question");
        let kind = QuestionKind::ALL[answer.one_of("kind", &QuestionKind::NAMES)?];
        let value = read_answer(answer, kind)?;
        Some(Answer { question, kind, value })
    });
    Rating { survey, answers, complete: rating.flag("complete").unwrap_or(false) }
}

fn read_answer(answer: &mut Part<'_>, kind: QuestionKind) -> Option<AnswerValue> {
    let value = answer.value("value");
    let Some(found) = value else {
        answer.notes.missing(&answer.path("value"), "the answer");
        return None;
    };
    let read = match (kind.scale(), kind == QuestionKind::Choices) {
        (Some((low, high)), _) => found
            .as_u64()
            .and_then(|score| u8::try_from(score).ok())
            .filter(|score| (low..=high).contains(score))
            .map(AnswerValue::Score),
        (None, true) => texts(found).map(AnswerValue::Many),
        (None, false) => found.as_str().map(|text| AnswerValue::Text(text.to_owned())),
    };
    if read.is_none() {
        let expected = match (kind.scale(), kind == QuestionKind::Choices) {
            (Some((low, high)), _) => format!("a whole number from {low} to {high}"),
            (None, true) => "a list of texts".to_owned(),
            (None, false) => "text".to_owned(),
        };
        answer.notes.fault(&answer.path("value"), &expected, found);
    }
    read
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|entry| entry.as_str().map(str::to_owned)).collect()
}

fn read_feedback(feedback: &mut Part<'_>) -> Feedback {
    Feedback {
        text: feedback.required("text", "the customer's words"),
        topic: feedback.choice("topic", &Topic::ALL.map(Topic::as_str)).map(|at| Topic::ALL[at]),
    }
}

fn read_complaint(complaint: &mut Part<'_>) -> Complaint {
    let recap = complaint.part("recap", |recap| (recap.flag("confirmed"), recap.whole("corrections")));
    let (confirmed, corrections) = recap.unwrap_or_default();
    let outcomes = complaint.value("outcomes").map(|found| (texts(found), found));
    if let Some((None, found)) = outcomes {
        complaint.notes.fault(&complaint.path("outcomes"), "a list of texts", found);
    }
    let reference = complaint.optional("reference", "a reference such as AE-7F3K-9Q2M", Reference::parse);
    Complaint {
        reference: reference.map(|reference| reference.as_str().to_owned()).unwrap_or_default(),
        text: complaint.required("text", "the customer's words"),
        recap_confirmed: confirmed.unwrap_or(false),
        corrections: corrections.and_then(|count| u32::try_from(count).ok()).unwrap_or_default(),
        order: complaint.text("order"),
        product: complaint.text("product"),
        since: complaint.optional("since", "a day such as 2026-11-21", CivilDate::parse_iso),
        effect: complaint.text("effect"),
        outcomes: outcomes.and_then(|(texts, _)| texts).unwrap_or_default(),
        outcome_text: complaint.text("outcome_text"),
        urgent: complaint.flag("urgent").unwrap_or(false),
        on_behalf: complaint.flag("on_behalf").unwrap_or(false),
        reply_by: complaint.optional("reply_by", "an RFC 3339 time", Timestamp::parse_rfc3339),
        attachments: read_attachments(complaint),
    }
}

fn read_attachments(complaint: &mut Part<'_>) -> Vec<Attachment> {
    let files = complaint.list("attachments", |file| {
        let id = file.parsed("id", "a UUID in lower case", SubmissionId::parse);
        let name = file.required("name", "the name of the file");
        let media_type =
            file.one_of("type", &MediaType::ALL.map(MediaType::as_str)).map(|at| MediaType::ALL[at]);
        let bytes = file.whole("bytes");
        let fits = bytes.filter(|bytes| (1..=limits::ATTACHMENT_BYTES_MAX).contains(bytes));
        if fits.is_none() {
            let expected = format!("a whole number from 1 to {}", limits::ATTACHMENT_BYTES_MAX);
            let found = bytes.map_or(Value::Null, Value::from);
            file.notes.fault(&file.path("bytes"), &expected, &found);
        }
        Some(Attachment { id: id?, name, media_type: media_type?, bytes: fits? })
    });
    let all: u64 = files.iter().map(|file| file.bytes).sum();
    let twice =
        files.iter().enumerate().any(|(at, file)| files.iter().skip(at + 1).any(|other| other.id == file.id));
    if twice || files.len() > limits::ATTACHMENTS_MAX || all > limits::ATTACHMENTS_BYTES_MAX {
        let expected = format!(
            "at most {} files, each with an id of its own, of {} bytes in all",
            limits::ATTACHMENTS_MAX,
            limits::ATTACHMENTS_BYTES_MAX
        );
        let found = format!("{} files of {all} bytes", files.len());
        complaint.notes.fault(&complaint.path("attachments"), &expected, &Value::from(found));
    }
    files
}

fn read_follow_up(follow_up: &mut Part<'_>) -> FollowUp {
    let reference = follow_up.parsed("reference", "a reference such as AE-7F3K-9Q2M", Reference::parse);
    FollowUp {
        reference: reference.map(|reference| reference.as_str().to_owned()).unwrap_or_default(),
        promise_kept: follow_up.flag("promise_kept"),
        put_right: follow_up.flag("put_right"),
        text: follow_up.text("text"),
        secret: follow_up.text("secret"),
    }
}

fn read_signal(signal: &mut Part<'_>) -> Signal {
    Signal {
        name: signal.required("name", "the name of the signal"),
        query: signal.text("query"),
        article: signal.text("article"),
        helpful: signal.flag("helpful"),
        partly: signal.flag("partly").unwrap_or(false),
    }
}
