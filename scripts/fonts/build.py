"""Makes the portal's two fonts from the full ones: build.py HANKEN_GROTESK JETBRAINS_MONO OUTPUT (folders).

Each is joined from two weights into one variable font, given the signs that it lacks, and cut down to Latin.
The sources are the static fonts of Google Fonts: the variable ones on npm are cut already, and lack file trees, arrows
and ≤. Their outlines agree with these to half a unit.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib import build as join
from fontTools.varLib.instancer import setMacOverlapFlags

LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *map(ord, "ȘșȚțẞ–—―‘’‚“”„†‡•…‰‹›€№™←↑→↓↩−≈≠≤≥✓✗"),
    0x2010,
    0x2011,
]
BOXES = [*range(0x2500, 0x2580), *map(ord, "█■●▸▾")]


def polygon(*points):
    """Draws straight lines between points."""

    def draw(pen):
        pen.moveTo(points[0])
        for point in points[1:]:
            pen.lineTo(point)
        pen.closePath()

    return draw


def check(left, bottom, width, stroke):
    """Draws ✓: two strokes at right angles to each other, their ends cut square."""
    # From the inner corner: the short stroke goes left and up, the long one right and up.
    long, short, cut = width * 0.64, width * 0.36 - stroke * 0.7071, stroke * 0.7071
    x, y = left + cut + short, bottom + 2 * cut
    return polygon(
        (x - short, y + short),
        (x - short - cut, y + short - cut),
        (x, y - 2 * cut),
        (x + cut + long, y + long - cut),
        (x + long, y + long),
        (x, y),
    )


def cross(centre, middle, half, stroke):
    """Draws ✗: two strokes at right angles, their ends cut square."""
    cut = stroke * 0.7071
    quarter = [(cut, 0), (half, half - cut), (half - cut, half)]
    turns = [(1, 0, 0, 1), (0, -1, 1, 0), (-1, 0, 0, -1), (0, 1, -1, 0)]
    return polygon(*((centre + a * x + b * y, middle + c * x + d * y) for a, b, c, d in turns for x, y in quarter))


def back(tip, right, low, high, end, head, stroke):
    """Draws ↩: a shaft from its tip, bent back over itself at the right, and the head's two strokes."""
    half, middle = stroke / 2, (low + high) / 2
    outer, inner = middle - low + half, middle - low - half
    bend = right - outer
    slant = stroke * 0.7071

    def arc(pen, radius, way):
        # A half circle of four quadratic curves, from below to above or back.
        tangent, corner = 0.4142, 0.7071
        for x, y, to_x, to_y in (
            (tangent, 1, corner, corner),
            (1, tangent, 1, 0),
            (1, -tangent, corner, -corner),
            (tangent, -1, 0, -1),
        ):
            pen.qCurveTo(
                (bend + radius * x, middle - way * radius * y),
                (bend + radius * to_x, middle - way * radius * to_y),
            )

    def draw(pen):
        pen.moveTo((tip + stroke, low - half))
        pen.lineTo((bend, low - half))
        arc(pen, outer, 1)
        pen.lineTo((end, high + half))
        pen.lineTo((end, high - half))
        pen.lineTo((bend, high - half))
        arc(pen, inner, -1)
        pen.lineTo((tip + stroke, low + half))
        pen.closePath()
        polygon(
            (tip + head, low - head - slant),
            (tip - slant / 2, low),
            (tip + head, low + head + slant),
            (tip + head + slant, low + head),
            (tip + 1.5 * slant, low),
            (tip + head + slant, low - head),
        )(pen)

    return draw


def add(font, sign, width, draw):
    """Adds a sign that the font lacks."""
    pen = TTGlyphPen(None)
    draw(pen)
    glyph, name = pen.glyph(), f"uni{ord(sign):04X}"
    glyph.coordinates.toInt()
    glyph.recalcBounds(font["glyf"])
    font["glyf"][name] = glyph
    font["hmtx"][name] = (width, glyph.xMin)
    also(font, sign, name)


def also(font, sign, name):
    """Lets the glyph of this name stand for one more sign."""
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(sign)] = name


def text(font, stroke):
    """What Hanken Grotesk lacks: arrows up and down, ✓, ✗, ↩, the hyphen that keeps a word together."""
    right = font["glyf"]["arrowright"].coordinates
    tail, tip, centre = min(x for x, _ in right), max(x for x, _ in right), 303
    length = 720

    def turned(x, y):
        # The shaft is cut: as long as the arrow to the right, it would stand out of the line.
        return 320 - (y - centre), max(0, x - tip + length) if x > tail else 0

    up = [turned(x, y) for x, y in right]
    add(font, "↑", 640, polygon(*up))
    add(font, "↓", 640, polygon(*((640 - x, length - 10 - y) for x, y in up)))
    add(font, "✓", 620, check(40, 50, 550, stroke))
    add(font, "↩", 860, back(56, 800, 190, 500, 360, 186, stroke * 0.86))
    add(font, "✗", 620, cross(310, 290, 240, stroke))
    for hyphen in "\u2010\u2011":
        also(font, hyphen, "hyphen")
    # Arrows only where an arrow is written: in prose, -> is two signs of somebody's code.
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            for first in ("hyphen", "less"):
                getattr(table, "ligatures", {}).pop(first, None)


def code(font, stroke):
    """What JetBrains Mono lacks: ✓, ✗, ↩; and lines of boxes that meet at a line height of 1.6."""
    add(font, "✓", 600, check(24, 90, 552, stroke))
    add(font, "↩", 600, back(40, 570, 190, 530, 300, 130, stroke * 0.95))
    also(font, "✗", "uni2715")
    also(font, "\u2011", "uni2010")
    names, glyphs = font.getBestCmap(), font["glyf"]
    for sign in (sign for sign in range(0x2500, 0x2580) if not 0x2571 <= sign <= 0x2573):
        points = glyphs[names[sign]].coordinates
        for index, (x, y) in enumerate(points):
            points[index] = (x, {1020: 1170, -300: -450}.get(y, y))
        glyphs[names[sign]].recalcBounds(glyphs)


def make(masters, mend, strokes, bends, signs, features, output):
    """Joins masters, a font for each weight, and keeps only these signs and features."""
    design = DesignSpaceDocument()
    weights = sorted(masters)
    design.addAxis(
        AxisDescriptor(name="Weight", tag="wght", minimum=weights[0], default=weights[0], maximum=weights[-1], map=bends)
    )
    for weight in weights:
        # recalcTimestamp: the same bytes on every day.
        font = TTFont(masters[weight], recalcTimestamp=False)
        mend(font, strokes[weight])
        design.addSource(SourceDescriptor(font=font, location={"Weight": weight}, familyName="", styleName=str(weight)))
    font = join(design)[0]
    setMacOverlapFlags(font["glyf"])

    missing = [chr(sign) for sign in signs if sign not in font.getBestCmap()]
    print(f"{output.name} lacks {''.join(missing) or 'nothing'}")
    options = subset.Options(
        flavor="woff2",
        layout_features=features,
        hinting=False,
        # It packs a few bytes better, if it happens to be installed: the same bytes everywhere are worth more.
        harfbuzz_repacker=False,
        notdef_outline=True,
        drop_tables=["STAT", "gasp"],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=signs)
    cutter.subset(font)
    font.recalcTimestamp = False
    subset.save_font(font, output, options)


def main():
    hanken, jetbrains, output = map(Path, sys.argv[1:])
    make(
        {400: hanken / "400Regular/HankenGrotesk_400Regular.ttf", 700: hanken / "700Bold/HankenGrotesk_700Bold.ttf"},
        text,
        {400: 73, 700: 108},
        [],
        LATIN,
        ["kern", "liga"],
        output / "text.woff2",
    )
    make(
        {
            400: jetbrains / "400Regular/JetBrainsMono_400Regular.ttf",
            600: jetbrains / "600SemiBold/JetBrainsMono_600SemiBold.ttf",
        },
        code,
        {400: 80, 600: 108},
        # As the full font bends its axis.
        [(400, 400), (500, 535.6), (600, 600)],
        LATIN + BOXES,
        [],
        output / "code.woff2",
    )


main()
