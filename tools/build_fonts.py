"""Build `resources/fonts` from the upstream font packages: `build_fonts.py FOLDER`.

FOLDER holds, in any sub-folders, the unpacked npm packages (`npm pack NAME`, then `tar xzf`) `inter-ui` 4.1.1 and
`@expo-google-fonts/…`: `noto-sans-arabic` 0.4.3, `noto-sans-hebrew` 0.4.1, `noto-sans-devanagari` 0.4.1,
`noto-sans-symbols-2` 0.4.1, `noto-emoji` 0.4.7. The script finds the files by name, keeps the shaping features that a
map needs, renames family and PostScript names (a font of the same name on the user's machine must not replace ours, and
the open font licence wants changed fonts renamed) and writes TrueType files, their licences and `faces.json`: family,
weight, style and coverage of every face.

Same input, same fontTools: same bytes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NamedTuple

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

OUT = Path(__file__).resolve().parent.parent / "resources" / "fonts"
TIMESTAMP = 3786912000  # head.modified of every face: 2024-01-01 in seconds since 1904
# Contextual alternates of Inter turn "->" into an arrow and "3x4" into a times sign: a map shows what was typed.
UNWANTED = {"calt", "frac", "numr", "dnom"}
# Of the symbols: no block graphics of old computers, no historic numerals.
SYMBOL_BLOCKS = ((0x20, 0x2BFF), (0x4DC0, 0x4DFF), (0x1F000, 0x1F0FF), (0x1F100, 0x1F8FF), (0x1F900, 0x1F9FF))
# Qt takes a face for such a script only if the face names it, else silently another font for all scripts: a digit in
# JM Sans behind a Devanagari word is enough. So every face names them all, with its default features.
NAMED_SCRIPTS = (
    *("bng2", "dev2", "gjr2", "gur2", "khmr", "knd2", "mlm2", "nko ", "ory2", "sinh", "syrc", "tel2", "thaa", "tml2"),
)


class Recipe(NamedTuple):
    """One face: key, source file, family, style name and weight class."""

    key: str
    source: str
    family: str
    style: str
    weight: int
    licence: str

    @property
    def postscript(self) -> str:
        return f"{self.family.replace(' ', '')}-{self.style}"

    @property
    def italic(self) -> bool:
        return self.style == "Italic"


RECIPES = (
    Recipe("sans", "Inter-Regular.woff2", "JM Sans", "Regular", 400, "Inter"),
    Recipe("sans-medium", "Inter-Medium.woff2", "JM Sans", "Medium", 500, "Inter"),
    Recipe("sans-semibold", "Inter-SemiBold.woff2", "JM Sans", "SemiBold", 600, "Inter"),
    Recipe("sans-italic", "Inter-Italic.woff2", "JM Sans", "Italic", 400, "Inter"),
    Recipe("arabic", "NotoSansArabic_400Regular.ttf", "JM Arabic", "Regular", 400, "NotoSansArabic"),
    Recipe("arabic-semibold", "NotoSansArabic_600SemiBold.ttf", "JM Arabic", "SemiBold", 600, "NotoSansArabic"),
    Recipe("hebrew", "NotoSansHebrew_400Regular.ttf", "JM Hebrew", "Regular", 400, "NotoSansHebrew"),
    Recipe("hebrew-semibold", "NotoSansHebrew_600SemiBold.ttf", "JM Hebrew", "SemiBold", 600, "NotoSansHebrew"),
    Recipe("devanagari", "NotoSansDevanagari_400Regular.ttf", "JM Devanagari", "Regular", 400, "NotoSansDevanagari"),
    Recipe(
        "devanagari-semibold",
        "NotoSansDevanagari_600SemiBold.ttf",
        "JM Devanagari",
        "SemiBold",
        600,
        "NotoSansDevanagari",
    ),
    Recipe("symbols", "NotoSansSymbols2_400Regular.ttf", "JM Symbols", "Regular", 400, "NotoSansSymbols2"),
    Recipe("emoji", "NotoEmoji_400Regular.ttf", "JM Emoji", "Regular", 400, "NotoEmoji"),
)


def main(source: Path) -> None:
    """Write every face, its licence and the table of faces."""
    OUT.mkdir(parents=True, exist_ok=True)
    faces = {recipe.key: build(recipe, one_file(source, recipe.source)) for recipe in RECIPES}
    lines = (f"{json.dumps(key)}: {json.dumps(face, separators=(',', ':'))}" for key, face in faces.items())
    (OUT / "faces.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def one_file(folder: Path, name: str) -> Path:
    return next(path for path in sorted(folder.rglob(name)) if "subset" not in path.name)


def build(recipe: Recipe, source: Path) -> dict[str, object]:
    """Write one face; return its entry for `faces.json`."""
    font = TTFont(source, recalcTimestamp=False)
    subset(font, symbol_characters(font) if recipe.key == "symbols" else set(font.getBestCmap()))
    name_scripts(font)
    rename(font, recipe)
    font.flavor = None
    target = OUT / f"{recipe.postscript}.ttf"
    font.save(target, reorderTables=True)
    write_licence(recipe, source)
    return {
        "file": target.name,
        "family": recipe.family,
        "weight": recipe.weight,
        "italic": recipe.italic,
        "coverage": ranges(sorted(font.getBestCmap())),
    }


def symbol_characters(font: TTFont) -> set[int]:
    return {char for char in font.getBestCmap() if any(low <= char <= high for low, high in SYMBOL_BLOCKS)}


def subset(font: TTFont, characters: set[int]) -> None:
    """Keep these characters and the features that shaping needs; drop hints and glyph names."""
    options = Options()
    options.layout_features = [tag for tag in options.layout_features if tag not in UNWANTED]
    options.layout_scripts = ["*"]
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["STAT", "gasp", "vhea", "vmtx", "DSIG"]
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def name_scripts(font: TTFont) -> None:
    """Let the face name the scripts that Qt asks for, with the features of its default script."""
    scripts = font["GSUB"].table.ScriptList
    known = {record.ScriptTag: record for record in scripts.ScriptRecord}
    default = known.get("DFLT") or known["latn"]
    for tag in NAMED_SCRIPTS:
        record = otTables.ScriptRecord()
        record.ScriptTag, record.Script = tag, default.Script
        known.setdefault(tag, record)
    scripts.ScriptRecord = [known[tag] for tag in sorted(known)]
    scripts.ScriptCount = len(known)


def rename(font: TTFont, recipe: Recipe) -> None:
    """Our own names, the old copyright and licence; weight, style and embedding bits that say the same."""
    table = font["name"]
    kept = {number: table.getDebugName(number) for number in (0, 13, 14)}
    table.names = []
    plain = recipe.style in ("Regular", "Italic")
    names = {
        **kept,
        1: recipe.family if plain else f"{recipe.family} {recipe.style}",
        2: recipe.style if plain else "Regular",
        3: f"JourneyMapper;{recipe.postscript}",
        4: recipe.family if recipe.style == "Regular" else f"{recipe.family} {recipe.style}",
        5: table_version(font),
        6: recipe.postscript,
        **({} if plain else {16: recipe.family, 17: recipe.style}),
    }
    for number, text in names.items():
        if text:
            table.setName(text, number, 3, 1, 0x409)
    os2, head = font["OS/2"], font["head"]
    os2.fsType = 0
    os2.usWeightClass = recipe.weight
    os2.fsSelection = os2.fsSelection & ~0x61 | (0x01 if recipe.italic else 0x40 if recipe.style == "Regular" else 0)
    head.macStyle = 2 if recipe.italic else 0
    head.modified = TIMESTAMP


def table_version(font: TTFont) -> str:
    return f"Version {font['head'].fontRevision:.3f}"


def write_licence(recipe: Recipe, source: Path) -> None:
    """Copy the licence that lies beside the source (in its package's top folder)."""
    for folder in source.parents:
        for name in ("LICENSE_FONT", "LICENSE.txt"):
            if (folder / name).is_file():
                text = (folder / name).read_text(encoding="utf-8")
                (OUT / f"LICENSE-{recipe.licence}.txt").write_text(text, encoding="utf-8")
                return
    raise SystemExit(f"no licence beside {source}")


def ranges(characters: list[int]) -> list[int]:
    """The characters as first, last, first, last, …"""
    found: list[int] = []
    for char in characters:
        if found and found[-1] == char - 1:
            found[-1] = char
        else:
            found += [char, char]
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
