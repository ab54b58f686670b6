//! `all-ears lint --lines`: a sentence a line in, a JSON object a line out, for measuring and for other programs.

use std::io::{BufRead, BufWriter, Write};
use std::process::ExitCode;

use serde_json::json;
use tone::{Checker, Voice};

/// Answers each line in its turn.
pub fn run(checker: &Checker) -> Result<ExitCode, String> {
    let mut input = std::io::stdin().lock();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line).map_err(|error| error.to_string())? > 0 {
        let sentence = String::from_utf8_lossy(&line);
        let answer = answer(checker, sentence.trim_end_matches(['\r', '\n']));
        writeln!(out, "{answer}").map_err(|error| error.to_string())?;
        line.clear();
    }
    out.flush().map_err(|error| error.to_string())?;
    Ok(ExitCode::SUCCESS)
}

fn answer(checker: &Checker, sentence: &str) -> serde_json::Value {
    let findings = checker.check(sentence, Voice::Service);
    let rules: Vec<_> = findings
        .iter()
        .map(|finding| {
            json!({"id": finding.rule, "family": finding.family.name(), "level": finding.level.name()})
        })
        .collect();
    let suggestions = Checker::rewrites(sentence, &findings);
    json!({
        "flagged": !findings.is_empty(),
        "rules": rules,
        "suggestion": suggestions.first(),
        "suggestions": suggestions,
    })
}
