#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes docs/errors.md from the one list of error codes, include/polku/error_codes.inc.

    gen_errors_doc.py            write
    gen_errors_doc.py --check    exit with 1 when the document is not what would be written, or the list has a fault
"""
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
LIST = TOP / "include" / "polku" / "error_codes.inc"
DOCUMENT = TOP / "docs" / "errors.md"
ENTRY = re.compile(r'^X\(\s*(\w+),\s*(\d+),\s*(\w+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)', re.M)
FAMILIES = {1: "argument", 2: "FEEL syntax", 3: "FEEL evaluation", 4: "DMN", 5: "limit and cancel", 6: "path", 7: "storage",
            8: "JSON and pack", 9: "access", 10: "proof", 11: "population"}
STATUSES = {"invalid", "not_found", "conflict", "denied", "limit", "cancelled", "busy", "corrupt", "misuse", "no_memory", "internal"}
HEAD = """# Error codes

Made from `include/polku/error_codes.inc` by `scripts/gen_errors_doc.py`; edit that list, not this page.

Every failure of the library carries one of these numbers, a sentence (what, where, what was found, what was expected, what
to do) and the places it concerns. Numbers are never reused and keep their meaning; families have gaps for what is to come.
The status is what the C ABI returns (`polku_status`) and what chooses the exception class in Python. What FEEL calls null is
no error: such a value carries a reason for the trace instead.
"""


def entries() -> list[tuple[str, int, str, str]]:
    text = LIST.read_text(encoding="utf-8")
    return [(name, int(number), status, "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', texts)).replace('\\"', '"'))
            for name, number, status, texts in ENTRY.findall(text)]


def faults(rows: list[tuple[str, int, str, str]]) -> list[str]:
    found = []
    for index, what in ((0, "name"), (1, "number")):
        seen = [row[index] for row in rows]
        found += [f"error_codes.inc: the {what} {value} is given twice" for value in sorted({v for v in seen if seen.count(v) > 1})]
    found += [f"error_codes.inc: {name} has the unknown status {status}" for name, _, status, _ in rows if status not in STATUSES]
    found += [f"error_codes.inc: {name} has no text" for name, _, _, text in rows if not text.strip()]
    found += [f"error_codes.inc: {name}: {number} is in no family" for name, number, _, _ in rows if number // 100 not in FAMILIES]
    lines = len(re.findall(r"^X\(", LIST.read_text(encoding="utf-8"), re.M))
    if lines != len(rows):
        found.append(f"error_codes.inc: {lines} entries, {len(rows)} could be read")
    return found


def document(rows: list[tuple[str, int, str, str]]) -> str:
    out = [HEAD]
    for family, title in FAMILIES.items():
        part = sorted((row for row in rows if row[1] // 100 == family), key=lambda row: row[1])
        if part:
            out += [f"## {family}xx: {title}\n", "| code | name | status | meaning |", "|---|---|---|---|"]
            out += [f"| {number} | `{name}` | {status.upper()} | {text.replace('|', chr(92) + '|')} |" for name, number, status, text in part]
            out.append("")
    return "\n".join(out).rstrip() + "\n"


def main() -> int:
    rows = entries()
    found = faults(rows)
    if found:
        print("\n".join(found))
        return 1
    text = document(rows)
    if "--check" in sys.argv:
        if not DOCUMENT.exists() or DOCUMENT.read_text(encoding="utf-8") != text:
            print("docs/errors.md is out of date: run scripts/gen_errors_doc.py")
            return 1
        return 0
    DOCUMENT.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
