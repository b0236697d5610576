#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Engines for Python, and polku's own binding, behind the line protocol of ../README.md.

    rows.py ENGINE FOLDER WORKLOAD DECISION

An engine's constructor loads the model; `prepare` makes the input of a row (not timed), `run` is what is timed, `plain` makes
the answer ready for JSON.
"""
import json
import pathlib
import re
import sys
import time
from datetime import date
from decimal import Decimal
from typing import Any

DATE_INPUT = re.compile(r'<inputData [^>]*name="(\w+)"><variable [^>]*typeRef="date"')


def exact(line: str):
    return json.loads(line, parse_float=Decimal)


def text_of(value) -> str:
    """JSON with the digits of decimals kept."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(name)}:{text_of(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(text_of, value)) + "]"
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value.isoformat() if isinstance(value, date) else value)


class Zen:
    """zen-engine: dict in, dict out. It takes numbers as float or int, so money comes as float here."""

    def __init__(self, base: str, decision: str) -> None:
        import zen
        self.decision = decision
        content = zen.ZenDecisionContent(pathlib.Path(f"{base}.zen.json").read_text(encoding="utf-8"))
        self.graph = zen.ZenEngine().create_decision(content)
        self.times: list[str] = []

    def prepare(self, line: str) -> Any:
        return json.loads(line)

    def run(self, row: Any) -> Any:
        made = self.graph.evaluate(row)
        self.times.append(made["performance"])
        return made["result"]

    def plain(self, result: Any) -> Any:
        """No rule hit is an empty dict here, and one output is still a dict."""
        if not result:
            return None
        return result[self.decision] if list(result) == [self.decision] else result

    def own(self) -> float:
        """What the engine says of itself, in seconds, since the last question."""
        units = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0}
        found = [re.fullmatch(r"([\d.]+)\s*(\D+)", each) for each in self.times]
        self.times.clear()
        return sum(float(each[1]) * units[each[2]] for each in found if each)


class ZenBytes(Zen):
    """The row as JSON bytes, which the engine parses in each call."""

    def prepare(self, line: str) -> Any:
        return line.strip().encode("utf-8")


class Spiff:
    """SpiffWorkflow's decision tables. Their cells are Python expressions, so those of the model are written so first."""

    def __init__(self, base: str, decision: str) -> None:
        from lxml import etree
        from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
        from SpiffWorkflow.dmn.parser.DMNParser import DMNParser
        from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
        sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
        import translate
        self.decision = decision
        text = translate.python_model(pathlib.Path(f"{base}.dmn").read_text(encoding="utf-8"))
        parser = DMNParser(None, etree.fromstring(text.encode("utf-8")), {"dmn": translate.DMN.strip("{}")})
        parser.parse()
        self.engine = DMNEngine(parser.decision.decisionTables[0])
        self.script = PythonScriptEngine()

    def prepare(self, line: str) -> Any:
        return exact(line)

    def run(self, row: Any) -> Any:
        task = Task(dict(row), self.script)
        return self.engine.result(task)

    def plain(self, result: Any) -> Any:
        if not result:
            return None
        return result[self.decision] if list(result) == [self.decision] else result


class Task:
    """What SpiffWorkflow's tables need of a task."""

    def __init__(self, data: dict, script: Any) -> None:
        self.data = data
        self.workflow = self
        self.script_engine = script


class Polku:
    """The binding over the C ABI: a prepared decision, called with one value for each input."""

    def __init__(self, base: str, decision: str) -> None:
        import polku
        model = pathlib.Path(f"{base}.dmn").read_text(encoding="utf-8")
        program = polku.Program([("model.dmn", model)])
        self.program = program
        self.dates = set(DATE_INPUT.findall(model))
        found = program.decision(decision)
        self.names = list(found.inputs)
        self.prepared = found.prepare()

    def prepare(self, line: str) -> Any:
        row = exact(line)
        for name, value in row.items():
            if name in self.dates:
                row[name] = date.fromisoformat(value)
            elif isinstance(value, str):
                self.prepared.intern(value)
        return tuple(row[name] for name in self.names)

    def run(self, row: Any) -> Any:
        return self.prepared(*row)

    def plain(self, result: Any) -> Any:
        return result


class PolkuMapping:
    """The same through `Program.evaluate`: a dict in, a dict out."""

    def __init__(self, base: str, decision: str) -> None:
        import polku
        self.program = polku.Program.read(f"{base}.dmn")
        self.found = self.program.decision(decision)

    def prepare(self, line: str) -> Any:
        return exact(line)

    def run(self, row: Any) -> Any:
        return self.found.evaluate(row)

    def plain(self, result: Any) -> Any:
        return result


ENGINES = {"zen-python": Zen, "zen-python-bytes": ZenBytes, "spiff": Spiff, "polku-python": Polku, "polku-python-dict": PolkuMapping}


class Rows:
    def __init__(self, engine: str, base: str, decision: str) -> None:
        self.base = base
        started = time.perf_counter()
        self.engine = ENGINES[engine](base, decision)
        with open(f"{base}.rows.jsonl", encoding="utf-8") as rows:
            self.engine.run(self.engine.prepare(rows.readline()))
        self.load = time.perf_counter() - started
        self.inputs: list = []
        self.at = 0

    def rows(self) -> dict:
        with open(f"{self.base}.rows.jsonl", encoding="utf-8") as rows:
            self.inputs = [self.engine.prepare(line) for line in rows]
        return {"rows": len(self.inputs)}

    def turn(self, count: int) -> list:
        """The next `count` inputs, around and around."""
        if self.at + count <= len(self.inputs):
            taken = self.inputs[self.at:self.at + count]
        else:
            taken = [self.inputs[(self.at + number) % len(self.inputs)] for number in range(count)]
        self.at = (self.at + count) % len(self.inputs)
        return taken

    def measure(self, count: int) -> dict:
        taken, run = self.turn(count), self.engine.run
        own = getattr(self.engine, "own", None)
        if own:
            own()
        hits = 0
        started = time.perf_counter()
        for row in taken:
            if run(row) is not None:
                hits += 1
        took = time.perf_counter() - started
        return {"seconds": took, "hits": hits, **({"own": own()} if own else {})}

    def answers(self, most: float, path: str) -> dict:
        until = time.perf_counter() + most
        written = 0
        with open(path, "w", encoding="utf-8") as out:
            for row in self.inputs:
                out.write(text_of(self.engine.plain(self.engine.run(row))) + "\n")
                written += 1
                if time.perf_counter() > until:
                    break
        return {"rows": written}


def main() -> int:
    engine, folder, workload, decision = sys.argv[1:5]
    rows = Rows(engine, f"{folder}/{workload}", decision)

    def say(message: dict) -> None:
        print(json.dumps(message), flush=True)
    say({"load": rows.load})
    for line in sys.stdin:
        words = line.split()
        if words[0] == "rows":
            say(rows.rows())
        elif words[0] == "answers":
            say(rows.answers(float(words[1]), words[2]))
        elif words[0] == "pass":
            say(rows.measure(int(words[1])))
        else:
            break
    return 0


if __name__ == "__main__":
    sys.exit(main())
