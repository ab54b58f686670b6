//! Files of a complaint, as customers choose them and as the sender tells of them.

use domain::attachment::{Action as Files, Picked};
use domain::delivery::{Change, DeliveryState};
use domain::session::Action;
use domain::submission::SubmissionId;
use domain::view::View;

use crate::world::{World, at};

/// Four files are chosen where three may go along.
pub fn choose(world: &mut World) {
    world.config.complaint.attachments = 3;
    let picked = |number: u8, name: &str, head: &[u8]| Picked {
        id: SubmissionId::v7(at(crate::world::NOW), [number; 10]),
        name: name.to_owned(),
        bytes: u64::from(number) * 917_504,
        head: Some(head.to_vec()),
    };
    world.act(Action::ViewChosen(View::Complaint)).act(Action::Files(Files::Read(vec![
        picked(1, "sole.jpg", b"\xff\xd8\xff"),
        picked(2, "the whole boot, seen from the other side in the evening light.png", b"\x89PNG\r\n\x1a\n"),
        picked(3, "invoice.pdf", b"%PDF-"),
        picked(4, "walk.mp4", b"\0\0\0\x18ftypmp42"),
    ])));
}

/// What became of the files that were handed in.
pub fn follow(world: &mut World, states: [DeliveryState; 3]) {
    let ids: Vec<SubmissionId> = world.session.uploads.iter().map(|upload| upload.file.id.clone()).collect();
    for (id, state) in ids.into_iter().zip(states) {
        world.act(Action::DeliveryChanged(Change { id, state, receipt: None }));
    }
}
