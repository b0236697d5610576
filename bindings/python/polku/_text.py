# SPDX-License-Identifier: Apache-2.0
"""Text and values over the C boundary."""
from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Self

from ._errors import MisuseError, check
from ._native import ffi, lib

#: What goes in and comes out of decisions.
Value = None | bool | int | Decimal | str | date | time | datetime | timedelta | list[Any] | dict[str, Any]


def version() -> str:
    """The product version of the library."""
    return bytes(ffi.string(lib.polku_version())).decode("ascii")


def abi_version() -> int:
    """The interface version of the library: major * 1 000 000 + minor * 1 000 + patch."""
    return int(lib.polku_abi_version())


def _iso_duration(span: timedelta) -> str:
    micros = (span.days * 86_400 + span.seconds) * 1_000_000 + span.microseconds
    sign, micros = ("-", -micros) if micros < 0 else ("", micros)
    whole, part = divmod(micros, 1_000_000)
    fraction = f".{part:06d}".rstrip("0") if part else ""
    return f"{sign}PT{whole}{fraction}S"


_quote = json.encoder.encode_basestring  # the C encoder's own, with text beyond ASCII left as it is


def _write(value: Any) -> str:
    given = type(value)
    if given is str:
        return _quote(value)
    if given is int:
        return str(value)
    if given is Decimal:
        if not value.is_finite():
            raise ValueError(f"{value} is no FEEL number")
        return str(value)
    if given is dict:
        return "{" + ",".join([f"{_quote(str(key))}:{_write(item)}" for key, item in value.items()]) + "}"
    if given is list:
        return "[" + ",".join([_write(item) for item in value]) + "]"
    return _write_rare(value)


def _write_rare(value: Any) -> str:
    """Kinds that come seldom, and subclasses of those that `_write` knows."""
    if isinstance(value, Decimal):
        return _write(Decimal(value))
    if value is None or isinstance(value, (bool, int, str)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a binary float; give a decimal.Decimal, an int or a text")
    if isinstance(value, timedelta):
        return f'"{_iso_duration(value)}"'
    if isinstance(value, (date, time, datetime)):
        return f'"{value.isoformat()}"'
    if isinstance(value, Mapping):
        return _write(dict(value))
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray, memoryview)):
        return _write(list(value))
    raise TypeError(f"{type(value).__name__} is no value that polku knows")


def to_json(value: Any) -> bytes:
    """JSON with every number digit by digit; dates and durations as ISO texts."""
    return _write(value).encode("utf-8")


# Made once: `json.loads` with such options makes one in each call.
_VALUES = json.JSONDecoder(parse_float=Decimal, parse_int=Decimal)
_DOCUMENTS = json.JSONDecoder(parse_float=Decimal)


def from_json(text: str) -> Any:
    """A value of FEEL: every number as Decimal."""
    return _VALUES.decode(text)


def document(text: str) -> Any:
    """A record of polku: whole numbers as int, others as Decimal."""
    return _DOCUMENTS.decode(text)


def text_of(call: Callable[..., int], *arguments: Any) -> str:
    """Calls a function whose outputs are a polku_string and an error, and hands the text over."""
    out = ffi.new("polku_string **")
    error = ffi.new("polku_error **")
    check(call(*arguments, out, error), error)
    try:
        size = lib.polku_string_size(out[0])
        return bytes(ffi.buffer(lib.polku_string_data(out[0]), size)).decode("utf-8")
    finally:
        lib.polku_string_destroy(out[0])


def new_handle(type_name: str, destroy: Any, call: Callable[..., int], *arguments: Any) -> Any:
    """Calls a function whose outputs are a handle and an error; the handle destroys itself when dropped."""
    out = ffi.new(f"{type_name} **")
    error = ffi.new("polku_error **")
    check(call(*arguments, out, error), error)
    return ffi.gc(out[0], destroy)


def new_context(now: date | datetime | None) -> Any:
    """A context in which `now()` and `today()` answer this; null for None."""
    context = new_handle("polku_context", lib.polku_context_destroy, lib.polku_context_create, ffi.NULL)
    if now is not None:
        text = now.isoformat().encode("utf-8")
        error = ffi.new("polku_error **")
        check(lib.polku_context_set_now(context, text, len(text), error), error)
    return context


class Handle:
    """An object over one C handle: closed by `close()`, by `with`, or when it is dropped."""

    _pointer: Any = None

    def _open(self) -> Any:
        if self._pointer is None:
            raise MisuseError(f"this {type(self).__name__} is closed")
        return self._pointer

    def close(self) -> None:
        """Lets go of the handle; closing again does nothing. A call that still runs in another thread ends first."""
        self._pointer = None  # the last reference destroys it, and a running call holds one

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def files_of(files: Iterable[tuple[str, str | bytes]]) -> tuple[Any, int, list[Any]]:
    """An array of polku_file; the list keeps its texts alive."""
    given = [(name, data.encode("utf-8") if isinstance(data, str) else data) for name, data in files]
    array = ffi.new("polku_file[]", len(given))
    alive: list[Any] = []
    for slot, (name, data) in zip(array, given, strict=True):
        called = name.encode("utf-8")
        alive += [ffi.from_buffer(called), ffi.from_buffer(data)]
        slot.name, slot.name_length = ffi.cast("const char *", alive[-2]), len(called)
        slot.data, slot.data_length = ffi.cast("const char *", alive[-1]), len(data)
    return array, len(given), alive
