#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Engines that decide of many rows in one call, behind the line protocol of ../README.md; a pass is one call over that many rows.

    columns.py ENGINE FOLDER WORKLOAD DECISION

An engine's constructor loads the model; `prepare` makes its inputs of all rows (not timed), `run` decides the first so many of them
in one call and is what is timed, `plain` makes the answers ready for JSON.
"""
import json
import pathlib
import sys
import time
from decimal import Decimal
from itertools import cycle, islice
from typing import Any

MONTH = "2026-11"


class PolkuArrow:
    """polku's decision over an Arrow table, all columns of the answers read into another one."""

    def __init__(self, base: str, decision: str) -> None:
        import polku
        import pyarrow
        self.arrow = pyarrow
        self.program = polku.Program.read(f"{base}.dmn")
        self.decision = self.program.decision(decision)

    def prepare(self, rows: list[dict]) -> None:
        def column(values: list) -> Any:
            if isinstance(values[0], str):
                return self.arrow.array(values).dictionary_encode()
            return self.arrow.array(values, type=None if isinstance(values[0], bool) else self.arrow.int64())
        self.table = self.arrow.table({name: column([row[name] for row in rows]) for name in rows[0]})

    def run(self, count: int) -> Any:
        return self.arrow.table(self.decision.evaluate_table(self.table.slice(0, count), scales=0))

    def plain(self, made: Any) -> list:
        if any(made.column("error").is_valid().to_pylist()):
            raise ValueError("a row has an error")
        return made.drop_columns(["error"]).to_pylist()


class OpenFisca:
    """OpenFisca's vectors: the table as a formula over arrays, one person a row. Its inputs are set before; what it kept of the last
    call is dropped in each."""

    def __init__(self, base: str, decision: str) -> None:
        from openfisca_core.simulation_builder import SimulationBuilder
        found: dict[str, Any] = {}
        exec(pathlib.Path(f"{base}.openfisca.py").read_text(encoding="utf-8"), found)
        self.system, self.outputs = found["system"](), found["OUTPUTS"]
        self.builder = SimulationBuilder
        self.held: list[dict] = []
        self.of_count: dict[int, Any] = {}

    def prepare(self, rows: list[dict]) -> None:
        self.held, self.of_count = rows, {}

    def simulation(self, count: int) -> Any:
        import numpy
        made = self.builder().build_default_simulation(self.system, count)
        for name in self.held[0]:
            variable = self.system.variables[name]
            values = numpy.array([row[name] for row in self.held[:count]])
            if getattr(variable, "possible_values", None) is not None:
                values = variable.possible_values.encode(numpy.char.add("v_", values))
            made.set_input(name, MONTH, values)
        return made

    def ready(self, count: int) -> None:
        """Sets the inputs of so many persons, which is not timed."""
        if count not in self.of_count:
            self.of_count[count] = self.simulation(count)

    def run(self, count: int) -> Any:
        self.ready(count)
        simulation = self.of_count[count]
        for name in ("rule", *self.outputs):
            simulation.delete_arrays(name, MONTH)
        return {name: simulation.calculate(name, MONTH) for name in self.outputs}

    def plain(self, made: Any) -> list:
        columns = {name: values.tolist() for name, values in made.items()}
        return [dict(zip(columns, row)) for row in zip(*columns.values())]


class ZenBatch:
    """zen-engine's batch call, over dicts."""

    def __init__(self, base: str, decision: str) -> None:
        import zen
        graph = json.loads(pathlib.Path(f"{base}.zen.json").read_text(encoding="utf-8"))
        self.engine = zen.ZenEngine({"loader": {"type": "static", "content": {decision: graph}}})
        self.decision = decision

    def prepare(self, rows: list[dict]) -> None:
        self.requests = [{"key": self.decision, "context": row} for row in rows]

    def run(self, count: int) -> Any:
        return self.engine.evaluate_batch(self.requests[:count])

    def plain(self, made: Any) -> list:
        return [each["data"]["result"] or None for each in made]


ENGINES = {"polku-arrow": PolkuArrow, "openfisca": OpenFisca, "zen-batch": ZenBatch}


class Columns:
    """The commands of the protocol. `rows N` draws on the file around and around until there are N."""

    def __init__(self, engine: str, base: str, decision: str) -> None:
        self.base = base
        started = time.perf_counter()
        self.engine = ENGINES[engine](base, decision)
        self.engine.prepare(self.read(1))
        self.engine.run(1)
        self.load = time.perf_counter() - started
        self.distinct = 1

    def read(self, count: int) -> list[dict]:
        with open(f"{self.base}.rows.jsonl", encoding="utf-8") as lines:
            made = [json.loads(line) for line in islice(lines, count)]
        self.distinct = len(made)
        return list(islice(cycle(made), count))

    def rows(self, count: int) -> dict:
        self.engine.prepare(self.read(count))
        return {"rows": count}

    def measure(self, count: int) -> dict:
        getattr(self.engine, "ready", int)(count)
        own, started = time.process_time(), time.perf_counter()
        kept = self.engine.run(count)
        took, own = time.perf_counter() - started, time.process_time() - own
        del kept
        return {"seconds": took, "hits": count, "processor": own}

    def answers(self, path: str) -> dict:
        """All rows that differ from each other, whatever time that takes."""
        found = self.engine.plain(self.engine.run(self.distinct))
        with open(path, "w", encoding="utf-8") as out:
            out.writelines(json.dumps(each, default=number) + "\n" for each in found)
        return {"rows": len(found)}


def number(of: Any) -> Any:
    """Whole decimals as integers, others as their digits."""
    if isinstance(of, Decimal):
        return int(of) if of == of.to_integral_value() else str(of)
    raise TypeError(f"{type(of).__name__} is no JSON")


def main() -> int:
    engine, folder, workload, decision = sys.argv[1:5]
    columns = Columns(engine, f"{folder}/{workload}", decision)

    def say(message: dict) -> None:
        print(json.dumps(message), flush=True)
    say({"load": columns.load})
    for line in sys.stdin:
        words = line.split()
        if words[0] == "rows":
            say(columns.rows(int(words[1])))
        elif words[0] == "answers":
            say(columns.answers(words[2]))
        elif words[0] == "pass":
            say(columns.measure(int(words[1])))
        else:
            break
    return 0


if __name__ == "__main__":
    sys.exit(main())
