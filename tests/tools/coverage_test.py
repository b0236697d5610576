#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""docs/paths/coverage.md: every bullet of the source documents' digest has rows, and what they name is there.

A row is `| bullet | what | where | shown by |`. Bullets are numbered by section and order (S1.1 is the first of S1). `where`
names files in backticks; `shown by` names test cases in backticks, or says `open: why`. A bullet may have several rows.
Where the digest itself lies beside the project, its bullets are counted.
"""
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
PAGE = TOP / "docs" / "paths" / "coverage.md"
DIGEST = TOP.parent / "shared" / "domain.md"
BULLETS = {"S1": 4, "S2": 5, "S3": 14, "S4": 6, "S5": 21}
# What no test shows yet. This list only shrinks.
OPEN = {
    "S5.12", "S5.16",
}


def rows() -> list[list[str]]:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| S\d", line)]
    return [[cell.strip() for cell in line.strip().strip("|").split(" | ")] for line in lines]


def test_names() -> set[str]:
    names = set()
    for source in TOP.glob("tests/**/*.cpp"):
        for literals in re.findall(r'TEST_CASE\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)', source.read_text(encoding="utf-8")):
            names.add("".join(re.findall(r'"((?:[^"\\]|\\.)*)"', literals)))
    return names


def digest_counts() -> dict[str, int]:
    counts: dict[str, int] = {}
    section = ""
    for line in DIGEST.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = line.split()[1]
        elif line.startswith("- ") and section in BULLETS:
            counts[section] = counts.get(section, 0) + 1
    return counts


def faults() -> list[str]:
    found = []
    names = test_names()
    bullets = {f"{section}.{number}" for section, count in BULLETS.items() for number in range(1, count + 1)}
    seen, still_open = set(), set()
    for row in rows():
        if len(row) != 4:
            found.append(f"a row has {len(row)} cells instead of 4: {row[0]}")
            continue
        bullet, _, where, shown = row
        seen.add(bullet)
        if "open:" in shown:
            still_open.add(bullet)
        for file in re.findall(r"`([^`]+)`", where):
            if not (TOP / file).exists():
                found.append(f"{bullet}: there is no file {file}")
        tests = re.findall(r"`([^`]+)`", shown)
        if not tests and "open:" not in shown:
            found.append(f"{bullet}: neither a test nor `open: why`")
        found += [f"{bullet}: there is no test case '{test}'" for test in tests if test not in names]
    found += [f"{bullet} has no row" for bullet in sorted(bullets - seen)]
    found += [f"{bullet} is no bullet" for bullet in sorted(seen - bullets)]
    found += [f"{bullet} is open, but not listed as open in this test" for bullet in sorted(still_open - OPEN)]
    found += [f"{bullet} is listed as open in this test, but is not" for bullet in sorted(OPEN - still_open)]
    if DIGEST.is_file() and digest_counts() != BULLETS:
        found.append(f"the digest has {digest_counts()} bullets, this test knows {BULLETS}")
    return found


def main() -> int:
    found = faults()
    for each in found:
        print(f"docs/paths/coverage.md: {each}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
