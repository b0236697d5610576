# SPDX-License-Identifier: Apache-2.0
"""Compares an engine's answers with the expected ones, row by row, numbers by exact value."""
import json
import pathlib
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass
class Agreement:
    """How many rows were compared and which of them differ."""

    compared: int = 0
    differing: list[int] = field(default_factory=list)
    example: str = ""

    @property
    def equal(self) -> bool:
        return self.compared > 0 and not self.differing


def exact(line: str):
    return json.loads(line, parse_float=Decimal, parse_int=Decimal)


def same(found, expected) -> bool:
    """Equal JSON: objects by name, numbers by value, and a boolean is no number."""
    if isinstance(found, dict) and isinstance(expected, dict):
        return found.keys() == expected.keys() and all(same(found[name], expected[name]) for name in found)
    if isinstance(found, list) and isinstance(expected, list):
        return len(found) == len(expected) and all(map(same, found, expected))
    return type(found) is type(expected) and found == expected


def compare(found: list[str], expected: list[str]) -> Agreement:
    """Rows that the engine did not come to are not compared; a line too many, or none at all, is a fault of the harness."""
    if len(found) > len(expected):
        raise ValueError(f"{len(found)} answers to {len(expected)} rows")
    made = Agreement(len(found))
    for at, (one, other) in enumerate(zip(found, expected)):
        if one == other:
            continue
        try:
            equal = same(exact(one), exact(other))
        except (ValueError, ArithmeticError):
            equal = False
        if not equal:
            made.differing.append(at)
            if not made.example:
                made.example = f"row {at + 1}: found {one[:300]}, expected {other[:300]}"
    return made


def compare_files(found: pathlib.Path, expected: pathlib.Path) -> Agreement:
    return compare(found.read_text(encoding="utf-8").splitlines(), expected.read_text(encoding="utf-8").splitlines())
