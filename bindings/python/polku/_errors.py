# SPDX-License-Identifier: Apache-2.0
"""Errors: one exception class for each status, with the stable code and the places that the error names."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ._native import ffi, lib


@dataclass(frozen=True)
class Position:
    """A place that an error concerns; empty texts and 0 mean that a part is not known."""

    source: str
    element: str
    pointer: str
    line: int
    column: int


class PolkuError(Exception):
    """What every error of polku is.

    `code` is the number of docs/errors.md, `message` the sentence, `positions` the places.
    """

    def __init__(self, text: str, code: int = 0, message: str = "", positions: tuple[Position, ...] = ()) -> None:
        super().__init__(text)
        self.code = code
        self.message = message or text
        self.positions = positions


class InvalidError(PolkuError, ValueError):
    """An argument, a text or a command is wrong."""


class NotFoundError(PolkuError, LookupError):
    """Nothing of that name or id."""


class ConflictError(PolkuError):
    """Another writer was first, or a command id was used for something else."""


class DeniedError(PolkuError, PermissionError):
    """The access rules say no."""


class LimitError(PolkuError):
    """A limit of depth, steps, length or size was passed."""


class CancelledError(PolkuError):
    """The callback asked to stop."""


class BusyError(PolkuError, TimeoutError):
    """The store was locked by others for longer than the busy time-out."""


class CorruptError(PolkuError):
    """The store file is damaged."""


class MisuseError(PolkuError):
    """A closed object was used, or one object by two threads at once."""


class InternalError(PolkuError):
    """A fault of polku."""


_CLASSES: dict[int, type[PolkuError]] = {
    lib.POLKU_STATUS_INVALID: InvalidError,
    lib.POLKU_STATUS_NOT_FOUND: NotFoundError,
    lib.POLKU_STATUS_CONFLICT: ConflictError,
    lib.POLKU_STATUS_DENIED: DeniedError,
    lib.POLKU_STATUS_LIMIT: LimitError,
    lib.POLKU_STATUS_CANCELLED: CancelledError,
    lib.POLKU_STATUS_BUSY: BusyError,
    lib.POLKU_STATUS_CORRUPT: CorruptError,
    lib.POLKU_STATUS_MISUSE: MisuseError,
}


def _text(data: Any) -> str:
    return bytes(ffi.string(data)).decode("utf-8")


def _position(error: Any, index: int) -> Position:
    out = ffi.new("polku_position *")
    lib.polku_error_position_at(error, index, out)
    return Position(_text(out.source), _text(out.element), _text(out.pointer), out.line, out.column)


def check(status: int, error: Any) -> None:
    """Raises what a call's status and error say; returns when it is OK."""
    if status == lib.POLKU_STATUS_OK:
        return
    if status == lib.POLKU_STATUS_NO_MEMORY:
        raise MemoryError("polku: memory ran out")
    owned = error[0]
    if owned == ffi.NULL:
        raise _CLASSES.get(status, InternalError)(_text(lib.polku_status_name(status)))
    try:
        positions = tuple(_position(owned, i) for i in range(lib.polku_error_position_count(owned)))
        raise _CLASSES.get(status, InternalError)(_text(lib.polku_error_text(owned)), lib.polku_error_code(owned),
                                                  _text(lib.polku_error_message(owned)), positions)
    finally:
        lib.polku_error_destroy(owned)
