//! Reads what an HTML form sends (`application/x-www-form-urlencoded`).

/// The fields of a form.
#[derive(Debug, Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads the body of a form. What is broken in it reads as odd text, never as a failure.
    pub fn parse(body: &[u8]) -> Self {
        let fields = body.split(|byte| *byte == b'&').map(|pair| {
            let mut parts = pair.splitn(2, |byte| *byte == b'=');
            let mut next = || decode(parts.next().unwrap_or_default());
            (next(), next())
        });
        Self(fields.collect())
    }

    /// The first field of this name; empty when there is none.
    pub fn field(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

fn decode(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escaped = bytes.get(at + 1..at + 3).filter(|_| *byte == b'%').and_then(|digits| {
            let digits = std::str::from_utf8(digits).ok()?;
            u8::from_str_radix(digits, 16).ok()
        });
        match (byte, escaped) {
            (_, Some(value)) => {
                out.push(value);
                at += 2;
            }
            (b'+', None) => out.push(b' '),
            (other, None) => out.push(*other),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn forms_are_read() {
        let form = Form::parse(b"note=a+new%20pair%0D%0A%E2%9C%93&state=decided&empty=&odd=%zz%");
        assert_eq!(form.field("note"), "a new pair\r\n\u{2713}");
        assert_eq!(form.field("state"), "decided");
        assert_eq!(form.field("empty"), "");
        assert_eq!(form.field("odd"), "%zz%");
        assert_eq!(form.field("missing"), "");
    }
}
