//! wasm-bindgen for what a browser loads: `wasm-bindgen --target=web --out-name=NAME --out-dir=FOLDER MODULE`, and `--version`.
//!
//! Arguments are those that cargo-leptos gives, in any order; all others are refused.

use std::{env, error::Error, process::ExitCode};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    match run(env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: impl Iterator<Item = String>) -> Result<(), Box<dyn Error>> {
    let (mut name, mut folder, mut module) = (None, None, None);
    for argument in arguments {
        match argument.split_once('=') {
            None if argument == "--version" => {
                println!("wasm-bindgen {}", env!("CARGO_PKG_VERSION"));
                return Ok(());
            }
            Some(("--target", "web")) => {}
            Some(("--out-name", value)) => name = Some(value.to_owned()),
            Some(("--out-dir", value)) => folder = Some(value.to_owned()),
            _ if argument.starts_with('-') => return Err(format!("{argument} is not known here: see scripts/wasm-bindgen").into()),
            _ => module = Some(argument),
        }
    }
    let name = name.ok_or("--out-name is missing")?;
    let folder = folder.ok_or("--out-dir is missing")?;
    let module = module.ok_or("the module is missing")?;
    Ok(Bindgen::new().input_path(module).out_name(&name).web(true)?.generate(folder)?)
}
