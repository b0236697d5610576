# SPDX-License-Identifier: Apache-2.0
"""Decisions inside engines of tables: Spark, DuckDB, and whatever maps batches of Arrow."""
from __future__ import annotations

import importlib
import inspect
import itertools
import os
import pathlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from ._errors import InvalidError
from ._model import Program
from ._pack import Pack

# What this process has compiled, by what it was compiled from.
_COMPILED: Final[dict[tuple[Any, ...], Program | Pack]] = {}
_SQL: Final = {"string": "VARCHAR", "boolean": "BOOLEAN", "date": "DATE"}


def _module(name: str) -> Any:
    """A library that only users of engines have."""
    return importlib.import_module(name)


class TableFunction:
    """A decision as a function over batches of rows, for engines that carry it to their workers: it can be pickled, and
    each process compiles it once. Called with an iterator of `pyarrow.RecordBatch` it gives one of answers, a batch at a
    time: the columns of `Decision.evaluate_table` or, of a pack, those of `Simulation.rows` but `row`. Texts are plain
    and not by dictionary, since not every engine reads those. What fails, fails in the engine's job: no answer is left
    out. Needs pyarrow.

        frame.mapInArrow(function, function.spark_schema(frame))           # Spark
        function.register(connection, "rates", numbers="DECIMAL(18, 2)")   # DuckDB
    """

    def __init__(self, files: Iterable[tuple[str, str | bytes]], decision: str, **options: Any) -> None:
        """Of DMN files as `Program` takes them. `options` are those of `Decision.evaluate_table`, but `progress`."""
        self._kind = "program"
        self._files = tuple((name, text if isinstance(text, bytes) else text.encode("utf-8")) for name, text in files)
        self._decision = decision
        self._options = options
        self._prepare()

    @classmethod
    def read(cls, path: str | os.PathLike[str], decision: str, **options: Any) -> TableFunction:
        """Of one DMN file."""
        place = pathlib.Path(path)
        return cls([(place.name, place.read_bytes())], decision, **options)

    @classmethod
    def of_pack(cls, pack: str | os.PathLike[str], decision: str, **options: Any) -> TableFunction:
        """Of a rule pack: the id of a shipped one, or a folder with a pack.json. `options` are those of
        `Pack.simulation`, but `against_pack`; `decided` is needed."""
        made = cls.__new__(cls)
        place = pathlib.Path(pack)
        names = [place / "pack.json", *sorted(place.glob("*.dmn"))] if place.is_dir() else []
        made._kind = "pack" if names else "shipped"
        made._files = tuple((each.name, each.read_bytes()) for each in names) or ((str(pack), b""),)
        made._decision = decision
        made._options = options
        made._prepare()
        return made

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Answers to batches of rows, which have one schema; nothing for no batches."""
        pyarrow = _module("pyarrow")
        rest = iter(batches)
        first = next(rest, None)
        if first is None:
            return
        rows = pyarrow.RecordBatchReader.from_batches(first.schema, itertools.chain([first], rest))
        for answers in pyarrow.RecordBatchReader.from_stream(self._answers(rows)):
            yield self._plain(answers)

    def schema(self, rows: Any) -> Any:
        """The columns that a table with this `pyarrow.Schema` is answered with, as one."""
        pyarrow = _module("pyarrow")
        answers = self._answers(pyarrow.RecordBatchReader.from_batches(rows, iter(())))
        empty = pyarrow.RecordBatchReader.from_stream(answers).schema.empty_table()
        return self._plain(pyarrow.RecordBatch.from_arrays([column.combine_chunks() for column in empty.columns],
                                                           schema=empty.schema)).schema

    def spark_schema(self, frame: Any) -> Any:
        """The same for a data frame of Spark, as its `StructType`, which `mapInArrow` asks for."""
        types = _module("pyspark.sql.pandas.types")
        return types.from_arrow_schema(self.schema(types.to_arrow_schema(frame.schema)))

    def register(self, connection: Any, name: str, *, numbers: str | Mapping[str, str] | None = None) -> None:
        """Makes a decision of DMN files a function of a DuckDB connection, which takes its inputs in their order and
        answers a STRUCT of its outputs and the row's error. `numbers` is the SQL type of inputs that are numbers, for
        all or by input: DuckDB rounds what a type cannot hold, so it is yours to choose. Not of a pack, whose rows may be
        several for a row of people: give it the relation itself."""
        pyarrow = _module("pyarrow")
        program = self._compiled()
        if not isinstance(program, Program):
            raise InvalidError("a function of DuckDB is a decision of DMN files; give Pack.simulation the relation itself")
        inputs = program.decision(self._decision).inputs
        types = {each: numbers if isinstance(numbers, str) or numbers is None else numbers.get(each)
                 for each in inputs}
        parameters = [_SQL[kind] if kind in _SQL else types[each] for each, kind in inputs.items()]
        for each, kind, sql in zip(inputs, inputs.values(), parameters):
            if sql is None:
                raise InvalidError(f"input '{each}' is {kind}: say its SQL type by `numbers`, such as DECIMAL(18, 2)")
        empty = pyarrow.schema([pyarrow.field(each, _arrow_type(kind)) for each, kind in inputs.items()])
        answered = self.schema(empty)
        connection.create_function(name, self._columns(list(inputs)), parameters, _struct_of(answered), type="arrow",
                                   null_handling="special")

    def _columns(self, names: list[str]) -> Callable[..., Any]:
        pyarrow = _module("pyarrow")
        def decide(*columns: Any) -> Any:
            table = pyarrow.table(dict(zip(names, columns)))
            answers = pyarrow.table(self._answers(table)).combine_chunks().to_batches()
            plain = self._plain(answers[0]) if answers else self.schema(table.schema).empty_table().to_batches()[0]
            return pyarrow.StructArray.from_arrays(plain.columns, names=plain.schema.names)

        # DuckDB counts the parameters that it sees.
        decide.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [inspect.Parameter(f"input_{place}", inspect.Parameter.POSITIONAL_ONLY) for place in range(len(names))])
        return decide

    def _prepare(self) -> None:
        """Mistakes are found where the function is made, and not first in a worker."""
        made = self._compiled()
        if isinstance(made, Program):
            made.decision(self._decision)
        else:
            made.simulation(self._decision, **self._options).close()

    def _compiled(self) -> Program | Pack:
        key = (self._kind, self._files)
        if key not in _COMPILED:
            _COMPILED[key] = (Program(self._files) if self._kind == "program"
                              else Pack.shipped(self._files[0][0]) if self._kind == "shipped" else Pack(self._files))
        return _COMPILED[key]

    def _answers(self, rows: Any) -> Any:
        made = self._compiled()
        if isinstance(made, Program):
            return made.decision(self._decision).evaluate_table(rows, **self._options)
        return made.simulation(self._decision, **self._options).rows(rows)

    def _plain(self, batch: Any) -> Any:
        """The batch without dictionaries and, of a pack, without `row`, which counts within one worker's rows."""
        pyarrow = _module("pyarrow")
        names, columns = [], []
        for field, column in zip(batch.schema, batch.columns):
            if field.name == "row" and self._kind != "program":
                continue
            names.append(field.name)
            columns.append(column.cast(pyarrow.string()) if pyarrow.types.is_dictionary(field.type) else column)
        return pyarrow.RecordBatch.from_arrays(columns, names=names)


def _arrow_type(kind: str) -> Any:
    """The type of a column that stands for an input where only its name counts."""
    pyarrow = _module("pyarrow")
    return {"boolean": pyarrow.bool_(), "date": pyarrow.date32(), "number": pyarrow.decimal128(38, 0)}.get(kind, pyarrow.string())


def _struct_of(schema: Any) -> str:
    """The type of a row of answers in SQL."""
    pyarrow = _module("pyarrow")
    def sql(of: Any) -> str:
        if pyarrow.types.is_decimal(of):
            return f"DECIMAL({of.precision}, {of.scale})"
        return "BOOLEAN" if pyarrow.types.is_boolean(of) else "DATE" if pyarrow.types.is_date32(of) else "VARCHAR"

    members = ", ".join('"{}" {}'.format(field.name.replace('"', '""'), sql(field.type)) for field in schema)
    return f"STRUCT({members})"
