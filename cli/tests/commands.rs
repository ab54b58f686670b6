//! The commands as they are typed, with the mistakes that people make.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod support;

use std::process::Command;

use support::{Client, Running, Scratch, complaint, run, text};

#[test]
fn a_port_in_use_is_said() {
    let scratch = Scratch::new();
    let first = Running::start(&scratch.file("one.db"), &[]);
    let other = scratch.file("two.db");
    let second = run(&["serve", "--port", first.port(), "--db", other.to_str().unwrap()]);
    assert!(!second.status.success());
    assert_eq!(
        text(&second.stderr),
        format!(
            "all-ears: 127.0.0.1:{} is in use by another program; choose another port with --port\n",
            first.port()
        )
    );
    assert!(!other.exists(), "a database was made for nothing");
}

#[test]
fn an_unreadable_database_is_said() {
    let scratch = Scratch::new();
    let junk = scratch.file("junk.db");
    std::fs::write(&junk, "no database ".repeat(200)).unwrap();
    for path in [junk.to_str().unwrap(), "/nowhere/at/all.db"] {
        let out = run(&["serve", "--port", "0", "--db", path]);
        assert!(!out.status.success());
        assert!(
            text(&out.stderr).starts_with(&format!("all-ears: the database {path} ")),
            "{}",
            text(&out.stderr)
        );
    }
}

#[test]
fn mistakes_of_a_config_are_named() {
    let scratch = Scratch::new();
    let path = scratch.file("all-ears.json");
    std::fs::write(
        &path,
        r#"{"endpoint":"/v1/submissions","compny":{},"complaint":{"promise":{"time_zone":"Europe/Lundun"}}}"#,
    )
    .unwrap();
    let out = run(&["check", path.to_str().unwrap()]);
    let told = text(&out.stdout);
    assert!(!out.status.success());
    assert!(told.contains("compny") && told.contains("company"), "{told}");
    assert!(told.contains("complaint.promise.time_zone") && told.contains("Europe/Lundun"), "{told}");
    std::fs::write(&path, r#"{"endpoint":"/v1/submissions"}"#).unwrap();
    assert!(run(&["check", path.to_str().unwrap()]).status.success());
    std::fs::write(&path, "{").unwrap();
    let out = run(&["check", path.to_str().unwrap()]);
    assert!(text(&out.stderr).contains("is no JSON: EOF while parsing an object at line 1 column 1"));
    let out = run(&["serve", "--port", "0", "--config", path.to_str().unwrap()]);
    assert!(!out.status.success());
}

#[test]
fn wrong_arguments_are_said() {
    for (arguments, expected) in [
        (&["sreve"][..], "there is no command \"sreve\""),
        (&["serve", "--prot", "1"][..], "invalid option '--prot'"),
        (&["serve", "--port", "x"][..], "cannot parse argument \"x\""),
        (&["serve", "--allow-origin", "*"][..], "--allow-origin needs an origin"),
        (&["serve", "--site", "/nowhere"][..], "there is no such folder"),
        (&["export", "--db", "x.db"][..], "export needs --format"),
        (&["export", "--db", "/nowhere/x.db", "--format", "csv"][..], "there is no such file"),
        (&["token", "--db", "/nowhere/x.db"][..], "there is no such file"),
        (&["check"][..], "check needs a config"),
    ] {
        let out = run(arguments);
        assert!(!out.status.success());
        assert!(text(&out.stderr).contains(expected), "{arguments:?}: {}", text(&out.stderr));
    }
    assert!(text(&run(&[]).stdout).contains("all-ears serve"));
}

#[test]
fn a_token_is_shown_once_and_made_anew() {
    let scratch = Scratch::new();
    let db = scratch.file("token.db");
    let mut first = Running::start(&db, &[]);
    assert!(first.line().starts_with("Register: http://127.0.0.1:"));
    let shown = first.line();
    let token = shown.strip_prefix("Register token, shown this once: ").unwrap();
    assert_eq!(token.len(), 26);
    assert!(signs_in(&first, token));
    let made = text(&run(&["token", "--db", db.to_str().unwrap()]).stdout);
    let anew = made.trim().strip_prefix("Register token, shown this once: ").unwrap().to_owned();
    assert!(!signs_in(&first, token));
    assert!(signs_in(&first, &anew));
    drop(first);
    let mut second = Running::start(&db, &[]);
    assert!(second.line().ends_with("(all-ears token --db FILE makes a new token)"));
}

fn signs_in(running: &Running, token: &str) -> bool {
    let form = format!("token={token}");
    let request = format!(
        "POST /register/login HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n\r\n{form}",
        running.address,
        form.len()
    );
    Client::open(&running.address).unwrap().ask(&request).unwrap().status == 303
}

#[test]
fn a_signal_ends_it_politely() {
    let scratch = Scratch::new();
    let db = scratch.file("polite.db");
    let running = Running::start(&db, &[]);
    let mut client = Client::open(&running.address).unwrap();
    assert_eq!(client.post(&complaint(1)).unwrap().status, 201);
    assert!(Command::new("kill").args(["-TERM", &running.id().to_string()]).status().unwrap().success());
    assert!(running.wait());
    let out = run(&["export", "--db", db.to_str().unwrap(), "--format", "jsonl"]);
    assert!(text(&out.stdout).contains("My parcel 1 is late."));
    assert_eq!(text(&out.stderr), "1 submissions\n");
}

#[test]
fn the_demo_config_is_understood() {
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/all-ears.json");
    let out = run(&["check", demo]);
    assert!(out.status.success(), "{}", text(&out.stdout));
}
