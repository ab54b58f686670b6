//! The company's config: any JSON gives a usable config and a list of issues, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(value) = wire::strict::parse(text) else { return };
    let (_, issues) = wire::options::read(&(&value).into());
    for issue in issues {
        assert!(!issue.to_string().is_empty());
    }
});
