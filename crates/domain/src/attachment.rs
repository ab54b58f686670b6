//! Files that a customer gives along with a complaint, photos first: what is taken, what is said about the rest, and
//! where each is on its way. The bytes themselves never enter here.

use crate::complaint::FieldError;
use crate::delivery::{Change, Delivery, DeliveryState};
use crate::limits;
use crate::message::{Message, MessageKey, push_whole};
use crate::session::{Ctx, DraftKey, Effect, Field, Focus, Session};
use crate::submission::SubmissionId;

/// What a file is, told from its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// A photo as most cameras write it.
    Jpeg,
    /// A picture without loss, such as a screenshot.
    Png,
    /// A picture as newer programs write it.
    Webp,
    /// A photo as some phones write it.
    Heic,
    /// A small picture that may move.
    Gif,
    /// A document, such as an invoice.
    Pdf,
}

impl MediaType {
    /// All of them: nothing else is taken.
    pub const ALL: [Self; 6] = [Self::Jpeg, Self::Png, Self::Webp, Self::Heic, Self::Gif, Self::Pdf];

    /// Its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Heic => "image/heic",
            Self::Gif => "image/gif",
            Self::Pdf => "application/pdf",
        }
    }

    /// What the first bytes of a file say, whatever its name and its sender say.
    pub fn sniff(head: &[u8]) -> Option<Self> {
        let begins = |at: usize, with: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(with));
        if begins(0, b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if begins(0, b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if begins(0, b"RIFF") && begins(8, b"WEBP") {
            Some(Self::Webp)
        } else if begins(4, b"ftyp") && HEIC_BRANDS.iter().any(|brand| begins(8, *brand)) {
            Some(Self::Heic)
        } else if begins(0, b"GIF87a") || begins(0, b"GIF89a") {
            Some(Self::Gif)
        } else if begins(0, b"%PDF-") {
            Some(Self::Pdf)
        } else {
            None
        }
    }
}

/// The brands of photos among the many that this container has.
const HEIC_BRANDS: [&[u8; 4]; 4] = [b"heic", b"heix", b"mif1", b"msf1"];

/// A file as its submission names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Unique; the key under which its bytes follow.
    pub id: SubmissionId,
    /// Its name on the customer's device, perhaps shortened.
    pub name: String,
    /// What it is.
    pub media_type: MediaType,
    /// Its length.
    pub bytes: u64,
}

/// A file that the customer has chosen, as the browser tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picked {
    /// Unique.
    pub id: SubmissionId,
    /// Its name.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its first bytes; `None` when the browser could not read it.
    pub head: Option<Vec<u8>>,
}

/// What the customer does with files, and what the browser answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Chooses some.
    Chosen,
    /// The browser has read them, as far as it could.
    Read(Vec<Picked>),
    /// Takes one out again.
    Removed(usize),
    /// The sender says something of one that was handed in.
    Told(Change),
}

/// What stands about the files of a complaint in the making.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tray {
    /// What goes along.
    pub files: Vec<Attachment>,
    /// What would make it clear, after something was chosen that does not go along.
    pub said: Option<Message>,
    /// Files were here before the page was left, and have to be chosen anew.
    pub left_behind: bool,
    /// The browser is reading what was chosen.
    pub reading: bool,
}

/// A file that was handed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Upload {
    /// Which.
    pub file: Attachment,
    /// The complaint that names it.
    pub of: SubmissionId,
    /// Where it is.
    pub state: DeliveryState,
}

impl Upload {
    /// A file that is handed over.
    pub(crate) fn begin(file: &Attachment, of: &SubmissionId) -> Self {
        Self { file: file.clone(), of: of.clone(), state: DeliveryState::Pending }
    }

    /// What came arrived, whatever another tab says later. Whether there is something new to say.
    pub(crate) fn apply(&mut self, change: &Change) -> bool {
        // On its way and in no store, it still goes with the page.
        if self.state == DeliveryState::Sent
            || self.state == change.state
            || (self.state, change.state) == (DeliveryState::Unsaved, DeliveryState::Sending)
        {
            return false;
        }
        self.state = change.state;
        true
    }

    /// The sentence for the screen.
    pub fn sentence(&self) -> Message {
        whereabouts(self.state, &self.file.name)
    }
}

/// The sentence that is true of a file in a state.
pub(crate) fn whereabouts(state: DeliveryState, name: &str) -> Message {
    let key = match state {
        DeliveryState::Pending => MessageKey::ComplaintFilesFollows,
        DeliveryState::Sending => MessageKey::ComplaintFilesSending,
        DeliveryState::Sent => MessageKey::ComplaintFilesSent,
        DeliveryState::Stored | DeliveryState::Held => MessageKey::ComplaintFilesSaved,
        DeliveryState::Unsaved => MessageKey::ComplaintFilesUnsaved,
        DeliveryState::Rejected | DeliveryState::Expired => MessageKey::ComplaintFilesRefused,
    };
    named(key, name)
}

/// A sentence about a file.
pub(crate) fn named(key: MessageKey, name: &str) -> Message {
    Message { key, args: vec![("name", name.to_owned())] }
}

/// Why a file does not go along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    Unreadable,
    WrongType,
    Empty,
    TooBig,
    TooMany,
    TooMuch,
}

impl Tray {
    /// Takes what fits and says what to do about the rest. Answers the ids of files that were let go.
    pub(crate) fn add(&mut self, picked: Vec<Picked>, files_max: usize) -> Vec<SubmissionId> {
        (self.said, self.left_behind, self.reading) = (None, false, false);
        if picked.is_empty() {
            // What reads files did not come, or the browser gave none.
            self.said = Some(Message::plain(MessageKey::ComplaintFilesUnreadable));
        }
        let mut let_go = Vec::new();
        for file in picked {
            match self.judge(&file, files_max) {
                Ok(media_type) => {
                    let name = shortened(&file.name);
                    self.files.push(Attachment { id: file.id, name, media_type, bytes: file.bytes });
                }
                Err(refusal) => {
                    // The first says it; the same again would say nothing new.
                    self.said.get_or_insert(sentence(refusal, &file.name, files_max));
                    let_go.push(file.id);
                }
            }
        }
        let_go
    }

    fn judge(&self, file: &Picked, files_max: usize) -> Result<MediaType, Refusal> {
        let all: u64 = self.files.iter().map(|one| one.bytes).sum();
        if file.bytes > limits::ATTACHMENT_BYTES_MAX {
            return Err(Refusal::TooBig);
        }
        if self.files.len() >= files_max {
            return Err(Refusal::TooMany);
        }
        if all + file.bytes > limits::ATTACHMENTS_BYTES_MAX {
            return Err(Refusal::TooMuch);
        }
        let head = file.head.as_deref().ok_or(Refusal::Unreadable)?;
        if file.bytes == 0 {
            return Err(Refusal::Empty);
        }
        MediaType::sniff(head).ok_or(Refusal::WrongType)
    }

    /// Takes a file out.
    pub(crate) fn remove(&mut self, at: usize) -> Option<Attachment> {
        self.said = None;
        (at < self.files.len()).then(|| self.files.remove(at))
    }
}

impl Session {
    /// Applies what the customer does with files, and what the browser has read of them.
    pub fn step_files(&mut self, cx: &Ctx<'_>, action: Action, out: &mut Vec<Effect>) {
        let draft = &mut self.complaint;
        match action {
            Action::Chosen if draft.is_told() => {
                draft.tray.reading = true;
                out.push(Effect::ReadFiles);
            }
            // It goes on only once they are read.
            Action::Read(picked) if draft.filed.is_none() => self.files_read(cx, picked, out),
            Action::Removed(at) if draft.is_told() => self.file_removed(at, out),
            Action::Told(change) => return self.upload_changed(&change, out),
            Action::Chosen | Action::Read(_) | Action::Removed(_) => return,
        }
        Self::save_later(&mut self.unsaved_since, cx, DraftKey::Complaint, out);
    }

    fn files_read(&mut self, cx: &Ctx<'_>, picked: Vec<Picked>, out: &mut Vec<Effect>) {
        let draft = &mut self.complaint;
        draft.errors.retain(|error| *error != FieldError::FilesReading);
        for id in draft.tray.add(picked, cx.config.complaint.attachments as usize) {
            out.push(Effect::DropFile(id));
        }
        let all = Message {
            key: MessageKey::ComplaintFilesAdded,
            args: vec![("count", whole(draft.tray.files.len() as u64))],
        };
        if draft.tray.said.is_some() {
            // The sentence stands below the field, perhaps out of sight.
            out.push(Effect::MoveFocus(Focus::Field(Field::Files)));
        }
        out.push(Effect::Announce(draft.tray.said.clone().unwrap_or(all)));
    }

    fn file_removed(&mut self, at: usize, out: &mut Vec<Effect>) {
        let Some(file) = self.complaint.tray.remove(at) else { return };
        out.push(Effect::Announce(named(MessageKey::ComplaintFilesRemoved, &file.name)));
        out.push(Effect::DropFile(file.id));
        out.push(Effect::MoveFocus(Focus::Field(Field::Files)));
    }

    /// The submission that the sender speaks of, if there is news of one; news of a file is taken over here.
    pub(crate) fn delivery_of(
        &mut self,
        cx: &Ctx<'_>,
        change: &Change,
        out: &mut Vec<Effect>,
    ) -> Option<Delivery> {
        if !self.uploads.iter().any(|upload| upload.file.id == change.id) {
            return self.deliveries.apply(change);
        }
        (cx.rules.files)(self, cx, Action::Told(change.clone()), out);
        None
    }

    /// What the sender says of a file that was handed in.
    fn upload_changed(&mut self, change: &Change, out: &mut Vec<Effect>) {
        let Some(upload) = self.uploads.iter_mut().find(|upload| upload.file.id == change.id) else {
            return;
        };
        if upload.apply(change) && (upload.state.is_trouble() || upload.state == DeliveryState::Sent) {
            out.push(Effect::Announce(upload.sentence()));
        }
        out.push(Effect::KeepPageOpen(self.any_unsaved()));
    }

    /// Whether anything would be lost if the page closed now.
    pub(crate) fn any_unsaved(&self) -> bool {
        self.deliveries.any_unsaved()
            || self.uploads.iter().any(|upload| upload.state == DeliveryState::Unsaved)
    }
}

fn sentence(refusal: Refusal, name: &str, files_max: usize) -> Message {
    let key = match refusal {
        Refusal::Unreadable | Refusal::Empty => return Message::plain(MessageKey::ComplaintFilesUnreadable),
        Refusal::WrongType => MessageKey::ComplaintFilesType,
        Refusal::TooBig => MessageKey::ComplaintFilesBig,
        Refusal::TooMany => {
            return Message {
                key: MessageKey::ComplaintFilesMany,
                args: vec![("count", whole(files_max as u64))],
            };
        }
        Refusal::TooMuch => MessageKey::ComplaintFilesMuch,
    };
    named(key, &shortened(name))
}

fn whole(number: u64) -> String {
    let mut out = String::new();
    push_whole(&mut out, number);
    out
}

/// A name that fits, with its ending: that tells people what it is.
fn shortened(name: &str) -> String {
    let most = limits::ATTACHMENT_NAME_CHARS_MAX;
    let chars: Vec<char> = name.chars().filter(|character| !character.is_control()).collect();
    if chars.len() <= most {
        return if chars.is_empty() { String::from("file") } else { chars.into_iter().collect() };
    }
    let (begin, end) = (most - 13, chars.len() - 12);
    let mut out: String = chars.iter().take(begin).collect();
    out.push('…');
    out.extend(chars.iter().skip(end));
    out
}

/// A length in words that people use: `800 KB`, `3.4 MB`.
pub fn size(bytes: u64) -> String {
    const MB: u64 = 1 << 20;
    let mut out = String::new();
    if bytes < MB {
        push_whole(&mut out, bytes.div_ceil(1 << 10));
        out.push_str("\u{a0}KB");
    } else {
        let tenths = bytes * 10 / MB;
        push_whole(&mut out, tenths / 10);
        out.push('.');
        push_whole(&mut out, tenths % 10);
        out.push_str("\u{a0}MB");
    }
    out
}
