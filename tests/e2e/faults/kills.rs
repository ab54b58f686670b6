//! The browser or the page goes away: F10, F11.

use std::time::{Duration, Instant};

use all_ears_e2e::engine::Engine;
use all_ears_e2e::fault::Fault;
use all_ears_e2e::lab::{Lab, fill_in};
use all_ears_e2e::{Outcome, ensure};

/// How long the next page may take to send what a killed browser left.
const RECOVERY: Duration = Duration::from_secs(3);

fn settled(lab: &mut Lab, words: &str) -> Outcome<bool> {
    let rows = lab.rows()?;
    if rows.iter().any(|(mark, count)| mark == words && *count == 1) {
        return Ok(true);
    }
    Ok(lab.waiting()?.iter().any(|item| item["words"] == words))
}

/// Killed so long after the press. What the store had been asked to keep is there again, and goes out by itself; what
/// was killed before the widget had said anything may be gone with it, and only that.
fn kill_after(lab: &mut Lab, pause: Duration, fault: Option<Fault>) -> Outcome {
    lab.fault(fault);
    let words = lab.say("")?;
    std::thread::park_timeout(pause);
    let promised = {
        let world = lab.world()?;
        world.shows("sending.saved")? || world.shows("sending.sent")? || world.shows("sending.held")?
    };
    lab.kill();
    lab.fault(None);
    let world = lab.world()?;
    world.visit("fault")?;
    let start = Instant::now();
    let mut spent = None;
    while start.elapsed() < RECOVERY && spent.is_none() {
        let rows = lab.rows()?;
        spent = rows.iter().all(|(_, count)| *count == 1).then(|| start.elapsed());
        all_ears_e2e::breathe();
    }
    if let Some(spent) = spent {
        lab.recoveries.push(spent);
        return Ok(());
    }
    // Without its mark the sender waits for the customer's next sign of interest.
    lab.unasked += 1;
    lab.world()?.hover("button", "launcher.label")?;
    let kept = settled(lab, &words)?;
    ensure(kept || !promised, || format!("it said that {words:?} is safe, and it is gone"))?;
    if kept {
        lab.delivered(Duration::from_secs(20))?;
    }
    Ok(())
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
    // Closed in the middle of the typing's last press, with another tab open.
    if lab.engine != Engine::WebKit {
        lab.begin("F11")?;
        let tabs = lab.tab()?;
        let words = lab.mark();
        lab.world()?.visit("fault")?;
        fill_in(&lab.world()?, &words)?;
        lab.world()?.click("button", "feedback.send")?;
        lab.close_tab(&tabs)?;
        lab.world()?.visit("fault")?;
        lab.world()?.hover("button", "launcher.label")?;
        let kept = settled(lab, &words)?;
        if kept {
            lab.delivered(Duration::from_secs(20))?;
        }
    }
    Ok(())
}
