//! Tests of `markup`.

use super::*;

/// Blocks in a short notation: `p(…)`, `ul(…|…)`, `ol(…|…)`, `**…**`, `_…_`, `{text→url}`.
fn shown(blocks: &[Block]) -> String {
    let one = |block: &Block| match block {
        Block::Paragraph(inner) => format!("p({})", inline(inner)),
        Block::List { ordered, items } => {
            let items: Vec<String> = items.iter().map(|item| inline(item)).collect();
            format!("{}({})", if *ordered { "ol" } else { "ul" }, items.join("|"))
        }
    };
    blocks.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn inline(inner: &[Inline]) -> String {
    let one = |part: &Inline| match part {
        Inline::Text(text) => text.clone(),
        Inline::Strong(inner) => format!("**{}**", inline(inner)),
        Inline::Emphasis(inner) => format!("_{}_", inline(inner)),
        Inline::Link { text, url } => format!("{{{text}→{url}}}"),
    };
    inner.iter().map(one).collect()
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(shown(&parse(text)), expected);
}

#[test]
fn blocks() {
    check("", "");
    check(" \n\n", "");
    check("One line.", "p(One line.)");
    check("Two\nlines.", "p(Two lines.)");
    check("One.\n\nTwo.", "p(One.) p(Two.)");
    check("One.\r\n\r\nTwo.", "p(One.) p(Two.)");
    check("- a\n- b", "ul(a|b)");
    check("* a\n+ b\n• c", "ul(a|b|c)");
    check("1. a\n2) b", "ol(a|b)");
    check("First:\n- a\n  goes on\n- b\n\nThen.", "p(First:) ul(a goes on|b) p(Then.)");
    check("- a\n1. b", "ul(a) ol(b)");
    check("## Returns\nSend it.", "p(**Returns**) p(Send it.)");
    check("#1 in town", "p(#1 in town)");
    check("2026. was good", "p(2026. was good)");
    check("1.5 litres", "p(1.5 litres)");
    check("-5 degrees", "p(-5 degrees)");
}

#[test]
fn emphasis_and_links() {
    check("a **b** c", "p(a **b** c)");
    check("a *b* _c_", "p(a _b_ _c_)");
    check("**a *b* c**", "p(**a _b_ c**)");
    check("*a **b** c*", "p(_a **b** c_)");
    check("**[Call](tel:+441174960142)**", "p(**{Call→tel:+441174960142}**)");
    check("[**Call** us](tel:+441174960142)", "p({Call us→tel:+441174960142})");
    check("[Orders](/account/orders?x=1#top).", "p({Orders→/account/orders?x=1#top}.)");
    check("[Top](#top) [Mail](MAILTO:a@b.example)", "p({Top→#top} {Mail→MAILTO:a@b.example})");
    check("<https://shop.example/a>", "p({https://shop.example/a→https://shop.example/a})");
    check("<mailto:hello@shop.example>", "p({hello@shop.example→mailto:hello@shop.example})");
    check("退货**免费**，见[说明](/returns)。", "p(退货**免费**，见{说明→/returns}。)");
    check("[note] and [link](/x)", "p([note] and {link→/x})");
    check("[a [b](/c)", "p([a {b→/c})");
    check(r"\*not\* \[so\](/x)", "p(*not* [so](/x))");
    check(r"C:\temp", r"p(C:\temp)");
}

#[test]
fn what_stays_text() {
    check("2 * 3 * 4", "p(2 * 3 * 4)");
    check("snake_case_name", "p(snake_case_name)");
    check("**open", "p(**open)");
    check("* * *", "ul(* *)");
    check("**", "p(**)");
    check("****", "p(****)");
    check("[a](b", "p([a](b)");
    check("[](/x)", "p([](/x))");
    check("[a] (/x)", "p([a] (/x))");
    check("<b>bold</b>", "p(<b>bold</b>)");
    check("<img src=x onerror=alert(1)>", "p(<img src=x onerror=alert(1)>)");
    check("![a](/x.png)", "p(!{a→/x.png})");
    check("</path>", "p(</path>)");
}

#[track_caller]
fn check_url(url: &str, expected: bool) {
    assert_eq!(is_safe_url(url), expected, "{url:?}");
    let linked = matches!(parse(&format!("[a]({url})"))[..], [Block::Paragraph(ref inner)] if matches!(inner[..], [Inline::Link { .. }]));
    assert_eq!(linked, expected, "{url:?}");
}

#[test]
fn addresses() {
    check_url("https://shop.example", true);
    check_url("HTTPS://shop.example/ü", true);
    check_url("/returns", true);
    check_url("/", true);
    check_url("#top", true);
    check_url("tel:112", true);
    check_url("", false);
    check_url("returns", false);
    check_url("http://shop.example", false);
    check_url("https:shop.example", false);
    check_url("https:///shop.example", false);
    check_url("https://", false);
    check_url("mailto:", false);
    check_url("//evil.example", false);
    check_url("/\\evil.example", false);
    check_url("\\\\evil.example", false);
    check_url("/\t/evil.example", false);
    check_url(" https://shop.example", false);
    check_url("javascript:alert`1`", false);
    check_url("JaVaScRiPt:alert`1`", false);
    check_url("java\tscript:x", false);
    check_url("data:text/html,x", false);
    check_url("vbscript:x", false);
    check_url("\u{202e}https://shop.example", false);
    check_url("https://shop.example/\u{200b}", false);
    check_url("blob:https://shop.example", false);
    check_url("file:///etc/passwd", false);
}

#[test]
fn plain_words() {
    assert_eq!(plain("Open **[Orders](/orders)**.\n\n- *One*\n- Two"), "Open Orders. One Two");
    assert_eq!(plain(""), "");
}

#[test]
fn nasty_texts_are_read_too() {
    let parts = [
        "*",
        "**",
        "_",
        "[",
        "](",
        ")",
        "<",
        ">",
        "\\",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "# ",
        " ",
        "a",
        "é",
        "退",
        "\u{202e}",
        "https://",
        "javascript:",
        "mailto:",
        "/",
        "//",
        "\t",
        "\0",
        "🙂",
        "\u{301}",
    ];
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..1_000 {
        let mut text = String::new();
        for _ in 0..(state >> 11) % 40 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.push_str(parts[(state % parts.len() as u64) as usize]);
        }
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        for block in parse(&text) {
            let rows = match block {
                Block::Paragraph(inner) => vec![inner],
                Block::List { items, .. } => items,
            };
            rows.iter().for_each(|row| check_links(row));
        }
        plain(&text);
    }
    for mark in ["*", "**a ", "[", "[a](", "_ a", "<", "*a **b ", "\\"] {
        parse(&mark.repeat(1_000));
    }
}

#[track_caller]
fn check_links(row: &[Inline]) {
    for part in row {
        match part {
            Inline::Text(text) => assert!(!text.is_empty()),
            Inline::Strong(inner) | Inline::Emphasis(inner) => check_links(inner),
            Inline::Link { text, url } => assert!(!text.is_empty() && is_safe_url(url)),
        }
    }
}
