//! Takes out of the compiled widget what nobody will read: the libraries that name the browser's functions describe each of
//! the four thousand to wasm-bindgen, which reads of those that are imported. The others, once cut, would keep alive what
//! they point to: calls into closures of kinds that nobody makes.

use std::collections::BTreeSet;

use anyhow::{Context, Result};

const DESCRIPTION: &str = "__wbindgen_describe_";
const IMPORT: u8 = 2;
const EXPORT: u8 = 7;
/// A module's first bytes, which say that it is one.
const HEAD: usize = 8;

/// The same module without the exports of descriptions of what is neither imported nor exported. What nothing leads to
/// any more is left behind by the cut.
pub fn thin(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut out = wasm.get(..HEAD).context("this is no WebAssembly")?.to_vec();
    let mut reader = Reader { bytes: wasm, at: HEAD };
    let mut imports: &[u8] = &[];
    while reader.at < wasm.len() {
        let kind = reader.take(1)?[0];
        let length = reader.number()?;
        let content = reader.take(length)?;
        if kind == IMPORT {
            imports = content;
        }
        let thinned = if kind == EXPORT { exports(content, imports)? } else { content.to_vec() };
        out.push(kind);
        write(&mut out, thinned.len());
        out.extend(thinned);
    }
    Ok(out)
}

/// The section of exports, with those that are needed.
fn exports(content: &[u8], imports: &[u8]) -> Result<Vec<u8>> {
    let mut reader = Reader { bytes: content, at: 0 };
    let mut all = Vec::new();
    for _ in 0..reader.number()? {
        let start = reader.at;
        let length = reader.number()?;
        let name = std::str::from_utf8(reader.take(length)?)?;
        // What it is, and its number.
        reader.take(1)?;
        reader.number()?;
        all.push((name, &content[start..reader.at]));
    }
    let names: BTreeSet<&str> = all.iter().map(|(name, _)| *name).collect();
    let needed = |name: &str| match name.strip_prefix(DESCRIPTION) {
        Some(what) => names.contains(what) || !what.starts_with("__wbg_") || holds(imports, what),
        None => true,
    };
    all.retain(|(name, _)| needed(name));
    let mut out = Vec::new();
    write(&mut out, all.len());
    out.extend(all.iter().flat_map(|(_, bytes)| *bytes));
    Ok(out)
}

/// Whether this name stands there. It ends in a hash, so that it is the beginning of no other.
fn holds(section: &[u8], name: &str) -> bool {
    section.windows(name.len()).any(|bytes| bytes == name.as_bytes())
}

/// Reads on from a place.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at + length).context("the module is torn")?;
        self.at += length;
        Ok(taken)
    }

    /// An unsigned LEB128.
    fn number(&mut self) -> Result<usize> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.take(1)?[0];
            number |= usize::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 {
                return Ok(number);
            }
        }
    }
}

/// Writes an unsigned LEB128.
fn write(out: &mut Vec<u8>, mut number: usize) {
    while number > 127 {
        out.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(kind: u8, content: &[u8]) -> Vec<u8> {
        let mut out = vec![kind];
        write(&mut out, content.len());
        out.extend(content);
        out
    }

    /// A module with an import and these exports, all of them its function 200.
    fn module(exported: &[&str]) -> Vec<u8> {
        let mut exports = Vec::new();
        write(&mut exports, exported.len());
        for name in exported {
            write(&mut exports, name.len());
            exports.extend(name.as_bytes());
            exports.push(0);
            write(&mut exports, 200);
        }
        let imports = b"\x01\x01m\x0e__wbg_get_1a2b\0\0";
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend(section(IMPORT, imports));
        wasm.extend(section(EXPORT, &exports));
        wasm.extend(section(10, &[7; 300]));
        wasm
    }

    #[test]
    fn descriptions_of_what_is_not_imported_go_and_all_else_stays() {
        let all = [
            "memory",
            "mount",
            "__wbindgen_describe_mount",
            "__wbindgen_describe___wbg_get_1a2b",
            "__wbindgen_describe___wbg_map_3c4d",
            "__wbg_handle_free_5e6f",
            "__wbindgen_describe___wbg_handle_free_5e6f",
        ];
        let kept: Vec<&str> = all.into_iter().filter(|name| !name.contains("_map_")).collect();
        assert_eq!(thin(&module(&all)).unwrap(), module(&kept));
    }

    #[test]
    fn what_is_torn_is_refused() {
        let whole = module(&["memory"]);
        assert!(thin(&whole[..whole.len() - 1]).is_err());
        assert!(thin(b"\0asm").is_err());
    }
}
