#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the benchmark workloads: DMN models, input rows, expected outputs, and the tables as C++ for the floors.

    generate.py FOLDER [--rows N]

The same bytes each time: seeds are fixed, and each row depends on those before it only, so fewer rows are the first of more.
Expected outputs are computed here with `decimal`, without polku. Nothing in the rules is real law.

    w1  a table of 24 rules over 6 inputs, FIRST
    w2  a table of 1 000 rules over 5 inputs, UNIQUE; `null` where nothing hits
    w3  a graph of 8 decisions: dates, decimals, lists, two tables
"""
import argparse
import json
import pathlib
import sys
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal, setcontext

sys.dont_write_bytecode = True
import graph_workload  # noqa: E402
import table_workloads  # noqa: E402


def text_of(value) -> str:
    """Canonical enough JSON: numbers plain, members in the order given."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return json.dumps(value.isoformat())
    if isinstance(value, list):
        return "[" + ",".join(map(text_of, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(name) + ":" + text_of(part) for name, part in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def write_lines(path: pathlib.Path, values):
    path.write_text("".join(text_of(value) + "\n" for value in values), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=10_000)
    asked = parser.parse_args()
    setcontext(Context(prec=34, rounding=ROUND_HALF_EVEN))
    asked.folder.mkdir(parents=True, exist_ok=True)
    index = {}
    for work in (table_workloads.small_table(), table_workloads.large_table(), graph_workload.graph()):
        rows = [work.make_row() for _ in range(asked.rows)]
        (asked.folder / f"{work.name}.dmn").write_text(work.model, encoding="utf-8")
        write_lines(asked.folder / f"{work.name}.rows.jsonl", rows)
        write_lines(asked.folder / f"{work.name}.expected.jsonl", map(work.answer, rows))
        if work.floor:
            (asked.folder / f"{work.name}_floor.inc").write_text(work.floor, encoding="utf-8")
        index[work.name] = {"model": f"{work.name}.dmn", "decision": work.decision, "rows": f"{work.name}.rows.jsonl",
                            "expected": f"{work.name}.expected.jsonl"}
    (asked.folder / "workloads.json").write_text(json.dumps(index, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
