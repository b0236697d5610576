# SPDX-License-Identifier: Apache-2.0
"""Registers of programmes: lists, entries, reviews that are due."""
import datetime

import polku
import pytest

BOOK = "0000000000000000000000000f000001"
DAY = datetime.date(2026, 3, 2)


@pytest.fixture
def area():
    """A store with a register of `tyokyky-kayttoon` and one entry in it."""
    with polku.Store(":memory:") as store, polku.Path.shipped("tyokyky-kayttoon") as path:
        store.use(path)

        def tell(number, command, data):
            return store.execute({"command": command, "programme": BOOK, "command_id": f"register-{number}",
                                  "now": f"{DAY}T10:00:00Z", "actor": "worker-900", "purpose": "registers", "data": data})

        tell(1, "open_register", {"path": "tyokyky-kayttoon", "register": "readiness"})
        tell(2, "record_entry", {"entry": "first", "about": "698",
                                 "fields": {"who": "associations", "takes part in": "design", "brings": "a meeting place"}})
        yield store


def test_registers_are_listed_and_shown(area):
    (row,) = area.registers(DAY)
    assert (row["path"], row["register"]) == ("tyokyky-kayttoon", "readiness")
    assert area.registers(DAY, path="tyokyky-kayttoon") == [row]
    shown = area.register("tyokyky-kayttoon", "readiness", as_of=DAY)
    (entry,) = shown["entries"]
    assert (entry["entry"], entry["about"], entry["fields"]["brings"]) == ("first", "698", "a meeting place")
    assert area.register("tyokyky-kayttoon", "readiness", as_of=DAY, about="320")["entries"] == []
    assert area.register("tyokyky-kayttoon", "readiness", as_of=DAY, due_by=DAY)["entries"] == []
    with pytest.raises(polku.NotFoundError) as unknown:
        area.register("tyokyky-kayttoon", "practice", as_of=DAY)
    assert "readiness" in str(unknown.value)


def test_reviews_that_are_due_are_named(area):
    assert area.registers_due("2026-03-03") == []
    (row,) = area.registers_due("2026-12-31")
    assert (row["register"], row["entry"], row["late"]) == ("readiness", "first", True)
    assert area.registers_due("2026-12-31", path="toimi") == []
    with pytest.raises(polku.InvalidError):
        area.registers_due("soon")
