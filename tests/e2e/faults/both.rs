//! The browser and the receiver are killed together: R19. What a screen called sent is a row, also after that; each row
//! was shown to its customer or waits to be told; and what was called saved is still there.

use std::time::Duration;

use all_ears_e2e::fault::Fault;
use all_ears_e2e::lab::{Lab, fill_in};
use all_ears_e2e::watch::hand_in;
use all_ears_e2e::{Outcome, ensure};

/// How the line is while both die.
const LINES: [Option<Fault>; 5] =
    [None, None, Some(Fault::AnswerLost), Some(Fault::Shaky(2, 200)), Some(Fault::Silence)];

pub fn killed_together(lab: &mut Lab) -> Outcome {
    // Most of what matters happens within the first quarter of a second.
    let longest = if lab.draw(3) == 0 { 1500 } else { 250 };
    let pause = Duration::from_millis(lab.draw(longest));
    let between = Duration::from_millis(lab.draw(20));
    let receiver_first = lab.draw(2) == 0;
    let line = usize::try_from(lab.draw(5)).unwrap_or_default();
    lab.fault(LINES[line].clone());
    let words = lab.mark();
    lab.world()?.visit("fault")?;
    let world = lab.world()?;
    fill_in(&world, &words)?;
    hand_in(&world, &words)?;
    std::thread::park_timeout(pause);
    if receiver_first {
        lab.receiver.kill();
        std::thread::park_timeout(between);
        lab.kill();
    } else {
        lab.kill();
        std::thread::park_timeout(between);
        lab.receiver.kill();
    }
    lab.fault(None);
    lab.receiver.run()?;
    judge(lab, &words)
}

fn judge(lab: &mut Lab, words: &str) -> Outcome {
    let shown = lab.site.shown();
    let said = |what: &str| shown.iter().any(|note| note.what == what);
    let stored = lab.rows()?.iter().any(|(_, count)| *count == 1);
    ensure(stored || !said("sent"), || format!("it said that {words:?} is sent, and no row has it"))?;
    // A page of the same site without the widget: a look into the store, and nothing goes out.
    lab.world()?.visit("elsewhere")?;
    let waits = lab.waiting()?.iter().any(|item| item["words"] == words);
    ensure(!stored || waits || !shown.is_empty(), || format!("{words:?} is a row, and nobody was told"))?;
    let promised = said("saved") || said("held") || said("sent");
    ensure(stored || waits || !promised, || format!("it said that {words:?} is safe, and it is gone"))?;
    let end = match (stored, waits, said("sent")) {
        (true, _, true) => "called sent, and a row",
        (true, true, false) => "a row that the next page has yet to hear of",
        (true, false, false) => "a row, received and shown as on its way",
        (false, true, _) => "waiting, and not yet a row",
        (false, false, _) => "gone with the page, before anything was said of it",
    };
    *lab.ends.entry(end).or_default() += 1;
    if waits || stored {
        lab.world()?.visit("fault")?;
        lab.world()?.click("button", "launcher.label")?;
        lab.delivered(Duration::from_secs(40))?;
    }
    Ok(())
}
