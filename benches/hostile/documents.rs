//! Documents made to cost more than they are worth, each as an origin would send it.

use std::io::Write;

use flate2::Compression;

const MIB: usize = 1024 * 1024;

/// What an origin sends.
pub struct Case {
    /// The acceptance case it belongs to.
    pub group: &'static str,
    /// What it is.
    pub name: &'static str,
    /// The answer's first bytes.
    pub first: Vec<u8>,
    /// What is sent after that until nobody listens.
    pub flood: Vec<u8>,
}

/// All of them.
pub fn cases() -> Vec<Case> {
    [markup(), packed(), pages(), answers()].into_iter().flatten().collect()
}

/// An ordinary page and an ordinary feed: what they need is there before the measuring begins.
pub fn ordinary() -> [Vec<u8>; 2] {
    let text = "The council met again on Tuesday, and the harbour will be dredged before the winter. ".repeat(8);
    let page = format!(
        "<!doctype html><html lang=en><title>Harbour</title><article><h1>Harbour</h1><p>{text}<p>{text}</article>"
    );
    let items: String = (0..20)
        .map(|n| format!("<item><title>Story {n}</title><link>/{n}</link><description>{text}</description></item>"))
        .collect();
    [plain("text/html", page.as_bytes()), plain("application/rss+xml", feed(&items).as_bytes())]
}

/// B4: what XML can do to those who believe it.
fn markup() -> Vec<Case> {
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY lol{n} \"{}\">", format!("&lol{};", n - 1).repeat(10))).collect();
    let laughs = format!("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY lol0 \"lol\">{laughs}]>");
    let quadratic = format!("<!DOCTYPE rss [<!ENTITY a \"{}\">]>", "a".repeat(100_000));
    let external = "<!DOCTYPE rss SYSTEM \"http://127.0.0.1:1/x.dtd\" [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/p\">%p;\
                    <!ENTITY e PUBLIC \"-//x\" \"file:///etc/passwd\">]>";
    let item = |title: &str| feed(&format!("<item><title>{title}</title><link>/1</link></item>"));
    let attributes: String = (0..1_000_000).map(|n| format!(" a{n}=\"\"")).collect();
    let rss = "application/rss+xml";
    let xml = |name, text: String| case("B4", name, gzipped(rss, text.as_bytes()));
    let utf_16: Vec<u8> = item("x").repeat(4000).encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        xml("billion laughs", laughs + &item("&lol9;")),
        xml("quadratic entities", quadratic + &item(&"&a;".repeat(10_000))),
        xml("external entities", external.to_owned() + &item("&e;")),
        xml("10⁶ elements deep", feed(&"<a>".repeat(1_000_000))),
        xml("10⁶ items deep", feed(&"<item>".repeat(1_000_000))),
        xml(
            "10⁶ attributes",
            feed(&format!("<item{attributes}><title{attributes}>x</title></item>"))[..9 * MIB].to_owned(),
        ),
        xml("an attribute of 9 MB", feed(&format!("<item><link href=\"/{}\"/></item>", noise(9 * MIB)))),
        xml("a title of 9 MB", item(&noise(9 * MIB))),
        xml(
            "100 000 items",
            feed(
                &(0..100_000).map(|n| format!("<item><title>{n}</title><link>/{n}</link></item>")).collect::<String>(),
            ),
        ),
        xml("2000 items of 4 kB", {
            let texts = noise(9 * MIB);
            let items = (0..2000).map(|n| {
                let text = &texts[n * 4500..][..4500];
                format!("<item><title>{n}</title><link>/{n}</link><description>{text}</description></item>")
            });
            feed(&items.collect::<String>())
        }),
        xml("10⁶ ampersands", item(&"&#38;&amp;&x".repeat(800_000))),
        xml("10⁶ open sections", item(&"<![CDATA[".repeat(1_000_000))),
        xml("10⁶ open comments", item(&"<!-- <!DOCTYPE [".repeat(600_000))),
        xml("10⁶ quotes that never close", feed(&"<a b=\"".repeat(1_400_000))),
        case("B4", "UTF-16 that says UTF-8", gzipped("text/xml; charset=utf-8", &utf_16)),
        case("B4", "9 MB that say UTF-7", gzipped("text/xml; charset=utf-7", item(&noise(9 * MIB)).as_bytes())),
        case("B4", "9 MB that say EBCDIC", {
            let odd: Vec<u8> = noise(9 * MIB).bytes().map(|byte| byte | 0x80).collect();
            gzipped("text/xml; charset=ibm037", &odd)
        }),
        case("B4", "JSON 10⁶ deep", gzipped("application/feed+json", "[".repeat(1_000_000).as_bytes())),
        case(
            "B4",
            "JSON with 10⁶ items",
            gzipped("application/feed+json", format!("{{\"items\":[{}", "{\"id\":1},".repeat(1_000_000)).as_bytes()),
        ),
    ]
}

/// B5: what unpacks to more than it seems.
fn packed() -> Vec<Case> {
    let zeros = vec![0; 64 * MIB];
    let brotli = {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime starts");
        runtime.block_on(async {
            let mut encoder = async_compression::tokio::write::BrotliEncoder::new(Vec::new());
            tokio::io::AsyncWriteExt::write_all(&mut encoder, &zeros).await.expect("memory can be written");
            tokio::io::AsyncWriteExt::shutdown(&mut encoder).await.expect("memory can be written");
            encoder.into_inner()
        })
    };
    let mut deflate = flate2::write::ZlibEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(&zeros).expect("memory can be written");
    let deflate = deflate.finish().expect("memory can be written");
    let small = zstd::encode_all(std::io::Read::take(std::io::repeat(b' '), 512 * MIB as u64), 3).expect("it packs");
    let coded = |name, coding: &str, body: &[u8]| {
        let type_and_coding = format!("text/html\r\nContent-Encoding: {coding}");
        case("B5", name, plain(&type_and_coding, body))
    };
    // A frame that wants a window of 2 GiB, and one run of 128 KiB.
    let window = [&[0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8][..], &[0x03, 0x00, 0x10, b'x']].concat();
    vec![
        coded("gzip, 64 MiB of zeros", "gzip", &gzip(&zeros)),
        coded("brotli, 64 MiB of zeros", "br", &brotli),
        coded("deflate, 64 MiB of zeros", "deflate", &deflate),
        coded("zstd, 64 MiB of zeros", "zstd", &zstd::encode_all(&zeros[..], 19).expect("it packs")),
        coded("zstd, 16 kB for 512 MiB", "zstd", &small),
        coded("zstd, a window of 2 GiB", "zstd", &window),
        coded("gzip of gzip", "gzip", &gzip(&gzip(&zeros))),
        coded("gzip, then gzip", "gzip, gzip", &gzip(&gzip(&zeros))),
        case("B5", "a sitemap in gzip", plain("application/gzip", &gzip(&zeros))),
        coded("gzip, 99 to 1", "gzip", &gzip(&sparse(12 * MIB))),
    ]
}

/// B6: what blows a tree up.
fn pages() -> Vec<Case> {
    let formatting: String =
        (0..20_000).map(|n| format!("<b {n}>")).chain((0..20_000).map(|n| format!("<i {n}>"))).collect();
    let attributes: String = (0..1_000_000).map(|n| format!(" a{n}")).collect();
    let page = |name, text: String| {
        let words = "<p>The harbour will be dredged before the winter, says the council. ".repeat(9);
        case(
            "B6",
            name,
            gzipped("text/html", format!("<title>x</title><article>{words}{text}<p>x</article>").as_bytes()),
        )
    };
    let path = "<path d=\"M0 0\"/>".repeat(12_000);
    vec![
        page("`<ul><li>` × 64 000", "<ul><li>".repeat(64_000)),
        page("`<div>` × 200 000", "<div>".repeat(200_000)),
        page("`<b 1>…<i 1>…` with paragraphs", format!("{formatting}{}", "<p>x".repeat(20_000))),
        page("`<template>` × 200 000", "<template>".repeat(200_000)),
        page("`<svg><foreignObject>` × 100 000", "<svg><foreignObject>".repeat(100_000)),
        page("`<table><tr><td>` × 100 000", "<table><tr><td>".repeat(100_000)),
        page("`<a>` × 200 000", "<a href=/x>y".repeat(200_000)),
        page("`<p>` × 10⁶", "<p>".repeat(1_000_000)),
        page("`<p>word` × 10⁶", "<p>word".repeat(1_000_000)),
        page("`<path/>` × 12 000", format!("<svg>{path}</svg>")),
        page("10⁶ attributes", format!("<div{attributes}>")),
        page("a text of 9 MB", noise(9 * MIB)),
        page("paragraphs of 9 MB", noise(9 * MIB).replace("aa", "<p>")),
        page("one word of 9 MB", noise(9 * MIB).replace(' ', "x")),
        page("10⁶ links", "<a href=\"?date=2\">3</a> ".repeat(400_000)),
        page("10⁶ images", "<img src=/a.jpg srcset='b 1x, c 2x'>".repeat(250_000)),
        page("JSON-LD 10⁶ deep", format!("<script type=application/ld+json>{}", "[{\"@graph\":".repeat(800_000))),
        page(
            "JSON-LD with 10⁶ objects",
            format!("<script type=application/ld+json>[{}{{}}]</script>", "{},".repeat(1_500_000)),
        ),
        page(
            "JSON-LD, 300 000 objects in ten scripts",
            format!("<script type=application/ld+json>[{}{{}}]</script>", "{\"a\":1},".repeat(30_000)).repeat(10),
        ),
        page("data with 10⁶ numbers", format!("<script>window.__STATE__=[{}0]</script>", "[0],".repeat(1_000_000))),
        page("`<title>` × 100 000", "<title>t</title><textarea>x</textarea>".repeat(100_000)),
        page("`<script>` × 100 000", "<script>a=[{b=[{</script>".repeat(200_000)),
        case("B6", "a text of 50 MB", flood("text/html", b"words and more words ")),
    ]
}

/// B7: what an origin can do beside its documents; those that only take time are in the tests.
fn answers() -> Vec<Case> {
    let lines: String = (0..10_000).map(|n| format!("X-{n}: x\r\n")).collect();
    let with = |name, first: String, flood: &[u8]| Case {
        group: "B7",
        name,
        first: first.into_bytes(),
        flood: flood.to_vec(),
    };
    let chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n";
    vec![
        with("10 000 header lines", format!("HTTP/1.1 200 OK\r\n{lines}\r\nx"), b""),
        with("a header line of 1 MB", format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\nx", "x".repeat(MIB)), b""),
        with("header lines without end", "HTTP/1.1 200 OK\r\n".to_owned(), b"X-A: aaaaaaaaaaaaaaaaaaaaaa\r\n"),
        with("chunks without end", chunked.to_owned(), &[b"1000\r\n", &[b'x'; 4096][..], b"\r\n"].concat()),
        with("chunks of one byte without end", chunked.to_owned(), b"1\r\nx\r\n"),
        with("early hints without end", String::new(), b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
        with("`100 Continue` without end", String::new(), b"HTTP/1.1 100 Continue\r\n\r\n"),
    ]
}

fn case(group: &'static str, name: &'static str, first: Vec<u8>) -> Case {
    Case { group, name, first, flood: Vec::new() }
}

fn feed(items: &str) -> String {
    format!("<rss version=\"2.0\"><channel><title>F</title><link>/</link>{items}</channel></rss>")
}

fn plain(content_type: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// Packed, since only half of what is allowed may come unpacked; that half where packing would make a bomb of it.
fn gzipped(content_type: &str, body: &[u8]) -> Vec<u8> {
    let packed = gzip(body);
    if body.len() > MIB && body.len() > packed.len() * 50 {
        return plain(content_type, &body[..body.len().min(5 * MIB)]);
    }
    plain(&format!("{content_type}\r\nContent-Encoding: gzip"), &packed)
}

fn flood(content_type: &str, words: &[u8]) -> Vec<u8> {
    plain(content_type, &words.repeat(50 * MIB / words.len()))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

/// Bytes that don't pack well.
fn bytes(n_bytes: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    (0..n_bytes).map(|_| next()).collect()
}

/// Words, of which there are a few thousand: they pack to a third.
fn noise(n_bytes: usize) -> String {
    let words: Vec<String> = bytes(4096 * 6)
        .chunks(6)
        .map(|word| word[..usize::from(word[0] % 4) + 3].iter().map(|byte| char::from(b'a' + byte % 26)).collect())
        .collect();
    let mut text = String::with_capacity(n_bytes + 8);
    for pair in bytes(n_bytes).chunks(2) {
        if text.len() >= n_bytes {
            break;
        }
        let n = pair.iter().fold(0, |n, byte| n * 256 + usize::from(*byte));
        text.push_str(&words[n % words.len()]);
        text.push(' ');
    }
    text.truncate(n_bytes);
    text
}

/// Mostly zeros, with as much else as keeps it under the ratio.
fn sparse(n_bytes: usize) -> Vec<u8> {
    let mut out = vec![b' '; n_bytes];
    let noise = bytes(n_bytes / 80);
    for (place, byte) in out.iter_mut().step_by(80).zip(noise) {
        *place = b'a' + byte % 26;
    }
    out
}
