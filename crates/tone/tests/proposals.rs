//! What is put in the place of a sentence can be read aloud.

#![allow(clippy::unwrap_used, reason = "a test stops hard")]

use tone::{Checker, Voice};

fn rewrites(sentence: &str) -> Vec<String> {
    let checker = Checker::for_locale("en").unwrap();
    let found = Checker::rewrites(sentence, &checker.check(sentence, Voice::Service));
    assert!(!found.is_empty(), "nothing is offered for {sentence}");
    found
}

#[test]
fn no_request_follows_because_or_note() {
    for (sentence, broken) in [
        ("Because you didn't give us a reading, your bill was estimated.", "Because please"),
        ("Note that you must sign.", "Note that please"),
        ("The room went to others since you failed to confirm.", "since please"),
    ] {
        let all = rewrites(sentence);
        assert!(all.iter().all(|one| !one.contains(broken)), "{all:?}");
    }
    assert_eq!(
        rewrites("Please note that you must be logged in to comment.")[0],
        "Please sign in to comment."
    );
    assert_eq!(rewrites("You forgot to sign.")[0], "Please sign.");
}

#[test]
fn two_sentences_are_not_answered_with_the_same_words() {
    let best = rewrites("You ignored our warning. You overlooked the date.").remove(0);
    let (first, second) = best.split_once(". ").unwrap();
    assert_ne!(first.trim_end_matches('.'), second.trim_end_matches('.'), "{best}");
}

#[test]
fn a_threat_asks_for_what_keeps_the_thing() {
    assert_eq!(rewrites("Log in or lose your data.")[0], "Please log in to keep your data.");
    assert_eq!(
        rewrites("If you don't reply, we'll close this ticket.")[0],
        "Please reply to keep this ticket."
    );
    assert_eq!(
        rewrites("We will stop your benefit unless you attend.")[0],
        "Please attend, so that [what it keeps or brings]."
    );
}

#[test]
fn what_a_sentence_holds_itself_is_said_ready() {
    for (sentence, best) in [
        ("Breakfast isn't served after ten.", "Breakfast is served until ten."),
        ("Online chat isn't available until Monday.", "Online chat is available from Monday."),
        ("The pharmacy shuts at six.", "The pharmacy is open until six."),
        ("We don't deliver before nine.", "We deliver from nine."),
        ("Entry is not possible without a ticket.", "With a ticket, entry is possible."),
        ("I don't know when it will be back.", "Let me find out when it will be back."),
        ("I think the pool opens at nine.", "Let me check whether the pool opens at nine."),
        ("You typed the wrong postcode.", "Please check the postcode."),
        ("You haven't paid your last bill.", "Please pay your last bill."),
        ("All forms must be returned in blue ink.", "Please return all forms in blue ink."),
        ("Payment is due within ten days.", "Please pay within ten days."),
        ("Sorry if the letter was confusing.", "Sorry that the letter was confusing."),
        ("Sorry for the delay, we're short of staff.", "Sorry for the delay."),
        ("Reply by Friday or your place is gone.", "Please reply by Friday to keep your place."),
        ("No ticket, no entry.", "Please have your ticket ready."),
    ] {
        assert_eq!(rewrites(sentence)[0], best);
    }
}

#[test]
fn no_comma_is_left_of_a_pair() {
    assert_eq!(rewrites("Your refund, unfortunately, takes ten days.")[0], "Your refund takes ten days.");
    assert_eq!(rewrites("Unfortunately, the bus takes an hour.")[0], "The bus takes an hour.");
}
