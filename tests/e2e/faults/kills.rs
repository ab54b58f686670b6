//! The browser or the page goes away: F10, F11.

use std::time::{Duration, Instant};

use all_ears_e2e::engine::Engine;
use all_ears_e2e::fault::Fault;
use all_ears_e2e::lab::{Lab, fill_in};
use all_ears_e2e::watch::hand_in;
use all_ears_e2e::{Failure, Outcome, ensure};

/// How long the next page may take to send what a killed browser left.
const RECOVERY: Duration = Duration::from_secs(3);

/// Whether the device has these words.
fn is_here(lab: &mut Lab, words: &str) -> Outcome<bool> {
    Ok(lab.waiting()?.iter().any(|item| item["words"] == words))
}

/// What a killed browser left is sent by the next page within three seconds of its load, by itself.
fn next_page_sends(lab: &mut Lab, words: &str) -> Outcome {
    let before = lab.site.stored().len();
    lab.world()?.visit("fault")?;
    let start = Instant::now();
    let come = loop {
        let come = lab.site.stored().into_iter().skip(before).find(|note| note.words == words);
        if come.is_some() || start.elapsed() > RECOVERY {
            break come;
        }
        all_ears_e2e::breathe();
    };
    let come = come.ok_or_else(|| Failure(format!("stored and marked, and not sent in {RECOVERY:?}")))?;
    lab.next_pages.push(come.at.saturating_duration_since(start));
    let rows = lab.rows()?;
    ensure(rows.iter().all(|(_, count)| *count == 1), || format!("once each is wanted: {rows:?}"))?;
    lab.truthful()
}

/// Killed so long after the press. What was stored and marked goes out from the next page by itself; what was stored and
/// not yet marked, once its customer comes near; and what is gone was never called safe.
fn kill_after(lab: &mut Lab, pause: Duration, fault: Option<Fault>) -> Outcome {
    lab.fault(fault);
    let words = lab.say("")?;
    std::thread::park_timeout(pause);
    lab.kill();
    lab.fault(None);
    // A page of the same site without the widget: a look at the device, and nothing goes out.
    lab.world()?.visit("elsewhere")?;
    let mark = lab.tool("isMarked", &[])?;
    let (here, marked) = (is_here(lab, &words)?, mark != false);
    let stored = lab.rows()?.iter().any(|(_, count)| *count == 1);
    let promised = ["saved", "held", "rejected", "sent"];
    let promised = lab.site.shown().iter().any(|note| promised.contains(&note.what.as_str()));
    ensure(here || stored || !promised, || format!("it said that {words:?} is safe, and it is gone"))?;
    let end = match (here, marked) {
        (true, true) => "killed, stored and marked: the next page sends it",
        (true, false) => "killed between storing and marking: sent once its customer comes near",
        (false, _) if stored => "killed after it was received and gone from the device",
        (false, _) => "killed before anything was stored, and before anything was said of it",
    };
    *lab.ends.entry(end).or_default() += 1;
    match (here, marked) {
        (true, true) => next_page_sends(lab, &words),
        (true, false) => {
            lab.world()?.visit("fault")?;
            lab.world()?.hover("button", "launcher.label")?;
            lab.delivered(Duration::from_secs(20)).map(drop)
        }
        (false, _) => lab.truthful(),
    }
}

pub fn browser_killed(lab: &mut Lab) -> Outcome {
    let pauses: &[u64] = if lab.thorough { &[0, 50, 200, 1000] } else { &[50] };
    for pause in pauses {
        for fault in [Some(Fault::Down), Some(Fault::BlackHole), None] {
            lab.begin("F10")?;
            kill_after(lab, Duration::from_millis(*pause), fault)?;
        }
    }
    Ok(())
}

pub fn page_left(lab: &mut Lab) -> Outcome {
    for way in ["reload", "elsewhere", "back"] {
        lab.begin("F11")?;
        lab.fault(Some(Fault::BlackHole));
        lab.say("")?;
        let site = std::rc::Rc::clone(&lab.site);
        lab.world()?.until("the first request", || Ok((!site.arrivals().is_empty()).then_some(())))?;
        let world = lab.world()?;
        match way {
            "reload" => world.browser.session.post("refresh", &serde_json::json!({})).map(drop)?,
            "elsewhere" => world.visit("elsewhere")?,
            _ => {
                world.visit("elsewhere")?;
                world.back()?;
            }
        }
        lab.fault(None);
        lab.world()?.visit("fault")?;
        lab.delivered(Duration::from_secs(40))?;
    }
    // Closed by its owner, with another tab open. What is gone before it was stored, F10 sees to.
    if lab.engine != Engine::WebKit {
        lab.begin("F11")?;
        let tabs = lab.tab()?;
        let words = lab.mark();
        lab.fault(Some(Fault::BlackHole));
        lab.world()?.visit("fault")?;
        fill_in(&lab.world()?, &words)?;
        hand_in(&lab.world()?, &words)?;
        let site = std::rc::Rc::clone(&lab.site);
        lab.world()?.until("the request", || Ok((!site.arrivals().is_empty()).then_some(())))?;
        lab.close_tab(&tabs)?;
        lab.fault(None);
        lab.world()?.visit("elsewhere")?;
        let stored = lab.rows()?.iter().any(|(_, count)| *count == 1);
        ensure(stored || is_here(lab, &words)?, || format!("{words:?} was handed in and is gone"))?;
        lab.world()?.visit("fault")?;
        lab.world()?.hover("button", "launcher.label")?;
        lab.delivered(Duration::from_secs(20))?;
    }
    Ok(())
}
