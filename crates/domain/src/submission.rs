//! What a customer hands in, whatever its kind, and what comes back for it.
//! The JSON of it lives in `wire::submission`.

use crate::attachment::Attachment;
use crate::calendar::{CivilDate, Timestamp};

/// A UUIDv7 in its usual text form. It is the idempotency key and what the reference is made from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SubmissionId(String);

/// What customers quote: a prefix and eight Crockford base-32 characters, `AE-7F3K-9Q2M`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference(String);

const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const HEX: &[u8; 16] = b"0123456789abcdef";

impl SubmissionId {
    /// Builds a version 7 UUID (RFC 9562 §5.7) from the clock and ten random bytes.
    pub fn v7(now: Timestamp, random: [u8; 10]) -> Self {
        let mut bytes = [0u8; 16];
        bytes[..6].copy_from_slice(&now.0.max(0).to_be_bytes()[2..]);
        bytes[6..].copy_from_slice(&random);
        bytes[6] = (bytes[6] & 0x0f) | 0x70;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let mut text = String::with_capacity(36);
        for (at, byte) in bytes.iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            text.push(HEX[usize::from(byte >> 4)] as char);
            text.push(HEX[usize::from(byte & 15)] as char);
        }
        Self(text)
    }

    /// Reads any UUID in its 36-character lower-case form.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let fits = bytes.len() == 36
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => *byte == b'-',
                _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            });
        fits.then(|| Self(text.to_owned()))
    }

    /// The text form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The reference of this submission: the last 40 bits of the id, so that any endpoint can check it.
    pub fn reference(&self, prefix: &str) -> Reference {
        let mut bits: u64 = 0;
        let digits = self.0.as_bytes();
        for byte in &digits[digits.len().saturating_sub(10)..] {
            let value = HEX.iter().position(|hex| hex == byte).unwrap_or(0);
            bits = (bits << 4) | value as u64;
        }
        let mut text = String::with_capacity(prefix.len() + 10);
        text.push_str(prefix);
        for at in 0..8 {
            if at % 4 == 0 {
                text.push('-');
            }
            let index = (bits >> (35 - 5 * at)) & 31;
            text.push(CROCKFORD[index as usize] as char);
        }
        Reference(text)
    }
}

impl Reference {
    /// Reads what a customer typed: case, spaces and missing dashes are forgiven, `O` is read as zero, `I` and `L` as one.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut kept = String::new();
        for character in typed.chars().filter(char::is_ascii_alphanumeric) {
            kept.push(character.to_ascii_uppercase());
        }
        if kept.len() < 9 || kept.len() > 8 + crate::limits::REFERENCE_PREFIX_CHARS_MAX {
            return None;
        }
        let (prefix, code) = kept.split_at(kept.len() - 8);
        let mut text = prefix.to_owned();
        for (at, character) in code.chars().enumerate() {
            if at % 4 == 0 {
                text.push('-');
            }
            let digit = match character {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            CROCKFORD.iter().position(|own| char::from(*own) == digit)?;
            text.push(digit);
        }
        Some(Self(text))
    }

    /// The text form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A value from the page's `context`.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

/// What the page says about what this is about: order, product, shop, agent (rate-by-part). In the page's order.
pub type Context = Vec<(String, Scalar)>;

/// How the customer would like to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactBy {
    /// By e-mail.
    Email,
    /// By phone.
    Phone,
}

/// Who hands it in. Every part is optional: an anonymous complaint is a complaint.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Customer {
    /// Name, empty when unknown.
    pub name: String,
    /// E-mail address, empty when unknown.
    pub email: String,
    /// Phone number, empty when unknown.
    pub phone: String,
    /// The preferred way back.
    pub contact_by: Option<ContactBy>,
    /// A token that the page's own server signed, passed on as it is; empty when absent.
    pub token: String,
}

/// The page it was handed in from. The address carries neither query nor fragment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Address: origin and path.
    pub url: String,
    /// The document's title.
    pub title: String,
    /// Where the visitor came from: origin and path, empty when unknown.
    pub referrer: String,
}

/// Everything but the id and the time that one submission says.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// Idempotency key.
    pub id: SubmissionId,
    /// When the customer pressed the button, by the device's clock.
    pub created_at: Timestamp,
    /// Language of the widget at that moment, a BCP 47 tag.
    pub locale: String,
    /// Origin of the page, `https://shop.example`.
    pub site: String,
    /// The page.
    pub page: Page,
    /// What the page said it is about.
    pub context: Context,
    /// Who.
    pub customer: Customer,
    /// The earlier submission about the same thing that this one replaces: the comment after the tap.
    pub supersedes: Option<SubmissionId>,
    /// What.
    pub body: Body,
}

/// What is said, by kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Answers to a survey.
    Rating(Rating),
    /// Praise, an idea, a question.
    Feedback(Feedback),
    /// A complaint.
    Complaint(Complaint),
    /// What became of a complaint.
    FollowUp(FollowUp),
    /// A search without an answer, an answer that helped or did not.
    Signal(Signal),
}

/// Which endpoint a submission goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// See [`Body::Rating`].
    Rating,
    /// See [`Body::Feedback`].
    Feedback,
    /// See [`Body::Complaint`].
    Complaint,
    /// See [`Body::FollowUp`].
    FollowUp,
    /// See [`Body::Signal`].
    Signal,
}

impl Kind {
    /// Every kind, in the order of the config's keys.
    pub const ALL: [Self; 5] = [Self::Rating, Self::Feedback, Self::Complaint, Self::FollowUp, Self::Signal];

    /// The word on the wire and in the config.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rating => "rating",
            Self::Feedback => "feedback",
            Self::Complaint => "complaint",
            Self::FollowUp => "follow_up",
            Self::Signal => "signal",
        }
    }
}

impl Body {
    /// The kind of this body.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Rating(_) => Kind::Rating,
            Self::Feedback(_) => Kind::Feedback,
            Self::Complaint(_) => Kind::Complaint,
            Self::FollowUp(_) => Kind::FollowUp,
            Self::Signal(_) => Kind::Signal,
        }
    }
}

/// A survey as far as it was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Rating {
    /// Id of the survey.
    pub survey: String,
    /// Answers in the order of the questions.
    pub answers: Vec<Answer>,
    /// Whether the customer came to the end.
    pub complete: bool,
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Id of the question.
    pub question: String,
    /// Its kind, so that an endpoint can read the value without the survey at hand.
    pub kind: crate::survey::QuestionKind,
    /// What was answered.
    pub value: AnswerValue,
}

/// The value of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum AnswerValue {
    /// A step on a scale.
    Score(u8),
    /// Words, or the id of the chosen option.
    Text(String),
    /// Ids of the chosen options.
    Many(Vec<String>),
}

/// What feedback is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Something was good.
    Praise,
    /// Something could be better or new.
    Idea,
    /// The customer wants to know something.
    Question,
}

impl Topic {
    /// In the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Praise, Self::Idea, Self::Question];

    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Praise => "praise",
            Self::Idea => "idea",
            Self::Question => "question",
        }
    }
}

/// Something the customer tells the company.
#[derive(Clone, Debug, PartialEq)]
pub struct Feedback {
    /// The words.
    pub text: String,
    /// What it is, if said.
    pub topic: Option<Topic>,
}

/// A complaint after Listen, Recap, Apologise and Resolve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Complaint {
    /// Made from the id.
    pub reference: String,
    /// The customer's own words. The only part that is needed.
    pub text: String,
    /// Whether the customer said "Yes, that's right" to the recap.
    pub recap_confirmed: bool,
    /// How often the recap was corrected.
    pub corrections: u32,
    /// Order that it is about, empty when unknown.
    pub order: String,
    /// Product that it is about, empty when unknown.
    pub product: String,
    /// Since when, if said.
    pub since: Option<CivilDate>,
    /// What it caused, empty when unsaid.
    pub effect: String,
    /// Ids of the outcomes that would put it right.
    pub outcomes: Vec<String>,
    /// The customer's own idea of an outcome, empty when unsaid.
    pub outcome_text: String,
    /// Safety, money or health is at risk now.
    pub urgent: bool,
    /// Written for somebody else.
    pub on_behalf: bool,
    /// The answer promised on the screen, if it was known.
    pub reply_by: Option<Timestamp>,
    /// Files that follow once this is received.
    pub attachments: Vec<Attachment>,
}

/// What became of a complaint, in the customer's eyes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FollowUp {
    /// Reference of the complaint.
    pub reference: String,
    /// Whether the answer came in time.
    pub promise_kept: Option<bool>,
    /// Whether it was put right. `Some(false)` opens the complaint again.
    pub put_right: Option<bool>,
    /// More words, empty when unsaid.
    pub text: String,
    /// The key of the complaint's status address, empty when it has none. References are read aloud and stand in letters;
    /// this tells the customer from whoever has seen one.
    pub secret: String,
}

/// A small fact about the FAQ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signal {
    /// `search_empty` or `answer_helpful`.
    pub name: String,
    /// What was searched for, empty when it does not apply.
    pub query: String,
    /// Id of the article, empty when it does not apply.
    pub article: String,
    /// Whether the article answered the question.
    pub helpful: Option<bool>,
    /// Whether it answered a part of it.
    pub partly: bool,
}

/// What an endpoint may say in return. Everything but the id is optional.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Receipt {
    /// The id of the submission.
    pub id: String,
    /// What the customer quotes, if the endpoint made one of its own.
    pub reference: Option<String>,
    /// When it arrived.
    pub received_at: Option<Timestamp>,
    /// When an answer is promised.
    pub reply_by: Option<Timestamp>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// Where its state can be looked up; https or the page's own origin.
    pub status_url: Option<String>,
    /// A sentence for the customer.
    pub message: Option<String>,
    /// Where the files that were named may be put, with `{id}` in the place of a file's id.
    pub upload_url: Option<String>,
}
