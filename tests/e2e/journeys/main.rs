//! The journeys: what customers and web teams do, in three real engines. Run one by its name:
//! `cargo test -p all-ears-e2e --test journeys -- rate`, in one engine with `E2E_ENGINES=firefox`.

mod harness;

use all_ears_e2e::runner::{Journey, run};

const JOURNEYS: &[Journey] = &[Journey {
    name: "harness",
    receiver: false,
    steps: harness::steps,
}];

fn main() -> std::process::ExitCode {
    if run(JOURNEYS) {
        std::process::ExitCode::SUCCESS
    } else {
        std::process::ExitCode::FAILURE
    }
}
