# SPDX-License-Identifier: Apache-2.0
"""Decisions over whole tables: Arrow streams in and out."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final, Protocol, runtime_checkable

from ._errors import InvalidError, check
from ._native import ffi, lib
from ._text import Handle, new_context, new_handle

_FORMS: Final = {"number": lib.POLKU_COLUMN_NUMBER, "text": lib.POLKU_COLUMN_TEXT,
                 "boolean": lib.POLKU_COLUMN_BOOLEAN, "date": lib.POLKU_COLUMN_DATE}
# Counters of streams that are not released yet, by the handle that C has of each.
_COUNTERS: Final[dict[Any, "_Counter"]] = {}


@runtime_checkable
class ArrowStream(Protocol):
    """What can be read as an Arrow stream: tables of pyarrow, pandas, polars, DuckDB and others."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A capsule of the stream."""


@runtime_checkable
class ArrowArray(Protocol):
    """What can be read as one Arrow array, such as a record batch."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        """Capsules of the schema and of the array."""


class _Counter:
    """What one stream tells a caller who wants to see its progress."""

    def __init__(self, tell: Callable[[int], object], table: Counted) -> None:
        self.tell = tell
        self.table = table


@ffi.def_extern(error=1)  # type: ignore[untyped-decorator]
def polku_python_rows(counter: Any, rows: int) -> int:
    """Called from C after each batch; 1 stops the stream."""
    told = _COUNTERS[counter]
    try:
        told.tell(rows)
    except BaseException as error:  # nothing may unwind through C: the caller finds it in the table
        told.table.stopped_by = error
        return 1
    return 0


@ffi.def_extern()  # type: ignore[untyped-decorator]
def polku_python_dropped(counter: Any) -> None:
    """Called from C when a stream that counts is released."""
    _COUNTERS.pop(counter, None)


class Counted:
    """What makes streams that may tell their progress."""

    #: What the progress callable raised, when that stopped the work.
    stopped_by: BaseException | None = None


def count_rows(stream: Any, tell: Callable[[int], object] | None, owner: Counted) -> None:
    """From now on the stream tells how many rows it gave."""
    if tell is None:
        return
    counter = ffi.new_handle(_Counter(tell, owner))
    _COUNTERS[counter] = ffi.from_handle(counter)
    lib.polku_python_count(stream, counter)


def capsule_of(stream: Any) -> object:
    """The stream as a capsule, which ends it."""
    made: list[object] = []
    if lib.polku_python_capsule(stream, id(made)) != 0:
        raise MemoryError("polku: memory ran out")
    return made[0]


class Table(Counted, Handle):
    """The answers of a decision over a table, made by `Decision.evaluate_table`: a table itself for whoever reads Arrow
    streams, such as `pyarrow.table(answers)`, `polars.DataFrame(answers)`, `pandas.DataFrame.from_arrow(answers)` or
    `duckdb.from_arrow(answers)`. Rows are decided as they are read, a batch at a time, so that a table may be larger than
    memory. It can be read again as often as what it was made from.
    """

    def __init__(self, program: Any, decision: int, data: ArrowStream | ArrowArray, options: Any,
                 now: date | datetime | None, progress: Callable[[int], object] | None) -> None:
        self._data = data
        self._progress = progress
        self._context = new_context(now)
        self._pointer = new_handle("polku_batch", lib.polku_batch_destroy, lib.polku_batch_create, program, decision,
                                   options)
        # Made at once, so that a column that is missing is an error here and not where the answers are read.
        self._first: object | None = self._stream()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The answers as a capsule of Arrow's C stream interface. A schema that is requested is not looked at."""
        self._open()
        ready, self._first = self._first, None
        return ready if ready is not None else self._stream()

    def close(self) -> None:
        """Lets go of the batch and of what it was made from; streams that were handed out go on."""
        self._first = self._data = None  # type: ignore[assignment]
        super().close()

    def _stream(self) -> object:
        out = ffi.new("struct ArrowArrayStream *")
        error = ffi.new("polku_error **")
        rows, alive = stream_of(self._data)
        check(lib.polku_batch_stream(self._open(), self._context, rows, out, error), error)
        del alive
        count_rows(out, self._progress, self)
        return capsule_of(out)


def _pointer(capsule: object, kind: str, name: bytes) -> Any:
    found = lib.polku_python_pointer(id(capsule), name)
    if found == ffi.NULL:
        raise InvalidError(f"{type(capsule).__name__} is no capsule called {name.decode('ascii')}")
    return ffi.cast(kind, found)


def stream_of(data: ArrowStream | ArrowArray) -> tuple[Any, object]:
    """A stream to be taken over, and what must live until then."""
    if hasattr(data, "__arrow_c_stream__"):
        capsule = data.__arrow_c_stream__()
        return _pointer(capsule, "struct ArrowArrayStream *", b"arrow_array_stream"), capsule
    if hasattr(data, "__arrow_c_array__"):
        schema, array = data.__arrow_c_array__()
        made = ffi.new("struct ArrowArrayStream *")
        if lib.polku_python_stream_of(_pointer(schema, "struct ArrowSchema *", b"arrow_schema"),
                                      _pointer(array, "struct ArrowArray *", b"arrow_array"), made) != 0:
            raise MemoryError("polku: memory ran out")
        return made, (schema, array)
    raise InvalidError(f"{type(data).__name__} has neither __arrow_c_stream__ nor __arrow_c_array__; tables of pyarrow, "
                       "pandas, polars and DuckDB have")


def table_options(scales: int | Mapping[str, int] | None, forms: Mapping[str, str], keep: Iterable[str],
                  error_column: str, flags: int) -> tuple[Any, list[Any]]:
    """A polku_batch_options, and what it points to."""
    wanted: list[tuple[str | None, int, int]] = []
    if isinstance(scales, int):
        wanted.append((None, lib.POLKU_COLUMN_DECIMAL, scales))
    else:
        wanted += [(name, lib.POLKU_COLUMN_DECIMAL, scale) for name, scale in (scales or {}).items()]
    for name, form in forms.items():
        if form not in _FORMS:
            raise InvalidError(f"the form of '{name}' is '{form}'; it must be one of {', '.join(_FORMS)}")
        wanted.append((name, _FORMS[form], 0))
    outputs = ffi.new("polku_batch_output[]", max(len(wanted), 1))
    names = list(keep)
    kept = ffi.new("polku_batch_column[]", max(len(names), 1))
    alive: list[Any] = [outputs, kept]
    for place, name in zip(kept, names):
        place.name, place.name_length = _borrowed(name, alive)
    for slot, (output, column, scale) in zip(outputs, wanted):
        if output is not None:
            slot.name, slot.name_length = _borrowed(output, alive)
        slot.form, slot.scale = column, scale
    options = ffi.new("polku_batch_options *")
    options.struct_size = ffi.sizeof("polku_batch_options")
    options.flags = flags
    options.outputs, options.output_count = outputs, len(wanted)
    options.keep, options.keep_count = kept, len(names)
    options.error_column, options.error_column_length = _borrowed(error_column, alive)
    return options, alive


def _borrowed(text: str, alive: list[Any]) -> tuple[Any, int]:
    """Pointer and length of a text that `alive` keeps."""
    data = text.encode("utf-8")
    alive.append(ffi.from_buffer(data))
    return ffi.cast("const char *", alive[-1]), len(data)
