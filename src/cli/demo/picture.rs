//! Pictures for the sample sites, painted from their names: landscapes, sea and towns as PNG, faces as SVG.

use std::io::Write as _;

use flate2::Compression;
use flate2::Crc;
use flate2::write::ZlibEncoder;
use xxhash_rust::xxh3::xxh3_64;

/// Widths that the sites offer, in pixels.
pub(crate) const WIDTHS: [usize; 3] = [320, 640, 1200];

/// A picture and its type.
pub(crate) struct Picture {
    pub(crate) content_type: &'static str,
    pub(crate) body: Vec<u8>,
}

type Colour = [f32; 3];

/// Top of the sky, horizon, far ground, near ground.
const PALETTES: [[Colour; 4]; 6] = [
    [[46.0, 74.0, 120.0], [244.0, 196.0, 150.0], [120.0, 122.0, 148.0], [34.0, 44.0, 66.0]],
    [[96.0, 158.0, 206.0], [226.0, 238.0, 242.0], [134.0, 170.0, 156.0], [40.0, 82.0, 66.0]],
    [[30.0, 36.0, 70.0], [150.0, 92.0, 118.0], [74.0, 62.0, 96.0], [20.0, 22.0, 40.0]],
    [[142.0, 176.0, 196.0], [250.0, 232.0, 206.0], [196.0, 168.0, 132.0], [98.0, 72.0, 52.0]],
    [[110.0, 142.0, 168.0], [216.0, 222.0, 220.0], [150.0, 164.0, 166.0], [62.0, 78.0, 84.0]],
    [[70.0, 128.0, 160.0], [255.0, 214.0, 140.0], [122.0, 150.0, 96.0], [46.0, 70.0, 40.0]],
];

/// The picture at an address like `/img/harbour-640.png` or `/img/face/ada.svg`; none where that isn't one.
pub(crate) fn at(path: &str) -> Option<Picture> {
    let name = path.strip_prefix("/img/")?;
    if let Some(face) = name.strip_prefix("face/").and_then(|face| face.strip_suffix(".svg")) {
        return Some(Picture { content_type: "image/svg+xml", body: portrait(face).into_bytes() });
    }
    let (name, width) = name.strip_suffix(".png")?.rsplit_once('-')?;
    let width = width.parse().ok().filter(|width| WIDTHS.contains(width))?;
    Some(Picture { content_type: "image/png", body: png(width, width * 9 / 16, &Scene::new(name)) })
}

#[derive(Clone, Copy)]
enum Motif {
    Hills,
    Sea,
    Town,
}

/// A scene: what a name looks like; `sea-`, `town-` or `hills-` before it say which kind.
struct Scene {
    seed: u64,
    motif: Motif,
    palette: [Colour; 4],
}

impl Scene {
    fn new(name: &str) -> Self {
        let seed = xxh3_64(name.as_bytes());
        let palette = PALETTES.get((seed % 6) as usize).copied().unwrap_or_default();
        let motif = match name.split_once('-') {
            Some(("sea", _)) => Motif::Sea,
            Some(("town", _)) => Motif::Town,
            _ => Motif::Hills,
        };
        Self { seed, motif, palette }
    }

    /// A number from 0.0 to 1.0, the same for the same name and place.
    fn chance(&self, place: u64) -> f32 {
        let mixed = (self.seed ^ place.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xd134_2543_de82_ef95);
        ((mixed >> 40) & 0xffff) as f32 / 65_535.0
    }

    /// The colour at a point; `x` runs from 0.0 to 1.78, `y` downwards from 0.0 to 1.0.
    fn colour(&self, x: f32, y: f32) -> Colour {
        let [sky, horizon, far, near] = self.palette;
        let (sun_x, sun_y) = (0.3 + 1.2 * self.chance(1), 0.2 + 0.25 * self.chance(2));
        let glow = 1.0 - ((x - sun_x).hypot(y - sun_y) / 0.5).min(1.0);
        let mut colour = mix(sky, horizon, (y * 1.6).min(1.0));
        colour = mix(colour, [255.0, 244.0, 214.0], 0.55 * glow * glow);
        if (x - sun_x).hypot(y - sun_y) < 0.055 {
            colour = [255.0, 248.0, 228.0];
        }
        match self.motif {
            Motif::Hills => self.hills(colour, far, near, x, y),
            Motif::Sea => self.sea(colour, far, near, x, y, sun_x),
            Motif::Town => self.town(colour, far, near, x, y),
        }
    }

    fn hills(&self, mut colour: Colour, far: Colour, near: Colour, x: f32, y: f32) -> Colour {
        for layer in 0..4_u8 {
            let depth = f32::from(layer) / 3.0;
            if y > self.ridge(layer, x) {
                colour = mix(far, near, depth);
            }
        }
        colour
    }

    fn sea(&self, sky: Colour, far: Colour, near: Colour, x: f32, y: f32, sun_x: f32) -> Colour {
        const HORIZON: f32 = 0.56;
        const DECK: f32 = 0.64;
        let boat = 0.4 + self.chance(7);
        let is_hull = (x - boat).abs() < 0.11 - 0.9 * (y - DECK).max(0.0) && (DECK..DECK + 0.045).contains(&y);
        if is_hull {
            return mix(near, [0.0, 0.0, 0.0], 0.5);
        }
        let is_sail = (boat..boat + 0.34 * (y - 0.33).max(0.0)).contains(&x) && y < DECK - 0.015;
        if is_sail {
            return [244.0, 238.0, 226.0];
        }
        if y < HORIZON {
            return if y > self.ridge(0, x) + 0.02 { mix(sky, far, 0.8) } else { sky };
        }
        let depth = (y - HORIZON) / (1.0 - HORIZON);
        let ripple = (220.0 * depth.sqrt() + 9.0 * (6.0 * x + 14.0 * depth).sin()).sin();
        let water = mix(mix(sky, far, 0.6), near, depth.sqrt());
        let path = 1.0 - ((x - sun_x).abs() / (0.05 + 0.2 * depth)).min(1.0);
        mix(water, [255.0, 240.0, 205.0], (0.12 + 0.5 * path) * ripple.max(0.0))
    }

    fn town(&self, sky: Colour, far: Colour, near: Colour, x: f32, y: f32) -> Colour {
        let mut colour = if y > self.ridge(1, x) { far } else { sky };
        for row in 0..2_u8 {
            let width = 0.11 + 0.05 * f32::from(row);
            let house = (x / width).floor();
            let place = house as u64 + 40 * u64::from(row);
            let roof = 0.42 + 0.2 * f32::from(row) + 0.2 * self.chance(50 + place);
            let inside = x / width - house;
            let gable = 0.1 * (inside - 0.5).abs();
            if y > roof + gable {
                colour = mix(far, near, 0.45 + 0.4 * f32::from(row) + 0.15 * self.chance(90 + place));
                let (column, floor) = ((inside * 4.0).fract(), ((y - roof) * 14.0).fract());
                let window = place * 31 + (inside * 4.0) as u64 * 7 + ((y - roof) * 14.0) as u64;
                let is_window = (0.3..0.7).contains(&column) && (0.3..0.75).contains(&floor) && y > roof + 0.07;
                if is_window && self.chance(200 + window) > 0.55 {
                    colour = [255.0, 222.0, 150.0];
                }
            }
        }
        if y > 0.93 { mix(near, [0.0, 0.0, 0.0], 0.35) } else { colour }
    }

    /// Height of a line of hills, as `y`.
    fn ridge(&self, layer: u8, x: f32) -> f32 {
        let at = u64::from(layer) * 10;
        let wave = |n: u64, pace: f32| (x * pace + 6.3 * self.chance(at + n)).sin();
        let height = 0.06 * wave(11, 2.2) + 0.035 * wave(12, 5.1) + 0.012 * wave(13, 13.0) + 0.006 * wave(14, 31.0);
        0.46 + 0.14 * f32::from(layer) + height
    }
}

fn mix(from: Colour, to: Colour, share: f32) -> Colour {
    let [r, g, b] = from;
    let part = |from: f32, to: f32| from + (to - from) * share.clamp(0.0, 1.0);
    [part(r, to[0]), part(g, to[1]), part(b, to[2])]
}

fn png(width: usize, height: usize, scene: &Scene) -> Vec<u8> {
    let mut rows = Vec::with_capacity((width * 3 + 1) * height);
    for row in 0..height {
        rows.push(0);
        for column in 0..width {
            let unit = height as f32;
            rows.extend(scene.colour(column as f32 / unit, row as f32 / unit).map(|part| part as u8));
        }
    }
    let mut header = [width, height].map(|side| u32::try_from(side).unwrap_or(0).to_be_bytes()).concat();
    // Eight bits a channel, RGB, and the only compression, filter and order there are.
    header.extend([8, 2, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut out, *b"IHDR", &header);
    chunk(&mut out, *b"IDAT", &deflated(&rows));
    chunk(&mut out, *b"IEND", &[]);
    out
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    // A vector takes whatever is written to it.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default()
}

fn chunk(out: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    let mut crc = Crc::new();
    crc.update(&kind);
    crc.update(data);
    out.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
    out.extend(kind);
    out.extend(data);
    out.extend(crc.sum().to_be_bytes());
}

fn portrait(name: &str) -> String {
    let seed = xxh3_64(name.as_bytes());
    let (hue, turn) = (seed % 360, seed >> 16 & 63);
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96"><rect width="96" height="96" fill="hsl({hue} 35% 78%)"/><circle cx="48" cy="38" r="18" fill="hsl({} 40% 62%)"/><path d="M12 96c2-26 18-34 36-34s34 8 36 34z" fill="hsl({} 32% 40%)"/><path d="M29 36c0-16 9-21 19-21s20 6 19 21c-6-8-12-10-19-10s-13 3-19 10z" fill="hsl({turn} 30% 24%)"/></svg>"##,
        18 + turn / 3,
        (hue + 150) % 360,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_the_same_each_time_and_only_in_the_widths_offered() {
        let picture = at("/img/harbour-320.png").unwrap();

        assert!(picture.body.starts_with(b"\x89PNG"));
        assert_eq!(picture.body, at("/img/harbour-320.png").unwrap().body);
        assert!(at("/img/harbour-99999.png").is_none());
        assert!(at("/img/face/ada.svg").is_some());
    }
}
