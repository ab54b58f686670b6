//! What a customer says of an answer: the screen thanks for it once it has arrived, and until then says where it is.

use all_ears_e2e::fault::Fault;
use all_ears_e2e::world::World;
use all_ears_e2e::{Failure, Outcome, ensure};

use crate::acts;

/// A complaint that has its answer, looked at by its customer.
fn answered(world: &World<'_>) -> Outcome {
    for part in ["net::ERR", "Failed to load resource", "422"] {
        world.allow(part);
    }
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    let reference = acts::complain(world, acts::STORY)?;
    world.rows("complaint", 1)?;
    let port = world.receiver.as_ref().map(|receiver| receiver.port);
    let port = port.ok_or_else(|| Failure("this journey has no receiver".to_owned()))?;
    acts::answer(world, &format!("http://127.0.0.1:{port}"), &reference, "A new pair is on its way.")?;
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.status")?;
    world.click("button", &reference)?;
    world.see("status.put_right")
}

fn says_nothing_untrue(world: &World<'_>) -> Outcome {
    for untrue in ["status.put_right.again", "status.put_right.thanks", "status.promise_kept.thanks"] {
        ensure(!world.shows(untrue)?, || format!("{untrue}, and nothing was received"))?;
    }
    world.rows("follow_up", 0).map(drop)
}

/// The line is cut: it is saved, and the thanks come with the line.
pub fn offline(world: &mut World<'_>) -> Outcome {
    answered(world)?;
    world.site.offline(true);
    world.click("button", "status.no")?;
    world.see("sending.saved")?;
    says_nothing_untrue(world)?;
    world.picture("report-saved")?;

    // What comes next stays where it is, while tries come and go.
    let before = crate::kept::depth_of(world, "status.yes")?;
    world.site.offline(false);
    world.script("dispatchEvent(new Event('online'))", &[])?;
    world.see("status.put_right.again")?;
    let moved = (crate::kept::depth_of(world, "status.yes")? - before).abs();
    ensure(moved < 1.0, || format!("the next question moved by {moved} px"))?;
    ensure(!world.shows("sending.saved")?, || "it is still called saved".to_owned())?;
    let row = world.rows("follow_up", 1)?.remove(0).body;
    ensure(row["follow_up"]["put_right"] == false, || format!("the row is {row}"))?;
    world.picture("report-again")?;
    world.click("button", "status.yes")?;
    world.see("status.promise_kept.thanks")?;
    world.rows("follow_up", 2).map(drop)
}

/// The endpoint gives it back: a person helps, and the way to send it once more is near.
pub fn refused(world: &mut World<'_>) -> Outcome {
    answered(world)?;
    world.site.fault(Some(Fault::status(422)));
    world.click("button", "status.no")?;
    world.see("sending.rejected")?;
    world.see("trouble.ways")?;
    says_nothing_untrue(world)?;
    world.picture("report-refused")?;
    world.site.fault(None);
    world.click("button", "complaint.promise.status")?;
    world.click("button", "kept.follow_up")?;
    world.see("kept.refused")?;
    world.click("button", "kept.again")?;
    world.see("sending.sent")?;
    let row = world.rows("follow_up", 1)?.remove(0).body;
    ensure(row["follow_up"]["put_right"] == false, || format!("the row is {row}"))
}

/// Nothing can be stored: what was said is this page's alone.
pub fn unsaved(world: &mut World<'_>) -> Outcome {
    answered(world)?;
    world.site.offline(true);
    world.script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };\
                  IDBDatabase.prototype.transaction = () => { throw new DOMException('no', 'InvalidStateError'); };", &[])?;
    world.click("button", "status.no")?;
    world.see("sending.unsaved")?;
    world.see("trouble.ways")?;
    says_nothing_untrue(world)?;
    world.site.offline(false);
    world.script("dispatchEvent(new Event('online'))", &[])?;
    world.see("status.put_right.again")?;
    world.rows("follow_up", 1).map(drop)
}
