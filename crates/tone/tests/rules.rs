//! Every rule is held to its own examples, and the packs to a corpus: one half was looked at while the rules were
//! written, the other half never.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops hard, and prints its figures"
)]

use tone::{Checker, Voice};

fn checkers() -> Vec<Checker> {
    tone::LOCALES.iter().map(|locale| Checker::for_locale(locale).expect(locale)).collect()
}

#[test]
fn every_rule_finds_what_it_shows_and_lets_its_counter_examples_pass() {
    let mut wrong = Vec::new();
    for checker in checkers() {
        for rule in checker.rules() {
            let id = format!("{}.{}", checker.locale(), rule.id);
            assert!(rule.flag.len() >= 3 && rule.pass.len() >= 3, "{id} shows too little");
            for sentence in &rule.flag {
                if !checker.check(sentence, Voice::Service).iter().any(|finding| finding.rule == id) {
                    let found: Vec<_> = checker
                        .check(sentence, Voice::Service)
                        .into_iter()
                        .map(|finding| finding.rule)
                        .collect();
                    wrong.push(format!("{id} misses: {sentence} (found: {found:?})"));
                }
            }
            for sentence in &rule.pass {
                for finding in checker.check(sentence, Voice::Service) {
                    wrong.push(format!(
                        "{} finds in an example of {id} that should pass: {sentence}",
                        finding.rule
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
