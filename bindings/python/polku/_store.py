# SPDX-License-Identifier: Apache-2.0
"""The store of cases."""
from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from ._display import Case, Record, Records
from ._errors import check
from ._native import ffi, lib
from ._pack import Pack
from ._path import Path
from ._text import Handle, document, new_handle, text_of, to_json


class Store(Handle):
    """A store of cases: one SQLite file, or memory. One thread at a time; `clone` for others.

    >>> with Store(":memory:") as store:
    ...     store.use(Path.shipped("tyokyky-kayttoon"))
    ...     store.cases()
    []
    """

    def __init__(self, path: str | os.PathLike[str], *, busy_timeout_ms: int = 5000, must_exist: bool = False) -> None:
        """Opens or creates a store file; ":memory:" keeps it in memory."""
        options = ffi.new("polku_store_options *")
        options.struct_size = ffi.sizeof("polku_store_options")
        options.busy_timeout_ms = busy_timeout_ms
        options.flags = lib.POLKU_STORE_MUST_EXIST if must_exist else 0
        name = os.fsencode(path)
        self._pointer = new_handle("polku_store", lib.polku_store_destroy, lib.polku_store_open, name, len(name),
                                   options)

    def clone(self) -> Store:
        """Another connection to the same file, for another thread."""
        made = type(self).__new__(type(self))
        made._pointer = new_handle("polku_store", lib.polku_store_destroy, lib.polku_store_clone, self._open())
        return made

    def use(self, path: Path) -> None:
        """Makes a path known to the store, so that cases can run on it."""
        error = ffi.new("polku_error **")
        check(lib.polku_store_use_path(self._open(), path._open(), error), error)

    def execute(self, command: Mapping[str, Any]) -> dict[str, Any]:
        """Carries out one command (schema: `polku.schema("command")`); all of its events are stored, or none."""
        given = to_json(dict(command))
        answer: dict[str, Any] = document(text_of(lib.polku_store_execute, self._open(), given, len(given)))
        return answer

    def case(
        self,
        case_id: str,
        as_of: date | str,
        *,
        language: str = "en",
        protected: bool = False,
        reader: Mapping[str, Any] | None = None,
    ) -> Case:
        """One case as it stands on a day. `protected` shows what a non-disclosure order hides. For a `reader` (actor,
        role, organisation, purpose, indispensable, client, representative) only what the rules of access allow is
        there, with `withheld` and its reasons; `DeniedError` when that is nothing."""
        options, alive = _view(as_of, language, protected, reader)
        name = case_id.encode("utf-8")
        view = Case(document(text_of(lib.polku_store_case, self._open(), name, len(name), options)))
        del alive
        return view

    def execute_all(self, commands: Iterable[Mapping[str, Any]], *,
                    progress: Callable[[int], object] | None = None) -> list[dict[str, Any]]:
        """Carries out commands one after the other, each whole or not at all; the first that fails ends it, with those
        before it stored. `progress` is called after each with how many are done, and may end the work by raising.
        """
        answers = []
        for command in commands:
            answers.append(self.execute(command))
            if progress is not None:
                progress(len(answers))
        return answers

    def due(self, by: date | str) -> Records:
        """What is due by a day in all cases, soonest first."""
        text = str(by).encode("utf-8")
        return Records(document(text_of(lib.polku_store_due, self._open(), text, len(text))))

    def cases(self, after: str | None = None, limit: int = 1000) -> Records:
        """Cases in order of id, `limit` at a time."""
        text = after.encode("utf-8") if after is not None else ffi.NULL
        length = 0 if after is None else len(text)
        return Records(document(text_of(lib.polku_store_cases, self._open(), text, length, limit)))

    def events(
        self,
        since: int = 0,
        page: int = 500,
        *,
        personal: bool = False,
        reader: Mapping[str, Any] | None = None,
    ) -> Iterator[dict[str, Any]]:
        """The feed after a position as CloudEvents, in order. `personal` adds what events of environments, employers and
        programmes tell of persons. For a `reader` what the rules of access withhold is left out."""
        options, alive = _feed(personal, reader)
        cursor = ffi.new("uint64_t *")

        def page_after(position: int, out: Any, error: Any) -> int:
            return int(lib.polku_store_feed(self._open(), position, page, options, out, cursor, error))

        while True:
            rows = document(text_of(page_after, since))
            if cursor[0] == since:
                break
            yield from rows
            since = cursor[0]
        del alive

    def places(self, book: str | None = None, *, as_of: date | str) -> Any:
        """One place book on a day: numbers day by day, reservations, offers and the queue in fair order. Without `book`
        a list of all books.

        >>> with Store(":memory:") as store:
        ...     store.places(as_of="2026-03-02")
        []
        """
        text = str(as_of).encode("ascii")
        name = book.encode("utf-8") if book is not None else ffi.NULL
        length = 0 if book is None else len(name)
        return document(text_of(lib.polku_store_places, self._open(), name, length, text, len(text)))

    def suggest_places(
        self,
        case_id: str,
        wanted: Mapping[str, Any],
        *,
        as_of: date | str,
        language: str = "en",
        protected: bool = False,
        reader: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Places that could be for a client, ranked, with reasons for and against. `wanted` has `from` and `until`, and
        may have `package` and `tasks`. For a `reader` only what the rules of access allow goes in, with `withheld` and
        its reasons; `DeniedError` when that is nothing. Nothing is decided or reserved.

        >>> with Store(":memory:") as store:
        ...     store.suggest_places("0" * 32, {"from": "2026-03-02", "until": "2026-06-30"},
        ...                          as_of="2026-02-11")  # doctest: +IGNORE_EXCEPTION_DETAIL
        Traceback (most recent call last):
            ...
        polku.NotFoundError: the case 0... has not been opened
        """
        options, alive = _view(as_of, language, protected, reader)
        name = case_id.encode("utf-8")
        given = to_json(dict(wanted))
        found: dict[str, Any] = document(
            text_of(lib.polku_store_suggest_places, self._open(), name, len(name), given, len(given), options))
        del alive
        return found

    def registers(self, as_of: date | str, *, path: str | None = None) -> list[dict[str, Any]]:
        """All registers of programmes that were opened, of one path if it is named, with how many entries they have.

        >>> with Store(":memory:") as store:
        ...     store.registers("2026-10-02")
        []
        """
        rows: list[dict[str, Any]] = self._registers({"as_of": as_of, "path": path})
        return rows

    def register(self, path: str, register: str, *, as_of: date | str, about: str | None = None,
                 owner: str | None = None, due_by: date | str | None = None, ended: bool = False,
                 contacts: bool = False, reader: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """One register with its entries as they stood at the end of a day (docs/registers.md). `contacts` adds contact
        persons, for the host or for a `reader` whose role owns the entry or keeps the register.

        >>> with Store(":memory:") as store:
        ...     store.register("toimi", "employers", as_of="2026-10-02")  # doctest: +IGNORE_EXCEPTION_DETAIL
        Traceback (most recent call last):
            ...
        polku.NotFoundError: no path 'toimi' is known
        """
        one: dict[str, Any] = self._registers({
            "path": path, "register": register, "as_of": as_of, "about": about, "owner": owner, "due_by": due_by,
            "ended": ended or None, "contacts": contacts or None, "reader": None if reader is None else dict(reader)})
        return one

    def registers_due(self, by: date | str, *, path: str | None = None) -> list[dict[str, Any]]:
        """Entries of all registers that somebody must look at again by a day, soonest first."""
        day = str(by).encode("ascii")
        name = path.encode("utf-8") if path is not None else ffi.NULL
        rows: list[dict[str, Any]] = document(
            text_of(lib.polku_store_registers_due, self._open(), name, 0 if path is None else len(name), day, len(day)))
        return rows

    def circling(self, as_of: date | str, *, path: str | None = None, returns: int | None = None,
                 months: int | None = None) -> list[dict[str, Any]]:
        """Clients with an open case who came back `returns` times (3) in the last `months` (12) without getting on, with
        the events that show it (docs/casework.md).

        >>> with Store(":memory:") as store:
        ...     store.circling("2026-10-02")
        []
        """
        members = {"as_of": as_of, "path": path, "returns": returns, "months": months}
        asked = to_json({name: value for name, value in members.items() if value is not None})
        found: list[dict[str, Any]] = document(text_of(lib.polku_store_circling, self._open(), asked, len(asked)))
        return found

    def _registers(self, members: Mapping[str, Any]) -> Any:
        asked = to_json({name: value for name, value in members.items() if value is not None})
        return document(text_of(lib.polku_store_registers, self._open(), asked, len(asked)))

    def adopt(self, pack: Pack, *, command_id: str, now: datetime | str, actor: str, purpose: str,
              reason: str | None = None) -> dict[str, Any]:
        """Takes a rule pack, or another text of it, into use: `decide_by_pack` decides by it from then on
        (docs/decisions.md)."""
        members = {"command_id": command_id, "now": now, "actor": actor, "purpose": purpose, "reason": reason}
        by = to_json({name: value for name, value in members.items() if value is not None})
        done: dict[str, Any] = document(text_of(lib.polku_store_adopt_pack, self._open(), pack._open(), by, len(by)))
        return done

    def check_decisions(self, *, case: str | None = None, pack: str | None = None,
                        known_at: datetime | str | None = None, affected: bool = False,
                        replaced: bool = False) -> list[dict[str, Any]]:
        """Decisions by rule packs derived again: as they were made (`derived`), and as law and facts are known, by all
        that was recorded or what had been by `known_at` (`known`, `affected`, `appeal`; docs/decisions.md)."""
        members = {"case": case, "pack": pack, "known_at": known_at, "affected": affected, "replaced": replaced}
        asked = to_json({name: value for name, value in members.items() if value is not None})
        rows: list[dict[str, Any]] = document(
            text_of(lib.polku_store_check_decisions, self._open(), asked, len(asked)))
        return rows

    def head(self) -> str:
        """The head hash, to be kept elsewhere as an anchor."""
        return text_of(lib.polku_store_head, self._open())

    def verify(self, anchor: str | None = None) -> Record:
        """Checks chains, commitments and the file; damage is in the report, not raised."""
        text = anchor.encode("ascii") if anchor is not None else ffi.NULL
        length = 0 if anchor is None else len(text)
        return Record(document(text_of(lib.polku_store_verify, self._open(), text, length)))

    def checkpoint(self) -> None:
        """Moves the write-ahead log into the file."""
        error = ffi.new("polku_error **")
        check(lib.polku_store_checkpoint(self._open(), error), error)


def _feed(personal: bool, reader: Mapping[str, Any] | None) -> tuple[Any, list[Any]]:
    options = ffi.new("polku_feed_options *")
    options.struct_size = ffi.sizeof("polku_feed_options")
    options.flags = lib.POLKU_FEED_PERSONAL if personal else 0
    alive: list[Any] = []
    if reader is not None:
        options.reader, options.reader_length = _borrowed(to_json(dict(reader)), alive)
    return options, alive


def _view(
    as_of: date | str, language: str, protected: bool, reader: Mapping[str, Any] | None
) -> tuple[Any, list[Any]]:
    alive: list[Any] = []
    options = ffi.new("polku_view_options *")
    options.struct_size = ffi.sizeof("polku_view_options")
    options.flags = lib.POLKU_VIEW_PROTECTED if protected else 0
    options.as_of, options.as_of_length = _borrowed(str(as_of).encode("utf-8"), alive)
    options.language, options.language_length = _borrowed(language.encode("utf-8"), alive)
    if reader is not None:
        options.reader, options.reader_length = _borrowed(to_json(dict(reader)), alive)
    return options, alive


def _borrowed(text: bytes, alive: list[Any]) -> tuple[Any, int]:
    """Pointer and length of a text that `alive` keeps."""
    alive.append(ffi.from_buffer(text))
    return ffi.cast("const char *", alive[-1]), len(text)
