# SPDX-License-Identifier: Apache-2.0
"""Decisions by rule packs in a store, and the difference of two packs."""
import datetime
import json

import polku
import pytest

from conftest import CASE

UTC = datetime.timezone.utc
INPUTS = {"employer sort": "company", "age": 57, "target group": True, "weekly hours": 20, "employment months": 4,
          "pay subsidy granted": False}


def decide(store, name, day):
    return store.execute({
        "command": "decide_by_pack", "case": CASE, "command_id": name, "now": f"{day}T10:00:00Z", "actor": "worker-201",
        "purpose": "decision",
        "data": {"id": name, "pack": "paikallislisa", "decision": "Supplement", "inputs": INPUTS}})


def corrected(root):
    """The local supplement as it would be after a figure was put right."""
    folder = root / "src/packs/paikallislisa"
    text = (folder / "pack.json").read_text(encoding="utf-8").replace('"value": 450', '"value": 500')
    return polku.Pack([("pack.json", text), *((path.name, path.read_bytes()) for path in folder.glob("*.dmn"))])


def test_a_decision_is_derived_again(client, root):
    with polku.Pack.shipped("paikallislisa") as pack:
        with pytest.raises(polku.NotFoundError, match="not in use"):
            decide(client, "d0", "2026-10-02")
        client.adopt(pack, command_id="adopt-1", now=datetime.datetime(2026, 10, 1, 8, tzinfo=UTC), actor="lawyer-1",
                     purpose="rules")
        decide(client, "d1", "2026-10-02")
        (one,) = client.check_decisions(case=CASE)
        assert (one["derived"], one["affected"], one["made"]["hash"]) == ("same", False, pack.hash)
    with corrected(root) as pack:
        client.adopt(pack, command_id="adopt-2", now="2026-11-02T08:00:00Z", actor="lawyer-1", purpose="rules",
                     reason="the amount was read wrong")
        (one,) = client.check_decisions(affected=True)
        assert one["known"]["value"]["a month"] == 500
        assert one["known"]["hash"] == pack.hash
        assert one["appeal"]["remedy"] == "rectification"
    assert client.check_decisions(affected=True, known_at=datetime.datetime(2026, 10, 31, tzinfo=UTC)) == []
    with pytest.raises(polku.InvalidError, match="date-time"):
        client.check_decisions(known_at="2026-10-31")


def test_the_difference_of_two_packs(root):
    with polku.Pack.shipped("paikallislisa") as was, corrected(root) as now:
        found = was.difference(now, "Supplement", decided="2026-02-01", member="a month")
        assert found["complete"] and found["count"] == len(found["regions"]) > 0
        for region in found["regions"]:
            witness = region["witness"]
            before = was.decide("Supplement", witness["was facts"], decided="2026-02-01")["value"]
            after = now.decide("Supplement", witness["is facts"], decided="2026-02-01")["value"]
            assert (before["a month"], after["a month"]) == (450, 500), json.dumps(witness, default=str)
        assert was.difference(was, "Supplement", decided="2026-02-01")["regions"] == []
        with pytest.raises(polku.NotFoundError):
            was.difference(now, "Bonus", decided="2026-02-01")
