//! Forms of text: what an address, a colour or a time zone looks like, and how that is said.

use domain::message::cut;

/// A form that a text must have.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// An address that the widget may send to or link to.
    Address,
    /// A colour.
    Colour,
    /// A language tag.
    Tag,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// A time zone.
    Zone,
    /// A list of fonts.
    Font,
    /// Prefix of references.
    Prefix,
    /// A name that travels: ids of surveys, questions, options, outcomes.
    Id,
    /// A day.
    Day,
    /// A day or an instant.
    Moment,
    /// Opening hours of one day.
    Spans,
}

impl Form {
    /// Whether a text has it.
    pub(crate) fn fits(self, text: &str) -> bool {
        match self {
            Self::Address => is_address(text),
            Self::Colour => is_colour(text),
            Self::Tag => is_tag(text),
            Self::Email => is_email(text),
            Self::Phone => is_phone(text),
            Self::Zone => is_zone(text),
            Self::Font => is_font(text),
            Self::Prefix => is_prefix(text),
            Self::Id => is_id(text),
            Self::Day => is_day(text),
            Self::Moment => is_moment(text),
            Self::Spans => super::hours::spans(text).is_some(),
        }
    }

    /// The form in words, for `expected …`.
    pub(crate) fn expected(self) -> &'static str {
        match self {
            Self::Address => "an https address (http on localhost) or one on this site, such as \"/path\"",
            Self::Colour => "a colour such as \"#1f5f5b\"",
            Self::Tag => "a language tag such as \"en\" or \"zh-Hans\"",
            Self::Email => "an e-mail address",
            Self::Phone => "a phone number",
            Self::Zone => "a time zone such as \"Europe/London\"",
            Self::Font => "a list of fonts such as \"Inter, sans-serif\"",
            Self::Prefix => "1 to 6 letters or digits such as \"AE\"",
            Self::Id => "an id such as \"post-purchase\": letters, digits, - _ .",
            Self::Day => "a day such as \"2026-12-25\"",
            Self::Moment => "a day such as \"2026-12-25\" or a time such as \"2026-12-25T09:00:00Z\"",
            Self::Spans => "hours such as \"09:00-12:30, 13:30-17:00\", or \"closed\"",
        }
    }
}

/// The rule for addresses: https; plain http only on this machine; or relative, which keeps to the page's own origin.
pub(crate) fn is_address(text: &str) -> bool {
    // Browsers drop tabs and line breaks inside an address and read `\` as `/`: nothing of that kind passes.
    let odd = |character: char| character.is_whitespace() || character.is_control() || character == '\\';
    if text.is_empty() || text.len() > 2_000 || text.chars().any(odd) || text.starts_with("//") {
        return false;
    }
    let Some((scheme, rest)) = cut(head(text), ":") else { return true };
    let Some(host) = text[scheme.len() + 1..].strip_prefix("//").map(head) else { return false };
    if !rest.is_empty() || host.is_empty() || host.starts_with(":") || cut(host, "@").is_some() {
        return false;
    }
    scheme.eq_ignore_ascii_case("https")
        || scheme.eq_ignore_ascii_case("http")
            && ["localhost", "127.0.0.1", "[::1]"].into_iter().any(|own| {
                host.strip_prefix(own).is_some_and(|port| port.is_empty() || port.starts_with(":"))
            })
}

/// What stands before the path, query or fragment.
fn head(text: &str) -> &str {
    let end = text.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
    &text[..end.unwrap_or(text.len())]
}

/// `attach.ts` of the loader has the same rule.
fn is_colour(text: &str) -> bool {
    text.strip_prefix("#").is_some_and(|digits| {
        matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

fn is_tag(text: &str) -> bool {
    (2..=35).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && text.as_bytes()[0].is_ascii_alphabetic()
}

fn is_email(text: &str) -> bool {
    text.len() <= 254
        && !text.chars().any(|character| character.is_whitespace() || character.is_control())
        && cut(text, "@")
            .is_some_and(|(user, host)| !user.is_empty() && host.len() > 2 && cut(host, "@").is_none())
}

fn is_phone(text: &str) -> bool {
    text.len() <= 40
        && text.bytes().filter(u8::is_ascii_digit).count() >= 3
        && text.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'(' | b')' | b'+' | b'-'..=b'/')
        })
}

fn is_zone(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'/' | b'+' | b'-'))
}

fn is_font(text: &str) -> bool {
    text.len() <= 200
        && text.bytes().all(|byte| {
            !byte.is_ascii()
                || byte.is_ascii_alphanumeric()
                || matches!(byte, b' ' | b',' | b'-' | b'_' | b'\'' | b'"')
        })
}

fn is_prefix(text: &str) -> bool {
    (1..=domain::limits::REFERENCE_PREFIX_CHARS_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':'))
}

fn is_day(text: &str) -> bool {
    domain::calendar::CivilDate::parse_iso(text).is_some()
}

fn is_moment(text: &str) -> bool {
    is_day(text) || domain::calendar::Timestamp::parse_rfc3339(text).is_some()
}
