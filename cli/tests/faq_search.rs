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
