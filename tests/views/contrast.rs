//! The accent is the company's to choose, the contrast is ours: what `tokens.css` makes of 10 000 random accents is
//! computed here as the browser does it, with the numbers that stand in the file.

const TOKENS: &str = include_str!("../../styles/tokens.css");
/// CIE Lab as CSS has it: white point D50.
const D50: [f64; 3] = [0.964_295_6, 1.0, 0.825_104_6];
/// Linear sRGB to XYZ at D50, the Bradford adaptation included.
const TO_XYZ: [[f64; 3]; 3] = [
    [0.436_065_7, 0.385_151_5, 0.143_078_4],
    [0.222_493_2, 0.716_887_0, 0.060_616_9],
    [0.013_923_9, 0.097_081_3, 0.714_099_4],
];
const FROM_XYZ: [[f64; 3]; 3] = [
    [3.134_135_9, -1.617_386_5, -0.490_662_2],
    [-0.978_795_9, 1.916_254_3, 0.033_442_7],
    [0.071_955_4, -0.228_976_8, 1.405_386_1],
];

type Rgb = [f64; 3];

/// The number that stands after a text in the tokens.
fn number(before: &str) -> f64 {
    let (_, rest) = TOKENS.split_once(before).expect("the token");
    let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
    rest[..end].parse().expect("a number")
}

/// The light and the dark value of a token written as `light-dark(#…, #…)`.
fn pair(name: &str) -> [Rgb; 2] {
    let (_, rest) = TOKENS.split_once(&format!("--{name}: light-dark(")).expect("the token");
    let (light, rest) = rest.split_once(", ").expect("two values");
    let (dark, _) = rest.split_once(')').expect("an end");
    [hex(light), hex(dark)]
}

fn hex(text: &str) -> Rgb {
    let digits: Vec<char> = text.trim_start_matches('#').chars().collect();
    let short = digits.len() == 3;
    [0, 1, 2].map(|at| {
        let pair: String = if short {
            [digits[at], digits[at]].iter().collect()
        } else {
            digits[2 * at..2 * at + 2].iter().collect()
        };
        f64::from(u8::from_str_radix(&pair, 16).expect("hex digits")) / 255.0
    })
}

fn linear(value: f64) -> f64 {
    if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

fn encoded(value: f64) -> f64 {
    let value = value.clamp(0.0, 1.0);
    if value <= 0.003_130_8 { value * 12.92 } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 }
}

fn times(matrix: [[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(one, other)| one * other).sum())
}

fn to_lab(rgb: Rgb) -> [f64; 3] {
    let xyz = times(TO_XYZ, rgb.map(linear));
    let root = |at: usize| {
        let ratio = xyz[at] / D50[at];
        if ratio > 216.0 / 24389.0 { ratio.cbrt() } else { (24389.0 / 27.0 * ratio + 16.0) / 116.0 }
    };
    [116.0 * root(1) - 16.0, 500.0 * (root(0) - root(1)), 200.0 * (root(1) - root(2))]
}

fn from_lab([lightness, a, b]: [f64; 3]) -> Rgb {
    let middle = (lightness + 16.0) / 116.0;
    let roots = [middle + a / 500.0, middle, middle - b / 200.0];
    let cubed = |root: f64| {
        let cube = root.powi(3);
        if cube > 216.0 / 24389.0 { cube } else { (116.0 * root - 16.0) * 27.0 / 24389.0 }
    };
    times(FROM_XYZ, [0, 1, 2].map(|at| D50[at] * cubed(roots[at]))).map(encoded)
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let luminance = |rgb: Rgb| {
        let [red, green, blue] = rgb.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// `color-mix(in srgb, of 9%, on)`
fn tint(of: Rgb, on: Rgb) -> Rgb {
    [0, 1, 2].map(|at| of[at] * 0.09 + on[at] * 0.91)
}

/// A small generator with a fixed seed, so that a failure can be looked at again.
fn accents() -> impl Iterator<Item = Rgb> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let random = (0..10_000).map(move |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        [40, 48, 56].map(|shift| f64::from((state >> shift) as u8) / 255.0)
    });
    let corners = (0..27).map(|at| [at % 3, at / 3 % 3, at / 9].map(|step| f64::from(step) / 2.0));
    corners.chain(random)
}

#[test]
fn every_accent_can_be_read() {
    let (white_up_to, taken_down_to) = (number("clamp(0, ("), number("max(0, l - "));
    let (ink_light, fill_dark) = (number("min(l, "), number("var(--accent) max(l, "));
    let ink_dark = number("a b), lab(from var(--accent) max(l, ");
    let [surface_light, surface_dark] = pair("surface");
    for accent in accents() {
        let [lightness, a, b] = to_lab(accent);
        let white = lightness < white_up_to;
        let fill = if white { from_lab([lightness.min(taken_down_to), a, b]) } else { accent };
        let on_fill = if white { [1.0; 3] } else { [0.0; 3] };
        let light = from_lab([lightness.min(ink_light), a, b]);
        let dark = from_lab([lightness.max(ink_dark), a, b]);
        let dark_fill = from_lab([lightness.max(fill_dark), a, b]);
        for (what, contrast) in [
            ("text on the accent", contrast(on_fill, fill)),
            ("text on the accent in the dark", contrast(from_lab([8.0, a / 5.0, b / 5.0]), dark_fill)),
            ("accent as text", contrast(light, surface_light)),
            ("accent as text on its tint", contrast(light, tint(light, surface_light))),
            ("accent as text in the dark", contrast(dark, surface_dark)),
            ("accent as text on its tint in the dark", contrast(dark, tint(dark, surface_dark))),
        ] {
            assert!(
                contrast >= 4.5,
                "{what} reaches {contrast:.2} with {:?}",
                accent.map(|part| part * 255.0)
            );
        }
    }
}

#[test]
fn the_fixed_colours_can_be_read() {
    let surfaces = pair("surface");
    for (text, on) in [
        ("ink", "sunken"),
        ("ink-soft", "surface"),
        ("ink-soft", "sunken"),
        ("good", "good-tint"),
        ("care", "care-tint"),
        ("late", "late-tint"),
        ("good", "surface"),
        ("late", "surface"),
    ] {
        for (text_colour, on_colour) in pair(text).into_iter().zip(pair(on)) {
            let found = contrast(text_colour, on_colour);
            assert!(found >= 4.5, "{text} on {on} reaches {found:.2}");
        }
    }
    for line in ["line-strong", "star"] {
        for (line_colour, surface) in pair(line).into_iter().zip(surfaces) {
            let found = contrast(line_colour, surface);
            assert!(found >= 3.0, "{line} reaches {found:.2}");
        }
    }
}
