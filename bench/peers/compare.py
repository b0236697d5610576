#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the workloads through polku and through other engines, in alternated rounds on one thread, and prints tables.

    compare.py --build FOLDER [--folder FOLDER] [--rounds N] [--rows N] [--only ENGINE,...] [--works NAME,...]

FOLDER of --folder keeps installed peers, workloads and logs (default BUILD/../peers). Each engine runs in a process of its own,
which stays open; only one is ever asked at a time. Before any time counts, its answers are compared with the expected ones.
bench/run --peers calls this after its own benchmarks.
"""
import argparse
import json
import pathlib
import shutil
import sys
from dataclasses import asdict, dataclass, field

sys.dont_write_bytecode = True
import answers as checked  # noqa: E402
import engines  # noqa: E402
import install  # noqa: E402
import make_workloads  # noqa: E402
import more_workloads  # noqa: E402
import report  # noqa: E402
from session import CommandSession, EngineFault, Session  # noqa: E402


@dataclass
class Options:
    build: pathlib.Path
    folder: pathlib.Path
    rounds: int = 5
    rows: int = 10_000
    only: tuple[str, ...] = ()
    works: tuple[str, ...] = engines.DMN
    warm: float = 1.5       # seconds before the first round
    slow_warm: float = 6.0  # the same for engines with a just-in-time compiler
    compare: float = 1.5    # how long answers are compared
    length: float = 0.25    # of one pass
    six_most: float = 2.0   # of one pass over all rows of the published harness


@dataclass
class Run:
    """One engine over one workload. Times are in seconds an evaluation, one a round."""

    engine: str
    work: str
    fault: str = ""
    version: str = ""
    compared: int = 0
    differing: int = 0
    example: str = ""
    cold: float = 0.0
    load: float | None = None
    first_memory: int = 0
    most_memory: int = 0
    times: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)


class Contest:
    """All engines over one workload."""

    def __init__(self, options: Options, kits: dict[str, install.Place], work: str, index: dict) -> None:
        self.options, self.kits, self.work, self.index = options, kits, work, index
        self.folder = options.folder / "workloads"
        self.open: dict[str, Session | CommandSession] = {}
        self.counts: dict[str, int] = {}
        self.runs: dict[str, Run] = {}

    def session_of(self, engine: engines.Engine) -> Session | CommandSession:
        decision = self.index["decision"]
        command = engines.command_of(engine, self.kits[engine.kit].folder, self.options.build, self.folder, self.work, decision)
        if engine.key == "polku-command":
            return CommandSession(command, self.folder / f"{self.work}.first.jsonl", self.folder / self.index["rows"])
        return Session(command, self.options.folder / "logs" / f"{self.work}.{engine.key}.log")

    def begin(self, engine: engines.Engine) -> None:
        run = self.runs[engine.key] = Run(engine.key, self.work)
        if not self.kits[engine.kit].ready:
            run.fault = self.kits[engine.kit].reason
            return
        print(f"  {self.work}: {engine.label}", file=sys.stderr)
        try:
            session = self.open[engine.key] = self.session_of(engine)
            run.cold, run.load, run.first_memory = session.start.cold, session.start.load, session.start.memory
            session.read_rows()
            self.compare(engine, session, run)
            self.warm(engine, session)
        except EngineFault as fault:
            run.fault = str(fault)
            self.open.pop(engine.key, None)

    def compare(self, engine: engines.Engine, session: Session | CommandSession, run: Run) -> None:
        found = self.options.folder / "logs" / f"{self.work}.{engine.key}.answers"
        session.answers(self.options.compare, found)
        agreement = checked.compare_files(found, self.folder / self.index["expected"])
        run.compared, run.differing, run.example = agreement.compared, len(agreement.differing), agreement.example
        found.unlink()

    def warm(self, engine: engines.Engine, session: Session | CommandSession) -> None:
        """Ever longer passes until the time is up; then a pass of the wanted length is known."""
        left = self.options.slow_warm if engine.slow_start else self.options.warm
        if engine.key == "polku-command":
            left = 0.0
        count, each = 1, 0.0
        while True:
            made = session.run(count)
            each, left = made.each, left - made.seconds
            if left <= 0:
                break
            count = max(1, min(count * 4, int(self.options.length / max(each, 1e-9))))
        self.counts[engine.key] = self.pass_rows(each)

    def pass_rows(self, each: float) -> int:
        """How many evaluations a round has. The published harness is a pass over all of its rows, where that does not take too
        long."""
        if self.work == "six" and each * more_workloads.SIX_ROWS <= self.options.six_most:
            return more_workloads.SIX_ROWS
        return max(1, int(self.options.length / max(each, 1e-9)))

    def round(self, number: int) -> None:
        """Every engine once; who begins changes from round to round."""
        keys = list(self.open)
        at = number % len(keys)
        for key in keys[at:] + keys[:at]:
            run = self.runs[key]
            try:
                made = self.open[key].run(self.counts[key])
            except EngineFault as fault:
                run.fault = str(fault)
                del self.open[key]
                continue
            run.times.append(made.each)
            if made.own is not None:
                run.own.append(made.own / made.rows)

    def end(self) -> list[Run]:
        for key, session in self.open.items():
            self.runs[key].most_memory = session.peak()
            session.close()
        return list(self.runs.values())


def wanted_engines(options: Options, work: str) -> list[engines.Engine]:
    return [each for each in engines.ENGINES if work in each.works and (not options.only or each.key in options.only)]


def kits_of(options: Options) -> dict[str, install.Place]:
    needed = {each.kit for work in options.works for each in wanted_engines(options, work)}
    kits = install.install(options.folder, [name for name in install.KITS if name in needed])
    kits["build"] = install.Place(options.build)
    if "binding" in needed:
        kits["binding"] = install.install_binding(options.folder, options.build)
    if "node" in kits and kits["node"].ready:
        shutil.copy(install.HERE / "node/rows.mjs", kits["node"].folder)
    if "rust" in kits:
        kits["rust"].folder /= "target/release"
    return kits


def workloads(options: Options) -> dict:
    folder = options.folder / "workloads"
    index = make_workloads.make(folder, options.rows)
    for name, work in index.items():
        with open(folder / work["rows"], encoding="utf-8") as rows:
            (folder / f"{name}.first.jsonl").write_text(rows.readline(), encoding="utf-8")
    return index


def measure(options: Options) -> list[Run]:
    (options.folder / "logs").mkdir(parents=True, exist_ok=True)
    kits = kits_of(options)
    index = workloads(options)
    runs = []
    for work in options.works:
        contest = Contest(options, kits, work, index[work])
        for engine in wanted_engines(options, work):
            contest.begin(engine)
        for number in range(options.rounds):
            contest.round(number)
        runs += contest.end()
    versions = install.pinned()
    for run in runs:
        package = next(each.package for each in engines.ENGINES if each.key == run.engine)
        run.version = versions.get(package, "")
    (options.folder / "results.json").write_text(json.dumps([asdict(run) for run in runs], indent=1) + "\n", encoding="utf-8")
    return runs


def written(options: Options, runs: list[Run], machine: str) -> str:
    """The page's section."""
    return report.page(runs, engines, install.runtimes(), machine, options.rounds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--only", default="")
    parser.add_argument("--works", default=",".join(engines.DMN))
    parser.add_argument("--quick", action="store_true", help="short warm-up and passes, to try the harnesses out")
    asked = parser.parse_args()
    build = asked.build.resolve()
    folder = (asked.folder or build.parent / "peers").resolve()
    options = Options(build, folder, asked.rounds, asked.rows, tuple(filter(None, asked.only.split(","))), tuple(asked.works.split(",")))
    if asked.quick:
        options.warm, options.slow_warm, options.compare, options.length, options.six_most = 0.2, 0.5, 0.5, 0.05, 0.05
    print(written(options, measure(options), "this machine"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
