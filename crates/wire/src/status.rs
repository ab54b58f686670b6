//! What the status endpoint says about one complaint. The receiver writes it, the widget reads it.

use crate::value::Value;
use domain::calendar::Timestamp;
use domain::status::{Report, State, Update};

#[cfg(feature = "server")]
use crate::json::Writer;
use crate::json::{gather, optional_text, text};

/// The JSON text of a report.
#[cfg(feature = "server")]
pub fn to_json(report: &Report) -> String {
    let mut out = Writer::new();
    out.open();
    out.text("reference", &report.reference);
    out.text("state", report.state.map_or("", State::as_str));
    if let Some(at) = report.received_at {
        out.text("received_at", &at.to_rfc3339());
    }
    if let Some(at) = report.reply_by {
        out.text("reply_by", &at.to_rfc3339());
    }
    out.text("owner", report.owner.as_deref().unwrap_or_default());
    out.key("updates");
    out.open_list();
    for update in &report.updates {
        out.open();
        out.text("at", &update.at.to_rfc3339());
        out.text("state", update.state.as_str());
        out.text("note", &update.note);
        out.close();
    }
    out.close_list();
    out.close();
    out.finish()
}

/// Reads what an endpoint says; `None` when it is no report. Updates in a state that we do not know are left out.
pub fn read(value: &Value) -> Option<Report> {
    Some(Report {
        reference: optional_text(value, "reference")?,
        state: State::parse(text(value, "state")),
        received_at: Timestamp::parse_rfc3339(text(value, "received_at")),
        reply_by: Timestamp::parse_rfc3339(text(value, "reply_by")),
        owner: optional_text(value, "owner"),
        updates: gather(value.get("updates"), read_update),
    })
}

fn read_update(value: &Value) -> Option<Update> {
    Some(Update {
        at: Timestamp::parse_rfc3339(text(value, "at"))?,
        state: State::parse(text(value, "state"))?,
        note: text(value, "note").to_owned(),
    })
}
