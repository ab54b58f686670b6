//! Shows what the checker finds in each line of the standard input: `family TAB sentence` or a sentence.
#![allow(clippy::print_stdout, reason = "an example shows something")]
use std::io::BufRead;
use tone::{Checker, Voice};

fn main() {
    let locale = std::env::args().nth(1).unwrap_or_else(|| "en".to_owned());
    let checker = Checker::for_locale(&locale).unwrap();
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let sentence = line.split('\t').nth(1).unwrap_or(&line);
        let findings = checker.check(sentence, Voice::Service);
        let rules: Vec<_> = findings
            .iter()
            .map(|finding| format!("{}[{}]", finding.rule, &sentence[finding.span.clone()]))
            .collect();
        let says: Vec<_> = findings
            .first()
            .map(|finding| finding.suggestions.iter().map(|one| one.text.clone()).collect())
            .unwrap_or_default();
        println!("{line}\t{}\t{}", rules.join(" "), says.join(" || "));
    }
}
