# SPDX-License-Identifier: Apache-2.0
"""w3: a graph of decisions over dates, decimals and a list of payments."""
import calendar
import random
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import cells
from dmn_text import Model, expression_xml, table_xml
from table_workloads import EMPLOYERS, Workload, compiled

INPUTS = [("birth_date", "date"), ("unemployed_since", "date"), ("hired_on", "date"), ("work_ability", "number"),
          ("employer", "string"), ("wanted_months", "number"), ("payments", "payment_list")]
SHARE_INPUTS = [("age", "number"), ("unemployed_days", "number"), ("work_ability", "number")]
SHARE_RULES = [(["-", "-", "< 40"], ["100"]), (["-", "-", "[40..60)"], ["70.5"]), ([">= 60", ">= 365", "-"], ["70"]),
               ([">= 55", ">= 730", "-"], ["66.67"]), (["< 25", ">= 90", "-"], ["55"]),
               (["[25..30)", ">= 180", "-"], ["52.5"]), (["-", ">= 365", "-"], ["50"]), (["-", "-", "-"], ["0"])]
TERM_INPUTS = [("employer", "string"), ("share", "number")]
TERM_OUTPUTS = [("monthly_cap", "number"), ("most_months", "number")]
TERM_RULES = [(['"association","foundation"', ">= 100"], ["3400.00", "24"]),
              (['"association","foundation"', "[50..100)"], ["2480.50", "18"]),
              (['"municipality"', ">= 70"], ["2370.25", "12"]), (['"municipality"', "[50..70)"], ["1812.30", "10"]),
              (['"company","household"', ">= 70"], ["2275.40", "12"]),
              (['"company","household"', "[50..70)"], ["1660.00", "10"]), (["-", "< 50"], ["0.00", "0"])]
WAGES = 'payments[kind = "wage" and amount > 0]'
EXPRESSIONS = [
    ("age", "number", ["birth_date", "hired_on"], "years and months duration(birth_date, hired_on).years"),
    ("unemployed_days", "number", ["unemployed_since", "hired_on"], "(hired_on - unemployed_since).days"),
    ("wage_base", "number", ["payments"], f"sum({WAGES}.amount)"),
    ("average_wage", "number", ["payments", "wage_base"], f"round half up(wage_base / count({WAGES}), 2)"),
]
SUBSIDY = "min(round half up(average_wage * 1.2213 * share / 100, 2), terms.monthly_cap)"
ANSWER = ("{age: age, unemployed_days: unemployed_days, wage_base: wage_base, average_wage: average_wage, share: share, "
          "monthly_cap: terms.monthly_cap, most_months: terms.most_months, subsidy: subsidy, "
          "months: min(wanted_months, terms.most_months), "
          'ends_on: hired_on + duration("P" + string(months) + "M"), total: round half up(subsidy * months, 2)}')


def model() -> str:
    made = Model("wage_subsidy")
    made.add_type("payment", [("month", "string"), ("kind", "string"), ("amount", "number")])
    made.add_type("payment_list", [], is_collection_of="payment")
    for name, kind in INPUTS:
        made.add_input(name, kind)
    for name, kind, needs, text in EXPRESSIONS:
        made.add_decision(name, kind, needs, expression_xml(name, text))
    made.add_decision("share", "number", ["age", "unemployed_days", "work_ability"],
                      table_xml("share", "FIRST", SHARE_INPUTS, [("share", "number")], SHARE_RULES))
    made.add_decision("terms", "Any", ["employer", "share"],
                      table_xml("terms", "UNIQUE", TERM_INPUTS, TERM_OUTPUTS, TERM_RULES))
    made.add_decision("subsidy", "number", ["average_wage", "share", "terms"], expression_xml("subsidy", SUBSIDY))
    made.add_decision("answer", "Any", ["age", "unemployed_days", "wage_base", "average_wage", "share", "terms", "subsidy",
                                        "hired_on", "wanted_months"], expression_xml("answer", ANSWER))
    return made.xml()


def plus_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def whole_years(start: date, end: date) -> int:
    return ((end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)) // 12


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def make_payments(dice, hired: date) -> list[dict]:
    payments = []
    for back in range(1, dice.randint(2, 9) + 1):
        kind = dice.choices(["wage", "bonus", "holiday", "correction"], [70, 10, 12, 8])[0]
        taken_back = kind == "correction" or (kind == "wage" and dice.random() < 0.06)
        amount = Decimal(-dice.randint(1_000, 60_000) if taken_back else dice.randint(20_000, 420_000)) / 100
        month = plus_months(hired.replace(day=1), -back)
        payments.append({"month": f"{month:%Y-%m}", "kind": kind, "amount": amount})
    if not any(each["kind"] == "wage" and each["amount"] > 0 for each in payments):
        payments[0].update(kind="wage", amount=Decimal("1850.05"))
    return payments


def make_row(dice) -> dict:
    hired = date(2025, 1, 1) + timedelta(dice.randint(0, 729))
    if dice.random() < 0.1:
        hired = date(2025, dice.choice([1, 3, 5, 7, 8, 10, 12]), 31)  # month ends
    if dice.random() < 0.02:
        hired = date(2024, 2, 29)
    birth = hired - timedelta(int(dice.uniform(16, 66) * 365.2425))
    if dice.random() < 0.02:
        birth = date(dice.choice([1960, 1964, 1972, 1984, 1996, 2000, 2004]), 2, 29)
    since = hired - timedelta(int(dice.expovariate(1 / 300)))
    ability = dice.randint(10, 59) if dice.random() < 0.2 else dice.randint(60, 100)
    return {"birth_date": birth, "unemployed_since": since, "hired_on": hired, "work_ability": ability,
            "employer": dice.choices(EMPLOYERS, [60, 12, 14, 8, 6])[0], "wanted_months": dice.randint(1, 24),
            "payments": make_payments(dice, hired)}


def make_answer(row, share_rules, term_rules) -> dict:
    age = whole_years(row["birth_date"], row["hired_on"])
    days = (row["hired_on"] - row["unemployed_since"]).days
    wages = [each["amount"] for each in row["payments"] if each["kind"] == "wage" and each["amount"] > 0]
    base = sum(wages, Decimal(0))
    average = cents(base / len(wages))
    share = Decimal(share_rules[cells.hits(share_rules, (age, days, row["work_ability"]))[0]][1][0])
    (only,) = cells.hits(term_rules, (row["employer"], share))
    cap, most = Decimal(term_rules[only][1][0]), int(term_rules[only][1][1])
    subsidy = min(cents(average * Decimal("1.2213") * share / 100), cap)
    months = min(row["wanted_months"], most)
    return {"age": age, "unemployed_days": days, "wage_base": base, "average_wage": average, "share": share,
            "monthly_cap": cap, "most_months": most, "subsidy": subsidy, "months": months,
            "ends_on": plus_months(row["hired_on"], months), "total": cents(subsidy * months)}


def graph() -> Workload:
    dice = random.Random(7_303)
    share_rules, term_rules = compiled(SHARE_RULES), compiled(TERM_RULES)
    return Workload("w3", "answer", model(), lambda: make_row(dice), lambda row: make_answer(row, share_rules, term_rules))
