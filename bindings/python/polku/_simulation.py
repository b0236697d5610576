# SPDX-License-Identifier: Apache-2.0
"""What rules decide of a population, and what a path makes of it."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ._display import Record
from ._errors import PolkuError, check
from ._native import ffi, lib
from ._path import Path
from ._table import ArrowArray, ArrowStream, Counted, capsule_of, count_rows, stream_of
from ._text import Handle, from_json, new_context, new_handle, text_of, to_json


class Simulation(Counted, Handle):
    """What rules decide of each row of a table of people, and what other rules or figures would change, made by
    `Pack.simulation`. People are a table with a column for each fact by its name, of whatever has `__arrow_c_stream__` or
    `__arrow_c_array__`: pyarrow (a Parquet file by `pyarrow.parquet.ParquetFile(name).iter_batches()` in a
    `RecordBatchReader`), pandas, polars, DuckDB. An empty or null cell, and a fact without a column, is unknown. Memory
    does not grow with rows. One thread at a time.
    """

    def __init__(self, pack: Any, against: Any, question: bytes, columns: Any) -> None:
        self._pointer = new_handle("polku_simulation", lib.polku_simulation_destroy, lib.polku_simulation_create, pack,
                                   against, question, len(question), columns)

    def run(self, people: ArrowStream | ArrowArray, *, progress: Callable[[int], object] | None = None) -> Record:
        """The totals: `totals` by day and group with the rows, faults, changed rows, and for each side how many were
        decided and what the members of their answers come to; `days` with the versions; `unknown` facts. `progress` is
        called with the rows that were read so far; what it raises stops the work."""
        self.stopped_by = None
        rows, alive = stream_of(people)
        count_rows(rows, progress, self)
        try:
            return Record(from_json(text_of(lib.polku_simulation_run, self._open(), new_context(None), rows)))
        except PolkuError:
            if self.stopped_by is not None:
                raise self.stopped_by from None
            raise
        finally:
            del alive

    def rows(self, people: ArrowStream | ArrowArray, *,
             progress: Callable[[int], object] | None = None) -> SimulatedRows:
        """The decision of each row as a table: `row`, `day`, the columns that are kept or counted by, the members of the
        answer, those of the other side with " against" behind their names, `changed`, `rules matched`, `error`."""
        return SimulatedRows(self, people, progress)

    def report(self) -> Record:
        """The totals of the table of `rows` that was read last, once it was read to its end."""
        return Record(from_json(text_of(lib.polku_simulation_report, self._open())))


class SimulatedRows(Counted):
    """The rows of a simulation, to be read as an Arrow stream: `pyarrow.table(rows)`, `polars.DataFrame(rows)`. They are
    decided as they are read. To be read as often as what they are made from."""

    def __init__(self, simulation: Simulation, people: ArrowStream | ArrowArray,
                 progress: Callable[[int], object] | None) -> None:
        self._simulation = simulation
        self._people = people
        self._progress = progress
        # Made at once, so that a column that is missing is an error here and not where the rows are read.
        self._first: object | None = self._stream()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows as a capsule of Arrow's C stream interface. A schema that is requested is not looked at."""
        ready, self._first = self._first, None
        return ready if ready is not None else self._stream()

    def _stream(self) -> object:
        out = ffi.new("struct ArrowArrayStream *")
        error = ffi.new("polku_error **")
        rows, alive = stream_of(self._people)
        check(lib.polku_simulation_rows(self._simulation._open(), new_context(None), rows, out, error), error)
        del alive
        count_rows(out, self._progress, self)
        return capsule_of(out)


def simulate_path(assumptions: Mapping[str, Any], *, paths: Iterable[Path] = (),
                  against: Mapping[str, Any] | None = None, paths_against: Iterable[Path] = (),
                  ladder: Handle | None = None, repeats: int = 100, seed: int | None = None,
                  threads: int = 1) -> Record:
    """Clients along a path, month by month, from stated assumptions (docs/simulation.md, "Months along a path"): `figures`
    with the spread over the `repeats` of each measure by month and municipality, `months`, `versions`, `clients`.
    `paths` are the versions of the path, the shipped one unless said; `against` and `paths_against` make another side,
    with `difference` in each figure. `ladder` is the `Pack` of the municipal share, the shipped one unless said. The
    figures do not depend on `threads`.
    """
    members = {"assumptions": assumptions, "against": against, "repeats": repeats, "seed": seed, "threads": threads}
    asked = to_json({name: value for name, value in members.items() if value is not None})
    is_of, other = list(paths), list(paths_against)
    return Record(from_json(text_of(
        lib.polku_path_simulate, _array_of(is_of), len(is_of), _array_of(other), len(other),
        ffi.NULL if ladder is None else ladder._open(), new_context(None), asked, len(asked))))


def _array_of(paths: list[Path]) -> Any:
    return ffi.new("polku_path *[]", [each._open() for each in paths])
