//! `all-ears faq search` over the demo company's answers, asked as its customers would ask.
//! The floors are what was reached when they were set; a change that falls under one finds less than before.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at what is wrong")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn search(faq: &str, input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_all-ears"))
        .args(["faq", "search", "--faq", faq])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Small inputs only: the answers wait in the pipe until all is asked.
    let mut stdin = child.stdin.take().unwrap();
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn demo(file: &str) -> String {
    format!("{}/../demo/{file}", env!("CARGO_MANIFEST_DIR"))
}

/// Searches every query (`kind TAB id TAB query`) and holds the mean of 1/rank and the share of the first three, in
/// per cent, to their floors.
#[track_caller]
fn check_floor(faq: &str, queries: &str, reciprocal: f64, among_three: f64) {
    let rows: Vec<Vec<&str>> = queries.lines().map(|line| line.split('\t').collect()).collect();
    let input: String = rows.iter().enumerate().map(|(at, row)| format!("{at}\t{}\n", row[2])).collect();
    let output = String::from_utf8(search(&demo(faq), &input).stdout).unwrap();
    let answers: Vec<&str> = output.lines().collect();
    assert_eq!(answers.len(), rows.len());
    let (mut mean, mut three) = (0.0, 0.0);
    for (at, (answer, row)) in answers.iter().zip(&rows).enumerate() {
        let (number, ids) = answer.split_once('\t').unwrap();
        assert_eq!(number, at.to_string());
        if let Some(place) = ids.split(',').position(|id| id == row[1]) {
            mean += 1.0 / (place + 1) as f64;
            three += if place < 3 { 1.0 } else { 0.0 };
        }
    }
    let part = 100.0 / rows.len() as f64;
    let found = (mean * part, three * part);
    assert!(found.0 >= reciprocal && found.1 >= among_three, "{faq}: {found:?}");
}

#[test]
fn the_demo_finds_what_customers_ask() {
    check_floor("faq.json", include_str!("faq/en.tsv"), 80.0, 87.0);
}

#[test]
fn the_demo_finds_what_customers_ask_in_chinese() {
    check_floor("faq.zh-Hans.json", include_str!("faq/zh-Hans.tsv"), 80.0, 92.0);
}

#[test]
fn odd_lines_are_answered_or_named() {
    let output = search(&demo("faq.json"), "7\trefund\r\nno tab\n\n8\t\n9\tqqqq\n");
    let (out, notes) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success());
    assert!(out.starts_with("7\treturns-"), "{out}");
    assert!(out.ends_with("\n8\t\n9\t\n"), "{out}");
    assert_eq!(notes, "a line without a tab is left out: \"no tab\"\n");
}

#[test]
fn a_file_that_is_none_is_named() {
    let output = search(&demo("nowhere.json"), "");
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("nowhere.json is out of reach"));
}

/// A file of this text, gone again at the end.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("all-ears-{}-{name}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    /// What is written to standard output and standard error for these queries.
    fn search(&self, input: &str) -> (String, String) {
        let output = search(&self.0.display().to_string(), input);
        assert!(output.status.success(), "{output:?}");
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn keys_of_other_tools_are_named_and_change_nothing() {
    let plain = r#"{"entries": [{"id": "a", "question": "Parcel", "answer": "Here."},
        {"id": "b", "question": "Refund", "answer": "There."}]}"#;
    let other = plain.replace("\"id\"", "\"zzz\": 1, \"id\"").replacen('{', "{\"version\": 3, ", 1);
    let input = "1\trefund\n2\tparcel\n";
    let (out, notes) = Scratch::new("plain.json", plain).search(input);
    assert_eq!((out.as_str(), notes.as_str()), ("1\tb\n2\ta\n", ""));
    let (same, notes) = Scratch::new("other.json", &other).search(input);
    assert_eq!(same, out);
    assert!(notes.ends_with(": keys that the search does not read: version (1), zzz (2)\n"), "{notes}");
    assert_eq!(notes.lines().count(), 1);
}

#[test]
fn whatever_is_given_is_searched_under_its_own_id() {
    let id = "x".repeat(90);
    let answer = "soft words ".repeat(900);
    let question = "why ".repeat(120);
    let mut file = format!(
        r#"{{"entries": [{{"id": 7, "question": "Parcel", "answer": "{answer} wombat"}},
            {{"id": "{id}", "question": "{question} refund", "answer": "b"}},
            {{"id": "twice", "question": "Zebra", "answer": "b"}}, {{"id": "twice", "question": "Zebra", "answer": "b"}}"#
    );
    for at in 0..20_000 {
        file.push_str(&format!(r#", {{"id": "e{at}", "question": "Model m{at}", "answer": "b"}}"#));
    }
    file.push_str("]}");
    // Editors on Windows put a mark in front.
    let (out, _) = Scratch::new("large.json", &format!("\u{feff}{file}"))
        .search("1\twombat\n2\trefund\n3\tzebra\n4\tm19999\n");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[..3], ["1\t7", &format!("2\t{id}"), "3\ttwice,twice"]);
    assert!(lines[3].starts_with("4\te19999"), "{}", lines[3]);
}
