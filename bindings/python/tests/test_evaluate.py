# SPDX-License-Identifier: Apache-2.0
"""Single FEEL expressions, values in both directions, errors."""
import datetime
from decimal import Decimal
from fractions import Fraction

import polku
import pytest


def test_numbers_are_exact_to_34_digits():
    big = Decimal("1234567890123456789012345678901234")
    assert polku.evaluate("x", {"x": big}) == big
    assert polku.evaluate("0.1 + 0.2") == Decimal("0.3")
    assert polku.evaluate("x + 1", {"x": 10**33}) == 10**33 + 1
    assert polku.evaluate("1 / 3") == Decimal("0." + "3" * 34)
    assert isinstance(polku.evaluate("1"), Decimal)
    assert polku.evaluate("x", {"x": Decimal("1E-6000")}) == Decimal("1E-6000")


def test_more_than_34_digits_is_an_error_not_a_rounding():
    with pytest.raises(polku.InvalidError) as caught:
        polku.evaluate("x", {"x": 10**34 + 1})
    assert caught.value.code == 802


@pytest.mark.parametrize("value", [0.5, float("nan")])
def test_a_float_is_refused(value):
    with pytest.raises(TypeError, match="Decimal"):
        polku.evaluate("x", {"x": value})


@pytest.mark.parametrize("value", [b"bytes", {1, 2}, Fraction(1, 3), object()])
def test_other_types_are_refused(value):
    with pytest.raises(TypeError, match="no value that polku knows"):
        polku.evaluate("x", {"x": value})


def test_decimals_that_are_no_number_are_refused():
    with pytest.raises(ValueError, match="no FEEL number"):
        polku.evaluate("x", {"x": Decimal("Infinity")})


def test_values_go_in_and_come_out():
    given = {"text": "ä \u0001 \"", "yes": True, "none": None, "list": [1, [2]], "tuple": (1, 2), "inner": {"a": "b"}}
    out = polku.evaluate("x", {"x": given})
    assert out == {**given, "tuple": [1, 2]}


def test_dates_and_durations_go_in_as_iso_texts():
    day = datetime.date(2026, 11, 24)
    assert polku.evaluate('date(x) + duration("P3M")', {"x": day}) == "2027-02-24"
    assert polku.evaluate("duration(x) = @\"P1DT2H\"", {"x": datetime.timedelta(hours=26)}) is True
    assert polku.evaluate("duration(x)", {"x": -datetime.timedelta(seconds=90, microseconds=5)}) == "-PT1M30.000005S"
    when = datetime.datetime(2026, 3, 2, 10, tzinfo=datetime.timezone.utc)
    assert polku.evaluate("date and time(x).hour", {"x": when}) == 10
    assert polku.evaluate("time(x).minute", {"x": datetime.time(10, 30)}) == 30


def test_now_is_what_the_caller_says():
    assert polku.evaluate("today()") is None
    assert polku.evaluate("today()", now=datetime.date(2026, 3, 2)) == "2026-03-02"
    assert polku.evaluate("now()", now=datetime.datetime(2026, 3, 2, 10, tzinfo=datetime.timezone.utc)) \
        == "2026-03-02T10:00:00Z"


def test_a_syntax_error_has_code_message_and_position():
    with pytest.raises(polku.InvalidError) as caught:
        polku.evaluate("1 +\n * 2")
    error = caught.value
    assert error.code == 200
    assert error.message and error.message in str(error)
    assert error.positions == (polku.Position(source="", element="", pointer="", line=2, column=2),)


def test_errors_are_also_the_usual_python_ones():
    with pytest.raises(ValueError):
        polku.evaluate("1 +")
    with pytest.raises(LookupError):
        polku.Path.shipped("no such path")


def test_a_nul_byte_in_a_text_is_an_error():
    with pytest.raises(polku.InvalidError) as caught:
        polku.evaluate("1\0")
    assert caught.value.code == 100


def test_lone_surrogates_are_refused():
    with pytest.raises(ValueError):
        polku.evaluate("x", {"x": "\ud800"})


def test_deep_nesting_is_a_limit():
    with pytest.raises(polku.LimitError) as caught:
        polku.evaluate("(" * 5000 + "1" + ")" * 5000)
    assert caught.value.code == 500


def test_versions():
    assert polku.version() == polku.__version__
    assert polku.abi_version() == 1_000_000
