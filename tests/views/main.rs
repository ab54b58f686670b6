//! Snapshots of every view in its states, in English, in Chinese and with texts of 1.4 times the length, rendered
//! without a browser. A changed view rewrites its snapshot and fails once: look at the difference, then commit it.

#![expect(clippy::expect_used, reason = "a test stops hard where its own files or instants are amiss")]

mod cases;
mod contrast;
mod files;
mod kept;
mod manners;
mod parts;
mod rules;
mod world;

use std::fs;
use std::future::Future;
use std::path::PathBuf;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use yew::prelude::*;

const LOCALES: [&str; 3] = ["en", "zh-Hans", "en-x-long"];

#[derive(PartialEq, Properties)]
struct StillProps {
    screen: Html,
}

#[component]
fn Still(props: &StillProps) -> Html {
    props.screen.clone()
}

/// Nothing that is rendered here waits, so one poll is enough; a second kind of future would turn in circles.
fn ready<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
    }
}

fn render(screen: Html) -> String {
    let renderer = yew::LocalServerRenderer::<Still>::with_props(StillProps { screen });
    let html = ready(renderer.hydratable(false).render());
    // One tag a line, so that a difference can be read.
    html.replace("><", ">\n<") + "\n"
}

fn snapshot_path(locale: &str, name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "views", "snapshots", locale, &format!("{name}.html")]
        .iter()
        .collect()
}

#[test]
fn every_view_looks_as_it_did() {
    let mut changed = Vec::new();
    for locale in LOCALES {
        let catalog = world::catalog(locale);
        for (name, prepare) in cases::CASES {
            let mut world = world::World::new();
            prepare(&mut world);
            let html = render(world.show(&catalog));
            let path = snapshot_path(locale, name);
            if fs::read_to_string(&path).ok().as_deref() != Some(&html) {
                fs::create_dir_all(path.parent().expect("a folder")).expect("the snapshot folder");
                fs::write(&path, html).expect("the snapshot");
                changed.push(format!("{locale}/{name}"));
            }
        }
    }
    assert!(changed.is_empty(), "rewritten, please look at the difference: {}", changed.join(" "));
}

#[test]
fn every_snapshot_belongs_to_a_view() {
    for locale in LOCALES {
        let folder = snapshot_path(locale, "menu");
        let Ok(files) = fs::read_dir(folder.parent().expect("a folder")) else { continue };
        for file in files.flatten() {
            let name = file.file_name().to_string_lossy().replace(".html", "");
            assert!(cases::CASES.iter().any(|(known, _)| *known == name), "{locale}/{name} is left over");
        }
    }
}

#[test]
fn every_view_keeps_the_rules() {
    for locale in LOCALES {
        let catalog = world::catalog(locale);
        for (name, prepare) in cases::CASES {
            let mut world = world::World::new();
            prepare(&mut world);
            let found = rules::broken(&render(world.show(&catalog)));
            assert!(found.is_empty(), "{locale}/{name}: {}", found.join("; "));
        }
    }
}

#[test]
fn every_question_has_its_own_name() {
    let mut world = world::World::new();
    let mut survey = domain::survey::Survey::template("service-strategy").expect("a template");
    survey.questions = (0..20)
        .map(|at| domain::survey::Question { id: format!("q{at}"), ..survey.questions[1].clone() })
        .collect();
    world.config.surveys.list = vec![survey];
    let said = domain::submission::AnswerValue::Text("Boots".to_owned());
    world
        .act(domain::session::Action::SurveyAsked(None, Vec::new()))
        .act(domain::session::Action::Survey(domain::survey::Action::Answered(0, said)));
    let html = render(world.show(&world::catalog("en")));
    let mut ids: Vec<&str> =
        html.match_indices("id=\"answer-").filter_map(|(at, _)| html[at..].split('"').nth(1)).collect();
    ids.sort_unstable();
    ids.dedup();
    let fields = html.matches("<textarea").count();
    assert_eq!(fields, 20);
    let alone = (0..20).filter(|at| ids.contains(&format!("answer-{at}").as_str())).count();
    assert_eq!(alone, 20, "{ids:?}");
}
