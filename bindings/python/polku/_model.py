# SPDX-License-Identifier: Apache-2.0
"""DMN models and FEEL expressions."""
from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from ._display import Explanation, Record, Records, rows_table
from ._errors import InvalidError, check
from ._native import ffi, lib
from ._prepared import Prepared
from ._table import ArrowArray, ArrowStream, Table, table_options
from ._text import Handle, document, files_of, from_json, new_context, new_handle, text_of, to_json


def evaluate(expression: str, names: Mapping[str, Any] | None = None, *, now: date | datetime | None = None) -> Any:
    """Evaluates one FEEL expression over the given names.

    Numbers come back as Decimal, lists as list, contexts as dict, temporal values as their ISO text. `now` is what
    `now()` and `today()` answer; without it they are null.

    >>> evaluate("sum(for p in payments return p.amount)", {"payments": [{"amount": 1}, {"amount": 2}]})
    Decimal('3')
    """
    text = expression.encode("utf-8")
    given = to_json(dict(names or {}))
    return from_json(text_of(lib.polku_feel_evaluate, new_context(now), text, len(text), given, len(given)))


class Program(Handle):
    """A compiled DMN model; immutable, to be shared by threads."""

    def __init__(self, files: Iterable[tuple[str, str | bytes]]) -> None:
        """Compiles `(name, XML)` pairs: the first is the main model, the others are what it imports."""
        array, count, alive = files_of(files)
        self._pointer = new_handle("polku_program", lib.polku_program_destroy, lib.polku_program_compile, array, count)
        del alive

    @classmethod
    def read(cls, *paths: str | pathlib.Path) -> Program:
        """Compiles files: the main model first, then its imports."""
        return cls((pathlib.Path(path).name, pathlib.Path(path).read_bytes()) for path in paths)

    @property
    def decisions(self) -> list[str]:
        """Names of the decisions, decision services and business knowledge models, in file order."""
        program = self._open()
        count = lib.polku_program_decision_count(program)
        return [bytes(ffi.string(lib.polku_program_decision_name(program, i))).decode("utf-8") for i in range(count)]

    def check(self) -> Records:
        """Findings of the checker; empty when all is well."""
        return Records(document(text_of(lib.polku_program_check, self._open())))

    def analyse(self, **options: bool | int) -> Record:
        """Studies every decision table: gaps, rules that clash or are never chosen, cells outside their domain.

        The answer has `verdict`, `tables` and `findings`, as docs/analysis.md describes them. Options: `nulls`, `advice`,
        `max_work`, `max_findings`, `max_replays`.
        """
        given = to_json(dict(options))
        return Record(document(text_of(lib.polku_program_analyse, self._open(), given, len(given))))

    def _repr_html_(self) -> str:
        shown = [{"decision": name, "inputs": self.decision(name).inputs, "outputs": list(self.decision(name).outputs)}
                 for name in self.decisions]
        return rows_table(shown)

    def decision(self, name: str) -> Decision:
        """The decision of that name or id."""
        out = ffi.new("uint32_t *")
        error = ffi.new("polku_error **")
        text = name.encode("utf-8")
        check(lib.polku_program_find(self._open(), text, len(text), out, error), error)
        return Decision(self, name, out[0])

    def evaluate(self, decision: str, inputs: Mapping[str, Any], *, now: date | datetime | None = None) -> Any:
        """Evaluates a decision over a mapping of its input data; an unknown name is an error, an absent one null."""
        return self.decision(decision).evaluate(inputs, now=now)


class Decision:
    """One decision of a program."""

    def __init__(self, program: Program, name: str, index: int) -> None:
        self.name = name
        self._program = program
        self._index = index

    @property
    def inputs(self) -> dict[str, str]:
        """Names and FEEL types of the input data, in the order of the typed call."""
        program = self._program._open()
        count = lib.polku_program_input_count(program, self._index)

        def text(data: Any) -> str:
            return bytes(ffi.string(data)).decode("utf-8")

        return {text(lib.polku_program_input_name(program, self._index, i)):
                text(lib.polku_program_input_type(program, self._index, i)) for i in range(count)}

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names of the entries of its result; its own name where the result is one value."""
        program = self._program._open()
        named = [lib.polku_program_output_name(program, self._index, i)
                 for i in range(lib.polku_program_output_count(program, self._index))]
        return tuple(bytes(ffi.string(each)).decode("utf-8") or self.name for each in named)

    def _repr_html_(self) -> str:
        return rows_table([{"decision": self.name, "inputs": self.inputs, "outputs": list(self.outputs)}])

    def evaluate(self, inputs: Mapping[str, Any], *, now: date | datetime | None = None) -> Any:
        """The decision's value."""
        return self._call(lib.polku_program_evaluate_json, inputs, now)

    def explain(self, inputs: Mapping[str, Any], *, now: date | datetime | None = None) -> Explanation:
        """The value with the trace: input values, the rules that matched and their annotations; for tables without a
        match the nearest rules with their failing cells, and the causes of nulls."""
        return Explanation(self._call(lib.polku_program_explain_json, inputs, now))

    def why_not(self, inputs: Mapping[str, Any], rule: str | int | None = None, *,
                now: date | datetime | None = None) -> Record:
        """The value, the tables without a match with their nearest rules, and where the nulls came from. With the id or
        the number (from 1) of a rule also the cells that keep it from being met."""
        asked = ffi.NULL if rule is None else str(rule).encode("utf-8")
        return Record(self._call(lib.polku_program_why_not_json, inputs, now, asked, 0 if rule is None else len(asked)))

    def prepare(self, *, now: date | datetime | None = None) -> Prepared:
        """The decision made ready for many typed calls: `ready(value of the first input, ...)`."""
        return Prepared(self._program._open(), self._index, now)

    def evaluate_table(
        self,
        data: ArrowStream | ArrowArray,
        *,
        scales: int | Mapping[str, int] | None = None,
        forms: Mapping[str, str] | None = None,
        keep: Iterable[str] = (),
        error_column: str = "error",
        allow_float: bool = False,
        missing_unknown: bool = False,
        now: date | datetime | None = None,
        progress: Callable[[int], object] | None = None,
    ) -> Table:
        """Decides every row of a table that has a column for each input: a table of pyarrow, pandas or polars, a DuckDB
        relation, a reader of batches, or whatever else has `__arrow_c_stream__` or `__arrow_c_array__` (docs/arrow.md).

        The answers have the columns that `keep` names, one for each output, and `error_column` with the fault of a row, or
        null. Numbers are exact texts unless the model or `scales` (one for all, or by output) gives them a scale, at which
        they are decimals; `forms` makes a column "number", "text", "boolean" or "date". Columns of floats are refused
        unless `allow_float`; an input without a column is an error unless `missing_unknown`. `progress` is called after
        each batch with the number of rows so far; what it raises stops the work.
        """
        flags = ((lib.POLKU_BATCH_ALLOW_FLOAT if allow_float else 0)
                 | (lib.POLKU_BATCH_MISSING_UNKNOWN if missing_unknown else 0))
        options, alive = table_options(scales, forms or {}, keep, error_column, flags)
        made = Table(self._program._open(), self._index, data, options, now, progress)
        del alive
        return made

    def _call(self, call: Any, inputs: Mapping[str, Any], now: date | datetime | None, *more: Any) -> Any:
        if not isinstance(inputs, Mapping):
            raise InvalidError(f"inputs must be a mapping of names to values, not {type(inputs).__name__}")
        given = to_json(dict(inputs))
        return from_json(text_of(call, self._program._open(), new_context(now), self._index, given, len(given), *more))
