//! Prepares the pages' files: one style sheet, one sprite of icons, the script modules; each also compressed.
//!
//! All of them are served below one folder named after the hash of everything, so that they may be cached for ever and
//! the modules' relative imports stay as they are written.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("assets");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo:rerun-if-changed={}", root.display());

    let mut files = vec![
        ("app.css".to_owned(), "text/css; charset=utf-8", style_sheet(&root.join("css"))?),
        ("icons.svg".to_owned(), "image/svg+xml", sprite(&root.join("icons"))?),
        ("favicon.svg".to_owned(), "image/svg+xml", fs::read(root.join("favicon.svg"))?),
        ("sw.js".to_owned(), "text/javascript; charset=utf-8", fs::read(root.join("sw.js"))?),
    ];
    for path in sorted(&root.join("js"), "js")? {
        files.push((format!("js/{}.js", stem(&path)?), "text/javascript; charset=utf-8", fs::read(&path)?));
    }
    for path in sorted(&root.join("images"), "png")? {
        files.push((format!("images/{}.png", stem(&path)?), "image/png", fs::read(&path)?));
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));

    let mut hash = Sha256::new();
    let mut table = String::from("&[\n");
    for (number, (name, content_type, bytes)) in files.iter().enumerate() {
        hash.update(name.as_bytes());
        hash.update(bytes);
        fs::write(out.join(format!("{number}.plain")), bytes)?;
        fs::write(out.join(format!("{number}.br")), brotli(bytes)?)?;
        fs::write(out.join(format!("{number}.gz")), gzip(bytes)?)?;
        let include = |kind: &str| format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{number}.{kind}\"))");
        writeln!(
            table,
            "Asset {{ name: {name:?}, content_type: {content_type:?}, plain: {}, brotli: {}, gzip: {} }},",
            include("plain"),
            include("br"),
            include("gz")
        )?;
    }
    table.push(']');
    fs::write(out.join("assets.rs"), table)?;
    let digest = hash.finalize();
    let name: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    println!("cargo:rustc-env=ASSETS_HASH={name}");
    Ok(())
}

/// All style files in one; the file that orders the layers comes first, the others by name.
fn style_sheet(folder: &Path) -> Result<Vec<u8>, Failure> {
    let mut sheet = fs::read(folder.join("layers.css"))?;
    for path in sorted(folder, "css")?.iter().filter(|path| !path.ends_with("layers.css")) {
        sheet.extend(fs::read(path)?);
    }
    Ok(sheet)
}

/// Every icon as a `<symbol>` named after its file.
fn sprite(folder: &Path) -> Result<Vec<u8>, Failure> {
    let mut sprite = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">\n");
    for path in sorted(folder, "svg")? {
        let text = fs::read_to_string(&path)?;
        let (_, rest) = text.split_once("<svg").ok_or("an icon without <svg>")?;
        let (_, inner) = rest.split_once('>').ok_or("an icon without content")?;
        let inner = inner.trim().trim_end_matches("</svg>").trim();
        writeln!(sprite, "<symbol id=\"{}\" viewBox=\"0 0 24 24\">{inner}</symbol>", stem(&path)?)?;
    }
    sprite.push_str("</svg>\n");
    Ok(sprite.into_bytes())
}

fn sorted(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == extension) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> Result<String, Failure> {
    Ok(path.file_stem().ok_or("a file without a name")?.to_string_lossy().into_owned())
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 9, 20);
    writer.write_all(bytes)?;
    writer.flush()?;
    Ok(writer.into_inner())
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}
