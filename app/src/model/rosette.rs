//! Rosette of a DID: a guilloche pattern, identical for the same DID everywhere.
//!
//! Two layers of rotated ellipses and up to two circles, all derived from the SHA-256 of the DID. Each ellipse is one arc
//! of a path, so a rosette needs no element IDs and stays below 1.5 KB.

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

/// Radius of the outer layer, in units of the view box of 100 by 100.
const REACH: f64 = 48.5;
/// Maximum number of lines of a large rosette.
const MANY: usize = 36;

/// Rosette for a view box of 100 by 100.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rosette {
    /// Color, 0 to 5.
    pub ink: usize,
    /// Path with all ellipses.
    pub path: String,
    /// Radii of the circles around the center.
    pub circles: Vec<String>,
}

/// Parameters of an outer layer.
struct Shape {
    count: usize,
    flatness: f64,
    offset: f64,
    turn: f64,
}

/// Layer of ellipses: number, semi-axes, distance of their centers from the middle; angles in degrees.
struct Layer {
    count: usize,
    long: f64,
    short: f64,
    distance: f64,
    turn: f64,
    start: f64,
}

impl Rosette {
    /// Rosette of a DID. A large one (from about 96 px) has more lines than a small one.
    pub fn of(did: &str, is_large: bool) -> Self {
        let hash: [u8; 32] = Sha256::digest(did.as_bytes()).into();
        let Shape { count, flatness, offset, turn } = shape(&hash);
        let start = f64::from(hash[6]) / 256.0 * 360.0 / float(count);
        let inner_count = 3 + pick(hash[7], 4);
        let inner_start = f64::from(hash[10]) / 256.0 * 180.0 / float(inner_count);
        let (near, far) = distances(offset, flatness, turn);
        let long = tenth(REACH / far);
        let fit = [0.72, 1.0, 1.3, 1.7][pick(hash[9], 4)];
        let inner_long = tenth((long * near * fit).clamp(17.0, 40.0));
        let (outer_lines, inner_lines) = if is_large {
            let outer = count * (26 / count);
            (outer, inner_count * ((MANY - outer) / inner_count))
        } else {
            (count, inner_count)
        };
        let outer = Layer {
            count: outer_lines,
            long,
            short: tenth(long * flatness),
            distance: tenth(long * offset),
            turn,
            start,
        };
        let inner = Layer {
            count: inner_lines,
            long: inner_long,
            short: tenth(inner_long * between(hash[8], 0.15, 0.65)),
            distance: 0.0,
            turn: 0.0,
            start: inner_start,
        };
        let rings = pick(hash[11], 4);
        let circles = [(REACH, 1), (inner_long + 1.5, 2)];
        let circles = circles
            .into_iter()
            .filter(|(_, bit)| rings & bit != 0)
            .map(|(radius, _)| {
                let mut text = String::new();
                short(&mut text, radius);
                text
            })
            .collect();
        Self { ink: pick(hash[0], 6), path: outer.path() + &inner.path(), circles }
    }
}

/// Picks a shape: flowers (twice as often), scallops around a hole, swirls, chains.
fn shape(hash: &[u8; 32]) -> Shape {
    match pick(hash[1], 5) {
        0 | 1 => Shape { count: 4 + pick(hash[2], 7), flatness: between(hash[3], 0.28, 0.68), offset: 0.0, turn: 0.0 },
        2 => Shape {
            count: 7 + pick(hash[2], 7),
            flatness: between(hash[3], 0.4, 0.9),
            offset: between(hash[4], 0.25, 0.6),
            turn: 0.0,
        },
        3 => Shape {
            count: 7 + pick(hash[2], 6),
            flatness: between(hash[3], 0.38, 0.68),
            offset: between(hash[4], 0.22, 0.52),
            turn: [35.0, 55.0, 125.0, 145.0][pick(hash[5], 4)],
        },
        _ => Shape {
            count: 5 + pick(hash[2], 7),
            flatness: between(hash[3], 0.35, 0.75),
            offset: between(hash[4], 0.25, 0.75),
            turn: 90.0,
        },
    }
}

impl Layer {
    fn path(&self) -> String {
        let Self { count, long, short: flat, distance, turn, start } = *self;
        let full = if distance == 0.0 { 180.0 } else { 360.0 };
        let mut path = String::with_capacity(count * 40);
        let mut axes = String::new();
        for axis in [long, flat] {
            short(&mut axes, axis);
            axes.push(' ');
        }
        for index in 0..count {
            let at = start + float(index) * full / float(count);
            let angle = tenth((at + turn) % 180.0);
            let (sin, cos) = angle.to_radians().sin_cos();
            // Arc from the topmost point, where the tangent is horizontal, around to a point a tenth beside it.
            let top = (long * sin).hypot(flat * cos);
            let (y, x) = at.to_radians().sin_cos();
            let x = 50.0 + distance * x - (long * long - flat * flat) * sin * cos / top - 0.05;
            let y = 50.0 + distance * y - top;
            path.push('M');
            short(&mut path, x);
            path.push(' ');
            short(&mut path, y);
            path.push('a');
            path.push_str(&axes);
            short(&mut path, angle);
            path.push_str(" 1 0 .1 0z");
        }
        path
    }
}

/// Sine and cosine of every degree: a page of twenty agents would compute them 7,200 times.
static CIRCLE: LazyLock<[(f64, f64); 360]> = LazyLock::new(|| {
    let mut degree = -1.0_f64;
    [(); 360].map(|()| {
        degree += 1.0;
        degree.to_radians().sin_cos()
    })
});

/// Least and greatest distance from the middle to an ellipse with semi-axes 1 and `flatness`.
fn distances(offset: f64, flatness: f64, turn: f64) -> (f64, f64) {
    let (sin, cos) = turn.to_radians().sin_cos();
    let (near, far) = CIRCLE.iter().fold((f64::INFINITY, 0.0), |(near, far): (f64, f64), (y, x)| {
        let y = flatness * y;
        let square = (offset + x * cos - y * sin).powi(2) + (x * sin + y * cos).powi(2);
        (near.min(square), far.max(square))
    });
    (near.sqrt(), far.sqrt())
}

/// Maps a byte to `0..count`.
fn pick(byte: u8, count: usize) -> usize {
    usize::from(byte) * count / 256
}

fn between(byte: u8, low: f64, high: f64) -> f64 {
    low + (high - low) * f64::from(byte) / 255.0
}

/// Converts a small count.
#[expect(clippy::cast_precision_loss, reason = "never more than some dozens")]
fn float(count: usize) -> f64 {
    count as f64
}

/// Rounds to a tenth. Adds slightly more than half, so that ties round up regardless of the last bit of a sine.
fn tenth(number: f64) -> f64 {
    (number * 10.0 + 0.500_001).floor() / 10.0
}

/// Writes a number from 0 to below 1,000 with at most one decimal: `12`, `.5`, `12.5`. A page of twenty agents has thousands
/// of numbers, and general float formatting costs twenty times as much.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the view box of 100")]
fn short(out: &mut String, number: f64) {
    let tenths = (number * 10.0 + 0.500_001) as u32;
    let digit = |number: u32| char::from(b'0' + (number % 10) as u8);
    if tenths >= 1000 {
        out.push(digit(tenths / 1000));
    }
    if tenths >= 100 {
        out.push(digit(tenths / 100));
    }
    if tenths >= 10 {
        out.push(digit(tenths / 10));
    }
    if !tenths.is_multiple_of(10) {
        out.push('.');
        out.push(digit(tenths));
    } else if tenths == 0 {
        out.push('0');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rosettes_are_deterministic() {
        let rosette = Rosette::of("did:web:example.com:agents:invoice-screener", false);
        assert_eq!(rosette.ink, 1);
        assert!(
            rosette.path.starts_with("M68 39.2a35.3 22.5 169.6 1 0 .1 0zM37.4 40.1a35.3 22.5 34.6 1 0 .1 0z"),
            "{rosette:?}"
        );
        assert!(rosette.path.ends_with("M62.5 41.5a17 4.4 153.5 1 0 .1 0z"), "{rosette:?}");
        assert_eq!(rosette.circles, ["48.5", "18.5"]);
    }

    proptest::proptest! {
        #[test]
        fn rosettes_of_arbitrary_dids_are_small(did in ".{0,80}") {
            for is_large in [false, true] {
                let rosette = Rosette::of(&did, is_large);
                proptest::prop_assert!(rosette.path.len() + 190 < 1500, "{} bytes", rosette.path.len());
                proptest::prop_assert!(!rosette.path.contains("NaN") && !rosette.path.contains('-'), "{}", rosette.path);
            }
        }
    }
}
