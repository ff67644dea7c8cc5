//! Reads the catalogues in `locales/`, refuses to build when they are not whole, and writes a method for each message.

use std::path::{Path, PathBuf};
use std::{env, fs};

mod check;
mod write;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let locales = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../locales");
    println!("cargo:rerun-if-changed={}", locales.display());
    println!("cargo:rerun-if-changed=build");
    let languages = read(&locales)?;
    let catalogues = match check::check(&languages) {
        Ok(catalogues) => catalogues,
        Err(problems) => {
            for problem in &problems {
                println!("cargo:error={problem}");
            }
            return Err(format!("{} problems in locales/", problems.len()).into());
        }
    };
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("messages.rs"), write::messages(&languages, &catalogues)?)?;
    Ok(())
}

/// Every catalogue: languages by tag, files by name.
fn read(locales: &Path) -> Result<Vec<check::Language>, Failure> {
    let mut languages = Vec::new();
    for folder in sorted(locales)? {
        let files = sorted(&folder)?
            .into_iter()
            .filter(|path| path.extension().is_some_and(|extension| extension == "ftl"))
            .map(|path| Ok(check::File { name: name(&path), text: fs::read_to_string(&path)? }))
            .collect::<Result<_, Failure>>()?;
        languages.push(check::Language { tag: name(&folder), files });
    }
    Ok(languages)
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_, Failure>>()?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
