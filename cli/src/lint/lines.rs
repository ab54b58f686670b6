//! `all-ears lint --lines`: a sentence a line in, a JSON object a line out, for measuring and for other programs.

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::ExitCode;

use serde_json::json;
use tone::languages::Why;
use tone::{Checker, Voice};

use crate::output;

/// How many lines are taken together, at most: what waits in the pipe is answered before more is read.
const LINES_MAX: usize = 4096;

/// Answers each line in its turn. What has come is shared out among the checkers, one a thread.
pub fn run(mut checkers: Vec<Checker>) -> Result<ExitCode, String> {
    let mut input = BufReader::with_capacity(1 << 16, std::io::stdin());
    let mut out = BufWriter::new(std::io::stdout().lock());
    loop {
        let lines = waiting(&mut input).map_err(|error| error.to_string())?;
        if lines.is_empty() {
            return Ok(ExitCode::SUCCESS);
        }
        let share = lines.len().div_ceil(checkers.len().max(1));
        let answers: Vec<Option<String>> = std::thread::scope(|scope| {
            let shares = checkers.iter_mut().zip(lines.chunks(share));
            let threads: Vec<_> =
                shares.map(|(checker, lines)| scope.spawn(move || answers(checker, lines))).collect();
            threads.into_iter().map(|thread| thread.join().ok()).collect()
        });
        for answer in answers {
            let answer = answer.ok_or("a sentence broke the checker")?;
            if !output::heard(out.write_all(answer.as_bytes()))? {
                return Ok(ExitCode::SUCCESS);
            }
        }
        if !output::heard(out.flush())? {
            return Ok(ExitCode::SUCCESS);
        }
    }
}

/// The next line, and those that wait behind it already.
fn waiting(input: &mut BufReader<std::io::Stdin>) -> std::io::Result<Vec<String>> {
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(lines);
        }
        lines.push(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned());
        if lines.len() >= LINES_MAX || !input.buffer().contains(&b'\n') {
            return Ok(lines);
        }
    }
}

fn answers(checker: &Checker, lines: &[String]) -> String {
    lines.iter().map(|line| format!("{}\n", answer(checker, line))).collect()
}

fn answer(checker: &Checker, sentence: &str) -> serde_json::Value {
    let sentence = sentence.trim_start_matches('\u{feff}');
    if !checker.fits(sentence) {
        let note = Why::Script(checker.locale().to_owned()).to_string();
        return json!({
            "flagged": false, "rules": [], "suggestion": null, "suggestions": [], "left_out": note,
        });
    }
    let findings = checker.check(sentence, Voice::Service);
    let rules: Vec<_> = findings
        .iter()
        .map(|finding| {
            json!({"id": finding.rule, "family": finding.family.name(), "level": finding.level.name()})
        })
        .collect();
    let suggestions = Checker::rewrites(sentence, &findings);
    json!({
        "flagged": findings.iter().any(|finding| !finding.open),
        "rules": rules,
        "suggestion": suggestions.first(),
        "suggestions": suggestions,
    })
}
