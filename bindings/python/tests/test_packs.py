# SPDX-License-Identifier: Apache-2.0
"""Rule packs: the shipped ones, their answers, and what is wrong with questions."""
import concurrent.futures
import json
from datetime import date, timedelta
from decimal import Decimal

import polku
import pytest

DAY = date(2026, 11, 1)
EARLIER = [{"day": date(2024, 3, 1), "amount": Decimal("120000")}, {"day": "2025-06-01", "amount": 100000}]
FACTS = {"earlier aid": EARLIER, "group aid complete": True, "excluded sector": False, "day of grant": DAY,
         "new aid": Decimal("70000.00")}
SUPPLEMENT = {"employer sort": "association", "target group": True, "age": 30, "weekly hours": 15,
              "employment months": 6, "pay subsidy granted": False}


@pytest.fixture(scope="module")
def deminimis():
    with polku.Pack.shipped("deminimis") as pack:
        yield pack


def test_shipped_packs(root):
    assert polku.packs() == sorted(path.parent.name for path in (root / "src/packs").glob("*/pack.json"))
    for name in polku.packs():
        with polku.Pack.shipped(name) as pack:
            assert pack.id == name
    with pytest.raises(polku.NotFoundError, match="palkkatuki"):
        polku.Pack.shipped("palkka")
    with pytest.raises(polku.MisuseError, match="closed"):
        pack.describe()


def test_a_pack_of_files_is_the_shipped_one(root, deminimis):
    assert polku.Pack.read(root / "src/packs/deminimis").describe() == deminimis.describe()
    definition = json.loads((root / "src/packs/deminimis/pack.json").read_text(encoding="utf-8"))
    del definition["versions"][0]["from"]
    with pytest.raises(polku.InvalidError) as caught:
        polku.Pack([("pack.json", json.dumps(definition, indent=1))])
    place = caught.value.positions[0]
    assert (place.source, place.pointer, caught.value.code) == ("pack.json", "/versions/0", 803)
    assert place.line > 1


def test_every_vector_is_answered_as_in_the_other_doors(root):
    """Through JSON and the C ABI, for all packs: those that set no figure that only law may set."""
    answered = 0
    for name in polku.packs():
        pack = polku.Pack.shipped(name)
        vectors = json.loads((root / f"tests/packs/{name}.json").read_text(encoding="utf-8"), parse_float=Decimal)
        for each in vectors["cases"]:
            if "parameters" in each or each["expected"] == {"error": "not in force"}:
                continue
            found = pack.decide(each["decision"], each["inputs"], decided=each["decided"], event=each.get("event"),
                                variant=each.get("variant"))["value"]
            assert agrees(each["expected"], found), (name, each["name"], found)
            answered += 1
    assert answered > 1000


def agrees(wanted, found):
    """As the vectors are meant: members that `wanted` does not name are not compared."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(agrees(item, found.get(name)) for name, item in wanted.items())
    return wanted == found and isinstance(wanted, bool) == isinstance(found, bool)


def test_decide(deminimis):
    answer = deminimis.decide("De minimis", FACTS, decided=DAY)
    assert answer["version"] == "deminimis-2024"
    assert answer["value"]["fit"] == "fits"
    assert answer["value"]["aid together"] == Decimal(290000)
    assert all(isinstance(answer["value"][name], Decimal) for name in ("aid before", "aid together", "room left"))
    assert answer["rules"] and all(each["sources"] for each in answer["rules"])
    assert {each["name"] for each in answer["parameters"]} == {"aid cap", "aid period"}
    # Unknown is no answer, and neither None nor an absent fact is false.
    assert deminimis.decide("Single undertaking", decided=DAY)["value"] is None
    assert deminimis.decide("Single undertaking", {"majority of votes": None}, decided="2026-11-01")["value"] is None


def test_dates_and_overrides_choose_what_rules():
    pack = polku.Pack.shipped("palkkatuki")
    versions = pack.describe()["versions"]
    assert len(versions) > 1
    for each in versions:
        decision = next(iter(each["asks"]))
        assert pack.decide(decision, decided=each["from"])["version"] == each["id"]
        assert pack.decide(decision, decided="2026-01-01", variant=each["id"])["version"] == each["id"]
    with pytest.raises(polku.InvalidError, match="2025-01-01"):
        pack.decide("Pay subsidy", decided="1999-01-01")


def test_the_authority_gives_figures_another_value():
    pack = polku.Pack.shipped("paikallislisa")
    own = {**SUPPLEMENT, "weekly hours": 20}
    plain = pack.decide("Supplement", own, decided="2026-02-01")
    asked = pack.decide("Supplement", own, decided="2026-02-01", overrides={"supplement amount": Decimal("312.50")})
    used = {each["name"]: each for each in asked["parameters"]}
    assert used["supplement amount"]["overridden"] is True
    assert used["supplement amount"]["value"] == Decimal("312.50")
    assert not any(each.get("overridden") for name, each in used.items() if name != "supplement amount")
    assert asked["value"] != plain["value"]


def test_explain(deminimis):
    told = deminimis.explain("De minimis", {**FACTS, "majority of votes": True}, decided=DAY)
    assert told["language"] == "en" and told["decided"] == "2026-11-01"
    assert [each["name"] for each in told["background"]] == ["majority of votes"]
    assert told["reasons"] and told["figures"]
    texts = {deminimis.explain_text("De minimis", FACTS, decided=DAY, language=each)
             for each in ("fi", "sv", "en", "fi-selko")}
    assert len(texts) == 4
    assert "300,000 euros" in deminimis.explain_text("De minimis", FACTS, decided=DAY)
    for call in (deminimis.explain, deminimis.explain_text, deminimis.missing):
        with pytest.raises(polku.InvalidError, match="fi-selko"):
            call("De minimis", FACTS, decided=DAY, language="de")


def test_following_the_questions_decides(deminimis):
    truth = {"majority of votes": False, "appoints majority": False, "dominant influence": False,
             "sole control by agreement": True}
    known = {}
    while not (told := deminimis.missing("Single undertaking", known, decided=DAY, language="fi"))["decided"]:
        assert told["next"]["name"] not in known
        assert told["next"]["question"].endswith("?")
        assert isinstance(told["expected cost"], Decimal)
        known[told["next"]["name"]] = truth[told["next"]["name"]]
    assert known and told["value"] == deminimis.decide("Single undertaking", truth, decided=DAY)["value"]


def test_how_often_answers_come_moves_the_next_question(deminimis):
    plain = deminimis.missing("Single undertaking", {}, decided=DAY)
    weighed = deminimis.missing("Single undertaking", {}, decided=DAY,
                                weights={"sole control by agreement": {"true": 99, "false": 1}})
    assert not weighed["decided"] and weighed["next"]["name"] == "sole control by agreement"
    assert weighed["expected cost"] < plain["expected cost"]
    assert {each["name"] for each in weighed["inputs"]} == {each["name"] for each in plain["inputs"]}
    with pytest.raises(polku.PolkuError, match="no input 'nothing'; its 9 inputs stand in"):
        deminimis.missing("Single undertaking", {}, decided=DAY, weights={"nothing": {"true": 1}})
    with pytest.raises(polku.PolkuError, match="did you mean 'sole control by agreement'"):
        deminimis.missing("Single undertaking", {}, decided=DAY, weights={"sole control by agrement": {"true": 1}})
    with pytest.raises(polku.InvalidError, match="mapping"):
        deminimis.missing("Single undertaking", {}, decided=DAY, weights=[1])


def test_what_if():
    pack = polku.Pack.shipped("paikallislisa")
    asked = {"decided": date(2026, 2, 1), "goal": "true", "member": "granted"}
    found = pack.what_if("Supplement", SUPPLEMENT, **asked)
    assert found["outcome"] == "found" and found["complete"] is True
    for proposal in found["proposals"]:
        changed = {**SUPPLEMENT, **{each["input"]: each["to"] for each in proposal["changes"] + proposal["passing"]}}
        assert pack.decide("Supplement", changed, decided=proposal["decided"])["value"]["granted"] is True
    assert pack.what_if("Supplement", SUPPLEMENT, **asked, max_evaluations=1)["outcome"] == "not reached"
    waiting = polku.Pack.shipped("yhteispalvelu")
    known = {"age": 30, "labour market subsidy days": 0, "months unemployed": 10}
    asked = {"decided": "2024-03-01", "goal": "true", "member": "referral"}
    assert waiting.what_if("Referral", known, **asked)["outcome"] == "none"
    late = waiting.what_if("Referral", known, **asked, until=date(2024, 12, 31))["proposals"]
    assert [(each["decided"], each["changes"]) for each in late] == [("2024-05-01", [])]
    assert {each["input"]: each["to"] for each in late[0]["passing"]}["months unemployed"] == 12
    with pytest.raises(polku.InvalidError) as caught:
        waiting.what_if("Referral", known, **asked, until="never")
    assert (caught.value.positions[0].source, caught.value.positions[0].pointer) == ("wish_json", "/until")


@pytest.mark.parametrize("facts, error, pointer", [
    ({"new aid": "a lot"}, polku.InvalidError, "/inputs/new aid"),
    ({"new aid": timedelta(days=3)}, polku.InvalidError, "/inputs/new aid"),
    ({"earlier aid": [{"day": DAY, "amount": True}]}, polku.InvalidError, "/inputs/earlier aid"),
    ({"no such": 1}, polku.NotFoundError, "/inputs/no such"),
    ({"aid cap": 1}, polku.InvalidError, "/inputs/aid cap"),
])
def test_a_wrong_fact_is_named_by_its_place(deminimis, facts, error, pointer):
    for call in (deminimis.decide, deminimis.explain, deminimis.explain_text, deminimis.missing):
        with pytest.raises(error) as caught:
            call("De minimis", facts, decided=DAY)
        assert caught.value.positions[0].pointer.startswith(pointer)
        assert caught.value.positions[0].source == "question_json"


def test_other_wrong_questions(deminimis):
    with pytest.raises(polku.NotFoundError, match="Single undertaking"):
        deminimis.decide("No such", decided=DAY)
    with pytest.raises(polku.NotFoundError, match="deminimis-2024"):
        deminimis.decide("De minimis", decided=DAY, variant="no such")
    with pytest.raises(polku.InvalidError, match="deminimis-2024"):
        deminimis.decide("De minimis", decided=date(1926, 11, 1))
    with pytest.raises(polku.InvalidError):
        deminimis.decide("De minimis", decided="1.11.2026")
    with pytest.raises(polku.InvalidError, match="no authority"):
        deminimis.decide("De minimis", FACTS, decided=DAY, overrides={"aid cap": 1})
    with pytest.raises(polku.InvalidError, match="mapping"):
        deminimis.decide("De minimis", [("new aid", 1)], decided=DAY)
    with pytest.raises(TypeError, match="binary float"):
        deminimis.decide("De minimis", {"new aid": 0.1}, decided=DAY)


def test_threads_share_a_pack(deminimis):
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: deminimis.missing("De minimis", decided=DAY), range(32)))
    assert all(each == answers[0] for each in answers)
