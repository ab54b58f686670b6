//! How to reach the customer: what the page knows fills in, what they typed stays, and goes into a draft with what they write.

use super::{Ctx, CustomerField, DraftKey, Effect, Session, bounded};
use crate::feedback::keep;
use crate::submission::Customer;
use crate::survey::{QuestionKind, Run};
use crate::view::View;
use crate::{complaint, limits};

impl Customer {
    /// Fills in what is not known yet.
    pub(crate) fn learn(&mut self, other: Self) {
        keep(&mut self.name, other.name);
        keep(&mut self.email, other.email);
        keep(&mut self.phone, other.phone);
        self.contact_by = self.contact_by.or(other.contact_by);
    }
}

impl Session {
    /// Takes over what the page knows; what the customer typed is never overwritten.
    pub(super) fn identify(&mut self, customer: Customer) {
        self.customer.token.clone_from(&customer.token);
        self.customer.learn(customer);
    }

    pub(super) fn change_customer(
        &mut self,
        cx: &Ctx<'_>,
        field: CustomerField,
        value: &str,
        out: &mut Vec<Effect>,
    ) {
        let value = bounded(value, limits::FIELD_CHARS_MAX);
        match field {
            CustomerField::Name => self.customer.name = value,
            CustomerField::Email => {
                self.customer.email = value;
                self.complaint.errors.retain(|error| *error != complaint::FieldError::EmailUnclear);
                self.feedback.email_unclear = false;
            }
            CustomerField::Phone => self.customer.phone = value,
        }
        self.contact_said(cx, out);
    }

    /// The customer says how to be reached: it belongs to what is written, and where a survey asks for it, it is an answer.
    pub(super) fn contact_said(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        self.contact_typed = true;
        match self.view() {
            View::Complaint => Self::save_later(&mut self.unsaved_since, cx, DraftKey::Complaint, out),
            View::Feedback => Self::save_later(&mut self.unsaved_since, cx, DraftKey::Feedback, out),
            View::Rating => {
                let asks = |run: &&mut Run| {
                    !run.done && run.survey.questions.iter().any(|asked| asked.kind == QuestionKind::Contact)
                };
                if let Some(run) = self.survey.as_mut().filter(asks) {
                    (run.contact, run.unsent) = (true, true);
                }
            }
            View::Menu | View::Answers | View::Status => {}
        }
    }

    /// What came back with a draft was typed once.
    pub(crate) fn recall_contact(&mut self, contact: Customer) {
        if contact != Customer::default() {
            self.contact_typed = true;
            self.customer.learn(contact);
        }
    }

    /// What goes into a draft. What the page alone knows it will know again, of whoever is there then.
    pub(crate) fn typed_contact(&self) -> Customer {
        if self.contact_typed {
            Customer { token: String::new(), ..self.customer.clone() }
        } else {
            Customer::default()
        }
    }
}
