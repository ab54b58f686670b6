//! Forms of text: what an address, a colour or a time zone looks like. Says whether a text has the form, nothing else.

/// A form that a text must have.
#[derive(Debug)]
pub(crate) struct Form {
    /// The form in words, for `expected …`.
    pub(crate) expected: &'static str,
    /// Whether a text has it.
    pub(crate) check: fn(&str) -> bool,
}

/// An address that the widget may send to or link to.
pub(crate) static ADDRESS: Form = Form {
    expected: "an https address (http on localhost) or one on this site, such as \"/path\"",
    check: is_address,
};
/// A colour.
pub(crate) static COLOUR: Form = Form { expected: "a colour such as \"#1f5f5b\"", check: is_colour };
/// A language tag.
pub(crate) static TAG: Form =
    Form { expected: "a language tag such as \"en\" or \"zh-Hans\"", check: is_tag };
/// An e-mail address.
pub(crate) static EMAIL: Form = Form { expected: "an e-mail address", check: is_email };
/// A phone number.
pub(crate) static PHONE: Form = Form { expected: "a phone number", check: is_phone };
/// A time zone.
pub(crate) static ZONE: Form = Form { expected: "a time zone such as \"Europe/London\"", check: is_zone };
/// A list of fonts.
pub(crate) static FONT: Form =
    Form { expected: "a list of fonts such as \"Inter, sans-serif\"", check: is_font };
/// Prefix of references.
pub(crate) static PREFIX: Form =
    Form { expected: "1 to 6 letters or digits such as \"AE\"", check: is_prefix };
/// A name that travels: ids of surveys, questions, options, outcomes.
pub(crate) static ID: Form =
    Form { expected: "an id such as \"post-purchase\": letters, digits, - _ .", check: is_id };
/// A day.
pub(crate) static DAY: Form = Form { expected: "a day such as \"2026-12-25\"", check: is_day };
/// A day or an instant.
pub(crate) static MOMENT: Form = Form {
    expected: "a day such as \"2026-12-25\" or a time such as \"2026-12-25T09:00:00Z\"",
    check: is_moment,
};
/// Opening hours of one day.
pub(crate) static SPANS: Form = Form {
    expected: "hours such as \"09:00-12:30, 13:30-17:00\", or \"closed\"",
    check: |text| super::hours::spans(text).is_some(),
};

/// The rule for addresses: https; plain http only on this machine; or relative, which keeps to the page's own origin.
pub(crate) fn is_address(text: &str) -> bool {
    // Browsers drop tabs and line breaks inside an address and read `\` as `/`: nothing of that kind passes.
    let odd = |character: char| character.is_whitespace() || character.is_control() || character == '\\';
    if text.is_empty() || text.len() > 2_000 || text.contains(odd) || text.starts_with("//") {
        return false;
    }
    let Some((scheme, rest)) = head(text).split_once(':') else { return true };
    let Some(host) = text[scheme.len() + 1..].strip_prefix("//").map(head) else { return false };
    if !rest.is_empty() || host.is_empty() || host.starts_with(':') || host.contains('@') {
        return false;
    }
    scheme.eq_ignore_ascii_case("https")
        || scheme.eq_ignore_ascii_case("http")
            && ["localhost", "127.0.0.1", "[::1]"].into_iter().any(|own| {
                host.strip_prefix(own).is_some_and(|port| port.is_empty() || port.starts_with(':'))
            })
}

/// What stands before the path, query or fragment.
fn head(text: &str) -> &str {
    let end = text.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
    &text[..end.unwrap_or(text.len())]
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| {
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
        && !text.contains(|character: char| character.is_whitespace() || character.is_control())
        && text
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && host.len() > 2 && !host.contains('@'))
}

fn is_phone(text: &str) -> bool {
    text.len() <= 40
        && text.bytes().filter(u8::is_ascii_digit).count() >= 3
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" +()-./".contains(&byte))
}

fn is_zone(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_/+-".contains(&byte))
}

fn is_font(text: &str) -> bool {
    text.len() <= 200
        && text
            .bytes()
            .all(|byte| !byte.is_ascii() || byte.is_ascii_alphanumeric() || b" ,-_'\"".contains(&byte))
}

fn is_prefix(text: &str) -> bool {
    (1..=domain::limits::REFERENCE_PREFIX_CHARS_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte))
}

fn is_day(text: &str) -> bool {
    domain::calendar::CivilDate::parse_iso(text).is_some()
}

fn is_moment(text: &str) -> bool {
    is_day(text) || domain::calendar::Timestamp::parse_rfc3339(text).is_some()
}
