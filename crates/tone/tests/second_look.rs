//! What somebody found who read the checker with fresh eyes: what a fix may write, what a condition hides, alarms that
//! were false, and families that were wrong. Each finding stands here with its siblings.

#![allow(clippy::unwrap_used, reason = "a test stops hard")]

use tone::document::{Kind, fix, passages};
use tone::{Checker, Voice};

fn rules(checker: &Checker, sentence: &str) -> Vec<String> {
    checker.check(sentence, Voice::Service).into_iter().map(|finding| finding.rule).collect()
}

/// Panics with every sentence in which something is found.
#[track_caller]
fn pass(locale: &str, sentences: &[&str]) {
    let checker = Checker::for_locale(locale).unwrap();
    let told = sentences.iter().map(|sentence| (sentence, rules(&checker, sentence)));
    let wrong: Vec<_> = told.filter(|(_, rules)| !rules.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Panics with every sentence in which no rule of the family is found.
#[track_caller]
fn found(locale: &str, family: &str, sentences: &[&str]) {
    let checker = Checker::for_locale(locale).unwrap();
    let told = sentences.iter().map(|sentence| (sentence, rules(&checker, sentence)));
    let start = format!("{locale}.{family}");
    let wrong: Vec<_> =
        told.filter(|(_, rules)| !rules.iter().any(|rule| rule.starts_with(&start))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The text with every safe proposal in its place.
fn fixed(text: &str) -> String {
    let checker = Checker::for_locale("en").unwrap();
    let passages = passages(Kind::Markdown, text).unwrap();
    fix(Kind::Markdown, text, &passages, &checker.check_passages(&passages)).0
}

#[test]
fn a_fix_says_the_same_and_says_it_whole() {
    let cases = [
        ("We're closed until Monday.", "We open again on Monday."),
        ("It's closed until Monday.", "It opens again on Monday."),
        ("You must always pay.", "Please always pay."),
        ("You must also pay.", "Please also pay."),
        ("Also, you must sign in.", "Please also sign in."),
        ("you must sign.", "please sign."),
        ("Yes, you must be at the gate by nine.", "Yes, please be at the gate by nine."),
        ("\"Welcome!\" You must sign.", "\"Welcome!\" Please sign."),
        ("\u{feff}You must sign.", "\u{feff}Please sign."),
        ("You forgot to sign the form.", "Please sign the form."),
        ("Unfortunately we are closed until Monday.", "We open again on Monday."),
    ];
    for (text, wanted) in cases {
        assert_eq!(fixed(text), wanted);
    }
}

#[test]
fn what_is_not_sure_is_only_proposed() {
    let texts = [
        "You must.",
        "You need to.",
        "You must, however, pay.",
        "You have to see it to believe it!",
        "You failed to return the book on time.",
        "You did not pay the bill.",
        "You forgot to sign it yesterday.",
        "You failed to.",
        "Children must sign in.",
        "Then you must sign.",
        "You must sign [the form](form.md) first.",
        "You must sign the **red** form.",
        "---\ntitle: You must sign\n---\n",
    ];
    for text in texts {
        assert_eq!(fixed(text), text);
    }
}

#[test]
fn a_condition_without_a_comma_hides_no_refusal() {
    let refused = [
        "When the offer ends we won't extend it.",
        "In case of rain the tour doesn't take place.",
        "Once you pay you can't change the date.",
        "Where tickets are lost we don't replace them.",
        "When the offer ends, we won't extend it.",
        "In case of rain, the tour doesn't take place.",
        "Once you pay, you can't change the date.",
        "If you are late, we can't let you in.",
        "Where tickets are lost, we don't replace them.",
        "Please note that once you pay you can't change the date.",
        "While the lift is repaired we can't use it.",
        "In the event of snow the bus won't run.",
        "After you sign the contract you can't cancel.",
        "Where seats are numbered they can't be swapped.",
    ];
    found("en", "refusal", &refused);
    found("en", "", &["If you are late we can't let you in."]);
}

#[test]
fn help_after_a_condition_passes_with_or_without_a_comma() {
    let fine = [
        "If you can't find it, write to us.",
        "If you can't find it write to us.",
        "If you think the bill isn't right, tell us.",
        "If you think the bill isn't right tell us.",
        "If the email we sent isn't there look in the junk folder.",
        "If the link in your email doesn't work, ask for a new one.",
        "When something you bought isn't right",
        "If your parcel doesn't come call us.",
        "Tell us if there is a dish you can't eat.",
        "If there is a dish you can't eat, tell us.",
        "If there is anything in the box you don't recognise, call us.",
        "If the code isn't there ask again.",
    ];
    pass("en", &fine);
}
