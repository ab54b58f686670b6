//! Where things are, and how other programs are run. Knows nothing of what is built.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

/// The folders of the checkout.
#[derive(Clone, Debug)]
pub struct Project {
    /// The workspace root.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
}

impl Project {
    /// The checkout that this program was compiled in.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask has no parent folder")?
            .to_path_buf();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The folder of built files.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The folder of intermediate files of the build.
    pub fn staging(&self) -> PathBuf {
        self.target.join("bundle")
    }

    /// A command that starts in the root.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// Cargo, the same one that started this program.
    pub fn cargo(&self) -> Command {
        self.command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// The program of an installed npm package.
    pub fn npm_bin(&self, name: &str) -> Command {
        self.command(self.root.join("node_modules/.bin").join(name))
    }
}

/// Runs a command with its output shown; an error names the command.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    let status = command.status().with_context(|| format!("could not start `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Runs a command and returns what it printed; its errors are shown.
pub fn capture(command: &mut Command) -> Result<Vec<u8>> {
    let shown = show(command);
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("could not start `{shown}`"))?;
    if !output.status.success() {
        bail!("`{shown}` failed ({})", output.status);
    }
    Ok(output.stdout)
}

/// What a command prints, or nothing when it is missing or fails.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// Where a program is on the search path.
pub fn which(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

fn show(command: &Command) -> String {
    let mut shown = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        shown.push(' ');
        shown.push_str(&argument.to_string_lossy());
    }
    shown
}

/// All files under a folder, sorted, so that every machine sees the same order.
pub fn files_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        let entries = fs::read_dir(&next).with_context(|| format!("reading {}", next.display()))?;
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                waiting.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Writes a file only when its content changes, so that later steps see an unchanged file as such.
pub fn write_if_changed(path: &Path, content: &[u8]) -> Result<bool> {
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, content).with_context(|| format!("writing {}", path.display()))?;
    Ok(true)
}

/// A step that is left out while neither its inputs nor its outputs have changed.
pub struct Step {
    stamp: PathBuf,
    inputs: String,
    outputs: Vec<PathBuf>,
}

impl Step {
    /// `recipe` is whatever else decides about the result, a tool's version or its options.
    pub fn new(
        project: &Project,
        name: &str,
        recipe: &str,
        inputs: &[PathBuf],
        outputs: &[PathBuf],
    ) -> Result<Self> {
        let mut hasher = Sha256::new();
        hasher.update(recipe.as_bytes());
        for input in inputs {
            let content = fs::read(input).with_context(|| format!("reading {}", input.display()))?;
            hasher.update(input.to_string_lossy().as_bytes());
            hasher.update(content.len().to_le_bytes());
            hasher.update(&content);
        }
        Ok(Self {
            stamp: project.staging().join(format!("{name}.stamp")),
            inputs: hex(&hasher.finalize()),
            outputs: outputs.to_vec(),
        })
    }

    /// Runs `work` unless its result is already there.
    pub fn run(self, work: impl FnOnce() -> Result<()>) -> Result<()> {
        if fs::read_to_string(&self.stamp).is_ok_and(|old| old == self.state()) {
            return Ok(());
        }
        work()?;
        write_if_changed(&self.stamp, self.state().as_bytes())?;
        Ok(())
    }

    /// Inputs and outputs as one line each; a missing output is a change.
    fn state(&self) -> String {
        let mut state = self.inputs.clone();
        for output in &self.outputs {
            state.push('\n');
            if let Ok(content) = fs::read(output) {
                state.push_str(&hex(&Sha256::digest(&content)));
            }
        }
        state
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The start of the SHA-256 of some content, as file names carry it.
pub fn short_hash(content: &[u8]) -> String {
    let mut digest = hex(&Sha256::digest(content));
    digest.truncate(6);
    digest
}
