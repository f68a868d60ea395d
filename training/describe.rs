//! Prints the features of each block of each page, to train the model on: lines `{"id", "url", "path"}` on
//! standard input, lines `[id, features, text]` on standard output. `cargo run --release --example describe`.

use std::error::Error;
use std::io::{BufRead, Read, Write};

use url::Url;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let job: serde_json::Value = serde_json::from_str(&line?)?;
        let path = job["path"].as_str().ok_or("a job without a path")?;
        let address = job["url"].as_str().unwrap_or_default();
        let url = Url::parse(address).or_else(|_| Url::parse("https://page.example/"))?;
        let mut bytes = std::fs::read(path)?;
        if path.ends_with(".gz") {
            let packed = std::mem::take(&mut bytes);
            flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes)?;
        }
        for (features, text) in offprint::extract::described(&String::from_utf8_lossy(&bytes), &url) {
            writeln!(out, "{}", serde_json::json!([job["id"], features, text]))?;
        }
    }
    Ok(out.flush()?)
}
