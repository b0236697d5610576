# SPDX-License-Identifier: Apache-2.0
"""The FEEL tables through Python: `expression;context;expected;note`, as tests/unit/feel/tables_test.cpp reads them."""
import csv
import datetime
import pathlib

import polku
import pytest

TABLES = pathlib.Path(__file__).resolve().parents[3] / "tests" / "tables" / "feel"
HEADER = ["expression", "context", "expected", "note"]
NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.timezone.utc)


def rows_of(table):
    with table.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.reader(lines, delimiter=";") if row]
    return rows[1:] if rows and rows[0] == HEADER else []


def evaluated(expression, context):
    """The value; what does not compile counts as null. A context is put around, so that its values keep their types."""
    if context:
        expression = f"{context.rstrip()[:-1]}, the answer: {expression}\n}}.the answer"
    try:
        return polku.evaluate(expression, now=NOW)
    except polku.InvalidError:
        return None


@pytest.mark.parametrize("table", [path for path in sorted(TABLES.rglob("*.csv")) if rows_of(path)],
                         ids=lambda path: str(path.relative_to(TABLES)))
def test_table(table):
    wrong = []
    for expression, context, expected, *_ in rows_of(table):
        found, wanted = evaluated(expression, context), evaluated(expected, context)
        if found != wanted:
            wrong.append(f"{expression}: expected {wanted!r}, found {found!r}")
    assert not wrong, "\n".join(wrong)


def test_there_are_tables():
    assert sum(len(rows_of(path)) for path in TABLES.rglob("*.csv")) > 500
