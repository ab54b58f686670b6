//! Every bound in the product, in one file. Each says what happens at it.

/// Characters of a long text (complaint, feedback, comment). Typing stops there.
pub const TEXT_CHARS_MAX: usize = 5_000;
/// Characters of a short field (name, e-mail, phone, order, product). Typing stops there.
pub const FIELD_CHARS_MAX: usize = 200;
/// Characters of a reference's prefix, `AE`. A longer one in the config is reported and the default used.
pub const REFERENCE_PREFIX_CHARS_MAX: usize = 6;
/// Characters of a search query. The rest is ignored.
pub const QUERY_CHARS_MAX: usize = 400;
/// How many results a search shows.
pub const SEARCH_RESULTS_MAX: usize = 8;
/// Milliseconds without a keystroke after which a draft is saved.
pub const DRAFT_DELAY_MS: u32 = 500;
/// Milliseconds a rating may be changed before it is sent: arrow keys pass over values on their way.
pub const RATING_SETTLE_MS: u32 = 600;
/// Milliseconds without a keystroke after which a search runs.
pub const SEARCH_DELAY_MS: u32 = 60;
/// Submissions whose state the widget keeps on screen. The oldest leave first; the sender keeps its own list.
pub const DELIVERIES_MAX: usize = 50;
/// Entries of the page's context. More are ignored.
pub const CONTEXT_ENTRIES_MAX: usize = 32;
/// Hours after which an unfinished draft is no longer offered.
pub const DRAFT_HOURS_MAX: i64 = 24;
/// Files that may go along with one complaint. More are told so; an endpoint refuses the whole submission.
pub const ATTACHMENTS_MAX: usize = 5;
/// Bytes of one file. A larger one is told so; our receiver refuses it.
pub const ATTACHMENT_BYTES_MAX: u64 = 10 << 20;
/// Bytes of all files of one complaint. What is beyond is told so.
pub const ATTACHMENTS_BYTES_MAX: u64 = 25 << 20;
/// Characters of a file's name. A longer one is shortened in its middle.
pub const ATTACHMENT_NAME_CHARS_MAX: usize = 120;
