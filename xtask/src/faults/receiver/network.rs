//! R6 and R8: answers get lost on the way; thousands of connections trickle.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use socket2::{Domain, Protocol, Socket, Type};

use super::Bench;
use super::client::{Client, complaint, percentile, request};
use super::program::{Program, own};
use super::random::Random;

/// R6: three of ten answers are lost after the request went out; the client sends the same again.
pub fn lost_answers(bench: &Bench) -> Result<String> {
    let folder = bench.place("R6")?;
    let program = Program::on_file(&bench.program, &folder);
    let running = program.start()?;
    let each = u64::from(bench.many(500, 60));
    let receipts = Mutex::new(BTreeMap::new());
    let (clients, mut lost) = (16, 0);
    thread::scope(|scope| -> Result<()> {
        let all: Vec<_> = (0..clients)
            .map(|client| {
                let (receipts, address) = (&receipts, &running.address);
                let random = Random::new(bench.seed + client);
                scope.spawn(move || send_lossy(address, client * each, each, random, receipts))
            })
            .collect();
        for client in all {
            lost += client.join().unwrap_or_else(|_| bail!("a client died"))?;
        }
        Ok(())
    })?;
    // Whoever asks again much later hears the same.
    let receipts = own(&receipts).clone();
    let mut client = Client::open(&running.address)?;
    for (number, receipt) in &receipts {
        let answer = client.post(&complaint(*number))?;
        if answer.status != 200 || &answer.body != receipt {
            bail!("{number} got {receipt} and then {}", answer.body);
        }
    }
    drop(running);
    let report = program.verify(&[])?;
    let wanted = clients * each;
    if report["submissions"] != wanted || receipts.len() as u64 != wanted {
        bail!("{} rows for {wanted} submissions", report["submissions"]);
    }
    Ok(format!("{wanted} submissions, {lost} answers lost, {wanted} rows, same receipts"))
}

fn send_lossy(
    address: &str,
    first: u64,
    each: u64,
    mut random: Random,
    receipts: &Mutex<BTreeMap<u64, String>>,
) -> Result<u64> {
    let mut lost = 0;
    let mut client = Client::open(address)?;
    for number in first..first + each {
        let receipt = loop {
            if random.percent(30) {
                client.send(request(&complaint(number)).as_bytes())?;
                lost += 1;
                client = Client::open(address)?;
                continue;
            }
            let answer = client.post(&complaint(number))?;
            if !matches!(answer.status, 200 | 201) {
                bail!("{} {}", answer.status, answer.body);
            }
            break answer.body;
        };
        own(receipts).insert(number, receipt);
    }
    Ok(lost)
}

/// Connections of the attack, and the addresses they come from.
const TRICKLES: usize = 2_000;
const ADDRESSES: usize = 100;

/// R8: 2,000 connections that trickle; everybody else is served as before.
pub fn slow_loris(bench: &Bench) -> Result<String> {
    let folder = bench.place("R8")?;
    let delivered = bench.delivered();
    let program = Program::on_file(&delivered, &folder);
    let running = program.start()?;
    let target: SocketAddr = running.address.parse()?;
    let honest = |first: u64| -> Result<Duration> {
        let mut times = Vec::new();
        for number in first..first + 300 {
            let began = Instant::now();
            let answer = Client::open(&running.address)?.post(&complaint(number))?;
            if answer.status != 201 {
                bail!("an honest client hears {} {}", answer.status, answer.body);
            }
            times.push(began.elapsed());
        }
        Ok(percentile(&mut times, 99))
    };
    honest(1_000)?;
    let idle = honest(0)?;
    let ended = AtomicBool::new(false);
    let (busy, memory, closed_in) = thread::scope(|scope| -> Result<(Duration, u64, Duration)> {
        let attack = scope.spawn(|| trickle(target, &ended));
        thread::sleep(Duration::from_secs(3));
        let busy = honest(10_000);
        let memory = running.memory_kib();
        ended.store(true, Ordering::Relaxed);
        let closed_in = attack.join().unwrap_or_else(|_| bail!("the attack died"))?;
        Ok((busy?, memory, closed_in))
    })?;
    let told = format!(
        "honest p99 {idle:.1?} idle, {busy:.1?} under {TRICKLES} trickles, {} MiB, all closed after {:.1} s",
        memory >> 10,
        closed_in.as_secs_f32()
    );
    let slow = busy > idle * 2 + Duration::from_millis(20);
    if slow || memory > 150 << 10 || closed_in > Duration::from_secs(17) { bail!("{told}") } else { Ok(told) }
}

/// Opens them all, lets each say a byte a second, and answers how long the last one was let live.
fn trickle(target: SocketAddr, ended: &AtomicBool) -> Result<Duration> {
    let body = request(&complaint(99)).replace("Content-Length: ", "Content-Length: 9");
    let mut all = Vec::new();
    for number in 0..TRICKLES {
        let from = Ipv4Addr::new(127, 0, 1, 1 + (number % ADDRESSES) as u8);
        let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP))?;
        socket.bind(&SocketAddr::new(IpAddr::V4(from), 0).into())?;
        socket.connect(&target.into()).with_context(|| format!("connection {number}"))?;
        let mut stream = TcpStream::from(socket);
        stream.set_nonblocking(true)?;
        // Half of them trickle their head, the others their body.
        let said = if number % 2 == 0 { 1 } else { body.find("\r\n\r\n").unwrap_or(0) + 4 };
        let open = stream.write_all(&body.as_bytes()[..said]).is_ok();
        all.push((stream, said, open, Instant::now()));
    }
    let mut longest = Duration::ZERO;
    while all.iter().any(|(_, _, open, _)| *open) {
        for (stream, said, open, born) in &mut all {
            if !*open {
                continue;
            }
            let byte = body.as_bytes().get(*said).copied().unwrap_or(b' ');
            *said += 1;
            let mut heard = [0; 512];
            let gone = match stream.read(&mut heard) {
                Ok(_) => true,
                Err(error) => error.kind() != ErrorKind::WouldBlock,
            };
            if gone || stream.write_all(&[byte]).is_err() {
                *open = false;
                longest = longest.max(born.elapsed());
            }
        }
        if longest > Duration::from_secs(60) && ended.load(Ordering::Relaxed) {
            bail!("some are let live for ever");
        }
        thread::sleep(Duration::from_secs(1));
    }
    Ok(longest)
}
