#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs one small benefit rule over whole populations: polku over columns, OpenFisca over vectors, ZEN's batch call.

    population.py --build FOLDER [--folder FOLDER] [--rounds N] [--sizes ROWS,...] [--rows N]

The rule is the table w1. Each engine runs in a process of its own; only one is asked at a time, in alternated rounds, and a pass is
one call over the first so many rows. Its answers to all rows that differ (--rows, 100 000) are compared with the expected ones before
any time counts; larger sizes repeat those rows. bench/run calls this after the comparison row by row.
"""
import argparse
import json
import pathlib
import statistics
import sys
from dataclasses import asdict, dataclass, field

sys.dont_write_bytecode = True
import answers as checked  # noqa: E402
import engines  # noqa: E402
import install  # noqa: E402
import report  # noqa: E402
import translate  # noqa: E402
from session import EngineFault, Session  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "workloads"))
import table_workloads  # noqa: E402
from generate import write_lines  # noqa: E402

SIZES = (10_000, 100_000, 1_000_000)
WORK = "w1"


@dataclass
class Options:
    build: pathlib.Path
    folder: pathlib.Path
    rounds: int = 5
    sizes: tuple[int, ...] = SIZES
    rows: int = 100_000      # that differ from each other
    warm: float = 1.5        # seconds before the first round
    longest: float = 10.0    # a pass that takes longer is made in the first round alone
    too_long: float = 120.0  # one that would take longer is not made


@dataclass
class Run:
    """One engine. Times are seconds a row by size, one a round; `processor` is processor time, of all threads."""

    engine: str
    fault: str = ""
    version: str = ""
    compared: int = 0
    differing: int = 0
    example: str = ""
    most_memory: int = 0
    times: dict[int, list[float]] = field(default_factory=dict)
    processor: dict[int, list[float]] = field(default_factory=dict)

    def note(self, size: int, said: dict) -> None:
        self.times.setdefault(size, []).append(said["seconds"] / size)
        self.processor.setdefault(size, []).append(said["processor"] / size)


def make_workload(folder: pathlib.Path, rows: int) -> str:
    """Writes the rule's model, its forms for the other engines, rows and expected answers; the decision's name."""
    work = table_workloads.small_table()
    stamp = folder / "population.stamp"
    sources = [install.HERE / name for name in ("population.py", "translate.py", "../workloads/table_workloads.py", "../workloads/cells.py")]
    wanted = f"{rows} {install.stamp_of(*sources)}"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return work.decision
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{WORK}.dmn").write_text(work.model, encoding="utf-8")
    found = translate.tables(work.model)
    (folder / f"{WORK}.zen.json").write_text(translate.zen(WORK, found), encoding="utf-8")
    texts = {"employer": table_workloads.EMPLOYERS, "municipality": table_workloads.MUNICIPALITIES}
    (folder / f"{WORK}.openfisca.py").write_text(
        translate.openfisca(found[work.decision], dict(table_workloads.SMALL_INPUTS), texts), encoding="utf-8")
    made = [work.make_row() for _ in range(rows)]
    write_lines(folder / f"{WORK}.rows.jsonl", made)
    write_lines(folder / f"{WORK}.expected.jsonl", map(work.answer, made))
    stamp.write_text(wanted, encoding="ascii")
    return work.decision


class Contest:
    """All engines over the rule."""

    def __init__(self, options: Options, kits: dict[str, install.Place], decision: str) -> None:
        self.options, self.kits, self.decision = options, kits, decision
        self.folder = options.folder / "population"
        self.open: dict[str, Session] = {}
        self.runs: dict[str, Run] = {}

    def session_of(self, engine: engines.Engine) -> Session:
        command = engines.command_of(engine, self.kits[engine.kit].folder, self.options.build, self.folder, WORK, self.decision)
        return Session(command, self.options.folder / "logs" / f"population.{engine.key}.log", patience=600.0)

    def begin(self, engine: engines.Engine) -> None:
        run = self.runs[engine.key] = Run(engine.key)
        if not self.kits[engine.kit].ready:
            run.fault = self.kits[engine.kit].reason
            print(f"  {engine.label} is left out: {run.fault}", file=sys.stderr)
            return
        print(f"  population: {engine.label}", file=sys.stderr)
        try:
            session = self.open[engine.key] = self.session_of(engine)
            session.ask(f"rows {self.options.rows}")
            self.compare(engine, session, run)
            session.ask(f"rows {max(self.options.sizes)}")
            left = self.options.warm
            while left > 0:
                left -= session.ask(f"pass {min(self.options.sizes)}")["seconds"]
        except EngineFault as fault:
            self.drop(engine.key, fault)

    def drop(self, key: str, fault: EngineFault) -> None:
        self.runs[key].fault = str(fault)
        self.open.pop(key, None)
        print(f"  {key} is left out from here on: {fault}", file=sys.stderr)

    def compare(self, engine: engines.Engine, session: Session, run: Run) -> None:
        found = self.options.folder / "logs" / f"population.{engine.key}.answers"
        session.answers(self.options.too_long, found)
        agreement = checked.compare_files(found, self.folder / f"{WORK}.expected.jsonl")
        run.compared, run.differing, run.example = agreement.compared, len(agreement.differing), agreement.example
        found.unlink()

    def is_worth(self, run: Run, size: int) -> bool:
        """Whether a pass of that size is to be made, by what the others took."""
        known = [each for passes in run.times.values() for each in passes]
        expected = min(known) * size if known else 0.0
        return expected <= (self.options.longest if size in run.times else self.options.too_long)

    def round(self, number: int, size: int) -> None:
        """Every engine once; who begins changes from round to round."""
        keys = list(self.open)
        at = number % max(len(keys), 1)
        for key in keys[at:] + keys[:at]:
            run = self.runs[key]
            if not self.is_worth(run, size):
                continue
            try:
                run.note(size, self.open[key].ask(f"pass {size}"))
            except EngineFault as fault:
                self.drop(key, fault)

    def end(self) -> list[Run]:
        for key, session in self.open.items():
            self.runs[key].most_memory = session.peak()
            session.close()
        return list(self.runs.values())


def kits_of(options: Options) -> dict[str, install.Place]:
    kits = install.install(options.folder, ["python", "openfisca"])
    kits["build"] = install.Place(options.build)
    kits["binding"] = install.install_binding(options.folder, options.build)
    install.add_arrow(kits["binding"])
    return kits


def measure(options: Options) -> list[Run]:
    (options.folder / "logs").mkdir(parents=True, exist_ok=True)
    kits = kits_of(options)
    contest = Contest(options, kits, make_workload(options.folder / "population", options.rows))
    for engine in engines.POPULATION:
        contest.begin(engine)
    for size in options.sizes:
        for number in range(options.rounds):
            contest.round(number, size)
    runs = contest.end()
    versions = install.pinned()
    for run in runs:
        run.version = versions.get(next(each.package for each in engines.POPULATION if each.key == run.engine), "")
    (options.folder / "population.json").write_text(json.dumps([asdict(run) for run in runs], indent=1) + "\n", encoding="utf-8")
    return runs


# --------------------------------------------------------------------------------------------------- as Markdown
def cell(run: Run, size: int, base: Run | None) -> str:
    """Median of the time, and how many times the reference's processor time it took, which stands a busy machine better."""
    if size not in run.times:
        return "not run"
    text = report.spread(run.times[size])
    if base is None or run.differing or base is run or size not in base.times:
        return text
    both = min(len(run.times[size]), len(base.times[size]))
    return f"{text}; {report.figure(report.ratio(run.processor[size][:both], base.processor[size][:both]))} times"


def rows_a_second(seconds: float) -> str:
    return f"{report.figure(1e-6 / seconds)} M" if seconds < 1e-6 else report.figure(1 / seconds)


def line(engine: engines.Engine, run: Run, sizes: tuple[int, ...], base: Run | None) -> str:
    largest = max(run.times)
    cells = " | ".join(cell(run, size, base) for size in sizes)
    return (f"| {report.label_of(engine, run)} | {report.rows_text(run)} | {cells} | "
            f"{rows_a_second(statistics.median(run.times[largest]))} | {report.time_text(statistics.median(run.processor[largest]))} | "
            f"{rows_a_second(statistics.median(run.processor[largest]))} | {report.megabytes(run.most_memory)} |")


def written(options: Options, runs: list[Run], machine: str) -> str:
    """The page's section."""
    by_key = {run.engine: run for run in runs}
    base = by_key.get(engines.POPULATION_REFERENCE)
    base = base if base is not None and base.times else None
    heads = " | ".join(f"a row of {size:,}".replace(",", " ") for size in options.sizes)
    lines = [f"| engine | answers | {heads} | rows a second | processor time a row | rows a second and core | most memory |",
             "|---|---|" + "---|" * len(options.sizes) + "---|---|---|---|"]
    lines += [line(engine, by_key[engine.key], options.sizes, base) for engine in engines.POPULATION
              if engine.key in by_key and by_key[engine.key].times]
    told = [f"{machine}; medians of {options.rounds} alternated rounds, least and most in brackets; times are multiples of "
            "the processor time of polku's Arrow call. The last four columns are of the largest size that was run.", "\n".join(lines)]
    if differ := report.differences_of(runs, engines.POPULATION, WORK):
        told.append("\n".join(differ))
    names = {engine.key: engine.label for engine in engines.POPULATION}
    if out := [f"- {names[run.engine]} was not measured: {run.fault.rstrip('.')}." for run in runs if run.fault]:
        told.append("\n".join(out))
    return "\n\n".join(told) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--rows", type=int, default=100_000)
    asked = parser.parse_args()
    build = asked.build.resolve()
    options = Options(build, (asked.folder or build.parent / "peers").resolve(), asked.rounds,
                      tuple(map(int, asked.sizes.split(","))), asked.rows)
    print(written(options, measure(options), "this machine"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
