# SPDX-License-Identifier: Apache-2.0
"""Decisions made ready to run many times, with typed values in and out."""
from __future__ import annotations

import struct
import threading
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from ._errors import InvalidError, MisuseError, check
from ._native import ffi, lib
from ._text import Handle, from_json, new_handle, to_json

_WORD = 1 << 64
_LOW = _WORD - 1
_LARGEST = 10**34 - 1

# A polku_input of the kinds without pointers, whole: one write for what would be five through cffi. Its layout is part of the
# C ABI; the others are written through cffi.
_SLOT: Final = 32
_NUMBER: Final = struct.Struct("=B7xQqi4x")
_SYMBOL: Final = struct.Struct("=B7xQ16x")
_FLAG: Final = struct.Struct("=BB30x")
_EMPTY: Final = bytes(_SLOT)
_KIND_NULL, _KIND_BOOLEAN = lib.POLKU_KIND_NULL, lib.POLKU_KIND_BOOLEAN
_KIND_NUMBER, _KIND_STRING = lib.POLKU_KIND_NUMBER, lib.POLKU_KIND_STRING
_TEXTS: Final = frozenset([_KIND_STRING, lib.POLKU_KIND_LIST, lib.POLKU_KIND_CONTEXT, lib.POLKU_KIND_RANGE])
_KIND_SYMBOL = lib.POLKU_KIND_SYMBOL
_IN_USE: Final = 102


class Unknown:
    """The type of `UNKNOWN`: an input that nobody gave, unlike None, which is known to be none."""

    def __repr__(self) -> str:
        return "polku.UNKNOWN"


UNKNOWN: Final = Unknown()


@dataclass(frozen=True, order=True)
class Months:
    """A duration of whole months, which `datetime` has no type for.

    >>> str(Months(-14))
    '-P14M'
    """

    months: int

    def __str__(self) -> str:
        return f"{'-' if self.months < 0 else ''}P{abs(self.months)}M"


class Prepared(Handle):
    """A decision with its slots and working memory. One thread at a time; made by `Decision.prepare`.

    Dates, times and durations go in and come out as the types of `datetime`, cut to microseconds; a date outside the
    years 1 to 9999 comes out as ISO text.
    """

    def __init__(self, program: Any, decision: int, now: date | datetime | None) -> None:
        self._pointer = new_handle("polku_evaluation", lib.polku_evaluation_destroy, lib.polku_evaluation_create,
                                   program, decision, ffi.NULL)
        self._count = lib.polku_program_input_count(program, decision)
        # Made once: each of these costs as much as a small decision.
        self._slots = ffi.new("polku_input[]", max(self._count, 1))
        self._room = ffi.buffer(self._slots)
        named = [lib.polku_program_output_name(program, decision, at)
                 for at in range(lib.polku_program_output_count(program, decision))]
        names = [bytes(ffi.string(name)).decode("utf-8") for name in named]
        self._names = tuple(names) if names != [""] else ()
        self._entries = ffi.new("polku_input[]", max(len(names), 1))
        self._entries_room = ffi.buffer(self._entries)
        self._error = ffi.new("polku_error **")
        self._turn = threading.Lock()
        self._symbols: dict[str, int] = {}
        if now is not None:
            text = now.isoformat().encode("utf-8")
            error = ffi.new("polku_error **")
            check(lib.polku_evaluation_set_now(self._pointer, text, len(text), error), error)

    def intern(self, text: str) -> None:
        """Makes a text that recurs cheaper as an input."""
        if text in self._symbols:
            return
        out = ffi.new("uint64_t *")
        error = ffi.new("polku_error **")
        given = text.encode("utf-8")
        check(lib.polku_evaluation_symbol(self._open(), given, len(given), out, error), error)
        self._symbols[text] = out[0]

    def __call__(self, *inputs: Any) -> Any:
        """Runs with one value for each input, in the order of `Decision.inputs`."""
        pointer = self._open()
        if len(inputs) != self._count:
            raise InvalidError(f"the decision has {self._count} inputs, {len(inputs)} were given")
        if not self._turn.acquire(blocking=False):
            raise MisuseError("another thread is running this prepared decision", _IN_USE)
        try:
            alive: list[Any] = []
            at = 0
            for value in inputs:
                self._put(at, value, alive)
                at += _SLOT
            return self._run(pointer)
        finally:
            self._turn.release()

    def _put(self, at: int, value: Any, alive: list[Any]) -> None:
        """Writes an input at its place; `alive` keeps what it points to."""
        given = type(value)
        if given is str:
            symbol = self._symbols.get(value)
            if symbol is not None:
                _SYMBOL.pack_into(self._room, at, _KIND_SYMBOL, symbol)
                return
        elif given is bool:
            _FLAG.pack_into(self._room, at, _KIND_BOOLEAN, value)
            return
        elif given is int:
            if -_WORD < value < _WORD:
                _NUMBER.pack_into(self._room, at, _KIND_NUMBER, value & _LOW, value >> 64, 0)
                return
        elif given is Decimal:
            whole, _, part = str(value).partition(".")
            digits = whole + part
            if len(digits) <= 35 and digits.lstrip("-").isdigit():  # neither an exponent nor NaN
                coefficient = int(digits)
                if -_LARGEST <= coefficient <= _LARGEST:
                    _NUMBER.pack_into(self._room, at, _KIND_NUMBER, coefficient & _LOW, coefficient >> 64, len(part))
                    return
        elif value is None:
            _FLAG.pack_into(self._room, at, _KIND_NULL, 0)
            return
        self._room[at:at + _SLOT] = _EMPTY
        _put_value(self._slots[at // _SLOT], value, alive)

    def _run(self, pointer: Any) -> Any:
        """Runs with the inputs that were put. A result that is a context is read entry by entry."""
        names = self._names
        if not names:
            status = lib.polku_evaluation_run(pointer, self._slots, self._count, self._entries, self._error)
            if status:
                check(status, self._error)
            return self._entry(0)
        status = lib.polku_evaluation_run_entries(pointer, self._slots, self._count, self._entries, len(names), self._error)
        if status:
            check(status, self._error)
        found = {name: self._entry(at) for at, name in enumerate(names)}
        if any(value is not None for value in found.values()):
            return found
        # No rule matched, or all of the one that did is null: only the whole result tells.
        status = lib.polku_evaluation_run(pointer, self._slots, self._count, self._entries, self._error)
        if status:
            check(status, self._error)
        return self._entry(0)

    def _entry(self, at: int) -> Any:
        """The Python value of what came out there."""
        kind, lo, hi, scale = _NUMBER.unpack_from(self._entries_room, at * _SLOT)
        if kind == _KIND_NUMBER:
            coefficient = (hi << 64) + lo
            return Decimal(f"{coefficient}E{-scale}") if scale else Decimal(coefficient)
        if kind == _KIND_NULL:
            return None
        out = self._entries[at]
        if kind not in _TEXTS:
            return _value_of(out)
        text = getattr(out, "as").text
        read: str = ffi.unpack(text.data, text.length).decode("utf-8")
        return read if kind == _KIND_STRING else from_json(read)


def _put_value(slot: Any, value: Any, alive: list[Any]) -> None:
    """Writes a value into a polku_input; `alive` keeps what it points to."""
    union = getattr(slot, "as")
    if value is None:
        slot.kind = lib.POLKU_KIND_NULL
    elif value is UNKNOWN:
        slot.kind = lib.POLKU_KIND_UNKNOWN
    elif isinstance(value, bool):
        slot.kind, slot.boolean = lib.POLKU_KIND_BOOLEAN, value
    elif isinstance(value, (int, Decimal)):
        slot.kind = lib.POLKU_KIND_NUMBER
        _put_number(union.number, value)
    elif isinstance(value, str):
        slot.kind = lib.POLKU_KIND_STRING
        _put_text(union.text, value.encode("utf-8"), alive)
    elif isinstance(value, Months):
        slot.kind, union.months = lib.POLKU_KIND_MONTHS_DURATION, value.months
    elif isinstance(value, (date, time, timedelta)):
        _put_temporal(slot, union, value, alive)
    else:
        slot.kind = lib.POLKU_KIND_CONTEXT if hasattr(value, "keys") else lib.POLKU_KIND_LIST
        _put_text(union.text, to_json(value), alive)


def _put_text(text: Any, data: bytes, alive: list[Any]) -> None:
    alive.append(ffi.from_buffer(data))
    text.data, text.length = ffi.cast("const char *", alive[-1]), len(data)


def _put_number(number: Any, value: int | Decimal) -> None:
    sign, digits, exponent = Decimal(value).as_tuple()
    if not isinstance(exponent, int):
        raise ValueError(f"{value} is no FEEL number")
    coefficient = int("".join(map(str, digits)))
    if len(digits) > 34:
        raise InvalidError(f"{value} has more than 34 digits")
    coefficient = -coefficient if sign else coefficient
    number.lo, number.hi, number.scale = coefficient % _WORD, coefficient // _WORD, -exponent


def _put_temporal(slot: Any, union: Any, value: date | time | timedelta, alive: list[Any]) -> None:
    if isinstance(value, timedelta):
        micros = value // timedelta(microseconds=1)
        sign = -1 if micros < 0 else 1
        slot.kind = lib.POLKU_KIND_DAYS_DURATION
        union.days.seconds = sign * (abs(micros) // 10**6)
        union.days.nanoseconds = sign * (abs(micros) % 10**6) * 1000
    elif isinstance(value, datetime):
        alive.append(ffi.new("polku_date_time *"))
        slot.kind, union.date_time = lib.POLKU_KIND_DATE_TIME, alive[-1]
        _put_date(alive[-1].date, value)
        _put_time(alive[-1].time, value, alive)
    elif isinstance(value, date):
        slot.kind = lib.POLKU_KIND_DATE
        _put_date(union.date, value)
    else:
        alive.append(ffi.new("polku_time *"))
        slot.kind, union.time = lib.POLKU_KIND_TIME, alive[-1]
        _put_time(alive[-1], value, alive)


def _put_date(out: Any, value: date) -> None:
    out.year, out.month, out.day = value.year, value.month, value.day


def _put_time(out: Any, value: time | datetime, alive: list[Any]) -> None:
    seconds = (value.hour * 60 + value.minute) * 60 + value.second
    out.nanoseconds = seconds * 10**9 + value.microsecond * 1000
    if isinstance(value.tzinfo, ZoneInfo) and value.tzinfo.key:
        alive.append(ffi.new("char[]", value.tzinfo.key.encode("ascii")))
        out.zone, out.zone_length = alive[-1], lib.POLKU_NUL_TERMINATED
        return
    offset = value.utcoffset()
    if offset is not None:
        out.has_offset, out.offset_seconds = 1, offset // timedelta(seconds=1)


def _value_of(out: Any) -> Any:
    """The Python value of a polku_input that came out, of the kinds that `Prepared._entry` leaves."""
    kind = out.kind
    if kind == _KIND_BOOLEAN:
        return bool(out.boolean)
    return _temporal_of(kind, getattr(out, "as"))


def _temporal_of(kind: int, union: Any) -> Any:
    if kind == lib.POLKU_KIND_DATE:
        return _date_of(union.date)
    if kind == lib.POLKU_KIND_TIME:
        return _time_of(union.time)
    if kind == lib.POLKU_KIND_DATE_TIME:
        day, clock = _date_of(union.date_time.date), _time_of(union.date_time.time)
        if isinstance(day, date) and isinstance(clock, time):
            return datetime.combine(day, clock)
        return f"{day}T{clock}"
    if kind == lib.POLKU_KIND_MONTHS_DURATION:
        return Months(union.months)
    if kind == lib.POLKU_KIND_DAYS_DURATION:
        micros = abs(union.days.nanoseconds) // 1000
        return timedelta(seconds=union.days.seconds, microseconds=-micros if union.days.nanoseconds < 0 else micros)
    raise InvalidError("the result is a function, which has no value outside FEEL")


def _date_of(given: Any) -> date | str:
    if 1 <= given.year <= 9999:
        return date(given.year, given.month, given.day)
    sign = "-" if given.year < 0 else ""
    return f"{sign}{abs(given.year):04d}-{given.month:02d}-{given.day:02d}"


def _time_of(given: Any) -> time:
    zone: Any = None
    if given.zone != ffi.NULL:
        zone = ZoneInfo(bytes(ffi.string(given.zone)).decode("ascii"))
    elif given.has_offset:
        zone = timezone(timedelta(seconds=given.offset_seconds))
    seconds, nanoseconds = divmod(given.nanoseconds, 10**9)
    minutes, second = divmod(seconds, 60)
    return time(minutes // 60, minutes % 60, second, nanoseconds // 1000, tzinfo=zone)
