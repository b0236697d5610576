#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Generates the workloads, runs them through `polku decide` and compares every row, numbers by exact value.

    check.py POLKU [--rows N] [--folder FOLDER]

POLKU is the command. Exit status 1 when a row differs. Without --folder the files go to a folder that is removed afterwards.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
from decimal import Decimal

HERE = pathlib.Path(__file__).resolve().parent


def exact(line: str):
    return json.loads(line, parse_float=Decimal, parse_int=Decimal)


def differing_rows(polku: str, folder: pathlib.Path, name: str, work: dict) -> int:
    done = subprocess.run([polku, "decide", str(folder / work["model"]), work["decision"], "--input", str(folder / work["rows"])],
                          capture_output=True, text=True, check=False)
    found = done.stdout.splitlines()
    expected = (folder / work["expected"]).read_text(encoding="utf-8").splitlines()
    rows = (folder / work["rows"]).read_text(encoding="utf-8").splitlines()
    found += ["(no line)"] * (len(expected) - len(found))
    wrong = [at for at, line in enumerate(expected) if found[at] == "(no line)" or exact(found[at]) != exact(line)]
    faults = len(wrong) + len(found) - len(expected) + (done.returncode != 0)
    print(f"{name}: {len(expected)} rows, {len(wrong)} differ, exit status {done.returncode}")
    for at in wrong[:3]:
        print(f"  row {at + 1}: {rows[at]}\n    found    {found[at]}\n    expected {expected[at]}")
    if done.stderr:
        print(done.stderr.strip())
    return faults


def check(polku: str, folder: pathlib.Path, rows: int) -> int:
    subprocess.run([sys.executable, "-B", str(HERE / "generate.py"), str(folder), "--rows", str(rows)], check=True)
    works = json.loads((folder / "workloads.json").read_text(encoding="utf-8"))
    return sum(differing_rows(polku, folder, name, work) for name, work in works.items())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("polku")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--folder", type=pathlib.Path)
    asked = parser.parse_args()
    if asked.folder:
        return 1 if check(asked.polku, asked.folder, asked.rows) else 0
    with tempfile.TemporaryDirectory() as folder:
        return 1 if check(asked.polku, pathlib.Path(folder), asked.rows) else 0


if __name__ == "__main__":
    sys.exit(main())
