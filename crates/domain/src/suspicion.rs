//! What looks like spam, or may be somebody else's. A suspicion never refuses anything: the submission is received and answered as any other, and
//! waits apart until somebody of the team has looked. Only the receiver asks; the widget has no part in it.

use crate::submission::{AnswerValue, Body, Submission};

/// Links in the words of one submission. A customer rarely pastes more than two.
const LINKS_MAX: usize = 2;
/// Other submissions with the very same words. More is a machine, or a campaign.
const SAME_WORDS_MAX: u32 = 3;
/// Characters of words that are compared with others. Shorter ones, such as "Great service!", are said by many.
const COMPARED_CHARS_MIN: usize = 30;

/// Why a submission waits for somebody to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspicion {
    /// It is full of links.
    Links,
    /// It holds links as forums and pages write them.
    Markup,
    /// Many others say the very same.
    SameWords,
    /// It is about a complaint and came without the customer's key. Whoever asks knows; no words tell.
    WithoutKey,
}

impl Suspicion {
    /// Its name in the register.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Links => "links",
            Self::Markup => "markup",
            Self::SameWords => "same words",
            Self::WithoutKey => "without the key",
        }
    }
}

/// All that a customer wrote, one part after the other.
pub fn words(submission: &Submission) -> String {
    // Most have one text; it fits with what follows it.
    let mut words = String::with_capacity(longest(&submission.body) + 64);
    let mut push = |text: &str| {
        if !text.is_empty() {
            words.push_str(text);
            words.push('\n');
        }
    };
    match &submission.body {
        Body::Rating(rating) => {
            for answer in &rating.answers {
                if let AnswerValue::Text(text) = &answer.value {
                    push(text);
                }
            }
        }
        Body::Feedback(feedback) => push(&feedback.text),
        Body::Complaint(complaint) => {
            push(&complaint.text);
            push(&complaint.effect);
            push(&complaint.outcome_text);
        }
        Body::FollowUp(follow_up) => push(&follow_up.text),
        Body::Signal(signal) => push(&signal.query),
    }
    push(&submission.customer.name);
    words
}

fn longest(body: &Body) -> usize {
    match body {
        Body::Feedback(feedback) => feedback.text.len(),
        Body::Complaint(complaint) => complaint.text.len() + complaint.effect.len(),
        Body::FollowUp(follow_up) => follow_up.text.len(),
        Body::Rating(_) | Body::Signal(_) => 0,
    }
}

/// Whether it is worth to remember these words and compare others with them.
pub fn is_compared(words: &str) -> bool {
    words.chars().nth(COMPARED_CHARS_MIN - 1).is_some()
}

/// Why this looks like spam; nothing for almost everybody. `said_before` counts other submissions with these words.
pub fn suspicions(words: &str, said_before: u32) -> Vec<Suspicion> {
    let mut found = Vec::new();
    if links(words) > LINKS_MAX {
        found.push(Suspicion::Links);
    }
    if has_markup(words) {
        found.push(Suspicion::Markup);
    }
    if is_compared(words) && said_before > SAME_WORDS_MAX {
        found.push(Suspicion::SameWords);
    }
    found
}

/// How often a link begins, in large letters or small. Asked of every submission: it looks at the colons alone.
fn links(words: &str) -> usize {
    let ends = |before: &str, with: &str| {
        let at = before.len().checked_sub(with.len());
        at.and_then(|at| before.as_bytes().get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(with.as_bytes()))
    };
    let begins = |(at, _): &(usize, &str)| {
        let before = &words[..*at];
        ends(before, "http") || ends(before, "https")
    };
    words.match_indices("://").filter(begins).count()
}

/// Whether a link is written as forums and pages write them, in large letters or small.
fn has_markup(words: &str) -> bool {
    let bytes = words.as_bytes();
    // Asked of every submission. No byte of another character is one of these two.
    let begins = |at: usize, with: &str| {
        bytes.get(at..at + with.len()).is_some_and(|part| part.eq_ignore_ascii_case(with.as_bytes()))
    };
    let opens = |at: usize| begins(at, "[url") || begins(at, "[link") || begins(at, "<a ");
    (0..bytes.len()).filter(|at| matches!(bytes[*at], b'[' | b'<')).any(opens)
}

#[cfg(test)]
mod tests {
    use super::{Suspicion, suspicions};

    #[track_caller]
    fn check(words: &str, said_before: u32, expected: &[Suspicion]) {
        assert_eq!(suspicions(words, said_before), expected, "{words}");
    }

    #[test]
    fn customers_are_not_suspected() {
        check("My boots leak. I bought them at https://shop.example/boots, order A-1001.", 0, &[]);
        check("See http://shop.example/1 and http://shop.example/2", 3, &[]);
        check("Great service!", 5_000, &[]);
        check("It says \"<error>\" [urgent] when I pay", 0, &[]);
        check("ftp://a.example ://b.example p://c.example s://d.example 路http：//e.example [", 0, &[]);
        check("包裹破了，请换一个。", 9, &[]);
    }

    #[test]
    fn machines_are() {
        check("a http://x.example b HTTPS://y.example c http://z.example", 0, &[Suspicion::Links]);
        check("路https://x.example，http://y.examplehttp://z.example", 0, &[Suspicion::Links]);
        check("cheap <A HREF=x>", 0, &[Suspicion::Markup]);
        check("路[LiNk", 0, &[Suspicion::Markup]);
        check("[URL=http://x.example]cheap[/URL]", 0, &[Suspicion::Markup]);
        check("<a href='//x.example'>cheap</a>", 0, &[Suspicion::Markup]);
        check("We offer the very best rates for your website.", 4, &[Suspicion::SameWords]);
    }
}
