# SPDX-License-Identifier: Apache-2.0
"""Writes the comparison as Markdown. Takes plain data, measures nothing, invents nothing."""
import statistics

WORKS = {
    "w1": "w1: a table of 24 rules over 6 inputs, FIRST",
    "w2": "w2: a table of 1 000 rules over 5 inputs, UNIQUE",
    "w3": "w3: a graph of 8 decisions with dates, decimals, a list and two tables",
    "six": "six: the published table of 6 rules, FIRST",
    "chain": "chain: two tables of 3 700 rules, FIRST, one over the other",
}
NUMBERS_FROM = 100  # from how many of a unit on no decimals are written


def time_text(seconds: float) -> str:
    unit, factor = next((pair for pair in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)) if seconds * pair[1] >= 1), ("ns", 1e9))
    return f"{figure(seconds * factor)} {unit}"


def figure(value: float) -> str:
    """Three digits that count."""
    if value >= NUMBERS_FROM:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.3g}"


def spread(values: list[float]) -> str:
    return f"{time_text(statistics.median(values))} ({time_text(min(values))} to {time_text(max(values))})"


def ratio(values: list[float], reference: list[float]) -> float:
    """The median of the rounds' own ratios, so that a machine that slows down between rounds does not shift it."""
    return statistics.median(one / other for one, other in zip(values, reference))


def rows_text(run) -> str:
    if run.differing:
        return f"**{run.differing} of {run.compared} differ**"
    return f"{run.compared} equal"


def megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB" if size else ""


def label_of(engine, run) -> str:
    return f"{engine.label} {run.version}" if run.version else engine.label


def work_table(runs: list, listed: list, reference: str) -> str:
    """One workload: the measured engines, fastest first, then those that could not be."""
    by_key = {run.engine: run for run in runs}
    base = by_key[reference].times if reference in by_key else []
    lines = []
    for engine in listed:
        run = by_key.get(engine.key)
        if run is None or not run.times:
            continue
        beside = figure(ratio(run.times, base)) if base and not run.differing else ""
        load = time_text(run.load) if run.load is not None else ""
        lines.append((statistics.median(run.times), f"| {label_of(engine, run)} | {spread(run.times)} | {beside} | {rows_text(run)} | "
                      f"{load} | {time_text(run.cold)} | {megabytes(run.first_memory)} | {megabytes(run.most_memory)} |"))
        if engine.labelled_own and run.own and min(run.own) > 0:
            own = figure(ratio(run.own, base)) if base and not run.differing else ""
            lines.append((statistics.median(run.own), f"| {engine.labelled_own} | {spread(run.own)} | {own} | | | | | |"))
    head = ["| engine | an evaluation | times polku's typed call | answers | load | process to first answer | memory then | most memory |",
            "|---|---|---|---|---|---|---|---|"]
    return "\n".join(head + [line for _, line in sorted(lines)])


def faults(runs: list, listed: list) -> list[str]:
    names = {engine.key: engine.label for engine in listed}
    return [f"- {names[run.engine]} was not measured on {run.work}: {run.fault.rstrip('.')}." for run in runs if run.fault]


def differences_of(runs: list, listed: list, work: str) -> list[str]:
    names = {engine.key: engine.label for engine in listed}
    return [f"- {names[run.engine]}, {work}: {run.differing} of {run.compared} rows differ, such as {code(run.example)}"
            for run in runs if run.differing]


def differences(runs: list, listed: list) -> list[str]:
    return [line for run in runs for line in differences_of([run], listed, run.work)]


def code(text: str) -> str:
    return "`" + text.replace("`", "'") + "`"


def fastest_peers(runs: list, listed: list, reference: str) -> list[str]:
    """A line for each workload: the fastest other engine whose answers are equal."""
    peers = {engine.key: engine for engine in listed if engine.is_peer}
    lines = []
    for work in WORKS:
        of_work = {run.engine: run for run in runs if run.work == work and run.times}
        rivals = [run for key, run in of_work.items() if key in peers and not run.differing]
        if reference not in of_work or not rivals:
            continue
        best = min(rivals, key=lambda run: statistics.median(run.times))
        times = ratio(best.times, of_work[reference].times)
        lines.append(f"| {work} | {label_of(peers[best.engine], best)} | {time_text(statistics.median(best.times))} | "
                     f"{time_text(statistics.median(of_work[reference].times))} | {figure(times)} |")
    return ["| work | fastest other engine with equal answers | its time | polku's typed call | times as long |", "|---|---|---|---|---|",
            *lines] if lines else []


# What is asked of polku beside peers: (what, work, the peer's key, whether its own clock counts, polku's key, at least so many times).
GOALS = [
    ("w1, C ABI beside ZEN's own time (node)", "w1", "zen-node", True, "polku-c-symbols", 100.0),
    ("w1, C ABI beside ZEN's own time (Python)", "w1", "zen-python", True, "polku-c-symbols", 100.0),
    ("w1, from Python one by one", "w1", "zen-python", False, "polku-python", 10.0),
    ("w2, from Python one by one", "w2", "zen-python", False, "polku-python", 10.0),
    ("w3, from Python one by one", "w3", "zen-python", False, "polku-python", 10.0),
]


def goals(runs: list) -> list[str]:
    found = {(run.work, run.engine): run for run in runs if run.times}
    lines = []
    for what, work, peer, own, ours, least in GOALS:
        one, other = found.get((work, peer)), found.get((work, ours))
        if one is None or other is None:
            continue
        measured = one.own if own else one.times
        if measured and min(other.times) > 0:
            lines.append(f"| {what} | {time_text(statistics.median(measured))} | {time_text(statistics.median(other.times))} | "
                         f"{figure(ratio(measured, other.times))} | at least {least:g} |")
    return ["| what | peer | polku | times as fast | goal |", "|---|---|---|---|---|", *lines] if lines else []


def page(runs: list, engines, runtimes: dict[str, str], machine: str, rounds: int) -> str:
    """The whole section: a line on the machine, the summaries, a table for each workload, what differs, what was not run."""
    listed = engines.ENGINES
    parts = [f"{machine}; medians of {rounds} alternated rounds, least and most in brackets. "
             + ", ".join(f"{name}: {version}" for name, version in runtimes.items()) + "."]
    parts += ["\n".join(lines) for lines in (fastest_peers(runs, listed, engines.REFERENCE), goals(runs)) if lines]
    for work, title in WORKS.items():
        of_work = [run for run in runs if run.work == work]
        if of_work:
            parts += [f"### {title}", work_table(of_work, listed, engines.REFERENCE)]
    if told := differences(runs, listed):
        parts += ["### Answers that differ", "\n".join(told)]
    not_run = faults(runs, listed) + [f"- {name}: {why}." for name, why in engines.NOT_RUN]
    parts += ["### Not run", "\n".join(not_run)]
    return "\n\n".join(parts) + "\n"
