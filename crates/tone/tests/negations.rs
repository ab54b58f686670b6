//! What is negated: a service that is denied, or a fact that does nobody harm.

#![allow(clippy::unwrap_used, reason = "a test stops hard")]

use tone::{Checker, Voice};

fn rules(checker: &Checker, sentence: &str) -> Vec<String> {
    checker.check(sentence, Voice::Service).into_iter().map(|finding| finding.rule).collect()
}

/// Panics with every sentence in which something is found.
#[track_caller]
fn pass(sentences: &[&str]) {
    let checker = Checker::for_locale("en").unwrap();
    let told = sentences.iter().map(|sentence| (sentence, rules(&checker, sentence)));
    let wrong: Vec<_> = told.filter(|(_, rules)| !rules.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Panics with every sentence in which nothing is found.
#[track_caller]
fn found(sentences: &[&str]) {
    let checker = Checker::for_locale("en").unwrap();
    let wrong: Vec<_> = sentences.iter().filter(|sentence| rules(&checker, sentence).is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_condition_without_a_comma_hides_nothing_after_it() {
    found(&[
        "If you lose the card we won't replace it.",
        "If you break the lamp we will not repair it.",
        "Once the parcel is open we cannot take it back.",
        "The coupon can only be used once.",
    ]);
    pass(&["If the form is too long, skip the parts you did not write.", "Once a year we clean the pool."]);
}

#[test]
fn what_no_service_does_is_no_refusal() {
    pass(&[
        "The timer doesn't start until you press the button.",
        "Your statement won't show the shop's name until the payment clears.",
        "The dye doesn't run in the wash.",
        "Losing your card doesn't mean losing your points.",
        "We don't mark up the price of tickets.",
        "Interest isn't added in the first 30 days.",
        "We don't put the price up after the first year.",
    ]);
    found(&[
        "The tram doesn't run at night.",
        "We don't sharpen skates.",
        "The plan doesn't include roaming.",
        "Our dentists don't see children under four.",
        "Your photo doesn't meet the requirements.",
        "Our drivers don't stop in Oxford.",
    ]);
}
