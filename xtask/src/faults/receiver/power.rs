//! R2: a power cut. One run of the receiver is recorded: every write to the database's files, every flush, every receipt
//! that leaves, in one order. Then the disk is put together as a cut would leave it, at any point: what was flushed is
//! there, of what was not flushed nothing, all, or some of it, torn where a sector ends. Each such disk is opened, and
//! every receipt that had left has to be in it. File names are taken to last once they are made.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::Bench;
use super::client::{Record, load};
use super::disk::on_bad_disk;
use super::program::{Program, own};
use super::random::Random;

const CLIENTS: usize = 16;
const SECTOR: usize = 512;

/// What happened, in order.
enum Step {
    /// To a file (0: database, 1: its log), at a place.
    Write(usize, usize, Vec<u8>),
    Truncate(usize, usize),
    Flush(usize),
    /// A receipt left; its id.
    Receipt(String),
    /// The disk failed.
    Fault,
}

/// R2: nothing that was acknowledged is missing, wherever the power goes.
pub fn cuts(bench: &Bench) -> Result<String> {
    let steps = recorded(bench, "R2", false)?;
    let found = cut_everywhere(bench, &steps, bench.many(5_400, 240) as usize, "R2")?;
    if let Some(first) = found.lost.first() {
        bail!("{} of {} cuts lose what was acknowledged, such as {first}", found.lost.len(), found.cuts);
    }
    let receipts = steps.iter().filter(|step| matches!(step, Step::Receipt(_))).count();
    Ok(format!("{} cuts in {} steps, {receipts} receipts, 0 missing", found.cuts, steps.len()))
}

/// The same with a database that does not flush each commit: the test has to notice.
pub fn bites(bench: &Bench) -> Result<String> {
    let steps = recorded(bench, "R2n", true)?;
    let found = cut_everywhere(bench, &steps, bench.many(600, 120) as usize, "R2n")?;
    if found.lost.is_empty() {
        bail!("{} cuts lose nothing without a flush, so the test sees nothing", found.cuts);
    }
    Ok(format!("{} of {} cuts lose receipts, as they must", found.lost.len(), found.cuts))
}

fn recorded(bench: &Bench, name: &str, careless: bool) -> Result<Vec<Step>> {
    let folder = bench.place(name)?;
    let trace = folder.join("trace");
    let mut program = on_bad_disk(bench, &folder)?.with("ALL_EARS_DISK_TRACE", trace.to_string_lossy());
    if careless {
        program = program.with("ALL_EARS_TEST_SYNCHRONOUS_NORMAL", "1");
    }
    let running = program.start()?;
    let record = Record::default();
    let wanted = bench.many(800, 300) as usize;
    load(&record, &running.address, CLIENTS, || {
        while record.count() < wanted {
            thread::sleep(Duration::from_millis(2));
        }
    });
    running.kill()?;
    let steps = read(&fs::read(&trace)?)?;
    let flushes = steps.iter().filter(|step| matches!(step, Step::Flush(_))).count();
    let receipts = steps.iter().filter(|step| matches!(step, Step::Receipt(_))).count();
    if receipts < wanted || flushes == 0 {
        bail!("the record holds {flushes} flushes and {receipts} receipts of {wanted}: nothing to go by");
    }
    Ok(steps)
}

fn read(mut bytes: &[u8]) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    // The last record may be cut off: the process was killed.
    while bytes.len() >= 16 {
        let (head, rest) = bytes.split_at(16);
        let place = i64::from_le_bytes(head[4..12].try_into()?);
        let length = u32::from_le_bytes(head[12..16].try_into()?) as usize;
        let carries = matches!(head[0], b'w' | b'a');
        let taken = if carries { length } else { 0 };
        if rest.len() < taken {
            break;
        }
        let (content, rest) = rest.split_at(taken);
        bytes = rest;
        let file = usize::from(head[1]).saturating_sub(1);
        let place = usize::try_from(place)?;
        match head[0] {
            b'w' => steps.push(Step::Write(file, place, content.to_vec())),
            b't' => steps.push(Step::Truncate(file, place)),
            b's' => steps.push(Step::Flush(file)),
            b'f' => steps.push(Step::Fault),
            b'a' => {
                let text = String::from_utf8_lossy(content);
                let id = text.split("{\"id\":\"").nth(1).and_then(|rest| rest.split('"').next());
                steps.extend(id.map(|id| Step::Receipt(id.to_owned())));
            }
            other => bail!("the record holds {other}"),
        }
    }
    Ok(steps)
}

/// A disk as it is, and as it is sure to be.
#[derive(Clone, Default)]
struct Disk {
    sure: [Vec<u8>; 2],
    /// What was done to each file since its last flush, as places in the list of steps.
    unsure: [Vec<usize>; 2],
}

fn apply(file: &mut Vec<u8>, step: &Step) {
    match step {
        Step::Write(_, place, bytes) => write(file, *place, bytes),
        Step::Truncate(_, length) => file.resize(*length, 0),
        Step::Flush(_) | Step::Receipt(_) | Step::Fault => {}
    }
}

fn write(file: &mut Vec<u8>, place: usize, bytes: &[u8]) {
    if file.len() < place + bytes.len() {
        file.resize(place + bytes.len(), 0);
    }
    file[place..place + bytes.len()].copy_from_slice(bytes);
}

impl Disk {
    fn go(&mut self, steps: &[Step], at: usize) {
        match &steps[at] {
            Step::Write(file, _, _) | Step::Truncate(file, _) => self.unsure[*file].push(at),
            Step::Flush(file) => {
                for done in std::mem::take(&mut self.unsure[*file]) {
                    apply(&mut self.sure[*file], &steps[done]);
                }
            }
            Step::Receipt(_) | Step::Fault => {}
        }
    }

    /// What a cut leaves: of the unsure, this share in a hundred, and torn where a sector ends.
    fn after_cut(&self, steps: &[Step], share: u64, random: &mut Random) -> [Vec<u8>; 2] {
        let mut left = self.sure.clone();
        for (file, image) in left.iter_mut().enumerate() {
            for done in &self.unsure[file] {
                if !random.percent(share) {
                    continue;
                }
                match &steps[*done] {
                    Step::Write(_, place, bytes) if share < 100 && random.percent(30) => {
                        let sectors = bytes.len().div_ceil(SECTOR) as u64;
                        let torn = (random.below(sectors + 1) as usize * SECTOR).min(bytes.len());
                        write(image, *place, &bytes[..torn]);
                    }
                    whole @ (Step::Write(..)
                    | Step::Truncate(..)
                    | Step::Flush(_)
                    | Step::Receipt(_)
                    | Step::Fault) => apply(image, whole),
                }
            }
        }
        left
    }
}

fn receipts(steps: &[Step]) -> Vec<String> {
    let ids = steps.iter().filter_map(|step| match step {
        Step::Receipt(id) => Some(id.clone()),
        Step::Write(..) | Step::Truncate(..) | Step::Flush(_) | Step::Fault => None,
    });
    ids.collect()
}

/// After the first failure of a disk nothing is promised that was not sure before it, however the disk does afterwards:
/// every receipt of the run is held against what had been flushed by then.
pub fn nothing_promised_after_a_fault(bench: &Bench, trace: &Path) -> Result<()> {
    let steps = read(&fs::read(trace)?)?;
    let at = steps.iter().position(|step| matches!(step, Step::Fault)).context("the disk did not fail")?;
    let mut disk = Disk::default();
    for before in 0..at {
        disk.go(&steps, before);
    }
    let images = disk.after_cut(&steps, 0, &mut Random::new(bench.seed));
    let receipts = receipts(&steps);
    let folder = fast_folder(bench, "R3")?;
    let cut = Cut { at, share: 0, images, receipts: receipts.len() };
    let told = look(&bench.program, &folder, &cut, &receipts);
    let _ = fs::remove_dir_all(folder);
    told?.map_or(Ok(()), |told| bail!("the disk failed, and receipts went on: {told}"))
}

struct Found {
    cuts: usize,
    lost: Vec<String>,
}

struct Cut {
    at: usize,
    share: u64,
    images: [Vec<u8>; 2],
    receipts: usize,
}

/// Cuts the power so many times, spread over all steps, and opens what is left.
fn cut_everywhere(bench: &Bench, steps: &[Step], cuts: usize, name: &str) -> Result<Found> {
    let shares = [0, 50, 100];
    let every = (steps.len() * shares.len() / cuts).max(1);
    let (sender, cut) = std::sync::mpsc::sync_channel::<Cut>(4);
    let cut = Mutex::new(cut);
    let (lost, made) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    let receipts = receipts(steps);
    let folders =
        (0..2).map(|worker| fast_folder(bench, &format!("{name}-{worker}"))).collect::<Result<Vec<_>>>()?;
    thread::scope(|scope| -> Result<()> {
        let workers: Vec<_> = folders
            .iter()
            .map(|folder| {
                let (cut, lost, made, receipts) = (&cut, &lost, &made, &receipts);
                let looking = bench.looking();
                scope.spawn(move || -> Result<()> {
                    loop {
                        let Ok(next) = own(cut).recv() else { return Ok(()) };
                        made.fetch_add(1, Ordering::Relaxed);
                        if let Some(told) = look(&looking, folder, &next, receipts)? {
                            own(lost).push(told);
                        }
                    }
                })
            })
            .collect();
        let mut disk = Disk::default();
        let mut random = Random::new(bench.seed);
        let mut known = 0;
        for at in 0..steps.len() {
            disk.go(steps, at);
            known += usize::from(matches!(steps[at], Step::Receipt(_)));
            // Every share at each chosen step: a pattern must not leave one of them out.
            for share in shares.into_iter().filter(|_| at % every == 0) {
                let images = disk.after_cut(steps, share, &mut random);
                sender.send(Cut { at, share, images, receipts: known }).context("nobody looks any more")?;
            }
        }
        drop(sender);
        workers.into_iter().try_for_each(|worker| worker.join().unwrap_or_else(|_| bail!("a thread died")))
    })?;
    for folder in folders {
        let _ = fs::remove_dir_all(folder);
    }
    let lost = lost.into_inner().unwrap_or_default();
    Ok(Found { cuts: made.into_inner(), lost })
}

/// Memory serves as a disk here: what is looked at is never cut again.
fn fast_folder(bench: &Bench, name: &str) -> Result<PathBuf> {
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory } else { bench.folder.as_path() };
    let folder = base.join(format!("all-ears-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Opens what a cut has left; says what is missing.
fn look(looking: &Path, folder: &Path, cut: &Cut, receipts: &[String]) -> Result<Option<String>> {
    let program = Program::on_file(looking, folder);
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{ending}", program.db));
    }
    fs::write(&program.db, &cut.images[0])?;
    if !cut.images[1].is_empty() {
        fs::write(format!("{}-wal", program.db), &cut.images[1])?;
    }
    let promised = &receipts[..cut.receipts];
    if promised.is_empty() && cut.images[0].is_empty() {
        return Ok(None);
    }
    let told =
        |what: String| Ok(Some(format!("step {} with {} % of the unflushed: {what}", cut.at, cut.share)));
    match program.verify(promised) {
        Ok(report) => {
            let missing = report["missing"].as_array().map_or(0, Vec::len);
            if missing > 0 || report["sound"] != true {
                return told(format!("{missing} of {} missing, sound: {}", promised.len(), report["sound"]));
            }
            Ok(None)
        }
        // Before its first migration is flushed there is no database of ours, and no receipt either.
        Err(_) if promised.is_empty() => Ok(None),
        Err(error) => told(error.to_string()),
    }
}
