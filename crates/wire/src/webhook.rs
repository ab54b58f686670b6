//! What another program of the company receives when something was handed in: an event as Standard Webhooks describes
//! them. Thin unless it is asked for more, so that what a customer said stays where it is protected.

use domain::calendar::Timestamp;

use crate::json::Writer;

/// Something was received.
#[derive(Clone, Debug, Default)]
pub struct Event<'a> {
    /// Of the submission.
    pub id: &'a str,
    /// `complaint`, …
    pub kind: &'a str,
    /// Origin of the page.
    pub site: &'a str,
    /// When it arrived.
    pub received_at: Option<Timestamp>,
    /// Of a complaint.
    pub reference: &'a str,
    /// When the answer to a complaint is promised.
    pub reply_by: &'a str,
    /// The complaint that a follow-up is about.
    pub about: &'a str,
    /// It looks like spam, and waits for somebody's look.
    pub quarantined: bool,
    /// Its words have been erased since.
    pub erased: bool,
    /// The submission as it arrived, in JSON; nothing in a thin event.
    pub submission: Option<&'a str>,
}

/// The JSON text of an event. The same row gives the same text in every try, until it is erased or released.
pub fn to_json(event: &Event<'_>) -> String {
    let mut out = Writer::new();
    let at = event.received_at.map(Timestamp::to_rfc3339).unwrap_or_default();
    out.open();
    out.text("type", "submission.received");
    out.text("timestamp", &at);
    out.object("data", |out| {
        out.text("id", event.id);
        out.text("kind", event.kind);
        out.text("site", event.site);
        out.text("received_at", &at);
        out.text("reference", event.reference);
        out.text("reply_by", event.reply_by);
        out.text("about", event.about);
        out.flag("quarantined", event.quarantined.then_some(true));
        out.flag("erased", event.erased.then_some(true));
        if let Some(submission) = event.submission {
            out.raw("submission", submission);
        }
    });
    out.close();
    out.finish()
}
