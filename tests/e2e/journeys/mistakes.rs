//! A config with mistakes: each is named with its path and the nearest known name, and the widget runs all the same.

use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

use crate::acts;

pub fn named_and_survived(world: &mut World<'_>) -> Outcome {
    world.visit("mistakes")?;
    acts::open_menu(world)?;
    world.click("button", "menu.feedback")?;
    acts::tell_us(world, "question", "Does it run with mistakes?")?;
    world.rows("feedback", 1)?;
    world.event("config-issue")?;
    let said = world.console()?.join("\n");
    for (path, help) in [
        ("companny", "company"),
        ("endpoint.timeout_seconds", "number"),
        ("theme.acent", "accent"),
        ("theme.scheme", "dark"),
        ("theme.radius", "32"),
        ("surveys", "list"),
        ("texts.en.menu.titel", "menu.title"),
    ] {
        let line = said.lines().any(|line| line.contains(path) && line.contains(help));
        ensure(line, || format!("no line names {path} and says {help:?}; the console has: {said}"))?;
    }
    let told: Vec<_> = world.events()?.into_iter().filter(|event| event["name"] == "config-issue").collect();
    ensure(told.iter().any(|event| event["detail"]["path"] == "companny"), || {
        format!("the events say {told:?}")
    })
}

pub fn no_endpoint_hides(world: &mut World<'_>) -> Outcome {
    world.visit("no-endpoint")?;
    world.await_control("button", "launcher.label")?;
    world.hover("button", "launcher.label")?;
    world.script("allEars('open')", &[])?;
    world.await_gone("button", "launcher.label")?;
    world.until("no dialog in the way", || {
        Ok((world.look("return modal();", &[])?.is_null()).then_some(()))
    })?;
    world.event("config-issue")?;
    let said = world.console()?;
    let about: Vec<&String> = said.iter().filter(|line| line.contains("endpoint")).collect();
    ensure(about.len() == 1, || format!("said {} times about the endpoint: {said:?}", about.len()))
}
