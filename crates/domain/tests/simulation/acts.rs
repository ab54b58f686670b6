//! What a customer, the sender and the clock may do next, at random.

use domain::answers::{self, Helpful, Way};
use domain::attachment::{Action as FilesAction, Picked};
use domain::complaint;
use domain::delivery::{Change, DeliveryState};
use domain::feedback;
use domain::kept::{self, Kept};
use domain::session::{Action, CustomerField, Timer};
use domain::status;
use domain::submission::SubmissionId;
use domain::submission::{AnswerValue, Receipt, Submission, Topic};
use domain::survey;
use domain::view::View;

use crate::Walk;

fn kept_as(submission: &Submission) -> Kept {
    Kept {
        id: submission.id.clone(),
        kind: submission.body.kind(),
        reference: String::new(),
        written_at: submission.created_at,
        state: DeliveryState::Held,
        words: String::new(),
        file: String::new(),
    }
}

impl Walk {
    pub(crate) fn random_action(&mut self) -> Action {
        match self.random.below(23) {
            0 => Action::Opened(None),
            1 => Action::Closed,
            2 => Action::ClosePressed,
            3 | 4 => Action::BackPressed,
            5 | 6 => Action::ViewChosen(View::ALL[self.random.below(6)]),
            7 if self.random.chance(30) => Action::SurveyPressed(None, Vec::new()),
            7 => Action::SurveyAsked(None, Vec::new()),
            8 => Action::CustomerChanged(CustomerField::Email, self.random.words()),
            9 | 10 => Action::Survey(self.survey_action()),
            11 | 12 => Action::Feedback(self.feedback_action()),
            13 | 14 => Action::Answers(self.answers_action()),
            15..=18 if self.random.chance(25) => Action::Files(self.files_action()),
            15..=18 => Action::Complaint(self.complaint_action()),
            19 => Action::Status(self.status_action()),
            20 => Action::KeptLoaded(self.world.handed.iter().map(kept_as).collect()),
            21 => self.delivery_action(),
            _ => self.timer_action(),
        }
    }

    fn survey_action(&mut self) -> survey::Action {
        match self.random.below(20) {
            16 => survey::Action::StartAfresh,
            0..4 => survey::Action::Answered(0, AnswerValue::Score(1 + self.random.below(5) as u8)),
            4..12 => survey::Action::Answered(1, AnswerValue::Text(self.random.words())),
            12..16 => survey::Action::FinishPressed,
            _ => survey::Action::ComplaintChosen,
        }
    }

    fn feedback_action(&mut self) -> feedback::Action {
        match self.random.below(5) {
            0 => feedback::Action::TopicChosen(Topic::Idea),
            1 | 2 => feedback::Action::TextChanged(self.random.words()),
            3 => feedback::Action::SendPressed,
            _ => feedback::Action::ComplaintChosen,
        }
    }

    fn answers_action(&mut self) -> answers::Action {
        match self.random.below(13) {
            12 => answers::Action::Rested,
            9 => answers::Action::Asked("entry-1".to_owned()),
            10 => answers::Action::Asked(self.random.words()),
            8 => answers::Action::CategoryChosen(Some(self.random.below(2))),
            5 => answers::Action::QueryEntered,
            6 => answers::Action::Moved(None, Way::Out),
            7 => answers::Action::Moved(Some(self.random.below(6)), Way::Next),
            0 => answers::Action::QueryChanged(self.random.words()),
            1 => answers::Action::ArticleOpened(self.random.below(6)),
            2 => answers::Action::HelpfulMarked(Helpful::Partly),
            11 => answers::Action::HelpfulMarked(Helpful::No),
            3 => answers::Action::PersonWanted,
            _ => answers::Action::ComplaintChosen,
        }
    }

    fn complaint_action(&mut self) -> complaint::Action {
        match self.random.below(12) {
            0..=2 => complaint::Action::WordsChanged(self.random.words()),
            3 => complaint::Action::Told,
            4 => complaint::Action::Confirmed,
            5 => complaint::Action::CorrectPressed,
            6 => complaint::Action::Corrected,
            7 => complaint::Action::ApologyRead,
            8 => complaint::Action::OutcomeToggled("refund".to_owned()),
            9 => complaint::Action::SinceChanged("2026-11-01".to_owned()),
            10 => complaint::Action::EffectChanged(self.random.words()),
            _ => complaint::Action::SendPressed,
        }
    }

    fn files_action(&mut self) -> FilesAction {
        match self.random.below(3) {
            0 => FilesAction::Chosen,
            1 => FilesAction::Read(self.picked()),
            _ => FilesAction::Removed(self.random.below(6)),
        }
    }

    /// What a browser may have read: photos, something else, something too large, something it could not read.
    fn picked(&mut self) -> Vec<Picked> {
        let count = self.random.below(4);
        let mut picked = Vec::new();
        for _ in 0..count {
            self.serial.set(self.serial.get() + 1);
            let mut random = [1; 10];
            random[2..].copy_from_slice(&self.serial.get().to_be_bytes());
            let head = match self.random.below(4) {
                0 => None,
                1 => Some(b"#!/bin/sh".to_vec()),
                _ => Some(b"\xff\xd8\xff".to_vec()),
            };
            picked.push(Picked {
                id: SubmissionId::v7(self.now, random),
                name: self.random.words(),
                bytes: self.random.below(12 << 20) as u64,
                head,
            });
        }
        picked
    }

    fn status_action(&mut self) -> status::Action {
        match self.random.below(8) {
            0 => status::Action::ReferenceChanged("ae 7f3k 9q2m".to_owned()),
            1 => status::Action::LookUpPressed,
            2 => status::Action::KnownChosen(0),
            3 => status::Action::PutRightSaid(false),
            _ => status::Action::Kept(self.kept_action()),
        }
    }

    fn kept_action(&mut self) -> kept::Action {
        let id = self.session.status.kept.opened.as_ref().map(|item| item.id.clone());
        match self.random.below(8) {
            0..=3 => kept::Action::Chosen(self.random.below(3)),
            4 => kept::Action::SendPressed,
            5 => kept::Action::DeletePressed,
            6 => kept::Action::DeleteConfirmed,
            _ => kept::Action::Deleted(id, self.random.chance(50)),
        }
    }

    fn delivery_action(&mut self) -> Action {
        let states = [
            DeliveryState::Unsaved,
            DeliveryState::Stored,
            DeliveryState::Sending,
            DeliveryState::Sent,
            DeliveryState::Held,
            DeliveryState::Rejected,
        ];
        if self.world.handed.is_empty() {
            return Action::Closed;
        }
        let at = self.random.below(self.world.handed.len());
        let id = self.world.handed[at].id.clone();
        let state = states[self.random.below(states.len())];
        let receipt = (state == DeliveryState::Sent).then(|| Receipt {
            id: id.as_str().to_owned(),
            received_at: Some(self.now),
            ..Receipt::default()
        });
        Action::DeliveryChanged(Change { id, state, receipt })
    }

    fn timer_action(&mut self) -> Action {
        if self.world.settle_due {
            self.world.settle_due = false;
            return Action::TimerFired(Timer::SettleRating);
        }
        self.world
            .save_due
            .pop()
            .map_or(Action::ClosePressed, |key| Action::TimerFired(Timer::SaveDraft(key)))
    }
}
