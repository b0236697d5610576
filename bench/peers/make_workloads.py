#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes all workloads of the comparison, each with the forms that other engines read.

    make_workloads.py FOLDER [--rows N]

w1, w2 and w3 come from bench/workloads/generate.py, six and chain from more_workloads.py. For each NAME: NAME.dmn,
NAME.rows.jsonl, NAME.expected.jsonl and NAME.zen.json; for single tables also NAME.logic.json, NAME.cel.json, NAME.rules.json,
NAME.clp and NAME.answers.json. workloads.json is the index.
"""
import argparse
import json
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
import more_workloads  # noqa: E402
import translate  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "workloads"))
from generate import write_lines  # noqa: E402

CHAIN_ROWS = 2_000


def add(folder: pathlib.Path, work, count: int) -> dict:
    rows = [work.make_row() for _ in range(count)]
    (folder / f"{work.name}.dmn").write_text(work.model, encoding="utf-8")
    write_lines(folder / f"{work.name}.rows.jsonl", rows)
    write_lines(folder / f"{work.name}.expected.jsonl", map(work.answer, rows))
    return {"model": f"{work.name}.dmn", "decision": work.decision, "rows": f"{work.name}.rows.jsonl",
            "expected": f"{work.name}.expected.jsonl"}


def translations(folder: pathlib.Path, name: str):
    found = translate.tables((folder / f"{name}.dmn").read_text(encoding="utf-8"))
    (folder / f"{name}.zen.json").write_text(translate.zen(name, found), encoding="utf-8")
    if name == "w3" or len(found) > 1:
        return
    table = next(iter(found.values()))
    for ending, make in (("logic.json", translate.json_logic), ("cel.json", translate.cel), ("rules.json", translate.rules_engine),
                         ("clp", translate.clips)):
        (folder / f"{name}.{ending}").write_text(make(table), encoding="utf-8")
    (folder / f"{name}.answers.json").write_text(json.dumps(translate.answers_of(table)), encoding="utf-8")


def make(folder: pathlib.Path, rows: int) -> dict:
    """Writes everything; the index."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-B", str(HERE.parent / "workloads" / "generate.py"), str(folder), "--rows", str(rows)], check=True)
    index = json.loads((folder / "workloads.json").read_text(encoding="utf-8"))
    index["six"] = add(folder, more_workloads.six(), min(more_workloads.SIX_ROWS, rows * 20))
    index["chain"] = add(folder, more_workloads.chain(), min(CHAIN_ROWS, rows))
    for name in index:
        translations(folder, name)
    (folder / "workloads.json").write_text(json.dumps(index, indent=2) + "\n", encoding="utf-8")
    return index


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=10_000)
    asked = parser.parse_args()
    make(asked.folder, asked.rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
