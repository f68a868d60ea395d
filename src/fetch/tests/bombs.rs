//! Bodies that unpack to more than they seem.

use std::io::Write;

use tokio::io::AsyncWriteExt;

use super::origin::{Origin, answer};
use super::*;

const MIB: usize = 1024 * 1024;
/// What may be in memory of a body: the limit, and the piece that went beyond it.
const MOST: u64 = 10 * 1024 * 1024 + 32 * 1024;

async fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = async_compression::tokio::write::BrotliEncoder::new(Vec::new());
    encoder.write_all(bytes).await.unwrap();
    encoder.shutdown().await.unwrap();
    encoder.into_inner()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

async fn coded(coding: &str, packed: &[u8]) -> Result<Fetched, FetchError> {
    let origin = Origin::saying(answer("200 OK", &format!("Content-Encoding: {coding}"), packed)).await;
    get(&fetcher(&config()), &origin.url).await
}

#[tokio::test]
async fn b5_a_bomb_is_stopped_while_it_is_unpacked() {
    let zeros = vec![0; 32 * MIB];
    for (coding, packed) in [
        ("gzip", gzip(&zeros)),
        ("zstd", zstd::encode_all(&zeros[..], 1).unwrap()),
        ("br", brotli(&zeros).await),
        ("deflate", zlib(&zeros)),
    ] {
        let error = coded(coding, &packed).await.unwrap_err();

        assert!(matches!(error, FetchError::Bomb { n_bytes, .. } if n_bytes <= MOST), "{coding}: {error:?}");
        assert_eq!((error.remedy(), error.trouble()), (Remedy::GiveUp, Trouble::TooLarge));
    }
}

#[tokio::test]
async fn b5_sixteen_kilobytes_that_are_half_a_gigabyte_are_stopped_early() {
    let packed = zstd::encode_all(std::io::Read::take(std::io::repeat(b' '), 512 * 1024 * 1024), 1).unwrap();
    assert!(packed.len() < 64 * 1024, "{}", packed.len());

    let error = coded("zstd", &packed).await.unwrap_err();

    assert!(matches!(error, FetchError::Bomb { n_bytes, .. } if n_bytes <= MOST), "{error:?}");
}

#[tokio::test]
async fn b5_what_unpacks_within_the_ratio_still_meets_the_limit() {
    let text: String = (0..2_000_000).map(|n| format!("line {n}\n")).collect();
    let packed = gzip(text.as_bytes());
    assert!(text.len() > 12 * MIB && packed.len() < 5 * MIB, "{}", packed.len());

    let error = coded("gzip", &packed).await.unwrap_err();

    assert!(matches!(error, FetchError::TooLarge { limit_bytes, .. } if limit_bytes == 10 * MIB as u64), "{error:?}");
}

#[tokio::test]
async fn b5_a_window_of_two_gigabytes_is_refused() {
    // A frame header that asks for 2^31 bytes, and one block that repeats a letter.
    let frame = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x03, 0x00, 0x10, b'x'];

    let error = coded("zstd", &frame).await.unwrap_err();

    assert!(matches!(error, FetchError::Body { .. }), "{error:?}");
}

#[tokio::test]
async fn b5_one_layer_is_unpacked_and_no_more() {
    let once = gzip(b"<urlset></urlset>");
    let twice = gzip(&once);

    let refused = coded("gzip, gzip", &twice).await.unwrap_err();
    let unpacked = coded("gzip", &twice).await.unwrap();
    let sitemap = Origin::saying(answer("200 OK", "Content-Type: application/gzip", &once)).await;
    let as_it_is = get(&fetcher(&config()), &sitemap.at("/sitemap.xml.gz")).await.unwrap();

    assert!(refused.to_string().ends_with("more than one content coding: `gzip, gzip`"), "{refused}");
    assert_eq!(body(&unpacked), once);
    assert_eq!(body(&as_it_is), once);
}
