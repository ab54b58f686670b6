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

/// What is no colour of the kind that is understood leaves the usual one, as the console says.
pub fn no_colour(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    world.script("document.querySelector('all-ears').setAttribute('accent', 'blue')", &[])?;
    acts::open_menu(world)?;
    let accent = "const panel = document.querySelector('all-ears').shadowRoot.querySelector('.panel');\
                  return getComputedStyle(panel).getPropertyValue('--all-ears-accent')";
    let accent = world.script(accent, &[])?;
    ensure(accent == "", || format!("the accent is {accent}"))?;
    world.event("config-issue")?;
    let said = world.console()?.join("\n");
    ensure(said.contains("blue"), || format!("nobody was told: {said}"))
}

pub fn no_endpoint_hides(world: &mut World<'_>) -> Outcome {
    hides(world, "no-endpoint").map(drop)
}

/// One comma too many, and nothing of the config is known: no empty panel either.
pub fn no_json_hides(world: &mut World<'_>) -> Outcome {
    let said = hides(world, "torn")?.join("\n");
    ensure(said.contains("config: expected JSON, found") && said.contains("in line"), || {
        format!("nobody was told that it is no JSON: {said}")
    })
}

/// What the console says, once nothing is in the way.
fn hides(world: &mut World<'_>, page: &str) -> Outcome<Vec<String>> {
    world.visit(page)?;
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
    ensure(about.len() == 1, || format!("said {} times about the endpoint: {said:?}", about.len()))?;
    Ok(said)
}

/// What has words for mistakes is fetched where there is one, and a call that is not understood is told by it.
pub fn wrong_call(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    world.site.requests();
    acts::open_menu(world)?;
    let mut seen: Vec<String> = Vec::new();
    world.until("the other parts", || {
        seen.extend(world.site.requests().into_iter().map(|request| request.path));
        Ok(seen.iter().any(|path| path.contains("widget-status")).then_some(()))
    })?;
    ensure(!seen.iter().any(|path| path.contains("widget-check")), || {
        format!("words for nothing: {seen:?}")
    })?;
    world.script("allEars('identfy', { name: 'Ann' })", &[])?;
    let mut said = Vec::new();
    world.until("the call to be told", || {
        said.extend(world.console()?);
        Ok(said
            .iter()
            .any(|line| line.contains("unknown call identfy") && line.contains("identify"))
            .then_some(()))
    })?;
    world.script("allEars('context', { order: 'A-1001' })", &[])?;
    world.see("menu.title")
}

/// Without words for its mistakes, the widget goes on.
pub fn untold(world: &mut World<'_>) -> Outcome {
    for part in ["404", ".wasm", "Fetch API cannot load"] {
        world.allow(part);
    }
    world.site.broken("widget-check");
    world.visit("mistakes")?;
    acts::open_menu(world)?;
    world.click("button", "menu.feedback")?;
    acts::tell_us(world, "idea", "It runs without a word of it.")?;
    world.rows("feedback", 1)?;
    Ok(())
}
