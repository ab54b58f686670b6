//! The answer to a submission. The receiver writes it, the widget reads it; everything but the id is optional.

use crate::value::Value;
use domain::calendar::Timestamp;
use domain::submission::Receipt;

#[cfg(feature = "server")]
use crate::json::Writer;
use crate::json::{optional_text, text};

/// The JSON text of a receipt.
#[cfg(feature = "server")]
pub fn to_json(receipt: &Receipt) -> String {
    let mut out = Writer::new();
    out.open();
    out.text("id", &receipt.id);
    out.text("reference", receipt.reference.as_deref().unwrap_or_default());
    if let Some(at) = receipt.received_at {
        out.text("received_at", &at.to_rfc3339());
    }
    if let Some(at) = receipt.reply_by {
        out.text("reply_by", &at.to_rfc3339());
    }
    out.text("owner", receipt.owner.as_deref().unwrap_or_default());
    out.text("status_url", receipt.status_url.as_deref().unwrap_or_default());
    out.text("message", receipt.message.as_deref().unwrap_or_default());
    out.text("upload_url", receipt.upload_url.as_deref().unwrap_or_default());
    out.close();
    out.finish()
}

/// Reads what any endpoint answered. What is missing or odd is simply unknown: a receipt never fails.
pub fn read(value: &Value) -> Receipt {
    Receipt {
        id: text(value, "id").to_owned(),
        reference: optional_text(value, "reference"),
        received_at: Timestamp::parse_rfc3339(text(value, "received_at")),
        reply_by: Timestamp::parse_rfc3339(text(value, "reply_by")),
        owner: optional_text(value, "owner"),
        status_url: optional_text(value, "status_url"),
        message: optional_text(value, "message"),
        upload_url: optional_text(value, "upload_url"),
    }
}
