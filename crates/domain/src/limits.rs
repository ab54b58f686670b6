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
/// How many answers are shown first because they belong to the page. Those that others ask for come after.
pub const HERE_ENTRIES_MAX: usize = 3;
/// Categories that can be looked through. Answers of further ones are searched all the same.
pub const CATEGORIES_MAX: usize = 24;
/// Answers of one category that are listed. The rest is found by searching.
pub const CATEGORY_ENTRIES_MAX: usize = 50;
/// Milliseconds without a keystroke after which answers are looked for beside a complaint.
pub const SUGGEST_DELAY_MS: u32 = 1_200;
/// Answers that are offered beside a complaint, at most.
pub const SUGGESTIONS_MAX: usize = 3;
/// Bytes of a complaint below which nothing is offered: a few letters fit everything.
pub const SUGGEST_BYTES_MIN: usize = 12;
/// Bytes of a result's second line, at about which it ends. The search shows the part that says most.
pub const SNIPPET_BYTES_MAX: usize = 120;
/// Bytes of answers that are read in one go. What is left waits for the next turn, so that a frame is never late.
pub const INDEX_STEP_BYTES: usize = 8_000;
/// Milliseconds without a keystroke after which a draft is saved.
pub const DRAFT_DELAY_MS: u32 = 500;
/// Milliseconds after which a draft is saved although its customer types on.
pub const DRAFT_WAIT_MS_MAX: i64 = 2_000;
/// Milliseconds a rating may be changed before it is sent: arrow keys pass over values on their way.
pub const RATING_SETTLE_MS: u32 = 600;
/// Milliseconds after which a voice says that a survey asks: until then the panel is still on its way to the screen.
pub const SAY_ASKED_MS: u32 = 1_000;
/// Milliseconds until a part of the widget that did not come is asked for again, by the next fact. One that is still on
/// its way is not fetched twice.
pub const PART_AGAIN_MS: u64 = 3_000;
/// Complaints that are asked about when the list of them opens, the newest ones. The others are asked about when opened.
pub const STATUS_ASKED_MAX: usize = 5;
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
