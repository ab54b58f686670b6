//! `all-ears/submission/1`: what the widget hands in, as JSON text. Written once; the sender never touches it again.
//! Absent means unknown: no nulls, no empty strings.

use domain::attachment::Attachment;
use domain::submission::{
    Answer, AnswerValue, Body, Complaint, ContactBy, Context, Customer, Feedback, FollowUp, Rating, Scalar,
    Signal, Submission,
};

use crate::json::Writer;

/// The name and version of the contract, the value of `schema`.
pub const SCHEMA: &str = "all-ears/submission/1";

/// The JSON text of a submission.
pub fn to_json(submission: &Submission) -> String {
    let mut out = Writer::new();
    out.open();
    out.text("schema", SCHEMA);
    out.text("id", submission.id.as_str());
    out.text("kind", submission.body.kind().as_str());
    out.text("created_at", &submission.created_at.to_rfc3339());
    out.text("locale", &submission.locale);
    out.text("site", &submission.site);
    out.object("page", |page| {
        page.text("url", &submission.page.url);
        page.text("title", &submission.page.title);
        page.text("referrer", &submission.page.referrer);
    });
    out.object("context", |context| write_context(context, &submission.context));
    out.object("customer", |customer| write_customer(customer, &submission.customer));
    if let Some(earlier) = &submission.supersedes {
        out.text("supersedes", earlier.as_str());
    }
    out.object(submission.body.kind().as_str(), |body| match &submission.body {
        Body::Rating(rating) => write_rating(body, rating),
        Body::Feedback(feedback) => write_feedback(body, feedback),
        Body::Complaint(complaint) => write_complaint(body, complaint),
        Body::FollowUp(follow_up) => write_follow_up(body, follow_up),
        Body::Signal(signal) => write_signal(body, signal),
    });
    out.close();
    out.finish()
}

fn write_context(out: &mut Writer, context: &Context) {
    for (key, value) in context {
        match value {
            Scalar::Text(text) => out.text(key, text),
            Scalar::Number(number) => out.number(key, *number),
            Scalar::Flag(flag) => out.flag(key, Some(*flag)),
        }
    }
}

fn write_customer(out: &mut Writer, customer: &Customer) {
    out.text("name", &customer.name);
    out.text("email", &customer.email);
    out.text("phone", &customer.phone);
    let contact_by = customer.contact_by.map_or("", |contact_by| match contact_by {
        ContactBy::Email => "email",
        ContactBy::Phone => "phone",
    });
    out.text("contact_by", contact_by);
    out.text("token", &customer.token);
}

fn write_rating(out: &mut Writer, rating: &Rating) {
    out.text("survey", &rating.survey);
    write_answers(out, &rating.answers);
    out.flag("complete", Some(rating.complete));
}

pub(crate) fn write_answers(out: &mut Writer, answers: &[Answer]) {
    out.key("answers");
    out.open_list();
    for answer in answers {
        write_answer(out, answer);
    }
    out.close_list();
}

fn write_answer(out: &mut Writer, answer: &Answer) {
    out.open();
    out.text("question", &answer.question);
    out.text("kind", answer.kind.as_str());
    match &answer.value {
        AnswerValue::Score(score) => out.whole("value", u64::from(*score)),
        AnswerValue::Text(text) => {
            out.key("value");
            out.value(text);
        }
        AnswerValue::Many(options) => write_list(out, "value", options),
    }
    out.close();
}

fn write_list(out: &mut Writer, key: &str, entries: &[String]) {
    out.key(key);
    out.open_list();
    for entry in entries {
        out.value(entry);
    }
    out.close_list();
}

fn write_feedback(out: &mut Writer, feedback: &Feedback) {
    out.text("text", &feedback.text);
    out.text("topic", feedback.topic.map_or("", |topic| topic.as_str()));
}

fn write_complaint(out: &mut Writer, complaint: &Complaint) {
    out.text("reference", &complaint.reference);
    out.text("text", &complaint.text);
    out.object("recap", |recap| {
        recap.flag("confirmed", Some(complaint.recap_confirmed));
        if complaint.corrections > 0 {
            recap.whole("corrections", u64::from(complaint.corrections));
        }
    });
    out.text("order", &complaint.order);
    out.text("product", &complaint.product);
    if let Some(since) = complaint.since {
        out.text("since", &since.to_iso());
    }
    out.text("effect", &complaint.effect);
    if !complaint.outcomes.is_empty() {
        write_list(out, "outcomes", &complaint.outcomes);
    }
    out.text("outcome_text", &complaint.outcome_text);
    out.flag("urgent", complaint.urgent.then_some(true));
    out.flag("on_behalf", complaint.on_behalf.then_some(true));
    if let Some(reply_by) = complaint.reply_by {
        out.text("reply_by", &reply_by.to_rfc3339());
    }
    if !complaint.attachments.is_empty() {
        write_attachments(out, &complaint.attachments);
    }
}

fn write_attachments(out: &mut Writer, attachments: &[Attachment]) {
    out.key("attachments");
    out.open_list();
    for file in attachments {
        out.open();
        out.text("id", file.id.as_str());
        out.text("name", &file.name);
        out.text("type", file.media_type.as_str());
        out.whole("bytes", file.bytes);
        out.close();
    }
    out.close_list();
}

fn write_follow_up(out: &mut Writer, follow_up: &FollowUp) {
    out.text("reference", &follow_up.reference);
    out.flag("promise_kept", follow_up.promise_kept);
    out.flag("put_right", follow_up.put_right);
    out.text("text", &follow_up.text);
    out.text("secret", &follow_up.secret);
}

fn write_signal(out: &mut Writer, signal: &Signal) {
    out.text("name", &signal.name);
    out.text("query", &signal.query);
    out.text("article", &signal.article);
    out.flag("helpful", signal.helpful);
    out.flag("partly", signal.partly.then_some(true));
}
