# SPDX-License-Identifier: Apache-2.0
"""Places of environments: books, suggestions, and their events in the feed."""
import datetime
import json

import polku
import pytest

from conftest import whole
from test_schemas import faults

BOOK = "0000000000000000000000000e000001"
CASE = "000000000000000000000000da300001"


@pytest.fixture
def town(root):
    """A store in which the case of a made-up client of the path `toimi` has begun, and a book of two places."""
    file = json.loads((root / "src/packs/toimi/clients.json").read_text(encoding="utf-8"))
    (aune,) = [one for one in file["clients"] if one["id"] == "aune"]
    with polku.Store(":memory:") as store, polku.Path.shipped("toimi") as path:
        store.use(path)
        for number in (1, 2):
            store.execute(whole(aune, number, aune["commands"][number - 1], "toimi"))
        day = aune["commands"][1]["on"]

        def tell(number, command, data):
            return store.execute({"command": command, "environment": BOOK, "command_id": f"place-{number}",
                                  "now": f"{day}T10:00:00Z", "actor": "worker-900", "purpose": "places", "data": data})

        tell(1, "open_places", {"path": "toimi", "environment": "joensuu", "places": 2})
        tell(2, "join_waiting_list", {"entry": "e1", "case": CASE})
        store.day = datetime.date.fromisoformat(day)
        yield store


def test_books_are_listed_and_shown(town):
    (row,) = town.places(as_of=town.day)
    assert (row["book"], row["environment"], row["places"], row["free"], row["waiting"]) == (BOOK, "joensuu", 2, 2, 1)
    book = town.places(BOOK, as_of=town.day)
    assert book["levels"][0]["places"] == 2
    assert [each["id"] for each in book["waiting"]] == ["e1"]
    assert CASE not in str(book)
    with pytest.raises(polku.InvalidError):
        town.places("e1", as_of=town.day)


def test_places_are_suggested_with_reasons_in_four_languages(town):
    wanted = {"from": town.day, "until": town.day + datetime.timedelta(days=60)}
    found = town.suggest_places(CASE, wanted, as_of=town.day)
    (joensuu,) = [each for each in found["suggestions"] if each["environment"] == "joensuu"]
    assert joensuu["free"] == 2 and joensuu["book"] == BOOK
    assert all(set(reason["text"]) == {"fi", "sv", "en", "fi-selko"} for reason in joensuu["reasons"])
    own = town.suggest_places(CASE, wanted, as_of=town.day,
                              reader={"client": town.case(CASE, town.day)["client"]["id"]})
    assert own["relation"] == "self" and own["suggestions"] == found["suggestions"]
    with pytest.raises(polku.DeniedError) as denied:
        town.suggest_places(CASE, wanted, as_of=town.day, reader={"actor": "Ulla Ulkopuolinen", "purpose": "services"})
    assert denied.value.code == 901
    with pytest.raises(polku.InvalidError) as wrong:
        town.suggest_places(CASE, {"from": "2026-03-02"}, as_of=town.day)
    assert "until" in wrong.value.message


def test_the_feed_tells_of_persons_only_when_asked(town):
    schema = polku.schema("event")
    plain = list(town.events())
    whole = list(town.events(personal=True))
    assert [event["id"] for event in plain] == [event["id"] for event in whole]
    for event in plain + whole:
        assert faults(event, schema) == [], event["type"]
    (without,) = [event["data"] for event in plain if event["type"] == "polku.waiting_joined"]
    (with_person,) = [event["data"] for event in whole if event["type"] == "polku.waiting_joined"]
    assert "case" not in without and without["entry"] == "e1"
    assert with_person["case"] == CASE and with_person["priority"] == "usual"
    stranger = list(town.events(personal=True, reader={"actor": "Ulla Ulkopuolinen", "purpose": "services"}))
    assert {event["type"] for event in stranger} <= {"polku.place_book_opened", "polku.places_set",
                                                     "polku.waiting_joined"}
    assert stranger and "case" not in stranger[-1]["data"]
