//! Runs the receiver, and makes tokens for its register.

use std::process::ExitCode;
use std::sync::Arc;

use domain::config::Config;
use receiver::store::Target;
use receiver::{App, Store};

use crate::arguments::Serve;
use crate::{check, webhooks};

/// Serves until a signal ends it.
pub fn run(mut options: Box<Serve>) -> Result<ExitCode, String> {
    let config = match &options.config {
        Some(path) => {
            let (config, lines) = check::read(path)?;
            for line in lines {
                eprintln!("{}: {line}", path.display());
            }
            config
        }
        None => Config::default(),
    };
    check_folders(&options)?;
    if let Some(path) = &options.webhooks {
        options.receiver.webhooks = webhooks::read(path)?;
    }
    let told = |error: &dyn std::fmt::Display| error.to_string();
    runtime()?.block_on(async move {
        // The address first: a second start must not touch the database of the first.
        let listener = receiver::bind(&options.host, options.port).await.map_err(|error| told(&error))?;
        let address = listener.local_addr().map_err(|error| told(&error))?;
        let store = Store::open_with(&options.db, options.free_bytes_min).map_err(|error| told(&error))?;
        let first = store.token_hash().await.map_err(|error| told(&error))?.is_none();
        println!("All Ears listens at http://{address}/");
        if first {
            let token = receiver::new_token(&store).await.map_err(|error| told(&error))?;
            println!("Register: http://{address}/register");
            println!("Register token, shown this once: {token}");
        } else {
            println!("Register: http://{address}/register (all-ears token --db FILE makes a new token)");
        }
        let app = Arc::new(App::new(store, config, options.receiver));
        receiver::serve(listener, app).await.map_err(|error| told(&error))?;
        Ok(ExitCode::SUCCESS)
    })
}

fn check_folders(options: &Serve) -> Result<(), String> {
    for (name, folder) in [("--assets", &options.receiver.assets), ("--site", &options.receiver.site)] {
        if let Some(folder) = folder.as_ref().filter(|folder| !folder.is_dir()) {
            return Err(format!("{name} {}: there is no such folder", folder.display()));
        }
    }
    Ok(())
}

pub fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| error.to_string())
}

/// Makes a new token for the register.
pub fn token(db: &Target) -> Result<ExitCode, String> {
    if let Target::File(path) = db
        && !path.exists()
    {
        return Err(format!("{db} is out of reach: there is no such file"));
    }
    let store = Store::open(db).map_err(|error| error.to_string())?;
    let token = runtime()?.block_on(receiver::new_token(&store)).map_err(|error| error.to_string())?;
    println!("Register token, shown this once: {token}");
    store.close();
    Ok(ExitCode::SUCCESS)
}
