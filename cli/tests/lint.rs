//! `all-ears lint` as it is called: lines, files, formats, fixes, and how it ends.

#![allow(clippy::unwrap_used, reason = "a test stops hard where its own files are amiss")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn lint(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_all-ears"));
    command.arg("lint").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut program = command.spawn().unwrap();
    program.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    program.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A file of this test's own.
fn file(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lint");
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path
}

const BAD: &str = r#"{"entries": [
  {"id": "a", "question": "Why can't I pay?", "answer": "You must **sign** first.\n\nWe can't ship it before Monday."},
  {"id": "b", "question": "And now?", "answer": "You forgot to sign the form.", "lint": "blame"}
]}"#;

#[test]
fn lines_are_answered_in_their_order() {
    let input = "You can pay by card.\nWe don't accept cheques.\n\nUnfortunately, we open at nine.\n";
    let output = lint(&["--lines", "--locale", "en"], input);
    assert!(output.status.success());
    let lines: Vec<Value> = said(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let flagged: Vec<bool> = lines.iter().map(|line| line["flagged"].as_bool().unwrap()).collect();
    assert_eq!(flagged, [false, true, false, true]);
    assert_eq!(lines[1]["rules"][0]["family"], "refusal");
    assert_eq!(lines[0]["suggestion"], Value::Null);
    assert_eq!(lines[3]["suggestion"], "We open at nine.");
    assert_eq!(lines[3]["suggestions"][0], "We open at nine.");
}

#[test]
fn many_lines_keep_their_order() {
    let input: String =
        (0..500).map(|number| format!("{number} is your number.\nWe can't do {number}.\n")).collect();
    let output = lint(&["--lines"], &input);
    let flagged: Vec<bool> =
        said(&output).lines().map(|line| line.starts_with(r#"{"flagged":true"#)).collect();
    assert_eq!(flagged.len(), 1000);
    assert!(flagged.chunks(2).all(|pair| pair == [false, true]));
}

#[test]
fn chinese_lines() {
    let output = lint(&["--lines", "--locale", "zh-Hans"], "这不归我管。\n我们九点开门。\n");
    let said = said(&output);
    assert!(said.contains("zh-Hans.passing_buck."), "{said}");
    assert!(said.lines().nth(1).unwrap().contains(r#""flagged":false"#));
}

#[test]
fn a_file_is_told_with_the_words_underlined() {
    let path = file("bad.json", BAD);
    let output = lint(&[path.to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(said.contains("entries[0].answer"), "{said}");
    assert!(said.contains("^^^"), "{said}");
    assert!(said.contains("We can ship it from Monday. (--fix)"), "{said}");
    assert!(!said.contains("entries[1]"), "the second says that it may: {said}");
    let output = lint(&[path.to_str().unwrap(), "--fail", "error"], "");
    assert!(output.status.success(), "no error is among them");
}

#[test]
fn programs_get_places_that_lead_to_the_words() {
    let path = file("places.json", BAD);
    let told: Value =
        serde_json::from_str(&said(&lint(&[path.to_str().unwrap(), "--format", "json"], ""))).unwrap();
    for finding in told["files"][0]["findings"].as_array().unwrap() {
        let place = |key: &str| usize::try_from(finding[key].as_u64().unwrap()).unwrap();
        assert_eq!(&BAD[place("start")..place("end")], finding["words"].as_str().unwrap());
    }
    let sarif: Value =
        serde_json::from_str(&said(&lint(&[path.to_str().unwrap(), "--format", "sarif"], ""))).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let region = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], 2);
    let annotations = said(&lint(&[path.to_str().unwrap(), "--format", "github"], ""));
    assert!(annotations.starts_with("::warning file="), "{annotations}");
    assert!(annotations.lines().all(|line| line.contains(",line=2,col=")), "{annotations}");
}

#[test]
fn what_is_safe_is_written_into_the_file() {
    let path = file("fix.md", "Hello.\n\nYou have to sign here.\n\nWe don't take coins.\n");
    let output = lint(&[path.to_str().unwrap(), "--fix"], "");
    assert_eq!(output.status.code(), Some(1), "a refusal is left");
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text, "Hello.\n\nPlease sign here.\n\nWe don't take coins.\n");
}

#[test]
fn a_company_lays_its_own_words_over_the_rules() {
    let words = file(
        "own.tone",
        "accept can not stop the music\noff demand.you-must\nrule dismissive.mate warn\n  why Too familiar.\n  match mate\n  say Hello.\n",
    );
    let text = "We can't stop the music.\nYou must sign.\nHello mate.\n";
    let output = lint(&["--lines", "--rules", words.to_str().unwrap()], text);
    let flagged: Vec<bool> = said(&output).lines().map(|line| line.contains(r#""flagged":true"#)).collect();
    assert_eq!(flagged, [false, false, true]);
    let wrong = file("wrong.tone", "rule nonsense\n");
    let output = lint(&["--lines", "--rules", wrong.to_str().unwrap()], text);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 1"));
}

#[test]
fn what_is_no_text_of_ours_is_said() {
    let cases = [(vec!["--lines", "--locale", "tlh"], "rules"), (vec![], "files"), (vec!["x.exe"], "x.exe")];
    for (arguments, word) in cases {
        let output = lint(&arguments, "");
        assert!(!output.status.success());
        assert!(String::from_utf8_lossy(&output.stderr).contains(word), "{arguments:?}");
    }
}

#[test]
fn a_file_that_is_out_of_reach_does_not_silence_the_others() {
    let good = file("seen.md", "You must sign.\n");
    let missing = good.with_file_name("missing.md");
    let wrong = file("wrong.json", "{");
    let paths: Vec<&str> = [&missing, &good, &wrong].iter().map(|path| path.to_str().unwrap()).collect();
    let output = lint(&paths, "");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("en.demand.you-must"), "{}", said(&output));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains("missing.md") && errors.contains("wrong.json"), "{errors}");
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let path = file("many.md", &"You must sign.\n\n".repeat(3000));
    let lines = "You must sign.\n".repeat(3000);
    let cases: [(Vec<&str>, &str); 2] = [(vec![path.to_str().unwrap()], ""), (vec!["--lines"], &lines)];
    for (arguments, input) in cases {
        let mut command = Command::new(env!("CARGO_BIN_EXE_all-ears"));
        command.arg("lint").args(&arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut program = command.spawn().unwrap();
        drop(program.stdout.take());
        let _ = program.stdin.take().unwrap().write_all(input.as_bytes());
        let output = program.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {:?}", output.status);
    }
}

#[test]
fn each_text_is_read_in_its_own_language() {
    let chinese =
        r#"{"language":"zh-Hans","entries":[{"question":"能改吗？","answer":"我们不能给您改签。"}]}"#;
    let told = file("answers.json", chinese);
    assert!(said(&lint(&[told.to_str().unwrap()], "")).contains("zh-Hans.refusal.cannot"));
    let stem = file("zh-Hans.md", "我们不能给您改签。\n");
    assert!(said(&lint(&[stem.to_str().unwrap()], "")).contains("zh-Hans.refusal.cannot"));
    let silent = file("silent.md", "我们不能给您改签。\n");
    let output = lint(&[silent.to_str().unwrap()], "");
    assert!(String::from_utf8_lossy(&output.stderr).contains("silent.md:1:1: 1 text is left out"));

    let script = file("js/a.md", "You must sign.\n");
    let german = file("de.md", "Guten Tag.\n");
    let output = lint(&[german.to_str().unwrap(), script.to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("en.demand.you-must"), "a folder of scripts tells no language");
    assert!(String::from_utf8_lossy(&output.stderr).contains("no rules for \"de\""));
    let lines = said(&lint(&["--lines"], "我们不能给您改签。\n"));
    assert!(lines.contains("left_out"), "{lines}");
}

#[test]
fn a_name_that_no_rule_has_is_said() {
    let path = file(
        "named.json",
        r#"{"entries":[{"id":"a","question":"Why?","answer":"You must sign.","lint":"demnad, policy"}]}"#,
    );
    let output = lint(&[path.to_str().unwrap()], "");
    let notes = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(notes.contains("no rule or family is called \"demnad\""), "{notes}");
    assert!(!notes.contains("policy"), "{notes}");
    assert!(said(&output).contains("en.demand.you-must"));
}

#[test]
fn a_config_is_checked_in_each_of_its_languages() {
    let path = file(
        "config.json",
        r#"{"version":1,"texts":{"zh-Hans":{"menu.lead":"我们不能给您改签。"},"en":{"menu.lead":"You must sign."}}}"#,
    );
    let output = Command::new(env!("CARGO_BIN_EXE_all-ears")).arg("check").arg(&path).output().unwrap();
    assert!(said(&output).contains("zh-Hans.refusal.cannot"), "{}", said(&output));
    assert!(said(&output).contains("en.demand.you-must"), "{}", said(&output));
}

#[test]
fn code_scanning_gets_an_address_for_any_name_of_a_file() {
    let path = file("a b,c#é.md", "You must sign.\n");
    let sarif: Value =
        serde_json::from_str(&said(&lint(&[path.to_str().unwrap(), "--format", "sarif"], ""))).unwrap();
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    let uri = place["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri.ends_with("/a%20b%2Cc%23%C3%A9.md"), "{uri}");
}
