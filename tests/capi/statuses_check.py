#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The statuses that calls give in the test of misuse are those that the comments in the headers name.

    statuses_check.py PROGRAM     PROGRAM is capi_misuse_test
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HEADERS = pathlib.Path(__file__).resolve().parents[2] / "capi"
ALWAYS = {"OK", "MISUSE", "NO_MEMORY", "INTERNAL"}
OF_STORES = {"INVALID", "DENIED", "LIMIT", "CANCELLED", "BUSY", "CORRUPT"}


def named() -> dict[str, set[str]]:
    """The statuses that the comment of each function names."""
    found = {}
    for header in sorted(HEADERS.glob("polku*.h")):
        text = re.sub(r"\n \* ?", " ", header.read_text(encoding="utf-8"))
        for errors, name in re.findall(r"Errors: ([^.]*)\. Since [0-9.]*\. \*/\nPOLKU_API [^;(]*?\b(polku_\w+)\s*\(", text):
            words = set(errors.split(", "))
            found[name] = ALWAYS | words | (OF_STORES if "stores" in words else set())
    return found


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([sys.argv[1], folder], capture_output=True, text=True, check=False,
                              env={**os.environ, "POLKU_SEEN": "1"})
    seen = sorted(set(re.findall(r"^seen (\w+) (\w+)$", done.stdout, re.M)))
    comments = named()
    faults = [f"{name} answers {status}, which its comment does not name" for name, status in seen if status not in comments[name]]
    print("\n".join(faults) if faults else f"{len(seen)} statuses of {len({name for name, _ in seen})} functions, all named")
    return 1 if faults or len(seen) < 100 or done.returncode != 0 else 0


if __name__ == "__main__":
    sys.exit(main())
