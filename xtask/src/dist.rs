//! The folder `dist/`: named by content, compressed beside, listed in `manifest.json`.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use serde_json::{Value, json};
use sha2::{Digest, Sha384};

use crate::project::{Project, short_hash, write_if_changed};

/// A built file as the manifest lists it.
#[derive(Clone, Debug)]
pub struct Built {
    /// Its name in `dist/`.
    pub file: String,
    /// What it is for: `loader`, `widget`, `wasm`, `sender`, `plain`, `keys` or `locale-<tag>`.
    pub role: String,
    /// Its length.
    pub bytes: usize,
    /// Its length after brotli 11.
    pub brotli: usize,
    /// The value for an `integrity` attribute.
    pub integrity: String,
}

/// Collects the files of one build.
pub struct Dist<'a> {
    project: &'a Project,
    built: Vec<Built>,
}

impl<'a> Dist<'a> {
    /// An empty list; files of earlier builds stay until `finish`.
    pub fn new(project: &'a Project) -> Self {
        Self { project, built: Vec::new() }
    }

    /// Adds a file whose name carries the hash of its content.
    pub fn add_hashed(&mut self, role: &str, stem: &str, extension: &str, content: &[u8]) -> Result<Built> {
        let file = format!("{stem}.{}.{extension}", short_hash(content));
        self.add(role, &file, content)
    }

    /// Adds a file under a name that stays.
    pub fn add(&mut self, role: &str, file: &str, content: &[u8]) -> Result<Built> {
        let path = self.project.dist().join(file);
        let packed_path = self.project.dist().join(format!("{file}.br"));
        let changed = write_if_changed(&path, content)?;
        let packed = match fs::read(&packed_path) {
            Ok(packed) if !changed => packed,
            _ => {
                let packed = compress(content)?;
                fs::write(&packed_path, &packed)?;
                packed
            }
        };
        let built = Built {
            file: file.to_owned(),
            role: role.to_owned(),
            bytes: content.len(),
            brotli: packed.len(),
            integrity: format!("sha384-{}", base64(&Sha384::digest(content))),
        };
        self.built.push(built.clone());
        Ok(built)
    }

    /// Writes the manifest and removes what this build did not make.
    pub fn finish(self, version: &str) -> Result<Vec<Built>> {
        let files: Vec<Value> = self
            .built
            .iter()
            .map(|built| {
                json!({
                    "file": built.file,
                    "role": built.role,
                    "bytes": built.bytes,
                    "brotli": built.brotli,
                    "integrity": built.integrity,
                })
            })
            .collect();
        let mut manifest = serde_json::to_string_pretty(&json!({ "version": version, "files": files }))?;
        manifest.push('\n');
        write_if_changed(&self.project.dist().join("manifest.json"), manifest.as_bytes())?;
        let packed = compress(manifest.as_bytes())?;
        write_if_changed(&self.project.dist().join("manifest.json.br"), &packed)?;

        let mut kept: BTreeSet<String> = self.built.iter().map(|built| built.file.clone()).collect();
        kept.insert("manifest.json".into());
        for entry in fs::read_dir(self.project.dist())? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // A folder is a build of its own: `authoring`.
            if entry.file_type()?.is_file() && !kept.contains(name.strip_suffix(".br").unwrap_or(&name)) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(self.built)
    }
}

/// Reads the manifest of the last build.
pub fn read_manifest(project: &Project) -> Result<Vec<Built>> {
    let path = project.dist().join("manifest.json");
    let text = fs::read_to_string(&path)
        .with_context(|| format!("{} is missing; run `cargo xtask build`", path.display()))?;
    let manifest: Value = serde_json::from_str(&text)?;
    let files = manifest["files"].as_array().context("the manifest has no `files`")?;
    files.iter().map(|entry| from_json(entry).context("the manifest has an entry that is no file")).collect()
}

fn from_json(entry: &Value) -> Option<Built> {
    let text = |name: &str| entry[name].as_str().map(str::to_owned);
    let number = |name: &str| entry[name].as_u64().and_then(|bytes| usize::try_from(bytes).ok());
    Some(Built {
        file: text("file")?,
        role: text("role")?,
        bytes: number("bytes")?,
        brotli: number("brotli")?,
        integrity: text("integrity")?,
    })
}

/// Ways to code how far back a repetition lies: neither is always the shorter one.
const MODES: [BrotliEncoderMode; 2] =
    [BrotliEncoderMode::BROTLI_MODE_GENERIC, BrotliEncoderMode::BROTLI_MODE_FONT];
/// After which streams of a packed module a block of its own begins, a bit for each: brotli finds these seams only roughly.
/// These are the ones that came out shortest for some file.
const SEAMS: [u8; 6] = [0, 0b10, 0b110, 0b1110, 0b10_1011, 0b111_1111];

/// Brotli at its best quality, the window as large as browsers take it; of several ways the shortest.
pub fn compress(content: &[u8]) -> Result<Vec<u8>> {
    let lengths = streams(content);
    let seams = if lengths.is_empty() { &SEAMS[..1] } else { &SEAMS };
    let mut best: Option<Vec<u8>> = None;
    for mode in MODES {
        for seams in seams {
            let packed = compress_at(content, &joined(&lengths, *seams), mode)?;
            if best.as_ref().is_none_or(|best| packed.len() < best.len()) {
                best = Some(packed);
            }
        }
    }
    best.context("there is no way to compress")
}

/// The lengths of the blocks but the last.
fn joined(lengths: &[usize], seams: u8) -> Vec<usize> {
    let (mut blocks, mut open) = (Vec::new(), 0);
    for (place, length) in lengths.iter().enumerate() {
        open += length;
        if seams >> place & 1 == 1 {
            blocks.push(std::mem::take(&mut open));
        }
    }
    blocks
}

fn compress_at(content: &[u8], lengths: &[usize], mode: BrotliEncoderMode) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let params = BrotliEncoderParams { quality: 11, lgwin: 22, mode, ..BrotliEncoderParams::default() };
    let mut writer = brotli::CompressorWriter::with_params(&mut packed, 1 << 16, &params);
    let mut rest = content;
    for &length in lengths {
        let (stream, others) = rest.split_at_checked(length).context("a packed module is torn")?;
        writer.write_all(stream)?;
        writer.flush()?;
        rest = others;
    }
    writer.write_all(rest)?;
    drop(writer);
    Ok(packed)
}

/// A packed module is one section of this name; its own length and those of its streams but the last come first
/// (`loader/src/unpack.ts`).
const PACKED: &[u8] = b"streams";
const PACKED_HEAD: usize = 20;
const PACKED_LENGTHS: usize = 8;

/// The lengths of a packed module's streams but the last, the first with the head; of any other file none.
fn streams(content: &[u8]) -> Vec<usize> {
    let Some((head, rest)) = content.split_at_checked(PACKED_HEAD) else { return Vec::new() };
    if !head.starts_with(b"\0asm") || !head.ends_with(PACKED) {
        return Vec::new();
    }
    let (numbers, _) = rest.as_chunks::<4>();
    let numbers = numbers.iter().take(PACKED_LENGTHS).map(|number| u32::from_le_bytes(*number) as usize);
    let mut lengths: Vec<usize> = numbers.skip(1).collect();
    if let Some(first) = lengths.first_mut() {
        *first += PACKED_HEAD + 4 * PACKED_LENGTHS;
    }
    lengths
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut group = [0; 3];
        group[..chunk.len()].copy_from_slice(chunk);
        let number = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        for place in 0..4 {
            if place <= chunk.len() {
                text.push(char::from(LETTERS[(number >> (18 - 6 * place)) as usize & 63]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_module_is_seen_by_its_streams() {
        let mut packed = b"\0asm\x01\0\0\0\0\0\0\0\x07streams".to_vec();
        assert_eq!(packed.len(), PACKED_HEAD);
        for number in [900_u32, 1, 256, 3, 0, 0, 0, 1] {
            packed.extend(number.to_le_bytes());
        }
        packed.resize(packed.len() + 1 + 256 + 3 + 1 + 5, 7);
        assert_eq!(streams(&packed), [20 + 32 + 1, 256, 3, 0, 0, 0, 1]);
        let mut back = Vec::new();
        let whole = compress(&packed).unwrap();
        std::io::Read::read_to_end(&mut brotli::Decompressor::new(&whole[..], 64), &mut back).unwrap();
        assert_eq!(back, packed);
        assert_eq!(streams(b"\0asm\x01\0\0\0"), [0; 0]);
        assert_eq!(joined(&streams(&packed), 0b10_1011), [53, 256, 3, 0]);
        assert!(compress(&packed[..100]).is_err(), "torn");
    }

    #[test]
    fn base64_pads_as_the_standard_says() {
        let cases = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (plain, encoded) in cases {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }
}
