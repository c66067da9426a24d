"""Draw the sample set: seven pictures as a wire would deliver them, without a caption or a credit.

`python scripts/draw_samples.py [DIR]` writes them into DIR (`resources/sample` unless told otherwise), in one to two
minutes. Every random number comes from a seed of its scene: a second run with the same Pillow gives the same bytes.
"""

from __future__ import annotations

import io
import math
import sys
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import piexif
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageFilter, ImageMath, ImageOps

Colour = tuple[int, int, int]
Size = tuple[int, int]
Point = tuple[float, float]
Stops = Sequence[tuple[float, Colour]]
Pen = ImageDraw.ImageDraw

WIDE: Size = (1600, 1067)
TALL: Size = (1067, 1600)
SAMPLE = Path(__file__).resolve().parent.parent / "resources" / "sample"
FINE = 2  # silhouettes are drawn this much larger, then reduced


# --- fields of noise and light ---------------------------------------------------------------------------------


def add_scaled(total: Image.Image, layer: Image.Image, weight: float) -> Image.Image:
    result: Any = ImageMath.lambda_eval(lambda a: a["t"] + a["n"] * weight, t=total, n=layer)
    return result


def noise(size: Size, cell: Point, rng: Random) -> Image.Image:
    """Smooth random values about 0..255 in mode F, one independent value a cell."""
    grid = (int(size[0] / max(cell[0], 1)) + 2, int(size[1] / max(cell[1], 1)) + 2)
    seeds = Image.frombytes("L", grid, rng.randbytes(grid[0] * grid[1])).convert("F")
    return seeds.resize(size, Image.Resampling.BICUBIC)


def fbm(size: Size, cell: Point, rng: Random, octaves: int = 5, gain: float = 0.5) -> Image.Image:
    """Layers of noise, each twice as fine: mode F, about 0..1, mean 0.5."""
    total, weight, norm = Image.new("F", size), 1.0, 0.0
    for octave in range(octaves):
        layer = noise(size, (cell[0] / 2**octave, cell[1] / 2**octave), rng)
        total = add_scaled(total, layer, weight)
        norm += weight * 255
        weight *= gain
    return total.point(lambda value: value * (1 / norm) + 0)


def levels(source: Image.Image) -> list[float]:
    """The values of a field in mode F, row by row."""
    return array("f", source.tobytes()).tolist()


def to_mask(source: Image.Image, low: float, high: float) -> Image.Image:
    """A mask that is 0 where the field is below `low` and 255 where it is above `high`."""
    scale = 255 / (high - low)
    return source.point(lambda value: value * scale + (-low * scale)).convert("L")


def lerp(a: float, b: float, t: float) -> float:
    return a + (b - a) * t


def mix(a: Colour, b: Colour, t: float) -> Colour:
    t = min(max(t, 0.0), 1.0)
    return (round(lerp(a[0], b[0], t)), round(lerp(a[1], b[1], t)), round(lerp(a[2], b[2], t)))


def ramp(stops: Stops, at: float) -> Colour:
    for (start, a), (end, b) in pairwise(stops):
        if at <= end:
            return mix(a, b, (at - start) / (end - start))
    return stops[-1][1]


def gradient(size: Size, stops: Stops) -> Image.Image:
    """Colours from top (0) to bottom (1)."""
    column = Image.new("RGB", (1, size[1]))
    for y in range(size[1]):
        column.putpixel((0, y), ramp(stops, y / (size[1] - 1)))
    return column.resize(size)


def fade(size: Size, stops: Sequence[tuple[float, int]]) -> Image.Image:
    """A mask from top (0) to bottom (1)."""
    return gradient(size, [(at, (level, 0, 0)) for at, level in stops]).getchannel("R")


def falloff(size: Size, power: float) -> Image.Image:
    """Light from the middle outward, 255 to 0, steeper with more `power`."""
    table = [round(255 * max(1 - level / 178, 0) ** power) for level in range(256)]  # 178 is half a side out
    return Image.radial_gradient("L").point(table).resize(size, Image.Resampling.BICUBIC)


def tint(mask: Image.Image, colour: Colour) -> Image.Image:
    """A mask as coloured light on black."""
    return Image.merge("RGB", [mask.point([level * part // 255 for level in range(256)]) for part in colour])


def glow(image: Image.Image, at: Point, radius: float, colour: Colour, power: float = 2.2) -> None:
    glow_oval(image, at, (radius, radius), colour, power)


def glow_oval(image: Image.Image, at: Point, radii: Point, colour: Colour, power: float = 2.2) -> None:
    """Add light around a point."""
    left, top = round(at[0] - radii[0]), round(at[1] - radii[1])
    size = (max(round(radii[0] * 2), 2), max(round(radii[1] * 2), 2))
    box = (left, top, left + size[0], top + size[1])
    light = tint(falloff(size, power), colour)
    image.paste(ImageChops.add(image.crop(box), light), box)


def bokeh(image: Image.Image, at: Point, radius: float, colour: Colour, strength: float) -> None:
    """A point of light out of focus: a disc with a brighter rim."""
    side = max(round(radius * 2) + 4, 6)
    disc = Image.new("L", (side * 3, side * 3))
    pen, middle, reach = ImageDraw.Draw(disc), side * 1.5, radius * 3
    pen.ellipse((middle - reach, middle - reach, middle + reach, middle + reach), fill=round(255 * strength))
    inner = reach * 0.9
    pen.ellipse((middle - inner, middle - inner, middle + inner, middle + inner), fill=round(205 * strength))
    disc = disc.resize((side, side), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(radius * 0.05))
    left, top = round(at[0] - side / 2), round(at[1] - side / 2)
    box = (left, top, left + side, top + side)
    image.paste(ImageChops.screen(image.crop(box), tint(disc, colour)), box)


def blur(image: Image.Image, radius: float) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(radius)) if radius > 0 else image


def darken(image: Image.Image, mask: Image.Image, floor: int = 0) -> Image.Image:
    """Multiply by a mask whose black stands for `floor`."""
    table = [floor + (255 - floor) * level // 255 for level in range(256)]
    level = mask.point(table)
    return ImageChops.multiply(image, Image.merge("RGB", (level, level, level)))


def texture(image: Image.Image, rng: Random, cell: Point, depth: int, octaves: int = 4) -> Image.Image:
    """Uneven light over a surface."""
    return darken(image, to_mask(fbm(image.size, cell, rng, octaves), 0.25, 0.75), 255 - depth)


# --- the camera's own share --------------------------------------------------------------------------------------


def bloom(image: Image.Image, radius: float, threshold: int, amount: float) -> Image.Image:
    """Highlights spill over, as through a lens."""
    table = [round(max(level - threshold, 0) * amount) for level in range(256)] * 3
    return ImageChops.screen(image, blur(image.point(table), radius))


def vignette(image: Image.Image, floor: int) -> Image.Image:
    width, height = image.size
    light = falloff((width * 2, height * 2), 0.9).crop((width // 2, height // 2, width * 3 // 2, height * 3 // 2))
    return darken(image, light.point([min(255, round(level * 2.2)) for level in range(256)]), floor)


def grain(image: Image.Image, rng: Random, strength: float) -> Image.Image:
    count = image.size[0] * image.size[1]
    first = Image.frombytes("L", image.size, rng.randbytes(count))
    second = Image.frombytes("L", image.size, rng.randbytes(count))
    grey = blur(Image.blend(first, second, 0.5), 0.7).point(
        [min(255, max(0, round(128 + (level - 128) * strength))) for level in range(256)]
    )
    return ImageChops.add(image, Image.merge("RGB", (grey, grey, grey)), 1, -128)


def tone(image: Image.Image, contrast: float, lift: Colour = (0, 0, 0)) -> Image.Image:
    """An S-curve; `lift` is where each channel's black lands."""
    tables: list[int] = []
    for black in lift:
        for level in range(256):
            x = level / 255
            curve = lerp(x, x * x * (3 - 2 * x), contrast)
            tables.append(round(black + (255 - black) * curve))
    return image.point(tables)


# --- shapes ----------------------------------------------------------------------------------------------------


def silhouette(size: Size, draw: Callable[[Pen, float], None], round_off: float = 0.0) -> Image.Image:
    """A mask of what `draw` draws in white at a scale it is told; `round_off` melts corners as cloth and skin do."""
    mask = Image.new("L", (size[0] * FINE, size[1] * FINE))
    draw(ImageDraw.Draw(mask), FINE)
    if round_off:
        mask = blur(mask, round_off * FINE)
        mask = mask.point([min(255, max(0, (level - 128) * 5 + 128)) for level in range(256)])
    return mask.reduce(FINE)


def lit_edge(mask: Image.Image, toward: Size, soft: float = 1.0) -> Image.Image:
    """The rim of a shape on the side that light comes from."""
    inside = ImageChops.offset(blur(mask, soft), -toward[0], -toward[1])
    return ImageChops.multiply(mask, ImageChops.invert(inside))


def feather(mask: Image.Image, radius: float) -> Image.Image:
    """Soften a mask inward only, so that nothing from outside its shape shows."""
    return ImageChops.darker(blur(mask.filter(ImageFilter.MinFilter(3)), radius), mask)


def paint(image: Image.Image, mask: Image.Image, fill: Colour | Image.Image) -> None:
    if isinstance(fill, Image.Image):
        image.paste(fill, (0, 0), mask)
    else:
        image.paste(fill, (0, 0, *image.size), mask)


def add_light(image: Image.Image, mask: Image.Image, colour: Colour) -> None:
    image.paste(ImageChops.add(image, tint(mask, colour)))


def scaled(points: Sequence[Point], scale: float) -> list[Point]:
    return [(x * scale, y * scale) for x, y in points]


def curve(points: Sequence[Point], steps: int = 14) -> list[Point]:
    """A Catmull-Rom curve through all points."""
    path = [points[0], *points, points[-1]]
    result: list[Point] = []
    for a, b, c, d in zip(path, path[1:], path[2:], path[3:], strict=False):
        result += [_between(a, b, c, d, step / steps) for step in range(steps)]
    return [*result, points[-1]]


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def axis(i: int) -> float:
        return 0.5 * (
            2 * b[i]
            + (c[i] - a[i]) * t
            + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t * t
            + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t**3
        )

    return axis(0), axis(1)


def profile(width: int, rng: Random, cell: float, octaves: int = 6, gain: float = 0.5) -> list[float]:
    """A ridge line: one height about 0..1 a pixel."""
    line = fbm((width, 2), (cell, 2), rng, octaves, gain).crop((0, 0, width, 1))
    return levels(line)


def ridge(size: Size, base: float, height: float, line: Sequence[float]) -> Image.Image:
    """A mask of everything below a ridge line."""

    def draw(pen: Pen, scale: float) -> None:
        top = [(x * scale, (base - height * value) * scale) for x, value in enumerate(line)]
        pen.polygon([(0, size[1] * scale), *top, (size[0] * scale, size[1] * scale)], fill=255)

    return silhouette(size, draw)


@dataclass(frozen=True)
class Pose:
    """How a standing figure holds itself; arms are (elbow, hand) as shares of its height from the shoulder."""

    lean: float = 0.0
    stride: float = 0.05
    left: tuple[Point, Point] = ((-0.03, 0.16), (-0.02, 0.31))
    right: tuple[Point, Point] = ((0.03, 0.16), (0.03, 0.31))
    dress: bool = False


def figure(pen: Pen, scale: float, foot: Point, height: float, pose: Pose, ink: Any = 255) -> None:
    """A person, from the foot up."""
    unit = height * scale

    def at(x: float, y: float) -> Point:
        return foot[0] * scale + (x + pose.lean * y) * unit, foot[1] * scale - y * unit

    head = at(0.004, 0.918)
    pen.ellipse(
        (head[0] - 0.052 * unit, head[1] - 0.068 * unit, head[0] + 0.052 * unit, head[1] + 0.068 * unit), fill=ink
    )
    pen.polygon([at(-0.03, 0.9), at(0.03, 0.9), at(0.04, 0.8), at(-0.04, 0.8)], fill=ink)
    body = [(-0.035, 0.855), (0.035, 0.855), (0.09, 0.825), (0.128, 0.775), (0.1, 0.62), (0.105, 0.46)]
    hem = [(0.13, 0.24), (-0.13, 0.24)] if pose.dress else []
    rest = [(-0.105, 0.46), (-0.1, 0.62), (-0.128, 0.775), (-0.09, 0.825)]
    pen.polygon([at(x, y) for x, y in [*body, *hem, *rest]], fill=ink)
    _legs(pen, at, unit, pose, ink)
    _arms(pen, at, unit, pose, ink)


def _legs(pen: Pen, at: Callable[[float, float], Point], unit: float, pose: Pose, ink: Any) -> None:
    for side in (-1, 1):
        step = side * pose.stride
        pen.polygon(
            [
                at(side * 0.1, 0.48),
                at(-side * 0.005, 0.48),
                at(step + 0.0 * side, 0.25),
                at(step - side * 0.015, 0.02),
                at(step + side * 0.035, 0.02),
                at(step + side * 0.06, 0.25),
            ],
            fill=ink,
        )
        toe = at(step + 0.02 * side, 0.0)
        pen.ellipse(
            (toe[0] - 0.04 * unit, toe[1] - 0.035 * unit, toe[0] + 0.04 * unit, toe[1] + 0.005 * unit), fill=ink
        )


def _arms(pen: Pen, at: Callable[[float, float], Point], unit: float, pose: Pose, ink: Any) -> None:
    for side, (elbow, hand) in ((-1, pose.left), (1, pose.right)):
        shoulder = (side * 0.1, 0.785)
        joints = [shoulder] + [(shoulder[0] + x, shoulder[1] - y) for x, y in (elbow, hand)]
        width = round(0.052 * unit)
        pen.line([at(*joint) for joint in joints], fill=ink, width=width, joint="curve")
        for joint, reach in zip(joints, (0.03, 0.026, 0.028), strict=True):
            x, y = at(*joint)
            pen.ellipse((x - reach * unit, y - reach * unit, x + reach * unit, y + reach * unit), fill=ink)


def palm(pen: Pen, scale: float, foot: Point, height: float, lean: float, rng: Random, ink: Any = 255) -> None:
    """A coconut palm: a bent trunk and a crown of feathered fronds."""
    top = (foot[0] + lean * height, foot[1] - height)
    trunk = curve([foot, (foot[0] + lean * height * 0.25, foot[1] - height * 0.5), top])
    for index, ((x0, y0), (x1, y1)) in enumerate(pairwise(trunk)):
        width = max(1, round(scale * height * lerp(0.032, 0.016, index / len(trunk))))
        pen.line([x0 * scale, y0 * scale, x1 * scale, y1 * scale], fill=ink, width=width)
    for index in range(21):
        angle = math.radians(index * 360 / 21 + rng.uniform(-14, 14))
        _frond(pen, scale, top, angle, height * rng.uniform(0.24, 0.4), ink)


def _frond(pen: Pen, scale: float, top: Point, angle: float, length: float, ink: Any) -> None:
    reach, rise = math.cos(angle), math.sin(angle) * 0.7 + 0.15
    path = [
        (top[0] + reach * length * t, top[1] - rise * length * t + length * 0.8 * t * t * (0.55 + abs(reach) * 0.45))
        for t in [step / 36 for step in range(37)]
    ]
    pen.line(scaled(path, scale), fill=ink, width=max(1, round(length * 0.02 * scale)))
    for index, (x, y) in enumerate(path[1:], 1):
        blade = length * 0.26 * math.sin(math.pi * min(1.0, index / 36 * 0.88 + 0.12))
        for side in (-1, 1):
            tip = (
                x + reach * blade * 0.7 + side * blade * 0.3 * (1 - abs(reach)),
                y + blade * (0.62 + 0.3 * side * reach),
            )
            pen.line(scaled([(x, y), tip], scale), fill=ink, width=max(1, round(length * 0.011 * scale)))


# --- water ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waves:
    """Where each pixel looks in its own picture: itself above the horizon, a little aside below it."""

    targets: list[int]


def waves(size: Size, horizon: int, rng: Random, swell: float, reach: float = 0.06) -> Waves:
    heights, sideways = _wave_field(size, horizon, rng), _wave_field(size, horizon, rng)
    width, last = size[0], size[0] * size[1] - 1
    targets = list(range(last + 1))
    for y in range(horizon + 1, size[1]):
        along, across = (swell + (y - horizon) * reach) * 5, (swell + (y - horizon) * reach) * 1.6
        rows = zip(heights[y - horizon - 1], sideways[y - horizon - 1], strict=True)
        for index, (level, aside) in enumerate(rows, y * width):
            target = index + round((aside - 0.5) * across) + round((level - 0.5) * along) * width
            targets[index] = min(max(target, 0), last)
    return Waves(targets)


def _wave_field(size: Size, horizon: int, rng: Random) -> list[list[float]]:
    """Rows of a sea in perspective, from the horizon down."""
    sea = fbm((2048, 2048), (72, 72), rng, 5, 0.6)
    rows: list[list[float]] = []
    for below in range(1, size[1] - horizon):
        step = min(60 / below, 1.2)
        place = (step, 0, 1024 - step * size[0] / 2, 0, 1, (80000 / below) % 2040)
        row = sea.transform((size[0], 1), Image.Transform.AFFINE, place, Image.Resampling.BILINEAR)
        rows.append(levels(row))  # type: ignore[arg-type]
    return rows


def rippled(image: Image.Image, waves: Waves) -> Image.Image:
    """The picture as the waves show it."""
    pixels = array("I", image.convert("RGBA").tobytes())
    moved = array("I", [pixels[target] for target in waves.targets])
    return Image.frombytes("RGBA", image.size, moved.tobytes()).convert(image.mode)


def mirrored(image: Image.Image, level: int) -> Image.Image:
    """The picture with what stands above `level` hanging below it."""
    result = image.copy()
    below = image.size[1] - level
    upper = image.crop((0, max(level - below, 0), image.size[0], level)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    if upper.size[1] < below:
        upper = upper.resize((image.size[0], below), Image.Resampling.BICUBIC)
    result.paste(upper, (0, level))
    return result


# --- 1: a harbour at dawn ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Boat:
    """A wooden fishing boat; `at` is the middle of its waterline, `facing` 1 for a bow to the right."""

    at: Point
    length: float
    facing: int
    hull: Colour
    stripe: Colour
    haze: float = 0.0

    def points(self, path: Sequence[Point], scale: float) -> list[Point]:
        return [
            ((self.at[0] + self.facing * x * self.length) * scale, (self.at[1] - y * self.length) * scale)
            for x, y in path
        ]


SHEER = curve([(-0.5, 0.17), (-0.3, 0.125), (0.0, 0.105), (0.25, 0.14), (0.42, 0.22), (0.54, 0.33)])
HULL = [*SHEER, *curve([(0.54, 0.33), (0.46, 0.15), (0.38, 0.0)]), (-0.42, 0.0), (-0.48, 0.06)]
STRIPE = [*SHEER, *[(x - 0.004, y - 0.035) for x, y in reversed(SHEER)]]
MASTS = ((0.05, 0.62, 0.08), (-0.33, 0.42, 0.15))


def draw_harbour() -> Image.Image:
    rng, horizon = Random(412), 560
    scene = _dawn_sky(rng, horizon)
    _dawn_shore(scene, rng, horizon)
    for boat in _far_fleet():
        picture, corner = _boat_picture(boat, rng)
        scene.paste(picture, corner, picture)
    sea = waves(WIDE, horizon, rng, 3.0, 0.045)
    water = rippled(mirrored(scene, horizon), sea)
    water = ImageChops.multiply(water, gradient(WIDE, _sea_stops(horizon)))
    scene.paste(blur(water, 0.6), (0, 0), fade(WIDE, [(0, 0), (0.5249, 0), (0.53, 255), (1, 255)]))
    add_light(scene, _sea_mist(rng, horizon), (250, 190, 150))
    for boat in _fleet():
        _moor(scene, boat, sea, rng)
    scene = _jetty(scene, rng)
    glow(scene, (1085, 505), 760, (88, 50, 22), 1.6)
    scene = bloom(scene, 24, 205, 0.9)
    return grain(vignette(tone(scene, 0.3, (10, 11, 15)), 130), rng, 0.09)


def _sea_stops(horizon: int) -> Stops:
    start = horizon / WIDE[1]
    return [(0, (255, 255, 255)), (start, (232, 226, 224)), (0.72, (176, 178, 190)), (1, (92, 104, 126))]


def _dawn_sky(rng: Random, horizon: int) -> Image.Image:
    stops = [
        (0, (44, 62, 98)),
        (0.2, (86, 100, 136)),
        (0.37, (176, 144, 146)),
        (0.46, (238, 176, 128)),
        (0.53, (255, 212, 150)),
    ]
    sky = gradient(WIDE, [*stops, (1, (255, 212, 150))])
    lit = gradient(WIDE, [(0, (96, 98, 124)), (0.25, (196, 142, 136)), (0.42, (255, 178, 122)), (1, (255, 220, 160))])
    dark = gradient(WIDE, [(0, (36, 46, 76)), (0.25, (84, 80, 108)), (0.45, (168, 118, 112)), (1, (240, 180, 130))])
    bank = fbm(WIDE, (760, 110), rng, 7, 0.55)
    cover = ImageChops.multiply(to_mask(bank, 0.5, 0.68), fade(WIDE, [(0, 255), (0.3, 220), (0.5, 60), (1, 0)]))
    paint(sky, cover, lit)
    under = bank.transform(WIDE, Image.Transform.AFFINE, (0.99, 0, 0, 0, 0.98, 16))
    paint(sky, ImageChops.multiply(cover, to_mask(under, 0.53, 0.68)), dark)
    wisps = ImageChops.multiply(
        to_mask(fbm(WIDE, (900, 34), rng, 6), 0.52, 0.85), fade(WIDE, [(0, 60), (0.45, 200), (1, 0)])
    )
    paint(sky, wisps, lit)
    glow(sky, (1085, horizon - 60), 620, (120, 66, 26), 1.7)
    glow(sky, (1085, horizon - 60), 130, (255, 220, 160), 2.0)
    glow(sky, (1085, horizon - 60), 36, (255, 255, 235), 0.6)
    return sky


def _dawn_shore(scene: Image.Image, rng: Random, horizon: int) -> None:
    layers: list[tuple[float, float, Colour, float]] = [
        (horizon + 4, 175, (176, 140, 140), 620),
        (horizon + 4, 112, (124, 104, 118), 420),
        (horizon + 4, 62, (74, 68, 86), 240),
    ]
    for base, height, colour, cell in layers:
        mask = ridge(WIDE, base, height, profile(WIDE[0], rng, cell, 7, 0.42))
        paint(
            scene,
            mask,
            texture(
                gradient(WIDE, [(0, colour), (0.42, colour), (0.54, mix(colour, (255, 206, 160), 0.5)), (1, colour)]),
                rng,
                (90, 40),
                26,
            ),
        )
    _waterfront(scene, rng, horizon)


def _waterfront(scene: Image.Image, rng: Random, horizon: int) -> None:
    def draw(pen: Pen, scale: float) -> None:
        x = -10.0
        while x < 760:
            width, height = rng.uniform(16, 46), rng.uniform(10, 34) * (1.25 - x / 900)
            pen.rectangle((x * scale, (horizon - height) * scale, (x + width) * scale, (horizon + 4) * scale), fill=255)
            if rng.random() < 0.6:
                roof = [
                    (x - 3, horizon - height),
                    (x + width / 2, horizon - height - 9),
                    (x + width + 3, horizon - height),
                ]
                pen.polygon(scaled(roof, scale), fill=255)
            x += width + rng.uniform(-4, 14)
        for x in (150, 330, 352, 610):
            palm(pen, scale, (x, horizon), rng.uniform(46, 70), rng.uniform(-0.15, 0.15), rng)

    mask = silhouette(WIDE, draw)
    paint(scene, mask, (58, 54, 70))
    for _ in range(46):
        x, y = rng.uniform(0, 740), horizon - rng.uniform(4, 22)
        glow(scene, (x, y), rng.uniform(4, 9), (255, 190, 100), 1.4)


def _sea_mist(rng: Random, horizon: int) -> Image.Image:
    band = fade(WIDE, [(0, 0), (horizon / 1067 - 0.06, 0), (horizon / 1067, 120), (horizon / 1067 + 0.05, 0), (1, 0)])
    return ImageChops.multiply(band, to_mask(fbm(WIDE, (500, 40), rng), 0.3, 0.7))


def _far_fleet() -> list[Boat]:
    places = [(i, x) for i, x in enumerate(range(560, 1600, 88))]
    return [
        Boat((x, 562 + i % 2), 62 + i % 4 * 9, 1 - i % 2 * 2, (66, 62, 80), (132, 118, 112), 0.55) for i, x in places
    ]


def _fleet() -> list[Boat]:
    worn = (132, 118, 112)
    return [
        Boat((120, 584), 170, 1, (58, 58, 76), worn, 0.34),
        Boat((330, 590), 190, 1, (70, 54, 66), worn, 0.32),
        Boat((1440, 592), 200, -1, (52, 56, 74), worn, 0.32),
        Boat((60, 628), 270, 1, (40, 62, 78), worn, 0.17),
        Boat((610, 634), 300, -1, (74, 46, 50), worn, 0.16),
        Boat((330, 650), 310, 1, (44, 60, 72), worn, 0.14),
        Boat((1330, 742), 600, -1, (36, 66, 84), (150, 132, 118), 0.02),
        Boat((420, 822), 700, 1, (30, 66, 80), (148, 132, 116), 0.0),
    ]


def _moor(scene: Image.Image, boat: Boat, sea: Waves, rng: Random) -> None:
    """A boat and its reflection."""
    layer = Image.new("RGBA", WIDE, (*boat.hull, 0))
    layer.paste(*_boat_picture(boat, rng))
    level = round(boat.at[1])
    hanging = rippled(_hanging(layer, level), sea)
    below = fade(
        WIDE, [(0, 0), (level / 1067 - 0.001, 0), (level / 1067, 240), (min(level / 1067 + 0.26, 0.99), 120), (1, 90)]
    )
    shade = blur(Image.blend(hanging.convert("RGB"), Image.new("RGB", WIDE, (24, 28, 42)), 0.6), 1)
    scene.paste(shade, (0, 0), ImageChops.multiply(blur(hanging.getchannel("A"), 1.4), below))
    scene.paste(layer, (0, 0), feather(layer.getchannel("A"), 0.5 + boat.haze * 1.2))
    _waterline(scene, boat)


def _boat_picture(boat: Boat, rng: Random) -> tuple[Image.Image, Size]:
    """The boat alone, and where its corner belongs."""
    size = (round(boat.length * 1.2), round(boat.length * 0.72))
    corner = (round(boat.at[0] - size[0] / 2), round(boat.at[1]) - size[1] + 2)
    layer = Image.new("RGBA", size, (*boat.hull, 0))
    _boat_body(layer, replace(boat, at=(boat.at[0] - corner[0], size[1] - 2)), rng)
    return layer, corner


def _waterline(scene: Image.Image, boat: Boat) -> None:
    """Light that slips in between the hull and the water."""
    for index in range(7):
        x = boat.at[0] + (index / 6 - 0.5) * boat.length * 0.84
        glow_oval(scene, (x, boat.at[1] + 1), (boat.length * 0.08, 1.5 + boat.length * 0.003), (90, 66, 54), 1.2)


def _hanging(layer: Image.Image, level: int) -> Image.Image:
    result = Image.new(layer.mode, layer.size)
    result.paste(layer.crop((0, 0, layer.size[0], level)).transpose(Image.Transpose.FLIP_TOP_BOTTOM), (0, level))
    return result


def _boat_body(layer: Image.Image, boat: Boat, rng: Random) -> None:
    size = layer.size
    haze: Colour = (226, 168, 142)
    ink, lit = mix((20, 20, 28), haze, boat.haze), mix((255, 190, 128), haze, boat.haze)
    near = boat.length > 300
    masks: list[tuple[Callable[[Pen, float], None], float, Colour, float]] = [
        (lambda pen, scale: _rigging(pen, scale, boat), 0, ink, 0.4),
        (lambda pen, scale: _nets(pen, scale, boat, rng), 1.5 if near else 0, mix(ink, (70, 96, 84), 0.25), 0.5),
        (lambda pen, scale: _cabin(pen, scale, boat), 0.6 if near else 0, mix(ink, boat.stripe, 0.3), 0.6),
        (lambda pen, scale: _crew(pen, scale, boat, rng), 0.8 if near else 0, ink, 0.7),
    ]
    for draw, round_off, colour, edge in masks:
        skin = texture(Image.new("RGB", size, colour), rng, (22, 14), 110)
        _solid(layer, silhouette(size, draw, round_off), skin, lit, edge)
    hull = silhouette(size, lambda pen, scale: pen.polygon(boat.points(HULL, scale), fill=255))
    _solid(layer, hull, _planks(size, boat, rng, mix(boat.stripe, haze, boat.haze), ink), lit, 0.7)
    if near:
        fenders = silhouette(size, lambda pen, scale: _fenders(pen, scale, boat))
        _solid(layer, fenders, (17, 17, 22), lit, 0.25)


def _planks(size: Size, boat: Boat, rng: Random, stripe: Colour, ink: Colour) -> Image.Image:
    """The hull's side: darker toward the water, worn along the planks."""
    top, level = (boat.at[1] - boat.length * 0.3) / size[1], boat.at[1] / size[1]
    light, dark = mix(boat.hull, (206, 146, 116), 0.12 + boat.haze), mix(boat.hull, (10, 12, 20), 0.62 - boat.haze / 2)
    side = gradient(size, [(0, light), (top, light), (level - 0.02, dark), (level - 0.004, (12, 12, 16)), (1, dark)])
    worn = texture(texture(side, rng, (200, 7), 120, 5), rng, (34, 50), 90)
    trim = silhouette(size, lambda pen, scale: pen.polygon(boat.points(STRIPE, scale), fill=255))
    paint(
        worn,
        blur(trim, 0.8),
        texture(texture(Image.new("RGB", size, mix(stripe, ink, 0.38)), rng, (60, 8), 130), rng, (9, 9), 80),
    )
    seams = silhouette(size, lambda pen, scale: _seams(pen, scale, boat))
    paint(worn, seams.point(lambda level: level * 0.6), ink)
    return worn


def _seams(pen: Pen, scale: float, boat: Boat) -> None:
    for index in range(1, 7):
        drop = 0.036 + index * 0.022
        seam = [(x * (1 - index * 0.012), y * (1 - index * 0.09) - drop + index * 0.012) for x, y in SHEER]
        pen.line(boat.points(seam, scale), fill=255, width=max(1, round(boat.length * 0.0022 * scale)))


def _fenders(pen: Pen, scale: float, boat: Boat) -> None:
    for x, y in ((-0.4, 0.085), (-0.2, 0.062), (0.02, 0.055), (0.2, 0.075)):
        middle, reach = boat.points([(x, y)], scale)[0], boat.length * 0.024 * scale
        box = (middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach)
        pen.ellipse(box, outline=255, width=round(reach * 0.62))
        pen.line([*middle, *boat.points([(x - 0.005, y + 0.07)], scale)[0]], fill=255, width=round(scale * 2))


def _nets(pen: Pen, scale: float, boat: Boat, rng: Random) -> None:
    """Nets and floats in a heap on the deck."""
    for _ in range(70):
        x = rng.gauss(0.14, 0.045)
        middle = boat.points([(x, 0.11 + rng.uniform(0, 0.075) * math.exp(-(((x - 0.14) / 0.06) ** 2)))], scale)[0]
        reach = boat.length * rng.uniform(0.006, 0.014) * scale
        pen.ellipse((middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach), fill=255)
    for x, height in ((-0.44, 0.2), (-0.39, 0.22)):
        pen.polygon(boat.points([(x, 0.1), (x, height), (x + 0.04, height), (x + 0.045, 0.1)], scale), fill=255)


def _solid(layer: Image.Image, mask: Image.Image, fill: Colour | Image.Image, lit: Colour, edge: float) -> None:
    skin = fill if isinstance(fill, Image.Image) else Image.new("RGB", layer.size, fill)
    rim = lit_edge(mask, (2, -2)).point(lambda level: level * edge)
    skin = Image.composite(Image.new("RGB", layer.size, lit), skin, rim).convert("RGBA")
    layer.paste(skin, (0, 0), mask)
    layer.putalpha(ImageChops.lighter(layer.getchannel("A"), mask))


def _rigging(pen: Pen, scale: float, boat: Boat) -> None:
    thin = max(1, round(boat.length * 0.0022 * scale))
    for x, top, foot in MASTS:
        pen.line(
            boat.points([(x, foot), (x - 0.01, top)], scale),
            fill=255,
            width=max(2, round(boat.length * 0.0085 * scale)),
        )
        for end in ((0.52, 0.32), (-0.48, 0.17), (x + 0.12, 0.12), (x - 0.12, 0.12)):
            pen.line(boat.points([(x - 0.01, top), end], scale), fill=210, width=thin)
    boom = [(0.05, 0.26), (-0.28, 0.46)]
    pen.line(boat.points(boom, scale), fill=255, width=max(2, round(boat.length * 0.008 * scale)))
    pen.line(boat.points([boom[1], (0.04, 0.6)], scale), fill=210, width=thin)
    flag = [(0.04, 0.615), (-0.035, 0.6), (-0.06, 0.575), (-0.03, 0.565), (0.04, 0.57)]
    pen.polygon(boat.points(flag, scale), fill=255)
    string = [(lerp(0.03, -0.32, i / 8), lerp(0.5, 0.36, i / 8) - 0.02 * math.sin(math.pi * i / 8)) for i in range(9)]
    pen.line(boat.points(string, scale), fill=210, width=thin)
    for index in range(9):
        x = lerp(0.03, -0.32, index / 8)
        lamp = boat.points([(x, lerp(0.5, 0.36, index / 8) - 0.02 * math.sin(math.pi * index / 8))], scale)[0]
        reach = boat.length * 0.006 * scale
        pen.ellipse((lamp[0] - reach, lamp[1] - reach, lamp[0] + reach, lamp[1] + reach * 1.6), fill=255)


def _cabin(pen: Pen, scale: float, boat: Boat) -> None:
    pen.polygon(boat.points([(-0.36, 0.1), (-0.36, 0.255), (-0.12, 0.265), (-0.085, 0.1)], scale), fill=255)
    pen.polygon(boat.points([(-0.4, 0.255), (-0.39, 0.275), (-0.08, 0.288), (-0.07, 0.265)], scale), fill=255)
    for left in (-0.33, -0.265, -0.2):
        pane = [(left, 0.185), (left, 0.235), (left + 0.045, 0.237), (left + 0.045, 0.185)]
        pen.polygon(boat.points(pane, scale), fill=0)


def _crew(pen: Pen, scale: float, boat: Boat, rng: Random) -> None:
    if boat.length < 200:
        return
    for x, deck, pose in (
        (0.345, 0.17, Pose(0.06, 0.06, ((0.06, 0.12), (0.15, 0.1)), ((0.05, 0.14), (0.14, 0.2)))),
        (0.0, 0.1, Pose(-0.05, 0.07, ((-0.05, 0.13), (0.0, 0.22)), ((0.05, 0.15), (0.1, 0.24)))),
    ):
        foot = boat.points([(x, deck)], 1)[0]
        figure(pen, scale, foot, boat.length * rng.uniform(0.15, 0.165), pose)


def _jetty(scene: Image.Image, rng: Random) -> Image.Image:
    """A bollard and its rope close to the lens."""

    def draw(pen: Pen, scale: float) -> None:
        pen.polygon(scaled([(-20, 1010), (330, 1032), (420, 1080), (-20, 1080)], scale), fill=255)
        pen.rounded_rectangle([v * scale for v in (70, 850, 168, 1080)], radius=20 * scale, fill=255)
        pen.ellipse([v * scale for v in (50, 832, 188, 890)], fill=255)
        rope = curve([(150, 872), (330, 900), (560, 800), (795, 598)])
        pen.line(scaled(rope, scale), fill=255, width=round(7 * scale), joint="curve")

    mask = blur(silhouette(WIDE, draw, 1), 4)
    stone = texture(gradient(WIDE, [(0, (40, 36, 42)), (0.8, (44, 40, 46)), (1, (16, 17, 24))]), rng, (60, 30), 110)
    paint(scene, mask, blur(stone, 3))
    add_light(scene, blur(lit_edge(mask, (6, -8), 3), 4), (168, 110, 70))
    return scene


# --- land in perspective ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class View:
    """A camera over a map of heights: where it stands, how high, the row of its horizon, its focal length in pixels."""

    at: Point
    height: float
    horizon: int
    focal: float
    near: float
    far: float
    step: float = 0.004


Height = Callable[[float, float], float]
Shade = Callable[[float, float, float, float], Colour]


def land(image: Image.Image, view: View, height: Height, shade: Shade, rng: Random) -> None:
    """March from the camera outward, one ray a column, and fill what each step uncovers."""
    width, bottom = image.size
    pixels = image.load()
    assert pixels is not None
    depths = _depths(view)
    for x in range(width):
        aside, lowest, before = (x - width / 2) / view.focal, bottom, view.near
        jitter = 1 + rng.uniform(-0.5, 0.5) * view.step
        for depth in depths:
            depth *= jitter
            level = height(view.at[0] + aside * depth, view.at[1] + depth)
            if view.horizon + (view.height - level) * view.focal / depth < lowest - 1:
                for part in (0.25, 0.5, 0.75, 1.0):
                    nearer = before + (depth - before) * part
                    east, north = view.at[0] + aside * nearer, view.at[1] + nearer
                    level = height(east, north)
                    top = max(int(view.horizon + (view.height - level) * view.focal / nearer), 0)
                    if top < lowest:
                        colour = shade(east, north, level, nearer)
                        for y in range(top, lowest):
                            pixels[x, y] = colour
                        lowest = top
            before = depth


def _depths(view: View) -> list[float]:
    depths, depth = [], view.near
    while depth < view.far:
        depths.append(depth)
        depth *= 1 + view.step
    return depths


class Relief:
    """Values over a square map, read between its points; it repeats beyond its edge."""

    def __init__(self, values: Image.Image, scale: float) -> None:
        self.side, self.scale = values.size[0], scale
        self.values = levels(values)

    def __call__(self, x: float, y: float) -> float:
        side, values = self.side, self.values
        x, y = x % side, y % side
        left, top = int(x), int(y)
        x, y = x - left, y - top
        here, below = top % side * side, (top + 1) % side * side
        left, right = left % side, (left + 1) % side
        upper = values[here + left] + (values[here + right] - values[here + left]) * x
        lower = values[below + left] + (values[below + right] - values[below + left]) * x
        return (upper + (lower - upper) * y) * self.scale


# --- 2: a volcano ----------------------------------------------------------------------------------------------


SUMMIT: Point = (560, 900)


def draw_volcano() -> Image.Image:
    rng = Random(418)
    scene = _ash_sky(rng)
    _plume(scene, rng)
    cone, gullies, woods = _cone(rng)
    land(scene, View((500, 0), 46, 640, 1500, 120, 1500, 0.005), cone, _slopes(gullies, woods, rng), rng)
    _haze_bands(scene, rng)
    scene = _valley(scene, rng)
    return grain(vignette(tone(bloom(scene, 18, 215, 0.6), 0.35, (10, 12, 16)), 140), rng, 0.08)


def _ash_sky(rng: Random) -> Image.Image:
    sky = gradient(
        WIDE,
        [
            (0, (70, 104, 150)),
            (0.3, (132, 160, 190)),
            (0.52, (214, 206, 200)),
            (0.6, (244, 216, 186)),
            (1, (244, 216, 186)),
        ],
    )
    clouds = ImageChops.multiply(
        to_mask(fbm(WIDE, (620, 130), rng, 7, 0.55), 0.48, 0.78),
        fade(WIDE, [(0, 110), (0.45, 200), (0.62, 60), (1, 0)]),
    )
    paint(sky, clouds, gradient(WIDE, [(0, (176, 190, 208)), (0.4, (240, 226, 214)), (1, (250, 222, 190))]))
    glow(sky, (120, 600), 900, (70, 44, 20), 1.5)
    return sky


def _cone(rng: Random) -> tuple[Height, Relief, Relief]:
    gullies = Relief(fbm((1024, 1024), (22, 400), rng, 5, 0.55), 1.0)
    hills, woods = (
        Relief(fbm((1024, 1024), (180, 180), rng, 7, 0.5), 1.0),
        Relief(fbm((1024, 1024), (14, 14), rng, 4, 0.6), 1.0),
    )

    def height(east: float, north: float) -> float:
        x, y = east - SUMMIT[0], north - SUMMIT[1]
        away = math.hypot(x, y)
        carve = gullies(math.atan2(x, y) * 163 + 512 + hills(east, north) * 30, away)
        side = 258 * math.exp(-away / 165) - 20
        side = min(side, 206 + 14 * carve + away * 0.1) if away < 60 else side
        rough = (carve - 0.5) * min(away, 130) * 0.36 * math.exp(-away / 260)
        return (
            max(side, -20)
            + rough
            + (hills(east, north) - 0.5) * min(away * 0.12, 46)
            + woods(east, north) * min(3.5, away / 50)
        )

    return height, gullies, woods


def _slopes(gullies: Relief, woods: Relief, rng: Random) -> Shade:
    def shade(east: float, north: float, level: float, depth: float) -> Colour:
        x, y = east - SUMMIT[0], north - SUMMIT[1]
        away, turn = math.hypot(x, y), math.atan2(x, y) * 163 + 512
        side = (gullies(turn + 5, away) - gullies(turn - 5, away)) * 2.2 - x / (away + 40) * 0.5
        leaf = woods(east, north) - 0.5 + rng.uniform(-0.12, 0.12)
        bare = min(max((level - 62 + leaf * 60) / 60, 0), 1)
        base = mix(mix((40, 58, 36), (74, 88, 46), leaf + 0.5), mix((96, 84, 78), (132, 118, 108), leaf + 0.5), bare)
        light = min(max(0.62 + side * 0.75 + leaf * 0.7, 0.16), 1.5)
        lit = (round(base[0] * light * 1.12), round(base[1] * light), round(base[2] * lerp(1.08, light, 0.8)))
        return mix(lit, (206, 196, 192), 1 - math.exp(-depth / 1150))

    return shade


def _puff(rng: Random, side: int) -> tuple[Image.Image, Image.Image]:
    """One billow of smoke, lit from the upper left: its light and its outline."""
    lump = fbm((side, side), (side / 4, side / 4), rng, 4, 0.6)
    ball = falloff((side, side), 0.55)
    outline = ImageChops.multiply(ball, to_mask(lump, 0.05, 0.5)).point(
        [min(255, max(0, (v - 60) * 4)) for v in range(256)]
    )
    lamp = falloff((side * 2, side * 2), 1.0).crop(
        (round(side * 0.72), round(side * 0.78), round(side * 1.72), round(side * 1.78))
    )
    return ImageChops.multiply(lamp, to_mask(lump, -0.5, 0.75)), blur(outline, side * 0.012)


def _plume(scene: Image.Image, rng: Random) -> None:
    """Billows from the crater, larger and paler as they rise and drift."""
    puffs = [_puff(rng, 160) for _ in range(14)]
    spots: list[tuple[float, float, float, float]] = []
    for _ in range(1500):
        rise = rng.random() ** 0.75
        spread = 12 + 150 * rise**0.9
        drift = 330 * rise**1.7
        spots.append(
            (
                885 + drift + rng.gauss(0, spread * 0.5),
                352 - 370 * rise**0.8 + rng.gauss(0, spread * 0.2),
                rise,
                rng.random(),
            )
        )
    spots.sort(key=lambda spot: spot[2] - spot[3] * 0.12, reverse=True)
    for x, y, rise, chance in spots:
        light, outline = puffs[int(chance * len(puffs))]
        side = round(lerp(40, 190, rise) * lerp(0.6, 1.1, chance))
        dark, pale = mix((62, 58, 62), (134, 136, 146), rise), mix((206, 186, 170), (248, 238, 226), rise)
        puff = ImageOps.colorize(light.resize((side, side)), dark, pale, mix(dark, pale, 0.42))
        scene.paste(
            puff, (round(x - side / 2), round(y - side / 2)), outline.resize((side, side)).point(lambda a: a * 0.82)
        )


def _haze_bands(scene: Image.Image, rng: Random) -> None:
    band = fade(WIDE, [(0, 0), (0.42, 0), (0.57, 180), (0.63, 120), (0.72, 0), (1, 0)])
    paint(scene, ImageChops.multiply(band, to_mask(fbm(WIDE, (700, 46), rng, 6), 0.38, 0.75)), (240, 222, 204))


def _grove(rng: Random) -> list[tuple[float, float, float, float]]:
    """Where palms stand, how high, how bent: thick at both sides, open in the middle."""
    edges = [rng.triangular(-40, 640, -40) for _ in range(13)] + [rng.triangular(1050, 1660, 1660) for _ in range(12)]
    return [
        (x, 1010, rng.uniform(90, 150) + abs(x - 800) * rng.uniform(0.05, 0.3), rng.uniform(-0.2, 0.2)) for x in edges
    ]


def _valley(scene: Image.Image, rng: Random) -> Image.Image:
    """Palms and scrub between the lens and the mountain."""
    line = profile(WIDE[0], rng, 300, 7, 0.6)

    def draw(pen: Pen, scale: float) -> None:
        for x, foot, height, lean in _grove(rng):
            palm(pen, scale, (x, foot), height, lean, rng)
        top = [(x * scale, (1010 - 100 * value + rng.uniform(-9, 9)) * scale) for x, value in enumerate(line)]
        pen.polygon([(0, 1067 * scale), *top, (1600 * scale, 1067 * scale)], fill=255)

    mask = blur(silhouette(WIDE, draw), 1.1)
    paint(
        scene,
        mask,
        texture(
            gradient(WIDE, [(0, (64, 70, 56)), (0.8, (50, 58, 38)), (0.94, (40, 46, 28)), (1, (18, 22, 15))]),
            rng,
            (18, 10),
            150,
        ),
    )
    add_light(scene, lit_edge(mask, (-2, -2)), (86, 74, 44))
    return scene


# --- 4: rice terraces ----------------------------------------------------------------------------------------


STEP = 7.5


def draw_terraces() -> Image.Image:
    rng = Random(446)
    scene = _morning(rng)
    height, hill, woods, patch = _hillside(rng)
    land(scene, View((300, 0), 118, 190, 1350, 70, 1000, 0.0024), height, _paddies(hill, woods, patch, rng), rng)
    scene = _mist(scene, rng)
    scene = _grass(blur(scene, 0.7), rng)
    return grain(vignette(tone(bloom(scene, 20, 200, 0.7), 0.4, (8, 11, 10)), 140), rng, 0.08)


def _morning(rng: Random) -> Image.Image:
    sky = gradient(WIDE, [(0, (150, 178, 196)), (0.12, (214, 214, 200)), (0.22, (255, 232, 190)), (1, (240, 224, 190))])
    paint(sky, to_mask(fbm(WIDE, (500, 70), rng, 6), 0.5, 0.8), (255, 242, 220))
    return sky


def _hillside(rng: Random) -> tuple[Height, Height, Relief, Relief]:
    broad = Relief(fbm((1024, 1024), (250, 250), rng, 4, 0.42), 1.0)
    woods, patch = (
        Relief(fbm((1024, 1024), (9, 9), rng, 4, 0.65), 1.0),
        Relief(fbm((1024, 1024), (90, 90), rng, 3), 1.0),
    )

    def hill(east: float, north: float) -> float:
        bowl = abs(east - 300 - 60 * math.sin(north / 170)) * 0.2
        return broad(east, north) * 150 - 62 + bowl + max(north - 420, 0) * 0.14

    def height(east: float, north: float) -> float:
        raw = hill(east, north) / STEP
        if _wooded(patch, east, north):
            return raw * STEP + min(_wooded(patch, east, north) * 90, 9 + woods(east, north) * 12)
        floor = math.floor(raw)
        part = raw - floor
        return (floor + (0.10 if part < 0.07 else max(part - 0.72, 0) / 0.28)) * STEP

    return height, hill, woods, patch


def _wooded(patch: Relief, east: float, north: float) -> float:
    """How deep in a grove this is; 0 outside."""
    return max(patch(east, north) - 0.6, 0) if north > 430 else 0


def _paddies(hill: Height, woods: Relief, patch: Relief, rng: Random) -> Shade:
    def shade(east: float, north: float, _: float, depth: float) -> Colour:
        leaf = woods(east, north) - 0.5 + rng.uniform(-0.15, 0.15)
        raw = hill(east, north) / STEP
        if _wooded(patch, east, north):
            slope = woods(east - 2, north) - woods(east + 2, north)
            colour = mix((20, 40, 22), (96, 112, 44), 0.3 + slope * 1.6 + leaf * 0.5)
        else:
            colour = _paddy(math.floor(raw), raw - math.floor(raw), leaf, patch(east * 3, north * 3), depth)
        return mix(colour, (246, 228, 192), (1 - math.exp(-max(depth - 130, 0) / 760)) * 0.9)

    return shade


def _paddy(terrace: int, part: float, leaf: float, field: float, depth: float) -> Colour:
    """Bank, flooded or planted floor, and the wall to the next terrace."""
    if part < 0.07:
        return mix((92, 92, 40), (168, 158, 84), 0.5 + leaf)
    if part > 0.72:
        return mix((24, 40, 18), (104, 118, 44), 0.36 + leaf * 1.5)
    kind = (terrace * 7919 % 10) / 10 + (field - 0.5) * 0.8
    if kind < 0.42:
        sky = mix((126, 150, 158), (255, 236, 196), min(depth / 420, 1.0))
        return mix(sky, (96, 116, 60), 0.35 if leaf > 0.12 else 0.06 + abs(leaf) * 0.3)
    return mix(mix((58, 98, 30), (150, 168, 62), kind), (206, 196, 96), 0.12 + leaf * 0.55)


def _mist(scene: Image.Image, rng: Random) -> Image.Image:
    band = fade(WIDE, [(0, 90), (0.16, 200), (0.3, 120), (0.5, 40), (0.7, 0), (1, 0)])
    paint(scene, ImageChops.multiply(band, to_mask(fbm(WIDE, (560, 80), rng, 6), 0.36, 0.72)), (255, 240, 212))
    glow(scene, (1240, 40), 1000, (62, 46, 24), 1.6)
    return scene


def _grass(scene: Image.Image, rng: Random) -> Image.Image:
    """Blades close to the lens."""

    def blades(pen: Pen, scale: float) -> None:
        for _ in range(420):
            x, length, bend = rng.uniform(-40, 1640), rng.uniform(60, 190), rng.uniform(-60, 60)
            length *= 0.45 + abs(x - 800) / 900
            path = curve([(x, 1090), (x + bend * 0.3, 1090 - length * 0.6), (x + bend, 1090 - length)], 6)
            pen.line(scaled(path, scale), fill=255, width=round(rng.uniform(4, 9) * scale))

    mask = blur(silhouette(WIDE, blades), 6)
    paint(
        scene,
        mask,
        blur(
            texture(gradient(WIDE, [(0, (120, 130, 50)), (0.85, (74, 96, 34)), (1, (26, 44, 16))]), rng, (30, 60), 140),
            5,
        ),
    )
    return scene


# --- 3: a statement to the press ---------------------------------------------------------------------------------


CLOTHS: tuple[tuple[Colour, Colour], ...] = (((18, 74, 92), (214, 196, 160)), ((190, 140, 60), (24, 60, 70)))
SPEAKER = Pose(0.012, 0.03, ((-0.065, 0.13), (-0.03, 0.27)), ((0.07, 0.12), (0.045, 0.26)))


def draw_statement() -> Image.Image:
    rng = Random(431)
    scene = _backdrop(rng)
    for index, x in enumerate((150, 330, 1270, 1450)):
        _flag(scene, rng, x, CLOTHS[index % 2])
    _beams(scene, rng)
    _speaker(scene, rng)
    for row in range(3):
        _press_row(scene, rng, row)
    scene = bloom(scene, 26, 195, 0.7)
    return grain(vignette(tone(scene, 0.45, (7, 8, 14)), 90), rng, 0.1)


def _backdrop(rng: Random) -> Image.Image:
    """A curtain in blue light."""
    scene = gradient(
        WIDE, [(0, (8, 16, 34)), (0.3, (20, 46, 84)), (0.62, (44, 84, 128)), (0.8, (22, 40, 66)), (1, (6, 9, 16))]
    )
    folds = fbm((WIDE[0], 4), (46, 4), rng, 3, 0.5).resize(WIDE)
    scene = darken(scene, to_mask(folds, 0.22, 0.72), 90)
    glow_oval(scene, (800, 470), (760, 560), (70, 92, 110), 1.5)
    glow_oval(scene, (800, 420), (330, 360), (120, 126, 116), 1.6)
    return blur(scene, 4)


def _flag(scene: Image.Image, rng: Random, x: float, cloth: tuple[Colour, Colour]) -> None:
    """A flag that hangs in folds from its pole."""

    def shape(pen: Pen, scale: float) -> None:
        left = curve([(x - 6, 190), (x - 34, 380), (x - 52, 600), (x - 40, 800)])
        right = curve([(x + 44, 812), (x + 60, 640), (x + 70, 420), (x + 62, 300), (x + 8, 196)])
        pen.polygon(scaled([*left, *right], scale), fill=255)

    def pole(pen: Pen, scale: float) -> None:
        pen.line(scaled([(x, 160), (x - 2, 930)], scale), fill=255, width=round(9 * scale))
        pen.polygon(scaled([(x - 9, 166), (x, 118), (x + 9, 166)], scale), fill=255)

    def band(pen: Pen, scale: float) -> None:
        pen.polygon(
            scaled(
                [*curve([(x + 20, 150), (x + 26, 420), (x + 8, 620), (x + 16, 860)]), (x + 200, 860), (x + 200, 150)],
                scale,
            ),
            fill=255,
        )

    colours = Image.composite(
        Image.new("RGB", WIDE, cloth[1]), Image.new("RGB", WIDE, cloth[0]), blur(silhouette(WIDE, band), 2)
    )
    folds = fbm((WIDE[0], 60), (26, 50), rng, 2).resize(WIDE, Image.Resampling.BICUBIC)
    folds = folds.transform(WIDE, Image.Transform.AFFINE, (1, 0.1, -60, 0, 1, 0), Image.Resampling.BILINEAR)
    skin = darken(colours, to_mask(folds, 0.3, 0.68), 30)
    skin = darken(skin, fade(WIDE, [(0, 255), (0.3, 230), (0.75, 110), (1, 60)]))
    paint(scene, blur(silhouette(WIDE, pole), 1.6), (150, 122, 74))
    paint(scene, blur(silhouette(WIDE, shape, 2), 2), blur(skin, 2))


def _beams(scene: Image.Image, rng: Random) -> None:
    """Lamps above, and their light in the hazy air."""
    smoke = to_mask(fbm(WIDE, (300, 160), rng, 5), 0.2, 0.9)
    for x, foot, colour in (
        (360, 640, (255, 214, 160)),
        (640, 730, (190, 214, 255)),
        (960, 870, (190, 214, 255)),
        (1240, 960, (255, 214, 160)),
    ):

        def cone(pen: Pen, scale: float, x: float = x, foot: float = foot) -> None:
            pen.polygon(scaled([(x - 8, 26), (x + 8, 26), (foot + 150, 900), (foot - 150, 900)], scale), fill=255)

        beam = blur(silhouette(WIDE, cone), 16)
        beam = ImageChops.multiply(beam, fade(WIDE, [(0, 150), (0.3, 70), (0.8, 0), (1, 0)]))
        add_light(scene, ImageChops.multiply(beam, smoke), colour)
        glow(scene, (x, 24), 150, (colour[0] // 2, colour[1] // 2, colour[2] // 2), 2.0)
        glow(scene, (x, 10), 44, (255, 250, 236), 1.0)
        glow_oval(scene, (x, 10), (330, 7), (120, 130, 150), 1.6)


def _speaker(scene: Image.Image, rng: Random) -> None:
    def person(pen: Pen, scale: float) -> None:
        figure(pen, scale, (800, 1030), 690, SPEAKER)

    def cap(pen: Pen, scale: float) -> None:
        pen.polygon(
            scaled([(770, 392), (778, 352), (796, 345), (834, 346), (846, 354), (853, 393), (812, 384)], scale),
            fill=255,
        )

    def desk(pen: Pen, scale: float) -> None:
        pen.polygon(scaled([(668, 672), (938, 672), (922, 716), (684, 716)], scale), fill=255)
        pen.polygon(scaled([(700, 716), (906, 716), (888, 1067), (718, 1067)], scale), fill=255)

    def wires(pen: Pen, scale: float) -> None:
        for foot, head in ((742, 770), (776, 786), (812, 806), (850, 826), (880, 842)):
            top = (head, 612 + abs(head - 806) * 0.3)
            pen.line(
                scaled(curve([(foot, 680), ((foot + head) / 2 - 4, 648), top]), scale), fill=255, width=round(4 * scale)
            )
            pen.ellipse([v * scale for v in (top[0] - 10, top[1] - 20, top[0] + 10, top[1] + 8)], fill=255)

    suit = texture(Image.new("RGB", WIDE, (24, 27, 38)), rng, (30, 40), 90)
    layers: tuple[tuple[Callable[[Pen, float], None], Image.Image, float], ...] = (
        (person, suit, 4.5),
        (cap, Image.new("RGB", WIDE, (12, 12, 17)), 3.0),
        (
            desk,
            texture(
                gradient(WIDE, [(0, (96, 70, 48)), (0.63, (112, 82, 56)), (0.68, (66, 46, 32)), (1, (24, 17, 14))]),
                rng,
                (8, 240),
                70,
            ),
            1.0,
        ),
        (wires, Image.new("RGB", WIDE, (16, 17, 20)), 0.8),
    )
    for draw, skin, round_off in layers:
        mask = silhouette(WIDE, draw, round_off)
        paint(scene, blur(mask, 0.9), skin)
        add_light(scene, ImageChops.multiply(blur(lit_edge(mask, (5, -4), 4), 2.5), mask), (104, 104, 100))
        add_light(scene, ImageChops.multiply(blur(lit_edge(mask, (-5, -2), 4), 2.5), mask), (96, 74, 50))


Someone = tuple[float, float, float]  # where the chin is, and the luck that decides what they do


def _each(
    one: Callable[[Pen, float, Someone, float], None], people: Sequence[Someone], size: float
) -> Callable[[Pen, float], None]:
    def draw(pen: Pen, scale: float) -> None:
        for person in people:
            one(pen, scale, person, size)

    return draw


def _press_row(scene: Image.Image, rng: Random, row: int) -> None:
    """Heads, cameras and raised phones, larger and softer the closer they are."""
    size, floor, soft = (128, 172, 236)[row], (960, 1030, 1130)[row], (2.2, 4.0, 8.0)[row]
    people = [
        (x + rng.uniform(-22, 22), floor + rng.uniform(-16, 22), rng.random())
        for x in range(-40 + row * 47, 1700, round(size * 1.08))
    ]
    if row == 2:
        people = [person for person in people if not 480 < person[0] < 1120]
    mask = silhouette(WIDE, _each(_watcher, people, size), 4)
    paint(scene, blur(mask, soft), mix((20, 26, 40), (5, 7, 12), row / 2))
    add_light(
        scene,
        blur(ImageChops.multiply(lit_edge(mask, (0, -6), 3), mask), soft),
        mix((44, 60, 84), (14, 20, 34), row / 2),
    )
    for x, y, chance in people:
        if chance > 0.62:
            _phone(scene, (x + size * 0.4, y - size * 1.0), size * 0.36, soft)


def _watcher(pen: Pen, scale: float, person: Someone, size: float) -> None:
    x, y, chance = person
    pen.ellipse([v * scale for v in (x - size * 0.25, y - size * 0.68, x + size * 0.25, y)], fill=255)
    pen.rectangle([v * scale for v in (x - size * 0.12, y - size * 0.2, x + size * 0.12, y + size * 0.2)], fill=255)
    pen.rounded_rectangle(
        [v * scale for v in (x - size * 0.56, y + size * 0.08, x + size * 0.56, y + size * 2)],
        radius=size * 0.3 * scale,
        fill=255,
    )
    if chance > 0.62:
        pen.line(
            scaled(
                [(x + size * 0.5, y + size * 0.4), (x + size * 0.56, y - size * 0.2), (x + size * 0.4, y - size * 0.7)],
                scale,
            ),
            fill=255,
            width=round(size * 0.17 * scale),
            joint="curve",
        )
    elif chance < 0.3:
        pen.rounded_rectangle(
            [v * scale for v in (x - size * 0.3, y - size * 0.52, x + size * 0.3, y - size * 0.16)],
            radius=size * 0.06 * scale,
            fill=255,
        )
        pen.rectangle(
            [v * scale for v in (x - size * 0.12, y - size * 0.84, x + size * 0.12, y - size * 0.5)], fill=255
        )


def _phone(scene: Image.Image, at: Point, width: float, soft: float) -> None:
    x, y = at

    def case(pen: Pen, scale: float, edge: float = 0.0) -> None:
        pen.rounded_rectangle(
            [
                v * scale
                for v in (
                    x - width * 0.8 + edge,
                    y - width * 0.42 + edge,
                    x + width * 0.8 - edge,
                    y + width * 0.42 - edge,
                )
            ],
            radius=4 * scale,
            fill=255,
        )

    paint(scene, blur(silhouette(WIDE, case), soft * 0.6), (8, 9, 12))
    small = scene.crop((420, 130, 1180, 640)).resize((max(round(width * 1.5), 4), max(round(width * 0.76), 4)))
    screen = Image.new("RGB", WIDE)
    screen.paste(ImageChops.add(small, small, 1.5), (round(x - width * 0.75), round(y - width * 0.38)))
    paint(
        scene,
        blur(silhouette(WIDE, lambda pen, scale: case(pen, scale, width * 0.06)), soft * 0.6),
        blur(screen, soft * 0.5),
    )


# --- 5: rain on a street --------------------------------------------------------------------------------------


EYE: Point = (560, 760)
UMBRELLAS: tuple[tuple[float, float, float, Colour], ...] = (
    (640, 925, 215, (58, 66, 78)),
    (395, 960, 250, (40, 96, 104)),
    (800, 1010, 300, (60, 60, 70)),
    (250, 1130, 400, (206, 150, 56)),
    (610, 1330, 610, (178, 34, 34)),
)


def draw_rain() -> Image.Image:
    rng, ground = Random(452), 800
    scene = _wet_sky(rng)
    _street_sides(scene, rng)
    _street_lights(scene, rng)
    scene = blur(scene, 5.5)
    scene = _wet_ground(scene, rng, ground)
    ripples = waves(TALL, ground, rng, 3, 0.035)
    for at in UMBRELLAS:
        _walker(scene, rng, ripples, *at)
    _rainfall(scene, rng)
    scene = bloom(scene, 22, 185, 0.7)
    return grain(vignette(tone(scene, 0.4, (12, 15, 20)), 120), rng, 0.09)


def _wet_sky(rng: Random) -> Image.Image:
    sky = gradient(
        TALL,
        [
            (0, (66, 80, 100)),
            (0.28, (118, 134, 150)),
            (0.47, (206, 204, 192)),
            (0.5, (212, 206, 190)),
            (1, (60, 70, 80)),
        ],
    )
    paint(sky, to_mask(fbm(TALL, (420, 160), rng, 6), 0.42, 0.9), (92, 106, 124))
    return sky


def _street_sides(scene: Image.Image, rng: Random) -> None:
    """Fronts of houses that run toward the vanishing point, far ones first."""
    for side in (-1, 1):
        reach = [0.06, 0.1, 0.16, 0.24, 0.36, 0.54, 0.8, 1.2]
        for index, (far, near) in enumerate(pairwise(reach)):
            height = rng.uniform(1.7, 3.0) * (1.15 if side < 0 else 0.95)
            colour = mix((186, 186, 180), (34, 42, 54), (index + 1) / 7)
            _front(scene, rng, side, (far, near), height, colour)


def _front(scene: Image.Image, rng: Random, side: int, span: Point, height: float, colour: Colour) -> None:
    def at(depth: float, level: float) -> Point:
        return EYE[0] + side * depth * 620, EYE[1] - (level - 0.1) * depth * 620

    far, near = span
    wall = [at(far, height), at(near, height), at(near, 0), at(far, 0)]
    mask = silhouette(TALL, lambda pen, scale: pen.polygon(scaled(wall, scale), fill=255))
    paint(scene, mask, texture(Image.new("RGB", TALL, colour), rng, (30, 70), 60))
    pen = ImageDraw.Draw(scene)
    floors = int(height / 0.24)
    for floor in range(floors):
        for bay in range(4):
            a, b = lerp(far, near, (bay + 0.2) / 4), lerp(far, near, (bay + 0.75) / 4)
            low = floor * 0.24 + 0.07
            lit = rng.random() < (0.9 if floor == 0 else 0.34)
            light = mix((255, 206, 128), (255, 236, 200), rng.random()) if rng.random() < 0.8 else (170, 210, 230)
            fill = mix(colour, light, rng.uniform(0.45, 0.95)) if lit else mix(colour, (14, 20, 30), 0.45)
            pen.polygon([at(a, low), at(a, low + 0.13), at(b, low + 0.13), at(b, low)], fill=fill)


def _street_lights(scene: Image.Image, rng: Random) -> None:
    for side in (-1, 1):
        for depth in (0.1, 0.15, 0.22, 0.32, 0.46, 0.66, 0.9):
            x, y = EYE[0] + side * depth * 480, EYE[1] - depth * 620 * 0.42
            glow(scene, (x, y), 60 + depth * 260, (96, 66, 30), 2.0)
            bokeh(scene, (x, y), 5 + depth * 22, (255, 214, 150), 0.95)
            for _ in range(4):
                place = (x + side * rng.uniform(0, 160) * depth, EYE[1] - rng.uniform(-0.02, 0.3) * depth * 620)
                colour = rng.choice([(255, 80, 60), (255, 170, 70), (90, 200, 190), (255, 120, 150), (255, 226, 170)])
                bokeh(scene, place, 5 + depth * rng.uniform(14, 34), colour, rng.uniform(0.3, 0.75))
    for x, y, radius in ((528, 778, 10), (556, 778, 10), (470, 792, 15), (514, 792, 15)):
        glow(scene, (x, y), radius * 9, (130, 116, 90), 2.0)
        bokeh(scene, (x, y), radius, (255, 246, 220), 1.0)
    for x, y, radius in ((596, 780, 9), (624, 780, 9), (662, 796, 14), (706, 796, 14)):
        glow(scene, (x, y), radius * 6, (130, 20, 12), 2.0)
        bokeh(scene, (x, y), radius, (255, 60, 40), 0.95)


def _wet_ground(scene: Image.Image, rng: Random, ground: int) -> Image.Image:
    """Asphalt under a film of water: long smeared lights, broken by ripples."""
    below = mirrored(scene, ground).crop((0, ground, *TALL))
    dazzle = [max(level - 110, 0) for level in range(256)] * 3
    smear = below.resize((TALL[0], 26), Image.Resampling.BOX).resize(below.size, Image.Resampling.BICUBIC)
    below = ImageChops.screen(Image.blend(below, smear, 0.72), smear.point(dazzle))
    full = scene.copy()
    full.paste(below, (0, ground))
    full = rippled(full, waves(TALL, ground, rng, 4, 0.02))
    rough = to_mask(fbm(TALL, (60, 14), rng, 5, 0.7), 0.3, 0.72)
    full = darken(darken(full, rough, 130), fade(TALL, [(0, 255), (0.5, 235), (0.7, 170), (1, 96)]))
    full = Image.blend(full, Image.new("RGB", TALL, (34, 42, 52)), 0.22)
    result = scene.copy()
    result.paste(blur(full, 0.8), (0, 0), fade(TALL, [(0, 0), (0.497, 0), (0.503, 255), (1, 255)]))
    glow_oval(result, (EYE[0], ground - 10), (620, 150), (58, 56, 50), 1.8)
    return result


def _walker(
    scene: Image.Image, rng: Random, ripples: Waves, x: float, foot: float, height: float, colour: Colour
) -> None:
    """Someone under an umbrella, and what the wet ground shows of it."""
    layer = Image.new("RGBA", TALL)
    stride, chance = rng.uniform(0.03, 0.06), rng.random()
    pose = Pose(
        rng.uniform(-0.02, 0.03), stride, ((-0.04, 0.15), (0.0, 0.28)), ((0.05, 0.12), (-0.03, 0.02)), chance > 0.35
    )
    coat = mix((24, 27, 34), (120, 130, 140), max(0.0, 0.55 - height / 700))
    body = silhouette(TALL, lambda pen, scale: figure(pen, scale, (x, foot), height, pose), height / 110)
    shaft = silhouette(
        TALL,
        lambda pen, scale: pen.line(
            scaled([(x + height * 0.09, foot - height * 0.7), (x + height * 0.05, foot - height * 1.15)], scale),
            fill=255,
            width=round(height * 0.012 * scale),
        ),
    )
    lit: Colour = (206, 206, 200)
    _solid(layer, shaft, (40, 42, 48), lit, 0.5)
    _solid(layer, body, texture(Image.new("RGB", TALL, coat), rng, (height / 16, height / 7), 120), lit, 0.22)
    _canopy(layer, rng, (x + height * 0.04, foot - height * 0.865), height * 0.4, colour)
    soft = abs(height - 610) / 300
    hanging = _smeared(rippled(_hanging(layer, round(foot)), ripples))
    level = foot / TALL[1]
    strength = fade(TALL, [(0, 0), (level - 0.002, 0), (level, 225), (min(level + 0.2, 0.98), 90), (1, 60)])
    shade = Image.blend(hanging.convert("RGB"), Image.new("RGB", TALL, (20, 25, 32)), 0.4)
    scene.paste(shade, (0, 0), ImageChops.multiply(hanging.getchannel("A"), strength))
    scene.paste(layer, (0, 0), feather(layer.getchannel("A"), 0.6 + soft))


def _smeared(layer: Image.Image) -> Image.Image:
    """Drawn out downward, as rough wet ground does; colours are weighed by how much covers."""
    soft = blur(layer.convert("RGBa"), 1.5)
    low = soft.resize((TALL[0], TALL[1] // 24), Image.Resampling.BOX).resize(TALL, Image.Resampling.BICUBIC)
    return Image.blend(soft, low, 0.66).convert("RGBA")


def _canopy(layer: Image.Image, rng: Random, at: Point, reach: float, colour: Colour) -> None:
    """Eight panels seen a little from below: a dome with a scalloped hem and its ribs."""
    x, y = at
    rise = reach * 0.62
    hem = [(x + reach * math.cos(math.pi * i / 5), y + reach * 0.03 * math.sin(math.pi * i / 5)) for i in range(6)]

    def dome(pen: Pen, scale: float) -> None:
        top = [
            (x + reach * math.cos(a / 40 * math.pi), y - rise * math.sin(a / 40 * math.pi) ** 0.86) for a in range(41)
        ]
        scallop: list[Point] = []
        for (x0, y0), (x1, y1) in pairwise(hem[::-1]):
            scallop += curve([(x0, y0), ((x0 + x1) / 2, min(y0, y1) - reach * 0.055), (x1, y1)], 8)
        pen.polygon(scaled([*top, *scallop], scale), fill=255)
        pen.line(
            scaled([(x, y - rise), (x, y - rise - reach * 0.1)], scale),
            fill=255,
            width=max(2, round(reach * 0.02 * scale)),
        )

    def ribs(pen: Pen, scale: float) -> None:
        for hx, hy in hem[1:-1]:
            path = curve([(x, y - rise), (lerp(x, hx, 0.74), y - rise * 0.66), (hx, hy)])
            pen.line(scaled(path, scale), fill=255, width=max(1, round(reach * 0.012 * scale)))

    def panels(pen: Pen, scale: float) -> None:
        for index in (0, 2, 4):
            a, b = hem[index], hem[index + 1]
            left = curve([(x, y - rise), (lerp(x, a[0], 0.74), y - rise * 0.66), a])
            right = curve([b, (lerp(x, b[0], 0.74), y - rise * 0.66), (x, y - rise)])
            pen.polygon(scaled([*left, *right], scale), fill=255)

    top, level = max((y - rise) / TALL[1], 0.01), y / TALL[1]
    cloth = gradient(
        TALL,
        [
            (0, mix(colour, (255, 255, 255), 0.35)),
            (top, mix(colour, (255, 255, 255), 0.3)),
            (level, mix(colour, (0, 0, 0), 0.42)),
            (1, colour),
        ],
    )
    cloth = darken(cloth, ImageChops.invert(blur(silhouette(TALL, panels), reach * 0.05).point(lambda a: a * 0.4)))
    paint(cloth, blur(silhouette(TALL, ribs), 0.8).point(lambda a: a * 0.6), mix(colour, (0, 0, 0), 0.7))
    cloth = texture(cloth, rng, (reach / 3, reach / 3), 50)
    side = falloff((round(reach * 3), round(reach * 3)), 0.8)
    shine = Image.new("L", TALL)
    shine.paste(side, (round(x - reach * 1.8), round(y - rise - reach * 1.35)))
    add_light(cloth, shine.point(lambda a: a * 0.4), mix(colour, (255, 255, 255), 0.45))
    _solid(layer, silhouette(TALL, dome), cloth, (226, 226, 222), 0.4)


def _rainfall(scene: Image.Image, rng: Random) -> None:
    for count, length, width, force in ((900, 34, 1, 70), (240, 90, 2, 58), (46, 210, 5, 40)):
        fall = Image.new("L", TALL)
        pen = ImageDraw.Draw(fall)
        for _ in range(count):
            x, y, reach = rng.uniform(-60, 1120), rng.uniform(-200, 1600), length * rng.uniform(0.5, 1.3)
            pen.line((x, y, x - reach * 0.13, y + reach), fill=round(force * rng.uniform(0.4, 1)), width=width)
        add_light(scene, blur(fall, 0.5 + width * 0.5), (214, 222, 230))
    _splashes(scene, rng)


def _splashes(scene: Image.Image, rng: Random) -> None:
    rings = Image.new("L", TALL)
    pen = ImageDraw.Draw(rings)
    for _ in range(170):
        y = 830 + 770 * rng.random() ** 0.8
        reach = (y - 760) / 840 * rng.uniform(5, 20)
        x, level = rng.uniform(0, 1067), round(rng.uniform(14, 64))
        pen.ellipse((x - reach, y - reach * 0.28, x + reach, y + reach * 0.28), outline=level)
        pen.line((x, y, x + rng.uniform(-2, 2), y - reach * 0.7), fill=level)
    add_light(scene, blur(rings, 0.8), (220, 222, 222))


# --- 6: a night market ----------------------------------------------------------------------------------------


LANE: Point = (860, 585)
GLASS: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((96, 10, 8), (226, 62, 24), (255, 214, 130)),
    ((120, 46, 4), (240, 140, 30), (255, 238, 170)),
    ((104, 14, 30), (226, 76, 80), (255, 220, 180)),
)


def draw_market() -> Image.Image:
    rng = Random(459)
    scene = gradient(
        WIDE, [(0, (10, 12, 26)), (0.35, (26, 22, 34)), (0.55, (84, 50, 30)), (0.7, (44, 28, 22)), (1, (12, 9, 10))]
    )
    glow_oval(scene, LANE, (760, 340), (150, 92, 44), 1.6)
    _stalls(scene, rng)
    glow_oval(scene, (LANE[0], 900), (700, 330), (92, 54, 26), 1.3)
    scene = blur(scene, 10)
    _market_lights(scene, rng)
    for depth, soft in ((0.16, 4.5), (0.25, 3.6), (0.38, 2.6), (0.56, 1.8), (0.86, 2.6), (1.3, 6.0)):
        _shoppers(scene, rng, depth, soft)
    _steam(scene, rng)
    _lantern_strings(scene, rng)
    _vendor(scene, rng)
    scene = bloom(scene, 30, 180, 0.75)
    return grain(vignette(tone(scene, 0.35, (10, 8, 12)), 110), rng, 0.1)


def _stalls(scene: Image.Image, rng: Random) -> None:
    """Canopies and counters that run down the lane, far ones first."""
    reach = [0.1, 0.16, 0.25, 0.38, 0.58, 0.9, 1.4, 2.3]
    for far, near in pairwise(reach):
        for side in (-1, 1):
            cloth = rng.choice([(150, 44, 34), (38, 84, 92), (176, 120, 52), (120, 40, 60), (196, 180, 150)])
            _stall(scene, rng, side, (far, near), mix((150, 96, 60), cloth, min(1.0, 0.35 + near)))


def _stall(scene: Image.Image, rng: Random, side: int, span: Point, cloth: Colour) -> None:
    def at(depth: float, aside: float, level: float) -> Point:
        return LANE[0] + side * depth * aside, LANE[1] - depth * level

    far, near = span
    pen = ImageDraw.Draw(scene)
    inside = [at(far, 430, 210), at(near, 430, 210), at(near, 430, -190), at(far, 430, -190)]
    pen.polygon(inside, fill=mix((240, 168, 84), (120, 70, 36), near / 1.6))
    for _ in range(34):
        depth = rng.uniform(far, near)
        x, y = at(depth, 425, rng.uniform(-60, 130))
        reach = depth * rng.uniform(8, 26)
        pen.rectangle(
            (x - reach, y - reach, x + reach, y + reach * 0.6),
            fill=rng.choice([(250, 206, 120), (150, 60, 34), (90, 110, 50), (222, 120, 50), (60, 34, 26)]),
        )
    pen.polygon(
        [at(far, 400, -50), at(near, 400, -50), at(near, 400, -240), at(far, 400, -240)],
        fill=mix(cloth, (30, 16, 12), 0.55),
    )
    pen.polygon([at(far, 460, 300), at(near, 460, 300), at(near, 320, 200), at(far, 320, 200)], fill=cloth)


def _market_lights(scene: Image.Image, rng: Random) -> None:
    warm: list[Colour] = [
        (255, 190, 96),
        (255, 224, 160),
        (255, 140, 60),
        (255, 96, 56),
        (120, 210, 190),
        (255, 206, 120),
    ]
    for _ in range(150):
        depth = 0.07 + 0.9 * rng.random() ** 2
        x = LANE[0] + rng.choice((-1, 1)) * depth * rng.uniform(300, 460) + rng.gauss(0, 12)
        y = LANE[1] - depth * rng.uniform(60, 330)
        bokeh(scene, (x, y), 5 + depth * rng.uniform(12, 34), rng.choice(warm), rng.uniform(0.2, 0.75))
    for _ in range(50):
        place = (LANE[0] + rng.gauss(0, 90), LANE[1] - rng.uniform(-20, 90))
        bokeh(scene, place, rng.uniform(4, 11), rng.choice(warm), rng.uniform(0.35, 0.9))


def _gaps(depth: float) -> Sequence[int]:
    """Where people stand across the lane; the nearest leave the middle open."""
    if depth < 0.5:
        return range(-330, 340, 118)
    return range(-330, 340, 165) if depth < 0.7 else (-420, -250, 140) if depth < 1 else (-560, -400)


def _shoppers(scene: Image.Image, rng: Random, depth: float, soft: float) -> None:
    """A row of people in the lane, against the light."""
    height, floor = depth * 640, LANE[1] + depth * 620
    places = [LANE[0] + depth * x + rng.uniform(-30, 30) * depth for x in _gaps(depth)]
    poses = [Pose(rng.uniform(-0.03, 0.03), rng.uniform(0.02, 0.06), dress=rng.random() < 0.45) for _ in places]
    sizes = [height * rng.uniform(0.82, 1.04) for _ in places]

    def draw(pen: Pen, scale: float) -> None:
        for x, pose, size in zip(places, poses, sizes, strict=True):
            figure(pen, scale, (x, floor), size, pose)
            if size / height > 0.97:
                reach = size * 0.06 * scale
                pen.rectangle(
                    (
                        x * scale + reach,
                        (floor - size * 0.5) * scale,
                        x * scale + reach * 3.4,
                        (floor - size * 0.32) * scale,
                    ),
                    fill=255,
                )

    mask = silhouette(WIDE, draw, depth * 9)
    ink = texture(
        Image.new("RGB", WIDE, mix((112, 62, 36), (26, 18, 20), depth * 1.8)), rng, (depth * 120, depth * 90), 130
    )
    paint(scene, blur(mask, soft), blur(ink, soft))
    add_light(scene, blur(ImageChops.multiply(lit_edge(mask, (0, -5), 3), mask), soft), (170, 100, 46))


def _steam(scene: Image.Image, rng: Random) -> None:
    cloud = to_mask(fbm(WIDE, (110, 230), rng, 6, 0.55), 0.42, 0.85)
    place = Image.new("L", WIDE)
    place.paste(falloff((560, 900), 1.1), (1080, 60))
    add_light(scene, ImageChops.multiply(cloud, place).point(lambda a: a * 0.8), (236, 190, 140))


def _lantern_strings(scene: Image.Image, rng: Random) -> None:
    """Strings of paper lanterns over the lane; the nearest are sharp, the rest fall out of focus."""
    for depth, count, soft in ((0.14, 7, 3.0), (0.21, 7, 2.6), (0.32, 7, 2.0), (0.48, 6, 1.2), (0.74, 6, 0.0)):
        ends = (LANE[0] - depth * 1120, LANE[0] + depth * 1000)
        level = LANE[1] - depth * 640
        sag = depth * 150
        path = [(lerp(ends[0], ends[1], t / 40), level + sag * math.sin(math.pi * t / 40)) for t in range(41)]
        wire = silhouette(
            WIDE,
            lambda pen, scale, path=path, depth=depth: pen.line(
                scaled(path, scale), fill=255, width=max(1, round(4 * depth * scale))
            ),
        )
        paint(scene, blur(wire, soft), (24, 16, 16))
        for index in range(count):
            t = (index + 0.5 + rng.uniform(-0.12, 0.12)) / count
            at = (lerp(ends[0], ends[1], t), level + sag * math.sin(math.pi * t))
            _lantern(scene, rng, at, depth * rng.uniform(176, 204), soft)


def _lantern(scene: Image.Image, rng: Random, at: Point, width: float, soft: float) -> None:
    """A paper lantern that hangs from `at`."""
    size = (round(width * 1.4), round(width * 2.1))
    dark, middle, light = rng.choice(GLASS)
    middle_at = (size[0] / 2, size[1] * 0.42)
    body, fittings = (
        silhouette(size, lambda p, z: _globe(p, z, middle_at, width)),
        silhouette(size, lambda p, z: _fittings(p, z, middle_at, width)),
    )
    lamp = falloff((round(width * 1.5), round(width * 1.25)), 0.75)
    level = Image.new("L", size)
    level.paste(lamp, (round(middle_at[0] - lamp.size[0] / 2), round(middle_at[1] - lamp.size[1] * 0.44)))
    paper = ImageOps.colorize(
        texture(level.convert("RGB"), rng, (width / 9, width / 9), 40).convert("L"), dark, light, middle
    )
    ribs = blur(silhouette(size, lambda p, z: _lantern_ribs(p, z, middle_at, width)), width * 0.006)
    paper = Image.composite(Image.new("RGB", size, mix(dark, middle, 0.35)), paper, ribs.point(lambda a: a * 0.62))
    paint(paper, fittings, texture(Image.new("RGB", size, (70, 44, 22)), rng, (6, 6), 120))
    mask = blur(ImageChops.lighter(body, fittings), max(soft, 0.5))
    glow(scene, (at[0], at[1] + width * 0.55), width * 1.7, (middle[0] // 3, middle[1] // 3, middle[2] // 3), 1.9)
    scene.paste(blur(paper, soft * 0.7), (round(at[0] - size[0] / 2), round(at[1])), mask)


def _globe(pen: Pen, scale: float, at: Point, width: float) -> None:
    pen.ellipse(
        [v * scale for v in (at[0] - width * 0.5, at[1] - width * 0.41, at[0] + width * 0.5, at[1] + width * 0.41)],
        fill=255,
    )


def _lantern_ribs(pen: Pen, scale: float, at: Point, width: float) -> None:
    for index in range(1, 9):
        reach = width * 0.5 * math.sin(math.pi / 2 * index / 9)
        pen.ellipse(
            [v * scale for v in (at[0] - reach, at[1] - width * 0.41, at[0] + reach, at[1] + width * 0.41)],
            outline=255,
            width=max(1, round(width * 0.009 * scale)),
        )


def _fittings(pen: Pen, scale: float, at: Point, width: float) -> None:
    x, y = at
    for top in (y - width * 0.45, y + width * 0.36):
        pen.rounded_rectangle(
            [v * scale for v in (x - width * 0.2, top, x + width * 0.2, top + width * 0.09)],
            radius=width * 0.02 * scale,
            fill=255,
        )
    pen.line(scaled([(x, 0), (x, y - width * 0.42)], scale), fill=255, width=max(1, round(width * 0.014 * scale)))
    for index in range(9):
        spread = (index - 4) * width * 0.018
        pen.line(
            scaled([(x + spread * 0.6, y + width * 0.42), (x + spread, y + width * 0.78)], scale),
            fill=255,
            width=max(1, round(width * 0.01 * scale)),
        )


def _vendor(scene: Image.Image, rng: Random) -> None:
    """A stall close by: the cook, the wok and the counter, dark against the lane."""

    def cook(pen: Pen, scale: float) -> None:
        pose = Pose(-0.04, 0.04, ((-0.07, 0.15), (-0.2, 0.17)), ((0.06, 0.17), (-0.03, 0.29)))
        figure(pen, scale, (1440, 1290), 800, pose)

    def kitchen(pen: Pen, scale: float) -> None:
        pen.polygon(scaled([(1010, 1000), (1600, 960), (1600, 1067), (1000, 1067)], scale), fill=255)
        pen.chord([v * scale for v in (1090, 800, 1360, 1010)], 0, 180, fill=255)
        pen.line(scaled([(1190, 900), (1236, 796)], scale), fill=255, width=round(9 * scale))
        for x, height in ((1030, 90), (1066, 70), (1500, 120), (1545, 96)):
            pen.rounded_rectangle([v * scale for v in (x, 1000 - height, x + 28, 1010)], radius=8 * scale, fill=255)

    for draw, colour in ((cook, (40, 26, 24)), (kitchen, (22, 15, 15))):
        mask = silhouette(WIDE, draw, 5)
        paint(scene, blur(mask, 1.6), texture(Image.new("RGB", WIDE, colour), rng, (50, 70), 120))
        add_light(scene, ImageChops.multiply(blur(lit_edge(mask, (-6, -3), 4), 2.5), mask), (150, 84, 36))
    glow_oval(scene, (1225, 905), (190, 46), (200, 96, 24), 1.4)
    for _ in range(60):
        glow(scene, (1225 + rng.gauss(0, 70), 890 - abs(rng.gauss(0, 90))), rng.uniform(2, 4.5), (255, 170, 70), 1.0)


# --- 7: a stadium ----------------------------------------------------------------------------------------------


def draw_stadium() -> Image.Image:
    rng = Random(467)
    scene = gradient(
        WIDE,
        [(0, (14, 22, 48)), (0.2, (40, 54, 92)), (0.32, (128, 104, 120)), (0.4, (210, 150, 120)), (1, (20, 24, 30))],
    )
    paint(
        scene,
        ImageChops.multiply(
            to_mask(fbm(WIDE, (600, 60), rng, 6), 0.48, 0.8), fade(WIDE, [(0, 60), (0.3, 190), (0.4, 0), (1, 0)])
        ),
        (206, 140, 128),
    )
    _far_stand(scene, rng)
    _pitch(scene, rng)
    scene = blur(scene, 1.3)
    _floodlights(scene)
    _smoke(scene, rng)
    for row in range(11):
        _fans(scene, rng, row)
    _confetti(scene, rng)
    scene = bloom(scene, 34, 195, 0.8)
    return grain(vignette(tone(scene, 0.4, (9, 11, 16)), 110), rng, 0.1)


def _stand_edge(x: float, row: float) -> float:
    """A row of the far stand curves up toward the ends of the pitch."""
    return 300 + row * 172 + ((x - 800) / 800) ** 2 * lerp(-46, 26, row)


def _far_stand(scene: Image.Image, rng: Random) -> None:
    def bowl(pen: Pen, scale: float) -> None:
        top = [(x, _stand_edge(x, 0) - 4) for x in range(0, 1601, 20)]
        pen.polygon(scaled([*top, (1600, 700), (0, 700)], scale), fill=255)

    paint(scene, silhouette(WIDE, bowl), (26, 26, 36))
    big = scene.resize((WIDE[0] * 2, WIDE[1] * 2))
    pen = ImageDraw.Draw(big)
    blocks = levels(noise((40, 30), (3, 3), rng))
    for row in range(46):
        gap = 3.4 if row == 22 else 0
        for seat in range(410):
            x = seat * 3.95 + rng.uniform(-1, 1)
            y = _stand_edge(x, (row + gap) / 47) + rng.uniform(-0.8, 0.8)
            if rng.random() < 0.07 or seat % 58 in (0, 1) or row in (22, 23):
                continue
            _fan_afar(pen, rng, x * 2, y * 2, blocks[row // 2 * 40 + seat // 11])
    scene.paste(big.reduce(2))
    _roof(scene)


def _fan_afar(pen: Pen, rng: Random, x: float, y: float, block: float) -> None:
    light = rng.uniform(0.4, 1.0)
    team: Colour = (196, 52, 44) if block > 120 else (214, 206, 190)
    shirt = team if rng.random() < 0.62 else rng.choice([(48, 70, 110), (40, 42, 48), (200, 160, 70), (120, 124, 130)])
    pen.ellipse((x - 3, y, x + 3, y + 7), fill=mix((10, 12, 18), shirt, light))
    pen.ellipse((x - 1.7, y - 3.4, x + 1.7, y + 0.6), fill=mix((10, 12, 18), (190, 140, 110), light))


def _roof(scene: Image.Image) -> None:
    def draw(pen: Pen, scale: float) -> None:
        upper = [(x, _stand_edge(x, 0) - 92 + abs(x - 800) * 0.02) for x in range(-20, 1641, 20)]
        lower = [(x, _stand_edge(x, 0) - 62 - abs(x - 800) * 0.004) for x in range(1640, -21, -20)]
        pen.polygon(scaled([*upper, *lower], scale), fill=255)
        for x in range(-40, 1700, 118):
            pen.line(
                scaled([(x, _stand_edge(x, 0) - 70), (x, _stand_edge(x, 0) + 8)], scale),
                fill=255,
                width=round(4 * scale),
            )

    mask = silhouette(WIDE, draw)
    paint(scene, mask, (44, 46, 60))
    add_light(scene, lit_edge(mask, (0, 3)), (150, 150, 160))


def _pitch(scene: Image.Image, rng: Random) -> None:
    """Mown grass in perspective, its lines and small players."""
    field = Image.new("RGB", (1200, 900), (58, 116, 46))
    pen = ImageDraw.Draw(field)
    for index in range(0, 12, 2):
        pen.rectangle((index * 100, 0, index * 100 + 99, 900), fill=(78, 140, 56))
    for box in ((40, 40, 1160, 860), (40, 250, 190, 650), (1010, 250, 1160, 650)):
        pen.rectangle(box, outline=(226, 232, 220), width=6)
    pen.line((600, 40, 600, 860), fill=(226, 232, 220), width=6)
    pen.ellipse((500, 350, 700, 550), outline=(226, 232, 220), width=6)
    field = texture(field, rng, (8, 8), 40)
    flat = field.transform(
        WIDE,
        Image.Transform.PERSPECTIVE,
        _toward([(170, 478), (1430, 478), (2150, 860), (-550, 860)], field.size),
        Image.Resampling.BICUBIC,
    )
    mask = Image.new("L", field.size, 255).transform(
        WIDE, Image.Transform.PERSPECTIVE, _toward([(170, 478), (1430, 478), (2150, 860), (-550, 860)], field.size)
    )
    apron = silhouette(
        WIDE,
        lambda pen, scale: pen.polygon(
            scaled([(0, 500), (130, 470), (1470, 470), (1600, 500), (1600, 1067), (0, 1067)], scale), fill=255
        ),
    )
    paint(scene, apron, (44, 84, 46))
    paint(scene, mask, flat)
    _boards(scene, rng)
    for _ in range(19):
        x, y = rng.uniform(260, 1340), rng.uniform(490, 690)
        _player(scene, rng, (x, y), 16 + (y - 478) * 0.15)
    glow_oval(scene, (800, 560), (900, 190), (40, 52, 36), 1.2)


def _toward(corners: Sequence[Point], size: Size) -> tuple[float, ...]:
    """The eight numbers that lay a rectangle's corners on four points of a picture."""
    source = [(0.0, 0.0), (size[0], 0.0), (size[0], size[1]), (0.0, size[1])]
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(corners, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    return _solved(rows)


def _solved(rows: list[list[float]]) -> tuple[float, ...]:
    """Gauss-Jordan over an augmented matrix."""
    for column in range(len(rows)):
        pivot = max(range(column, len(rows)), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for other in range(len(rows)):
            if other != column:
                factor = rows[other][column]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[column], strict=True)]
    return tuple(row[-1] for row in rows)


def _boards(scene: Image.Image, rng: Random) -> None:
    pen = ImageDraw.Draw(scene)
    for x in range(130, 1470, 67):
        colour = rng.choice([(40, 120, 160), (226, 226, 220), (206, 160, 60), (170, 50, 46), (30, 60, 90)])
        pen.rectangle((x, 462, x + 64, 474), fill=mix(colour, (255, 255, 255), 0.15))


def _player(scene: Image.Image, rng: Random, foot: Point, height: float) -> None:
    pose = Pose(
        rng.uniform(-0.2, 0.2), rng.uniform(0.08, 0.2), ((-0.1, 0.1), (-0.12, 0.2)), ((0.1, 0.12), (0.18, 0.16))
    )
    size = (round(height * 1.2), round(height * 1.2))
    mask = silhouette(size, lambda pen, scale: figure(pen, scale, (size[0] / 2, size[1] - 1), height, pose))
    shirt: Colour = (206, 54, 44) if rng.random() < 0.5 else (232, 228, 216)
    skin = gradient(size, [(0, (120, 84, 64)), (0.3, shirt), (0.6, shirt), (0.66, (44, 48, 60)), (1, (150, 110, 86))])
    glow_oval(scene, (foot[0], foot[1]), (height * 0.3, height * 0.06), (0, 0, 0))
    scene.paste(skin, (round(foot[0] - size[0] / 2), round(foot[1] - size[1])), mask)


def _floodlights(scene: Image.Image) -> None:
    for x, y in ((150, 84), (1450, 84)):
        pen = ImageDraw.Draw(scene)
        pen.line((x, y, x + (800 - x) * 0.02, 300), fill=(40, 44, 58), width=9)
        glow(scene, (x, y), 620, (84, 92, 104), 2.2)
        for row in range(4):
            for lamp in range(6):
                glow(scene, (x + (lamp - 2.5) * 21, y + (row - 1.5) * 19), 17, (255, 252, 240), 0.9)
        glow_oval(scene, (x, y), (560, 9), (110, 120, 140), 1.5)
    for x in range(60, 1600, 74):
        glow(scene, (x, _stand_edge(x, 0) - 58), 30, (220, 220, 210), 2.0)


def _smoke(scene: Image.Image, rng: Random) -> None:
    """A flare in the far stand, and the haze that hangs over the pitch."""
    cloud = to_mask(fbm(WIDE, (170, 110), rng, 6, 0.55), 0.34, 0.74)
    place = Image.new("L", WIDE)
    place.paste(falloff((760, 420), 1.0), (170, 110))
    paint(scene, ImageChops.multiply(cloud, place).point(lambda a: a * 0.9), (214, 120, 108))
    glow(scene, (505, 410), 120, (255, 70, 40), 2.0)
    glow(scene, (505, 410), 16, (255, 236, 210), 0.8)
    band = fade(WIDE, [(0, 0), (0.3, 70), (0.48, 60), (0.62, 0), (1, 0)])
    add_light(scene, ImageChops.multiply(band, to_mask(fbm(WIDE, (500, 90), rng, 5), 0.2, 0.9)), (180, 186, 196))


def _fans(scene: Image.Image, rng: Random, row: int) -> None:
    """A row of the near stand from behind: heads, raised arms, scarves."""
    size, floor = 26 * 1.19**row, 690 + 26 * (1.19**row - 1) * 3.1
    soft = max(0.5, abs(row - 4) * 0.42)
    step = size * 1.12
    people = [
        (index * step + rng.uniform(-0.22, 0.22) * size - 40, floor + rng.uniform(-0.22, 0.2) * size, rng.random())
        for index in range(int(1700 / step) + 2)
    ]
    scarves = silhouette(WIDE, _each(_scarf, [fan for fan in people if fan[2] > 0.9], size), size / 40)
    mask = silhouette(WIDE, _each(_fan, people, size), size / 24)
    shirts = _shirts(rng, people, size, row)
    paint(scene, blur(mask, soft), blur(shirts, soft + size * 0.04))
    edge = blur(ImageChops.multiply(lit_edge(mask, (0, -max(2, round(size / 22))), size / 30), mask), soft + 0.4)
    add_light(scene, edge, mix((170, 172, 176), (96, 102, 118), row / 10))
    cloth = texture(Image.new("RGB", WIDE, mix((206, 52, 44), (110, 20, 22), row / 12)), rng, (size / 3, size), 90)
    paint(scene, blur(scarves, soft), cloth)


def _shirts(rng: Random, people: Sequence[Someone], size: float, row: int) -> Image.Image:
    """What each wears under dark hair, dimmer toward the lens."""
    cloth = Image.new("RGB", WIDE, (14, 14, 19))
    pen = ImageDraw.Draw(cloth)
    for x, y, _ in people:
        colour = rng.choice([(150, 38, 34), (150, 38, 34), (170, 164, 152), (40, 52, 76), (46, 46, 52), (130, 100, 50)])
        shade = mix(colour, (10, 11, 16), 0.3 + row * 0.058)
        pen.rectangle((x - size * 0.56, y + size * 0.06, x + size * 0.56, y + size * 3), fill=shade)
        pen.rectangle(
            (x - size * 0.7, y - size * 1.6, x + size * 0.7, y - size * 0.7),
            fill=mix((150, 106, 82), (10, 11, 16), 0.35 + row * 0.05),
        )
        pen.rectangle(
            (x - size * 0.14, y - size * 0.12, x + size * 0.14, y + size * 0.1),
            fill=mix((130, 92, 72), (10, 11, 16), 0.4 + row * 0.05),
        )
    return texture(cloth, rng, (size * 0.5, size * 0.6), 120)


def _fan(pen: Pen, scale: float, fan: Someone, size: float) -> None:
    x, y, chance = fan
    pen.ellipse([v * scale for v in (x - size * 0.27, y - size * 0.7, x + size * 0.27, y)], fill=255)
    pen.rectangle([v * scale for v in (x - size * 0.13, y - size * 0.2, x + size * 0.13, y + size * 0.2)], fill=255)
    pen.rounded_rectangle(
        [v * scale for v in (x - size * 0.54, y + size * 0.04, x + size * 0.54, y + size * 3)],
        radius=size * 0.3 * scale,
        fill=255,
    )
    sides = (-1, 1) if chance > 0.8 else (1,) if chance > 0.68 else (-1,) if chance > 0.58 else ()
    for side in sides:
        lean = side * size * (0.32 + chance * 0.3)
        arm = [
            (x + side * size * 0.46, y + size * 0.25),
            (x + side * size * 0.62, y - size * 0.5),
            (x + lean, y - size * 1.25),
        ]
        pen.line(scaled(arm, scale), fill=255, width=round(size * 0.19 * scale), joint="curve")
        hand = arm[-1]
        pen.ellipse(
            [
                v * scale
                for v in (hand[0] - size * 0.12, hand[1] - size * 0.17, hand[0] + size * 0.12, hand[1] + size * 0.13)
            ],
            fill=255,
        )


def _scarf(pen: Pen, scale: float, fan: Someone, size: float) -> None:
    x, y, _ = fan
    upper = curve([(x - size * 0.75, y - size * 1.34), (x, y - size * 1.18), (x + size * 0.75, y - size * 1.36)])
    lower = curve([(x + size * 0.78, y - size * 1.08), (x, y - size * 0.9), (x - size * 0.78, y - size * 1.06)])
    pen.polygon(scaled([*upper, *lower], scale), fill=255)


def _confetti(scene: Image.Image, rng: Random) -> None:
    for count, size, soft in ((260, 3, 0.6), (46, 8, 2.4), (9, 20, 7.0)):
        layer = Image.new("RGB", WIDE)
        mask = Image.new("L", WIDE)
        for _ in range(count):
            x, y, turn = rng.uniform(0, 1600), rng.uniform(-20, 900), rng.uniform(0, math.pi)
            a, b = size * rng.uniform(0.5, 1.3), size * rng.uniform(0.2, 0.9)
            c, s = math.cos(turn), math.sin(turn)
            flake = [
                (x + a * c - b * s, y + a * s + b * c),
                (x - a * c - b * s, y - a * s + b * c),
                (x - a * c + b * s, y - a * s - b * c),
                (x + a * c + b * s, y + a * s - b * c),
            ]
            ImageDraw.Draw(layer).polygon(flake, fill=rng.choice([(236, 232, 224), (214, 60, 50), (240, 220, 180)]))
            ImageDraw.Draw(mask).polygon(flake, fill=round(rng.uniform(120, 235)))
        paint(scene, blur(mask, soft), blur(layer.filter(ImageFilter.MaxFilter(5)), soft))


# --- the files -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sample:
    """One file: what draws it, and what the camera and the wire left in it."""

    name: str
    draw: Callable[[], Image.Image]
    taken: str = ""
    exposure: tuple[tuple[int, int], tuple[int, int], int, int] = ((1, 125), (4, 1), 400, 35)
    turned: bool = False
    thumbnail: bool = False
    profile: bool = False
    progressive: bool = False


SAMPLES = (
    Sample("HRB_0412.jpg", draw_harbour, "2024:09:18 05:38:07", ((1, 250), (56, 10), 200, 35), profile=True),
    Sample("HRB_0418.jpg", draw_volcano, "2024:09:18 06:52:41", ((1, 800), (80, 10), 100, 50), thumbnail=True),
    Sample("HRB_0431.jpg", draw_statement, "2024:09:18 10:15:26", ((1, 200), (28, 10), 3200, 70)),
    Sample("HRB_0446.jpg", draw_terraces, profile=True, progressive=True),
    Sample("HRB_0452.jpg", draw_rain, "2024:09:18 17:20:53", ((1, 320), (20, 10), 1600, 85), turned=True),
    Sample("HRB_0459.jpg", draw_market),
    Sample("HRB_0467.jpg", draw_stadium),
)
QUALITY = 84


def write_sample(sample: Sample, folder: Path) -> Path:
    """Draw one file into a folder that exists."""
    picture = sample.draw()
    if sample.turned:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    options: dict[str, Any] = {"quality": QUALITY, "optimize": True, "progressive": sample.progressive}
    if sample.taken:
        options["exif"] = _camera_exif(sample, picture)
    if sample.profile:
        options["icc_profile"] = _srgb()
    path = folder / sample.name
    picture.save(path, "JPEG", **options)
    return path


def _camera_exif(sample: Sample, picture: Image.Image) -> bytes:
    shutter, aperture, iso, focal = sample.exposure
    first: dict[int, Any] = {
        piexif.ImageIFD.Make: b"Kestrel",
        piexif.ImageIFD.Model: b"K-1",
        piexif.ImageIFD.Orientation: 6 if sample.turned else 1,
        piexif.ImageIFD.XResolution: (300, 1),
        piexif.ImageIFD.YResolution: (300, 1),
        piexif.ImageIFD.ResolutionUnit: 2,
        piexif.ImageIFD.DateTime: sample.taken.encode(),
    }
    exif: dict[int, Any] = {
        piexif.ExifIFD.ExifVersion: b"0231",
        piexif.ExifIFD.DateTimeOriginal: sample.taken.encode(),
        piexif.ExifIFD.DateTimeDigitized: sample.taken.encode(),
        piexif.ExifIFD.OffsetTimeOriginal: b"+07:00",
        piexif.ExifIFD.ExposureTime: shutter,
        piexif.ExifIFD.FNumber: aperture,
        piexif.ExifIFD.ISOSpeedRatings: iso,
        piexif.ExifIFD.FocalLength: (focal, 1),
        piexif.ExifIFD.LensModel: f"Kestrel {focal} mm f/2".encode(),
        piexif.ExifIFD.ColorSpace: 1,
        piexif.ExifIFD.PixelXDimension: picture.size[0],
        piexif.ExifIFD.PixelYDimension: picture.size[1],
    }
    tables: dict[str, Any] = {"0th": first, "Exif": exif}
    if sample.thumbnail:
        tables |= {"1st": {piexif.ImageIFD.Compression: 6}, "thumbnail": _small_jpeg(picture)}
    return piexif.dump(tables)


def _small_jpeg(picture: Image.Image) -> bytes:
    small = picture.resize((160, round(160 * picture.size[1] / picture.size[0])), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=75)
    return buffer.getvalue()


def _srgb() -> bytes:
    """The sRGB profile with its date of creation pinned: ICC.1:2022, 7.2.8."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = b"".join(part.to_bytes(2, "big") for part in (2024, 1, 1, 0, 0, 0))
    return bytes(profile)


def main(arguments: Sequence[str]) -> int:
    folder = Path(arguments[0]) if arguments else SAMPLE
    folder.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        path = write_sample(sample, folder)
        print(f"{path}  {path.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
