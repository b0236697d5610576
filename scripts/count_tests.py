#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Adds up what the test runners counted.

    count_tests.py ctest JUNIT.xml       cases of doctest programs, one for each other program
    count_tests.py pytest JUNIT.xml      cases
    count_tests.py sum FILE...           lines `passed failed` as the two above print them, into the closing line

A runner that ran nothing, or that died before it could count, is one failure: silence never passes.
"""
import re
import sys
import xml.etree.ElementTree as ElementTree

DOCTEST = re.compile(r"\[doctest\] test cases:\s*(\d+)\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed")


def of_program(case: ElementTree.Element) -> tuple[int, int]:
    """Passed and failed of one program that ctest ran."""
    good = case.find("failure") is None and case.get("status") in ("run", "passed")
    summary = DOCTEST.findall(case.findtext("system-out") or "")
    if not summary:
        return (1, 0) if good else (0, 1)
    ran, passed, failed = (sum(int(row[i]) for row in summary) for i in range(3))
    if ran == 0 or (not good and failed == 0):
        return passed, failed + 1
    return passed, failed


def of_ctest(path: str) -> tuple[int, int]:
    counts = [of_program(case) for case in ElementTree.parse(path).iter("testcase")]
    return (sum(c[0] for c in counts), sum(c[1] for c in counts)) if counts else (0, 1)


def of_pytest(path: str) -> tuple[int, int]:
    cases = list(ElementTree.parse(path).iter("testcase"))
    bad = sum(1 for case in cases if case.find("failure") is not None or case.find("error") is not None)
    skipped = sum(1 for case in cases if case.find("skipped") is not None)
    good = len(cases) - bad - skipped
    return (good, bad) if good + bad else (0, 1)


def main() -> int:
    kind, *paths = sys.argv[1:]
    if kind == "sum":
        rows = [line.split() for path in paths for line in open(path, encoding="utf-8") if line.strip()]
        passed, failed = sum(int(r[0]) for r in rows), sum(int(r[1]) for r in rows)
        print(f"{passed} passed, {failed} failed")
        return 1 if failed or not passed else 0
    try:
        passed, failed = {"ctest": of_ctest, "pytest": of_pytest}[kind](paths[0])
    except (OSError, ElementTree.ParseError) as problem:
        print(f"{kind}: no readable result: {problem}", file=sys.stderr)
        passed, failed = 0, 1
    print(passed, failed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
