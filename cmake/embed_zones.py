# SPDX-License-Identifier: Apache-2.0
"""Writes the tz database as a C++ include file that polku embeds.

Usage: embed_zones.py ZONEINFO_DIR OUTPUT

Reads the TZif files (RFC 8536, version 2 or later) of every zone and link that `tzdata.zi` names. Each distinct zone
becomes one byte string:

    u8  number of offsets        each offset: i32, seconds east of UTC
    u16 number of transitions    each: u40, seconds since 1970-01-01T00:00:00Z plus 2^39; then one u8 offset index each
    u8  1 when a rule goes on after the last transition (0: its offset stays)
        rule: i32 standard offset, i32 daylight offset, then start and end of daylight time as
              u8 kind (0 month-week-day, 1 day 1-365 without 29 February, 2 day 0-365),
              u8 month, u8 week, u16 day, i32 seconds after midnight of local time

All numbers are big-endian. The first offset is the one before the first transition. Transitions that the rule
reproduces are left out, so that files made with `zic -b fat` and `-b slim` give the same bytes.
"""

import datetime
import pathlib
import re
import struct
import sys

BIAS = 1 << 39
EPOCH = datetime.date(1970, 1, 1).toordinal()


def zone_names(folder):
    """Names and version from tzdata.zi: `Z name ...` is a zone, `L target name` a link."""
    lines = (folder / "tzdata.zi").read_text(encoding="ascii").splitlines()
    version = lines[0].split()[-1]
    names = set()
    for line in lines:
        fields = line.split()
        if fields[:1] == ["Z"]:
            names.add(fields[1])
        elif fields[:1] == ["L"]:
            names.add(fields[2])
    return version, sorted(name for name in names if (folder / name).is_file())


def read_tzif(path):
    """Transitions as (time, offset), the offset before the first, and the footer text."""
    data = path.read_bytes()
    if data[:4] != b"TZif" or data[4:5] < b"2":
        raise SystemExit(f"{path}: not a TZif file of version 2 or later")
    at = 0
    for width in (4, 8):
        isutc, isstd, leap, timecnt, typecnt, charcnt = struct.unpack(">6l", data[at + 20 : at + 44])
        at += 44
        size = timecnt * (width + 1) + typecnt * 6 + charcnt + leap * (width + 4) + isstd + isutc
        if width == 4:
            at += size
    times = struct.unpack(f">{timecnt}q", data[at : at + 8 * timecnt])
    indexes = data[at + 8 * timecnt : at + 9 * timecnt]
    types = at + 9 * timecnt
    offsets = [struct.unpack(">l", data[types + 6 * i : types + 6 * i + 4])[0] for i in range(typecnt)]
    footer = data[at + size :].strip(b"\n").decode("ascii")
    return [(time, offsets[index]) for time, index in zip(times, indexes)], offsets[0], footer


def parse_time(text):
    """`[+-]h[h[h]][:mm[:ss]]` in seconds."""
    sign = -1 if text.startswith("-") else 1
    parts = [int(part) for part in text.lstrip("+-").split(":")] + [0, 0]
    return sign * (parts[0] * 3600 + parts[1] * 60 + parts[2])


def parse_change(text):
    """(kind, month, week, day, seconds) of one of the two dates of a POSIX TZ rule."""
    day, _, time = text.partition("/")
    seconds = parse_time(time) if time else 7200
    if day.startswith("M"):
        month, week, weekday = (int(part) for part in day[1:].split("."))
        return 0, month, week, weekday, seconds
    if day.startswith("J"):
        return 1, 0, 0, int(day[1:]), seconds
    return 2, 0, 0, int(day), seconds


def parse_footer(text):
    """(standard offset, daylight offset, start, end) or (offset,) of a POSIX TZ text; None for an empty one."""
    if not text:
        return None
    name = r"(?:<[^>]+>|[A-Za-z]+)"
    time = r"[+-]?\d+(?::\d+){0,2}"
    found = re.fullmatch(rf"{name}({time})(?:{name}({time})?(?:,([^,]+),([^,]+))?)?", text)
    if not found:
        raise SystemExit(f"cannot read the rule {text!r}")
    standard = -parse_time(found[1])
    if not found[3]:
        return (standard,)
    daylight = -parse_time(found[2]) if found[2] else standard + 3600
    return standard, daylight, parse_change(found[3]), parse_change(found[4])


def change_day(change, year):
    """Days since 1970-01-01 of a rule's change in a year."""
    kind, month, week, day, _ = change
    if kind == 0:
        first = datetime.date(year, month, 1)
        ahead = (day - first.isoweekday()) % 7 + (week - 1) * 7
        after = datetime.date(year + month // 12, month % 12 + 1, 1)
        while first.toordinal() + ahead >= after.toordinal():
            ahead -= 7
        return first.toordinal() + ahead - EPOCH
    start = datetime.date(year, 1, 1).toordinal() - EPOCH
    leap = kind == 1 and day >= 60 and (year % 4 == 0 and year % 100 != 0 or year % 400 == 0)
    return start + (day - 1 if kind == 1 else day) + leap


def rule_transitions(rule, first_year, last_year):
    standard, daylight, start, end = rule
    found = []
    for year in range(first_year, last_year + 1):
        found.append((change_day(start, year) * 86400 + start[4] - standard, daylight))
        found.append((change_day(end, year) * 86400 + end[4] - daylight, standard))
    return sorted(found)


def trim(transitions, before, rule):
    """Drops what changes nothing and what the rule reproduces."""
    while transitions and transitions[0][0] < -BIAS:
        before = transitions.pop(0)[1]
    kept = []
    for index, (time, offset) in enumerate(transitions):
        last = index == len(transitions) - 1
        if last or offset != (kept[-1][1] if kept else before):
            kept.append((time, offset))
    if rule is not None and len(rule) == 4:
        by_rule = rule_transitions(rule, 1970, 2040)
        while len(kept) > 1 and kept[-1] in by_rule and kept[-2] in by_rule:
            if by_rule.index(kept[-1]) != by_rule.index(kept[-2]) + 1:
                break
            kept.pop()
    return kept, before


def encode(path):
    transitions, before, footer = read_tzif(path)
    rule = parse_footer(footer)
    transitions, before = trim(transitions, before, rule)
    if rule is not None and len(rule) == 1 and rule[0] != (transitions[-1][1] if transitions else before):
        raise SystemExit(f"{path}: the rule {footer!r} does not continue the last transition")
    offsets = [before] + sorted({offset for _, offset in transitions} - {before})
    out = bytearray(struct.pack(">B", len(offsets)))
    for offset in offsets:
        out += struct.pack(">l", offset)
    out += struct.pack(">H", len(transitions))
    for time, _ in transitions:
        out += (time + BIAS).to_bytes(5, "big")
    out += bytes(offsets.index(offset) for _, offset in transitions)
    if rule is None or len(rule) == 1:
        return bytes(out + b"\0")
    out += struct.pack(">Bll", 1, rule[0], rule[1])
    for kind, month, week, day, seconds in rule[2:]:
        out += struct.pack(">BBBHl", kind, month, week, day, seconds)
    return bytes(out)


def as_literal(data, width=96):
    """A string literal in octal escapes, which, unlike hexadecimal ones, never swallow what follows."""
    pieces = ["\\%03o" % byte for byte in data]
    lines, line = [], ""
    for piece in pieces:
        if len(line) + len(piece) > width:
            lines.append(line)
            line = ""
        line += piece
    lines.append(line)
    return "\n     ".join(f'"{text}"' for text in lines)


def main():
    folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    version, names = zone_names(folder)
    distinct, records = {}, []
    for name in names:
        data = encode(folder / name)
        records.append((name, distinct.setdefault(data, len(distinct))))
    lines = [
        "// SPDX-License-Identifier: Apache-2.0",
        "// Generated by cmake/embed_zones.py from the tz database, which is in the public domain; its layout is there.",
        f'inline constexpr std::string_view zone_data_version = "{version}";',
        "inline constexpr zone_bytes zone_data[] = {",
    ]
    lines += [f"    {{{as_literal(data)}, {len(data)}}}," for data in distinct]
    lines += ["};", "inline constexpr zone_entry zone_entries[] = {"]
    lines += [f'    {{"{name}", {index}}},' for name, index in records]
    lines += ["};", ""]
    text = "\n".join(lines)
    output.parent.mkdir(parents=True, exist_ok=True)
    if not output.exists() or output.read_text() != text:
        output.write_text(text)


if __name__ == "__main__":
    main()
