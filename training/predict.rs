//! Extracts pages with another model or without some parts, to measure what they are worth: arguments MODEL [PART …],
//! lines `{"id", "url", "path"}` on standard input, lines `{"id", "text", "confidence"}` on standard output.

use std::error::Error;
use std::io::{BufRead, Read, Write};

use url::Url;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (model, parts) = args.split_first().ok_or("usage: predict MODEL [PART ...]")?;
    let model = std::fs::read(model)?;
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
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
        let draft = offprint::extract::tried(&String::from_utf8_lossy(&bytes), &url, &model, &parts)
            .ok_or("the model can't be read, or a part has no such name")?;
        let clean = offprint::normalise::clean(&draft.body, &url);
        let text = offprint::normalise::plain_text(&clean);
        let row = serde_json::json!({"id": job["id"], "text": text, "confidence": draft.confidence});
        writeln!(out, "{row}")?;
    }
    Ok(out.flush()?)
}
