# SPDX-License-Identifier: Apache-2.0
"""FEEL's simple unary tests, as far as the workloads use them: as a Python predicate (the reference, with decimals) and as a
C++ condition (the hand-written floor). Independent of polku."""
import re
from decimal import Decimal

INTERVAL = re.compile(r"^([\[(])(-?[\d.]+)\.\.(-?[\d.]+)([\])])$")
COMPARISON = re.compile(r"^(<=|>=|<|>)\s*(-?[\d.]+)$")
TEXT = re.compile(r'"([^"]*)"')


def interval_of(cell: str):
    """(low, low_closed, high, high_closed) of a number cell; None for the other kinds. An open side is None."""
    if found := INTERVAL.match(cell):
        return Decimal(found[2]), found[1] == "[", Decimal(found[3]), found[4] == "]"
    if found := COMPARISON.match(cell):
        bound, closed = Decimal(found[2]), found[1].endswith("=")
        return (None, False, bound, closed) if found[1].startswith("<") else (bound, closed, None, False)
    return None


def predicate(cell: str):
    """The test as a function of the input value."""
    if cell == "-":
        return lambda value: True
    if cell in ("true", "false"):
        wanted = cell == "true"
        return lambda value: value is wanted
    if '"' in cell:
        texts = frozenset(TEXT.findall(cell))
        if cell.startswith("not("):
            return lambda value: value not in texts
        return lambda value: value in texts
    low, low_closed, high, high_closed = interval_of(cell)

    def inside(value):
        above = low is None or value > low or (low_closed and value == low)
        below = high is None or value < high or (high_closed and value == high)
        return above and below
    return inside


def cpp_condition(cell: str, name: str, text_of) -> str | None:
    """The test as a C++ expression over integers, booleans and what `text_of` makes of a text; None for any."""
    if cell == "-":
        return None
    if cell in ("true", "false"):
        return name if cell == "true" else "!" + name
    if '"' in cell:
        either = " || ".join(f"{name} == {text_of(text)}" for text in TEXT.findall(cell))
        return ("!" if cell.startswith("not(") else "") + f"({either})"
    low, low_closed, high, high_closed = interval_of(cell)
    parts = []
    if low is not None:
        parts.append(f"{name} {'>=' if low_closed else '>'} {low}")
    if high is not None:
        parts.append(f"{name} {'<=' if high_closed else '<'} {high}")
    return " && ".join(parts)


def hits(rules, row) -> list[int]:
    """Indices of the rules whose tests all hold; `rules` has compiled predicates first."""
    return [at for at, (tests, _) in enumerate(rules) if all(test(value) for test, value in zip(tests, row))]
