//! What the device and the endpoint do at the session's orders, and what must be true of each order.

use domain::attachment::Attachment;
use domain::limits;
use domain::session::{DraftContent, DraftKey, Effect, Timer};
use domain::submission::Body;
use domain::survey;

use super::{Walk, comment, key_of};

impl Walk {
    pub(crate) fn carry_out(
        &mut self,
        effect: &Effect,
        pressed_send: bool,
        words: &(String, String),
        files: &[Attachment],
    ) {
        match effect {
            Effect::HandToSender(submission) => {
                assert!(
                    self.world.handed.iter().all(|known| known.id != submission.id),
                    "an id was used twice"
                );
                match &submission.body {
                    Body::Complaint(complaint) => {
                        assert!(pressed_send, "a complaint left without the customer's press");
                        assert_eq!(complaint.text, words.0, "the complaint is not what was written");
                        assert!(!complaint.text.is_empty());
                        let bytes: u64 = complaint.attachments.iter().map(|file| file.bytes).sum();
                        assert!(complaint.attachments.len() <= 3 && bytes <= limits::ATTACHMENTS_BYTES_MAX);
                        assert_eq!(complaint.attachments, files, "the files are not those on the screen");
                    }
                    Body::Feedback(feedback) => {
                        assert!(pressed_send);
                        assert_eq!(feedback.text, words.1);
                    }
                    Body::Rating(rating) => {
                        assert!(!rating.answers.is_empty() || submission.supersedes.is_some())
                    }
                    Body::FollowUp(follow_up) => assert!(!follow_up.reference.is_empty()),
                    Body::Signal(_) => assert_eq!(submission.customer, Default::default()),
                }
                if let Some(earlier) = &submission.supersedes {
                    assert!(
                        self.world.handed.iter().any(|known| known.id == *earlier),
                        "supersedes what never was"
                    );
                }
                self.world.handed.push((**submission).clone());
            }
            Effect::SaveDraft(content) => self.save_draft(content),
            Effect::DropDraft(key) => self.drop_draft(*key),
            Effect::StartTimer(Timer::SettleRating, _) => self.world.settle_due = true,
            Effect::StartTimer(Timer::SaveDraft(key), _) => self.world.save_due.push(*key),
            Effect::EraseDevice => self.world.drafts.clear(),
            Effect::DropFile(id) => {
                let on_screen = &self.session.complaint.tray.files;
                assert!(on_screen.iter().all(|file| file.id != *id), "a file that goes along was let go");
            }
            Effect::SendNow(id) | Effect::Remove(id) => assert!(
                self.world.handed.iter().any(|known| known.id == *id),
                "an order about what nobody handed in"
            ),
            Effect::StartTimer(
                Timer::AnnounceResults | Timer::ReadAnswers | Timer::Suggest | Timer::SayAsked,
                _,
            )
            | Effect::LoadDraft(_)
            | Effect::LoadKnown
            | Effect::ReadFiles
            | Effect::FetchFaq
            | Effect::OfferSearch
            | Effect::LookFor(_)
            | Effect::FetchStatus(_)
            | Effect::Announce(_)
            | Effect::MoveFocus(_)
            | Effect::Emit(_)
            | Effect::HidePanel
            | Effect::KeepCopy(_)
            | Effect::CopyWords(_)
            | Effect::KeepPageOpen(_) => {}
        }
    }

    fn save_draft(&mut self, content: &DraftContent) {
        self.edited &= !matches!(content, DraftContent::Rating(_));
        self.world.drafts.retain(|known| key_of(known) != key_of(content));
        self.world.drafts.push(content.clone());
    }

    fn drop_draft(&mut self, key: DraftKey) {
        let held = self.world.drafts.iter().find(|known| key_of(known) == key);
        if let Some(DraftContent::Rating(draft)) = held
            && !self.starts_afresh
        {
            let emptied = draft.answers.is_empty()
                || self.edited && self.session.survey.as_ref().is_some_and(|run| !run.begun());
            assert!(emptied || self.was_rated(draft), "a comment went that nobody was given");
        }
        self.world.drafts.retain(|known| key_of(known) != key);
    }

    /// Whether the comment of this draft, or what became of it, was handed in.
    fn was_rated(&self, draft: &survey::Draft) -> bool {
        self.world.handed.iter().any(|handed| match &handed.body {
            Body::Rating(rating) => {
                rating.survey == draft.survey
                    && (self.edited || comment(&rating.answers) == comment(&draft.answers))
            }
            Body::Feedback(_) | Body::Complaint(_) | Body::FollowUp(_) | Body::Signal(_) => false,
        })
    }
}
