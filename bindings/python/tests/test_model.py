# SPDX-License-Identifier: Apache-2.0
"""DMN models: decisions over mappings, explanations, prepared typed calls."""
import datetime
import enum
import pathlib
from decimal import Decimal
from zoneinfo import ZoneInfo

import polku
import pytest


def test_a_model_names_its_decisions_and_inputs(support):
    assert support.decisions == ["Support"]
    assert support.check() == []
    assert support.decision("Support").inputs == {"work ability": "number", "months without work": "number"}
    assert support.decision("decision_support").evaluate({"work ability": 2}) == "assessment"


def test_the_analysis_of_a_table_has_an_input_that_replays(support):
    assert support.analyse()["verdict"] == "proved"
    root = pathlib.Path(__file__).resolve().parents[3]
    broken = polku.Program.read(root / "tests" / "golden" / "bad" / "analysis" / "gap_number.dmn")
    report = broken.analyse(advice=False)
    assert (report["verdict"], report["tables"][0]["complete"]) == ("counterexample", "counterexample")
    gap = report["findings"][0]
    assert (gap["finding"], gap["region"]) == ("gap", [{"expression": "age", "tests": "18"}])
    assert broken.evaluate(gap["decision"], gap["input"]) is None
    with pytest.raises(polku.InvalidError) as caught:
        broken.analyse(advise=True)
    assert caught.value.code == 804


def test_a_decision_over_a_mapping(support):
    assert support.evaluate("Support", {"work ability": 6, "months without work": 14}) == "coaching"
    assert support.evaluate("Support", {}) is None
    with pytest.raises(polku.InvalidError) as caught:
        support.evaluate("Support", {"work abilty": 6})
    assert caught.value.code == 430
    assert "work ability" in caught.value.message
    with pytest.raises(polku.InvalidError):
        support.evaluate("Support", [("work ability", 6)])
    with pytest.raises(polku.NotFoundError) as missing:
        support.evaluate("Suport", {})
    assert missing.value.code == 101


def test_an_explanation_names_the_rule(support):
    told = support.decision("Support").explain({"work ability": 6, "months without work": 14})
    assert told["value"] == "coaching"
    rule = told["trace"][0]["tables"][0]["matched"][0]
    assert rule["id"] == "rule_long"
    assert rule["annotations"] == {"why": "a year without work asks for coaching"}


def test_why_not_names_the_nearest_rules_and_the_causes_of_nulls(support):
    decision = support.decision("Support")
    told = decision.why_not({})
    assert told["value"] is None
    nearest = told["tables"][0]["nearest"]
    assert len(nearest[0]["failing"]) <= len(nearest[-1]["failing"])
    assert {"column", "input", "value", "cell", "verdict"} == set(nearest[0]["failing"][0])
    assert told["nulls"][0]["origin"] == "no_rule_matched"
    assert {"origin": "input_not_given", "of": "work ability"}.items() <= told["nulls"][1].items()
    asked = decision.why_not({"work ability": 6, "months without work": 14}, "rule_long")
    assert asked["tables"][0]["asked"] == [{"rule": 2, "id": "rule_long", "failing": []}]
    with pytest.raises(polku.NotFoundError, match="rule_none"):
        decision.why_not({}, "rule_none")


def test_a_broken_model_says_where():
    with pytest.raises(polku.InvalidError) as caught:
        polku.Program([("broken.dmn", "<definitions>\n  <decision>\n</definitions>")])
    assert caught.value.code == 400
    assert caught.value.positions[0].source == "broken.dmn"
    assert caught.value.positions[0].line == 3
    with pytest.raises(polku.InvalidError):
        polku.Program([])


def test_a_prepared_decision_runs_on_typed_values(support):
    ready = support.decision("Support").prepare()
    assert ready(6, 14) == "coaching"
    assert ready(Decimal("3.99"), polku.UNKNOWN) == "assessment"
    assert ready(None, 3) is None
    with pytest.raises(polku.InvalidError, match="2 inputs"):
        ready(6)


@pytest.mark.parametrize("value", [
    None, True, False, Decimal("-1.50"), Decimal("9" * 34), Decimal("1E-6000"), Decimal(2) ** 63, -(2**63), 0,
    "", "ä", "x" * 500, datetime.date(2026, 3, 2), datetime.date.min, datetime.date.max, datetime.time(10, 30, 0, 5),
    datetime.datetime(2026, 3, 2, 10, tzinfo=datetime.timezone.utc),
    datetime.datetime(2026, 3, 2, 10, tzinfo=datetime.timezone(datetime.timedelta(hours=-5))),
    datetime.datetime(2026, 3, 2, 10, 0, 0, 1, tzinfo=ZoneInfo("Europe/Helsinki")),
    datetime.time(10, tzinfo=datetime.timezone(datetime.timedelta(hours=2))),
    datetime.timedelta(days=-1, microseconds=7), datetime.timedelta(0), polku.Months(-14),
    [Decimal(1), ["a", None]], {"a": {"b": True}},
])
def test_every_type_comes_back_as_it_went_in(echo, value):
    with echo.decision("same").prepare() as same:
        found = same(value)
    assert found == value
    assert type(found) is (Decimal if isinstance(value, int) and not isinstance(value, bool) else type(value))


def test_a_prepared_decision_refuses_what_does_not_fit(echo):
    same = echo.decision("same").prepare()
    with pytest.raises(TypeError):
        same(0.5)
    with pytest.raises(TypeError):
        same(b"bytes")
    with pytest.raises(polku.InvalidError):
        same(10**34)
    with pytest.raises(ValueError):
        same(Decimal("NaN"))
    with pytest.raises(polku.InvalidError) as caught:
        same("a\0b")
    assert caught.value.code == 100
    assert same(1) == 1


def test_interned_texts_are_the_same_texts(echo):
    same = echo.decision("same").prepare()
    same.intern("coaching")
    same.intern("coaching")
    assert same("coaching") == "coaching"
    assert same("advice") == "advice"


def test_a_prepared_decision_knows_the_day_it_was_given(echo):
    assert echo.decision("the day").prepare()() is None
    assert echo.decision("the day").prepare(now=datetime.date(2026, 10, 1))() == datetime.date(2026, 10, 1)


def test_dates_past_the_range_of_python_come_out_as_text(echo):
    same = echo.decision("same").prepare()
    assert echo.decision("review day").prepare()(datetime.date(9999, 12, 1)) == "10000-03-01"
    assert same(datetime.date(1, 1, 1)) == datetime.date(1, 1, 1)


def test_a_prepared_decision_outlives_its_program(root):
    program = polku.Program.read(root / "examples" / "support.dmn")
    ready = program.decision("Support").prepare()
    program.close()
    assert ready(6, 14) == "coaching"
    with pytest.raises(polku.MisuseError):
        program.evaluate("Support", {})


@pytest.mark.parametrize("text", ["0", "-0", "1", "-1", "0.1", "-0.50", "1E+3", "12E-40", "18446744073709551615", "18446744073709551616",
                                  "-18446744073709551616", "-9223372036854775809", "9999999999999999999999999999999999",
                                  "-9.999999999999999999999999999999999", "1E-50"])
def test_a_prepared_decision_takes_and_gives_numbers_whole(echo, text):
    same = echo.decision("same").prepare()
    assert same(Decimal(text)) == Decimal(text)
    if Decimal(text) == int(Decimal(text)):
        assert same(int(Decimal(text))) == Decimal(text)


@pytest.mark.parametrize("value", [Decimal("1" * 35), 10**34, Decimal("NaN"), Decimal("Infinity")])
def test_a_prepared_decision_refuses_numbers_that_feel_does_not_have(echo, value):
    same = echo.decision("same").prepare()
    with pytest.raises((ValueError, polku.PolkuError)):
        same(value)
    assert same(1) == 1


def test_inputs_of_a_prepared_decision_leave_nothing_behind(echo):
    """One slot takes values of all kinds in turn."""
    same = echo.decision("same").prepare()
    same.intern("known")
    for value in ("known", "", "new \N{SNOWMAN}", 7, True, None, [1, "two"], datetime.date(2026, 11, 21), {"a": [None]}, "known", 0, False):
        assert same(value) == value


def test_subclasses_are_taken_as_what_they_are(echo):
    same = echo.decision("same").prepare()
    assert same(enum.IntEnum("Level", "LOW")(1)) == 1
    assert same(type("Name", (str,), {})("x")) == "x"
    assert same([type("Money", (Decimal,), {})("1.50")]) == [Decimal("1.50")]


def test_the_layout_that_slots_are_written_by():
    """Prepared writes kinds without pointers by these places."""
    from polku._native import ffi
    assert ffi.sizeof("polku_input") == 32
    assert [ffi.offsetof("polku_input", "kind"), ffi.offsetof("polku_input", "boolean"), ffi.offsetof("polku_input", "as")] == [0, 1, 8]
    assert [ffi.offsetof("polku_decimal", name) for name in ("lo", "hi", "scale")] == [0, 8, 16]


TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="https://example.org/m">
<inputData id="i" name="x"><variable name="x" typeRef="number"/></inputData>
<decision id="d" name="d"><variable name="d"/><informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
<decisionTable id="t" hitPolicy="UNIQUE"><input id="c"><inputExpression id="e" typeRef="number"><text>x</text></inputExpression></input>
<output id="o1" name="rate"/><output id="o2" name="code"/>
<rule id="r1"><inputEntry id="a1"><text>1</text></inputEntry>
<outputEntry id="b1"><text>0.50</text></outputEntry><outputEntry id="b2"><text>"A"</text></outputEntry></rule>
<rule id="r2"><inputEntry id="a2"><text>2</text></inputEntry>
<outputEntry id="b3"><text>null</text></outputEntry><outputEntry id="b4"><text>null</text></outputEntry></rule>
<rule id="r3"><inputEntry id="a3"><text>3</text></inputEntry>
<outputEntry id="b5"><text>[1, 2]</text></outputEntry><outputEntry id="b6"><text>{a: 1}</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


def test_a_prepared_table_gives_its_outputs_by_name():
    ready = polku.Program([("m.dmn", TABLE)]).decision("d").prepare()
    assert ready(1) == {"rate": Decimal("0.50"), "code": "A"}
    assert ready(3) == {"rate": [1, 2], "code": {"a": 1}}
    assert ready(9) is None  # no rule
    assert ready(2) == {"rate": None, "code": None}  # a rule whose outputs are null
    assert ready(1) == {"rate": Decimal("0.50"), "code": "A"}
