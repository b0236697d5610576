# SPDX-License-Identifier: Apache-2.0
"""Paths, stores and cases."""
import datetime
import os

import polku
import pytest

from conftest import CASE


def test_shipped_paths(root):
    assert "tyokyky-kayttoon" in polku.shipped_paths()
    path = polku.Path.shipped("tyokyky-kayttoon")
    folder = root / "src" / "packs" / "tyokyky-kayttoon"
    files = [(name, (folder / name).read_bytes()) for name in ("path.json", "routing.dmn")]
    same = polku.Path(files)
    assert (path.id, path.version, path.hash) == (same.id, same.version, same.hash)
    assert len(path.hash) == 64
    with pytest.raises(polku.NotFoundError):
        polku.Path.shipped("tyokyky")


def test_a_bad_definition_says_where():
    with pytest.raises(polku.InvalidError) as caught:
        polku.Path([("path.json", '{\n  "id": 7\n}')])
    assert 800 <= caught.value.code < 900
    assert caught.value.positions[0].source == "path.json"


def test_one_client_all_the_way(client):
    view = client.case(CASE, datetime.date(2026, 10, 1))
    assert view["case"] == CASE
    assert view["status"] == "closed"
    assert view["ending"]["exit"] == "open_market"
    assert view["client"]["given_name"] == "Aino"
    assert isinstance(view["version"], int)
    assert [row["case"] for row in client.cases()] == [CASE]
    assert client.cases(after=CASE) == []


def test_the_view_speaks_four_languages(client):
    names = {client.case(CASE, "2026-10-01", language=each)["ending"]["name"] for each in ("fi", "sv", "en", "fi-selko")}
    assert len(names) == 4
    with pytest.raises(polku.InvalidError):
        client.case(CASE, "2026-10-01", language="de")


def test_a_reader_sees_what_the_rules_of_access_allow(client):
    whole = client.case(CASE, "2026-10-01")
    own = client.case(CASE, "2026-10-01", reader={"client": whole["client"]["id"]})
    assert {name: own[name] for name in whole} == whole
    assert own["relation"] == "self" and own["withheld"] == []
    worker = {"actor": whole["responsible"]["who"]["person"], "role": "responsible_worker",
              "organisation": "municipality", "purpose": "services"}
    seen = client.case(CASE, "2026-10-01", reader=worker)
    assert seen["relation"] == "working" and "assessments" not in seen
    assert {each["category"] for each in seen["withheld"]} == {"economy", "social", "health"}
    assert all(fact["category"] in ("identity", "employment", "contact") for fact in seen["facts"])
    with pytest.raises(polku.DeniedError) as caught:
        client.case(CASE, "2026-10-01", reader={**worker, "actor": "Ulla Ulkopuolinen"})
    assert caught.value.code == 901


def test_the_feed_goes_on_where_it_stopped(client):
    whole = list(client.events())
    assert list(client.events(page=7)) == whole
    assert all(event["specversion"] == "1.0" for event in whole)
    assert len({event["id"] for event in whole}) == len(whole)
    tail = list(client.events(since=int(whole[9]["position"])))
    assert tail == whole[10:]


def test_what_is_due(store, commands):
    store.execute(commands[0])
    rows = store.due("2027-12-31")
    assert rows and all(row["case"] == CASE for row in rows)
    assert [row["due"] for row in rows] == sorted(row["due"] for row in rows)


def test_a_command_again_answers_as_the_first_time(store, commands):
    assert store.execute(commands[0]) == store.execute(commands[0])
    with pytest.raises(polku.ConflictError) as caught:
        store.execute({**commands[1], "command_id": commands[0]["command_id"]})
    assert caught.value.code == 711


def test_errors_by_class(store, commands):
    store.execute(commands[0])
    head = store.head()
    with pytest.raises(polku.ConflictError) as moved:
        store.execute({**commands[1], "expected_version": 99})
    assert moved.value.code == 710
    with pytest.raises(polku.NotFoundError):
        store.case("0" * 32, "2026-10-01")
    with pytest.raises(polku.InvalidError) as unknown:
        store.execute({**commands[1], "command": "update_clients"})
    assert "update_client" in unknown.value.message
    assert unknown.value.positions[0].pointer.startswith("/")
    with pytest.raises(polku.InvalidError):
        store.due("soon")
    assert store.head() == head


def test_verify_and_anchor(client):
    anchor = client.head()
    assert client.verify()["ok"] is True
    assert client.verify(anchor)["ok"] is True
    assert client.verify("3:" + "0" * 64)["ok"] is False
    client.checkpoint()


def test_a_file_and_its_clone(tmp_path, commands):
    with polku.Store(tmp_path / "öljy.db") as first, polku.Path.shipped("tyokyky-kayttoon") as path:
        first.use(path)
        with first.clone() as second:
            second.execute(commands[0])
        assert first.case(CASE, "2026-01-12")["stage"]["stage"] == "referral"
    assert os.fspath(tmp_path / "öljy.db") in [entry.path for entry in os.scandir(tmp_path)]
    with polku.Store(str(tmp_path / "öljy.db"), must_exist=True) as again:
        assert again.verify()["ok"] is True
    with pytest.raises(polku.NotFoundError):
        polku.Store(tmp_path / "missing.db", must_exist=True)


def test_a_file_that_is_no_store(tmp_path):
    (tmp_path / "text.db").write_text("This is no store. " * 100)
    with pytest.raises(polku.InvalidError) as caught:
        polku.Store(tmp_path / "text.db")
    assert caught.value.code == 701


def test_a_locked_file_is_busy(tmp_path, commands):
    import sqlite3

    with polku.Store(tmp_path / "busy.db", busy_timeout_ms=30) as store, \
            polku.Path.shipped("tyokyky-kayttoon") as path:
        store.use(path)
        other = sqlite3.connect(tmp_path / "busy.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(polku.BusyError) as caught:
            store.execute(commands[0])
        assert caught.value.code == 704
        assert isinstance(caught.value, TimeoutError)
        other.execute("ROLLBACK")
        other.close()
        store.execute(commands[0])


def test_a_closed_store_is_misuse():
    store = polku.Store(":memory:")
    store.close()
    store.close()
    with pytest.raises(polku.MisuseError, match="Store is closed"):
        store.head()
    with pytest.raises(polku.MisuseError):
        store.__enter__()
