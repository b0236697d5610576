#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Draws docs/architecture.svg: the floors and rooms that docs/architecture.md lists, and who includes whom, from the sources.

    draw_house.py            write
    draw_house.py --check    exit with 1 when the drawing is not what would be written, or an arrow leads upwards
"""
import html
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / ".ci"))
from rooms import ROOMS, room_of, sources  # noqa: E402

PAGE, DRAWING = TOP / "docs" / "architecture.md", TOP / "docs" / "architecture.svg"
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"](?:polku/)?(?:impl/)?(\w+)/[^>"]+[>"]', re.M)
DOORS = {"capi": "capi", "bindings": "bindings", "cli": "src/cli"}
ROW, TALL, LEFT, BOX, WIDE = 44, 34, 46, 610, 900
COLOURS = ("#e8f1ee", "#f3f6f5")
LINES = ("#2f6f62", "#8a5a2b", "#3d5a94", "#7a3f74", "#5f6b2d", "#a0423c")


def floors() -> list[tuple[int, str, str]]:
    """(floor, room, what is in it) from the text drawing of the page, top first."""
    text = re.search(r"```text\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S).group(1)
    rows = []
    for number, rest in re.findall(r"^ +(\d) +(.+)$", text, re.M):
        pieces = re.split(r" \| | {3,}", rest.strip())
        if re.fullmatch(r"\w+/(?:  \w+)*", pieces[0]):  # the name stands in a column of its own
            pieces = [" ".join(pieces)]
        for piece in reversed(pieces):  # of one floor the page names the lower room first
            path, _, what = piece.strip().partition(" ")
            room = path.strip("/").split("/")
            rows.append((int(number), "cli" if room[-1] == "cli" else room[0], what.strip(" ()")))
    return rows


def uses() -> dict[tuple[str, str], int]:
    """(room, room that it includes) to the number of its files that do."""
    found: dict[tuple[str, str], int] = {}
    for path in sources("include", "src", "capi"):
        where = path.relative_to(TOP).as_posix()
        room = room_of(path) or next((door for door, folder in DOORS.items() if where.startswith(folder + "/")), None)
        for other in set(INCLUDE.findall(path.read_text(encoding="utf-8"))) & set(ROOMS) - {room}:
            if room:
                found[room, other] = found.get((room, other), 0) + 1
    if 'include_dirs' in (TOP / "bindings/python/build_native.py").read_text(encoding="utf-8"):
        found["bindings", "capi"] = 1
    return found


def text(x: float, y: float, words: str, style: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" {style}>{html.escape(words)}</text>'


def band(rows: list[tuple[int, str, str]], floor: int) -> str:
    own = [index for index, row in enumerate(rows) if row[0] == floor]
    top = 12 + own[0] * ROW
    return (f'<rect x="6" y="{top}" width="{LEFT + BOX - 2}" height="{ROW * len(own) - 4}" rx="7" fill="{COLOURS[floor % 2]}"/>'
            + text(24, top + ROW * len(own) / 2 + 4, str(floor), 'font-size="17" fill="#6b7280" text-anchor="middle"'))


def arrow(rows: list[tuple[int, str, str]], upper: str, lower: str, files: int) -> str:
    place = {room: index for index, (_, room, _) in enumerate(rows)}
    start, end = (12 + place[room] * ROW + ROW / 2 - 2 for room in (upper, lower))
    # Few, some and many files: a commit that adds an include rarely changes the drawing.
    width = 1 if files < 5 else 1.8 if files < 20 else 2.8
    x, bow = LEFT + BOX, 26 + 17 * (place[lower] - place[upper])
    start, end = start + 5, end - 5
    return (f'<path d="M{x} {start:g} C{x + bow} {start:g} {x + bow} {end:g} {x + 9} {end:g}" fill="none" '
            f'stroke="{LINES[place[upper] % len(LINES)]}" stroke-width="{width}" stroke-opacity="0.75" '
            f'marker-end="url(#tip)"><title>{upper} includes {lower}</title></path>')


def drawing(rows: list[tuple[int, str, str]], edges: dict[tuple[str, str], int]) -> str:
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {ROW * len(rows) + 40}" font-family="sans-serif" role="img" '
           'aria-label="The floors and rooms of polku, and which includes which">',
           '<!-- Made by scripts/draw_house.py from docs/architecture.md and the includes of the sources. -->',
           '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
           'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="#4b5563"/></marker></defs>',
           f'<rect width="{WIDE}" height="{ROW * len(rows) + 40}" fill="#ffffff"/>']
    out += [band(rows, floor) for floor in sorted({row[0] for row in rows}, reverse=True)]
    for index, (_, room, what) in enumerate(rows):
        top = 12 + index * ROW + 3
        out += [f'<rect x="{LEFT}" y="{top}" width="{BOX - 8}" height="{TALL}" rx="5" fill="#ffffff" stroke="#9db8b1"/>',
                text(LEFT + 12, top + 22, room, 'font-size="15" font-weight="bold" fill="#1f4f46"'),
                text(LEFT + 112, top + 22, what if len(what) < 84 else what[:81].rsplit(" ", 1)[0] + " …", 'font-size="11.5" fill="#374151"')]
    out += [arrow(rows, *pair, files) for pair, files in sorted(edges.items())]
    out += [text(LEFT, ROW * len(rows) + 30, "An arrow: files of the room include headers of the one below; the thicker, the more files.",
                 'font-size="12" fill="#4b5563"'), "</svg>"]
    return "\n".join(out) + "\n"


def main() -> int:
    rows, edges = floors(), uses()
    place = {room: index for index, (_, room, _) in enumerate(rows)}
    faults = [f"docs/architecture.md does not show {room}" for room in (*ROOMS, *DOORS) if room not in place]
    faults += [f"{upper} includes {lower}, which the page has above it" for upper, lower in edges
               if not faults and place[upper] >= place[lower]]
    if not faults and "--check" in sys.argv:
        same = DRAWING.is_file() and DRAWING.read_text(encoding="utf-8") == drawing(rows, edges)
        faults += [] if same else ["docs/architecture.svg is not up to date: run scripts/draw_house.py"]
    elif not faults:
        DRAWING.write_text(drawing(rows, edges), encoding="utf-8")
    print("\n".join(faults) if faults else f"docs/architecture.svg: {len(rows)} rooms, {len(edges)} arrows")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
