//! A Postgres server for tests: in a temporary folder, on a free port of this machine, never as root; gone when dropped.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::browsers;
use crate::project::{Project, ask, which};

/// How long a start may take. It recovers from the log first, when the server was killed.
const START_TIME_MAX: Duration = Duration::from_secs(30);
const LOOK_PAUSE: Duration = Duration::from_millis(20);

/// A server that runs.
pub struct Server {
    folder: PathBuf,
    programs: PathBuf,
    user: Option<&'static str>,
    port: u16,
    running: Child,
}

impl Server {
    /// Finds or installs Postgres, makes a cluster and starts it.
    pub fn start(project: &Project) -> Result<Self> {
        let programs = programs(project)?;
        let folder = std::env::temp_dir().join(format!("all-ears-postgres-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        let user = other_user(project, &folder)?;
        let data = folder.join("data");
        let mut made = own(&programs.join("initdb"), user);
        made.args(["-U", "tests", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-instructions", "-D"]);
        let output = made.arg(&data).current_dir("/").output().context("initdb does not start")?;
        if !output.status.success() {
            bail!("initdb: {}", String::from_utf8_lossy(&output.stderr));
        }
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let running = launch(&folder, &programs, user, port)?;
        let server = Self { folder, programs, user, port, running };
        server.wait()?;
        Ok(server)
    }

    /// Its address, with the database that is always there.
    pub fn url(&self) -> String {
        format!("postgres://tests@127.0.0.1:{}/postgres", self.port)
    }

    /// A database of its own on this server, made now.
    pub fn database(&self, name: &str) -> Result<String> {
        let mut made = own(&self.programs.join("createdb"), self.user);
        made.args(["-h", "127.0.0.1", "-U", "tests", "-p", &self.port.to_string(), "-T", "template0", name]);
        let output = made.current_dir("/").output()?;
        if !output.status.success() {
            bail!("createdb: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(format!("postgres://tests@127.0.0.1:{}/{name}", self.port))
    }

    /// Starts it again so that it lets only encrypted connections in; answers the certificate to believe, which names
    /// `localhost`, and the port.
    pub fn encrypt(&mut self) -> Result<(PathBuf, u16)> {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
        let data = self.folder.join("data");
        let certificate = self.folder.join("server.crt");
        fs::write(&certificate, made.cert.pem())?;
        let key = data.join("server.key");
        fs::write(&key, made.signing_key.serialize_pem())?;
        Command::new("chmod").arg("600").arg(&key).status()?;
        fs::copy(&certificate, data.join("server.crt"))?;
        if let Some(user) = self.user {
            Command::new("chown").arg(user).arg(&key).arg(data.join("server.crt")).status()?;
        }
        fs::write(data.join("pg_hba.conf"), "hostssl all all 127.0.0.1/32 trust\n")?;
        let settings = data.join("postgresql.auto.conf");
        fs::write(&settings, format!("{}\nssl = on\n", fs::read_to_string(&settings)?))?;
        self.kill()?;
        self.restart()?;
        Ok((certificate, self.port))
    }

    /// Kills every process of the server, as a power switch would.
    pub fn kill(&mut self) -> Result<()> {
        let mut all = vec![self.running.id()];
        // Frozen first: a child that is born while the others are counted would live on and keep the next server out.
        let _ = Command::new("kill").args(["-STOP", &all[0].to_string()]).stderr(Stdio::null()).status()?;
        let mut at = 0;
        while let Some(parent) = all.get(at).copied() {
            let path = format!("/proc/{parent}/task/{parent}/children");
            let found = fs::read_to_string(path).unwrap_or_default();
            all.extend(found.split_whitespace().filter_map(|id| id.parse::<u32>().ok()));
            at += 1;
        }
        let ids: Vec<String> = all.iter().rev().map(u32::to_string).collect();
        // Some may be gone before their turn.
        let _ = Command::new("kill").arg("-9").args(&ids).stderr(Stdio::null()).status()?;
        self.running.wait()?;
        let began = Instant::now();
        // A killed process may take a moment to die, and holds the server's memory until then.
        while all.iter().any(|id| lives(*id)) && began.elapsed() < START_TIME_MAX {
            thread::sleep(LOOK_PAUSE);
        }
        Ok(())
    }

    /// Starts it again on the same port and data.
    pub fn restart(&mut self) -> Result<()> {
        // A lock file of a killed server is seen to be stale only when its number is not taken again.
        let _ = fs::remove_file(self.folder.join("data/postmaster.pid"));
        self.running = launch(&self.folder, &self.programs, self.user, self.port)?;
        self.wait()
    }

    fn wait(&self) -> Result<()> {
        let began = Instant::now();
        let port = self.port.to_string();
        let ready = || {
            let mut asked = Command::new(self.programs.join("pg_isready"));
            asked.args(["-q", "-h", "127.0.0.1", "-U", "tests", "-p", &port]);
            asked.status().is_ok_and(|status| status.success())
        };
        while !ready() {
            if began.elapsed() > START_TIME_MAX {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                bail!("Postgres does not start:\n{log}");
            }
            thread::sleep(LOOK_PAUSE);
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.kill();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Whether a process is more than an entry in a table.
fn lives(id: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with(['Z', 'X']))
}

fn launch(folder: &Path, programs: &Path, user: Option<&str>, port: u16) -> Result<Child> {
    let log = fs::OpenOptions::new().create(true).append(true).open(folder.join("log"))?;
    let mut started = own(&programs.join("postgres"), user);
    started.arg("-D").arg(folder.join("data")).args(["-p", &port.to_string()]);
    let settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200"];
    started.args(settings.iter().flat_map(|setting| ["-c", setting]));
    started.current_dir("/").stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    started.spawn().context("postgres does not start")
}

/// A command in another user's name, where this one is root: Postgres refuses to run as root.
fn own(program: &Path, user: Option<&str>) -> Command {
    match user {
        None => Command::new(program),
        Some(user) => {
            // It replaces itself by the program, so that the process we start is the server itself.
            let mut command = Command::new("setpriv");
            command.args(["--reuid", user, "--regid", user, "--clear-groups", "--"]).arg(program);
            command
        }
    }
}

/// The user that the Debian package makes, when this is root.
fn other_user(project: &Project, folder: &Path) -> Result<Option<&'static str>> {
    if ask(project.command("id").arg("-u")).as_deref() != Some("0") {
        return Ok(None);
    }
    let user = "postgres";
    let given = Command::new("chown").arg(user).arg(folder).status()?.success();
    if !given {
        bail!("there is no user {user} to run the server as; start this as a user that is not root");
    }
    Ok(Some(user))
}

/// The folder of Postgres' programs, which Debian keeps off the search path.
fn programs(project: &Project) -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    browsers::install(project, &["postgresql"].into())?;
    find().context("Postgres is missing; on Debian, as root: apt-get install postgresql")
}

fn find() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|folder| folder.join("initdb").is_file())
        .collect();
    found.sort();
    let on_path = || which("initdb").and_then(|program| program.parent().map(Path::to_path_buf));
    found.pop().or_else(on_path)
}
