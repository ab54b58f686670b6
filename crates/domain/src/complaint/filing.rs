//! Handing a complaint in, and what is known of it from then on.

use super::{FieldError, Step};
use crate::attachment::Upload;
use crate::calendar::{CivilDate, Timestamp};
use crate::delivery::{Change, DeliveryState};
use crate::feedback::email_fits;
use crate::promise;
use crate::session::{Ctx, Effect, Session};
use crate::submission::{Body, Complaint, SubmissionId};

/// A complaint that was handed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Filed {
    /// Its id.
    pub id: SubmissionId,
    /// Its reference: the endpoint's, else the one made from the id.
    pub reference: String,
    /// When the answer comes: the endpoint's word, else computed from the time it was received.
    pub reply_by: Timestamp,
    /// When it was received; until then date and reference are not firm.
    pub received_at: Option<Timestamp>,
    /// Who looks after it, if the endpoint named somebody else.
    pub owner: Option<String>,
    /// What the endpoint says to the customer.
    pub message: Option<String>,
    /// Where to look it up.
    pub status_url: Option<String>,
}

impl Session {
    pub(super) fn file(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        self.complaint.errors.clear();
        if !email_fits(&self.customer.email) {
            self.complaint.errors.push(FieldError::EmailUnclear);
        }
        if !self.report_errors(out) {
            return;
        }
        let id = (cx.fresh_id)();
        let reference = id.reference(&cx.config.complaint.reference_prefix).as_str().to_owned();
        let reply_by = promise::reply_by(&cx.config.complaint.promise, cx.zone, cx.now);
        let draft = &self.complaint;
        let complaint = Complaint {
            reference: reference.clone(),
            text: draft.words.trim().to_owned(),
            recap_confirmed: true,
            corrections: draft.corrections,
            order: draft.order.trim().to_owned(),
            product: draft.product.trim().to_owned(),
            since: CivilDate::parse_iso(&draft.since),
            effect: draft.effect.trim().to_owned(),
            outcomes: draft.outcomes.clone(),
            outcome_text: draft.outcome_text.trim().to_owned(),
            urgent: draft.urgent,
            on_behalf: draft.on_behalf,
            reply_by: Some(reply_by),
            attachments: draft.tray.files.clone(),
        };
        // Files of an earlier complaint stay in sight until they have arrived: one may be nowhere but in this page.
        self.uploads.retain(|upload| upload.state != DeliveryState::Sent);
        self.uploads.extend(complaint.attachments.iter().map(|file| Upload::begin(file, &id)));
        self.hand_in(cx, id.clone(), Body::Complaint(complaint), None, out);
        self.complaint.filed = Some(Filed {
            id,
            reference,
            reply_by,
            received_at: None,
            owner: None,
            message: None,
            status_url: None,
        });
        self.go(Step::Promise, out);
    }

    /// The endpoint's word counts more than what this device computed.
    pub(crate) fn complaint_delivered(&mut self, cx: &Ctx<'_>, change: &Change) {
        let Some(filed) = self.complaint.filed.as_mut().filter(|filed| filed.id == change.id) else { return };
        if change.state != DeliveryState::Sent {
            return;
        }
        let receipt = change.receipt.clone().unwrap_or_default();
        let received_at = receipt.received_at.unwrap_or(cx.now);
        let computed = promise::reply_by(&cx.config.complaint.promise, cx.zone, received_at);
        filed.received_at = Some(received_at);
        filed.reply_by = receipt.reply_by.unwrap_or(computed);
        filed.reference = receipt.reference.unwrap_or_else(|| filed.reference.clone());
        (filed.owner, filed.message, filed.status_url) = (receipt.owner, receipt.message, receipt.status_url);
    }
}
