//! The run of a survey: what was said so far.

use super::{Draft, Question, QuestionKind, Survey};
use crate::feedback::{above, join};
use crate::submission::{Answer, AnswerValue, Context, SubmissionId};

/// A survey being answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The survey.
    pub survey: Survey,
    /// What the page said it was about when this began.
    pub about: Context,
    /// Names its draft.
    pub(super) key: u32,
    /// Answers so far, in the order of the questions.
    pub answers: Vec<Answer>,
    /// Whether the customer came to the end.
    pub done: bool,
    /// The last submission of it, which the next one supersedes.
    pub sent: Option<SubmissionId>,
    /// Whether something of it is safe: stored in this browser, or received.
    pub kept: bool,
    /// Whether this came back from the device.
    pub restored: bool,
    /// Whether the device has a draft of it.
    pub(crate) drafted: bool,
    /// Whether the device was asked for a draft since this began.
    pub(super) asked: bool,
    /// Whether a contact field was filled in or emptied, in a survey that asks for it.
    pub(crate) contact: bool,
    pub(crate) unsent: bool,
}

impl Run {
    pub(super) fn new(survey: Survey, about: Context) -> Self {
        Self {
            key: Draft::key_of(&survey.id, &about),
            survey,
            about,
            answers: Vec::new(),
            done: false,
            sent: None,
            kept: false,
            restored: false,
            drafted: false,
            asked: false,
            contact: false,
            unsent: false,
        }
    }

    /// As it was before the first answer. What is handed in next takes the place of what was.
    pub(crate) fn begin_again(&mut self) {
        self.answers.clear();
        (self.kept, self.restored, self.drafted) = (false, false, false);
        (self.contact, self.unsent) = (false, false);
    }

    /// The answer to a question.
    pub fn answer(&self, question: &str) -> Option<&AnswerValue> {
        self.answers.iter().find(|answer| answer.question == question).map(|answer| &answer.value)
    }

    /// Whether the rating is one after which a company should offer to put it right.
    pub fn is_low(&self) -> bool {
        self.answers.iter().any(|answer| match (&answer.value, answer.kind.scale()) {
            (AnswerValue::Score(score), Some((lowest, highest))) => {
                u32::from(score - lowest.min(*score)) * 10 <= u32::from(highest - lowest) * 6
                    && *score < highest
                    && {
                        // Scales of two steps have no middle: only the lower one is low.
                        highest - lowest > 1 || *score == lowest
                    }
            }
            _ => false,
        })
    }

    /// Whether something was said: then the rest is asked.
    pub fn begun(&self) -> bool {
        self.contact || !self.answers.is_empty()
    }

    /// Whether something was said that was not handed in yet.
    pub(crate) fn is_unsent(&self) -> bool {
        self.unsent
    }

    /// The first score of more than two steps, and the highest there is.
    pub(super) fn rated(&self) -> Option<(u8, u8)> {
        self.answers.iter().find_map(|answer| match (&answer.value, answer.kind.scale()) {
            (AnswerValue::Score(score), Some((lowest, highest))) if highest - lowest > 1 => {
                Some((*score, highest))
            }
            _ => None,
        })
    }

    /// All words said so far, to carry along.
    pub fn words(&self) -> String {
        let mut words = String::new();
        for answer in &self.answers {
            if let (QuestionKind::Text, AnswerValue::Text(text)) = (answer.kind, &answer.value) {
                join(&mut words, text);
            }
        }
        words
    }

    /// Keeps an answer. Returns the question's id when it was the first answer to it.
    pub(super) fn set(&mut self, at: usize, value: AnswerValue) -> Option<String> {
        let question = self.survey.questions.get(at)?;
        let (id, kind) = (question.id.clone(), question.kind);
        let empty = match &value {
            AnswerValue::Text(text) => text.trim().is_empty(),
            AnswerValue::Many(many) => many.is_empty(),
            AnswerValue::Score(_) => false,
        };
        let known = self.answers.iter().position(|answer| answer.question == id);
        self.unsent = true;
        match known {
            Some(place) if empty => {
                self.answers.remove(place);
                None
            }
            Some(place) => {
                self.answers[place].value = value;
                None
            }
            None if empty => None,
            None => {
                // In the order of the questions.
                let place =
                    |name: &str| self.survey.questions.iter().position(|question| question.id == name);
                let own = place(&id);
                let at = self.answers.iter().filter(|answer| place(&answer.question) <= own).count();
                self.answers.insert(at, Answer { question: id.clone(), kind, value });
                Some(id)
            }
        }
    }

    /// Takes in an answer of before, above words that were said here meanwhile. Whether it is new.
    pub(super) fn take_in(&mut self, before: Answer) -> bool {
        let known = self.answers.iter_mut().find(|answer| answer.question == before.question);
        match (known, before.value) {
            (
                Some(Answer { kind: QuestionKind::Text, value: AnswerValue::Text(words), .. }),
                AnswerValue::Text(other),
            ) => above(words, other),
            (Some(_), _) => false,
            (None, value) => {
                let fits = |own: &Question| own.id == before.question && own.kind == before.kind;
                let at = self.survey.questions.iter().position(fits);
                at.is_some_and(|at| self.set(at, value).is_some())
            }
        }
    }
}
