//! How to reach the customer: what the page knows fills in, and what they typed stays.

use super::{CustomerField, Session, bounded};
use crate::feedback::keep;
use crate::submission::Customer;
use crate::survey::{QuestionKind, Run};
use crate::view::View;
use crate::{complaint, limits};

impl Session {
    /// Takes over what the page knows; what the customer typed is never overwritten.
    pub(super) fn identify(&mut self, customer: Customer) {
        keep(&mut self.customer.name, customer.name);
        keep(&mut self.customer.email, customer.email);
        keep(&mut self.customer.phone, customer.phone);
        self.customer.token = customer.token;
    }

    pub(super) fn change_customer(&mut self, field: CustomerField, value: &str) {
        let value = bounded(value, limits::FIELD_CHARS_MAX);
        self.contact_said();
        match field {
            CustomerField::Name => self.customer.name = value,
            CustomerField::Email => {
                self.customer.email = value;
                self.complaint.errors.retain(|error| *error != complaint::FieldError::EmailUnclear);
                self.feedback.email_unclear = false;
            }
            CustomerField::Phone => self.customer.phone = value,
        }
    }

    /// A contact field changed: where the survey asks for it, that is an answer.
    pub(super) fn contact_said(&mut self) {
        let rating = self.view() == View::Rating;
        let asks = |run: &&mut Run| {
            rating
                && !run.done
                && run.survey.questions.iter().any(|asked| asked.kind == QuestionKind::Contact)
        };
        if let Some(run) = self.survey.as_mut().filter(asks) {
            (run.contact, run.unsent) = (true, true);
        }
    }
}
