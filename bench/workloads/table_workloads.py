# SPDX-License-Identifier: Apache-2.0
"""w1 and w2: decision tables."""
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import cells
from dmn_text import Model, table_xml


@dataclass
class Workload:
    name: str
    decision: str
    model: str
    make_row: Callable[[], dict]
    answer: Callable[[dict], object]
    floor: str = ""


# ------------------------------------------------------------------------------------------------------------- w1
EMPLOYERS = ["company", "municipality", "association", "household", "foundation"]
MUNICIPALITIES = ["049", "091", "092", "179", "235", "297", "398", "564", "698", "853"]
SMALL_INPUTS = [("age", "number"), ("unemployed_months", "number"), ("reduced_ability", "boolean"),
                ("employer", "string"), ("municipality", "string"), ("weekly_hours", "number")]
SMALL_OUTPUTS = [("percentage", "number"), ("most_months", "number")]
# age | months unemployed | reduced ability | employer | municipality | weekly hours | percentage | most months
SMALL_RULES = """
< 15     | -       | -    | -                          | -                       | -        | 0   | 0
> 68     | -       | -    | -                          | -                       | -        | 0   | 0
-        | -       | -    | "household"                | -                       | < 9      | 0   | 0
-        | -       | true | "association","foundation" | -                       | >= 21    | 100 | 24
-        | -       | true | "municipality"             | "049","091","092","235" | -        | 75  | 24
>= 61    | >= 24   | -    | "municipality"             | -                       | >= 18    | 70  | 22
>= 54    | [24..28)| -    | -                          | -                       | [18..40] | 70  | 8
>= 54    | >= 28   | -    | -                          | -                       | -        | 70  | 11
-        | -       | true | "company","household"      | -                       | [15..40] | 70  | 18
-        | -       | true | -                          | -                       | -        | 70  | 10
[15..20) | >= 1    | -    | "company"                  | -                       | >= 25    | 50  | 12
[15..20) | -       | -    | not("company","household") | -                       | -        | 50  | 10
[20..25) | >= 3    | -    | -                          | "564","698","853"       | -        | 55  | 10
[20..25) | >= 6    | -    | -                          | -                       | >= 20    | 50  | 9
[25..30) | [6..12) | -    | "association"              | -                       | -        | 60  | 12
[25..30) | >= 12   | -    | -                          | -                       | [18..30] | 50  | 11
-        | >= 24   | -    | "association"              | "179","297","398"       | <= 25    | 100 | 12
-        | >= 24   | -    | "association","foundation" | -                       | <= 25    | 65  | 12
-        | >= 24   | -    | "company"                  | -                       | > 30     | 50  | 10
-        | [12..24)| -    | not("household")           | not("091")              | -        | 50  | 8
-        | [12..24)| -    | -                          | -                       | >= 20    | 40  | 8
-        | [6..12) | -    | "company","association"    | -                       | >= 25    | 40  | 6
[50..68] | [3..12) | -    | -                          | -                       | -        | 45  | 6
-        | -       | -    | -                          | -                       | -        | 0   | 0
"""


def compiled(rules):
    return [([cells.predicate(cell) for cell in tests], answers) for tests, answers in rules]


def table_model(name: str, policy: str, inputs, outputs, rules) -> str:
    model = Model(name)
    for each, kind in inputs:
        model.add_input(each, kind)
    model.add_decision(name, "Any", [each for each, _ in inputs], table_xml(name, policy, inputs, outputs, rules))
    return model.xml()


def small_floor(rules) -> str:
    """The table by hand: if after if, over enumerations and over texts."""
    def function(name: str, row: str, text_of) -> str:
        lines = [f"inline small_answer {name}(const {row}& row) {{"]
        for tests, answers in rules:
            found = [cells.cpp_condition(cell, "row." + at, text_of) for cell, (at, _) in zip(tests, SMALL_INPUTS)]
            condition = " && ".join(each for each in found if each)
            lines.append(f"    {f'if ({condition}) ' if condition else ''}return {{{answers[0]}, {answers[1]}}};")
        return "\n".join(lines + ["}\n"])
    return ("// Written by generate.py.\n" + function("small_by_enums", "small_enum_row", lambda text: f'code_of("{text}")')
            + function("small_by_texts", "small_text_row", lambda text: f'"{text}"'))


def small_table() -> Workload:
    split = [[cell.strip() for cell in line.split("|")] for line in SMALL_RULES.strip().splitlines()]
    rules = [(line[:6], line[6:]) for line in split]
    assert len(rules) == 24
    tests = compiled(rules)
    dice = random.Random(7_101)

    def make_row():
        return {"age": dice.randint(14, 70), "unemployed_months": min(60, int(dice.expovariate(1 / 14))),
                "reduced_ability": dice.random() < 0.18, "employer": dice.choices(EMPLOYERS, [60, 12, 14, 8, 6])[0],
                "municipality": dice.choice(MUNICIPALITIES), "weekly_hours": dice.randint(4, 40)}

    def answer(row):
        first = rules[cells.hits(tests, row.values())[0]][1]
        return {name: Decimal(value) for (name, _), value in zip(SMALL_OUTPUTS, first)}
    return Workload("w1", "eligibility", table_model("eligibility", "FIRST", SMALL_INPUTS, SMALL_OUTPUTS, rules), make_row,
                    answer, small_floor(rules))


# ------------------------------------------------------------------------------------------------------------- w2
LARGE_INPUTS = [("region", "string"), ("category", "string"), ("amount", "number"), ("score", "number"), ("term", "number")]
LARGE_OUTPUTS = [("rate", "number"), ("code", "string")]
WHOLE = {"amount": (0, 100_000), "score": (0, 101), "term": (1, 121)}  # half open, in whole numbers
GRID = {"amount": 500, "score": 5, "term": 6}


def cut(dice, box: dict, pieces: int) -> list[dict]:
    """Cuts a box into disjoint boxes that cover it."""
    if pieces == 1:
        return [box]
    places = {}
    for axis, (low, high) in box.items():
        step = GRID[axis]
        places[axis] = [at for at in range((low // step + 1) * step, high, step) if at > low]
    axis = dice.choice([name for name in ("amount", "amount", "score", "term") if places[name]])
    at = dice.choice(places[axis])
    left = min(pieces - 1, max(1, round(pieces * dice.uniform(0.3, 0.7))))
    low, high = box[axis]
    return cut(dice, {**box, axis: (low, at)}, left) + cut(dice, {**box, axis: (at, high)}, pieces - left)


def axis_cell(axis: str, low: int, high: int) -> str:
    least, most = WHOLE[axis]
    if axis == "amount":
        return f"[{low}..{high})"
    if (low, high) == (least, most):
        return "-"
    if low == least:
        return f"< {high}"
    return f">= {low}" if high == most else f"[{low}..{high})"


def large_rules(dice):
    regions = [f"R{number:02}" for number in range(40)]
    categories = [f"C{number:02}" for number in range(20)]
    mixed_regions, mixed_categories = dice.sample(regions, 40), dice.sample(categories, 20)
    rules = []
    for first in range(10):
        for second in range(10):
            texts = [mixed_regions[first * 4:first * 4 + 4], mixed_categories[second * 2:second * 2 + 2]]
            for third, box in enumerate(cut(dice, dict(WHOLE), 10)):
                tests = [",".join(f'"{text}"' for text in sorted(group)) for group in texts]
                tests += [axis_cell(axis, *box[axis]) for axis in WHOLE]
                rate = Decimal(dice.randint(50, 1_999)) / 10_000
                rules.append((tests, [format(rate, "f"), f'"K{first}{second}{third}"'], box))
    dice.shuffle(rules)
    return regions, categories, rules


def large_floor(rules) -> str:
    """Rows of a table for hand-written code: sets as bits, bounds half open, amounts in cents."""
    lines = ["// Written by generate.py: regions, categories, amount in cents, score, term, rate in 1/10 000, code."]
    for tests, (rate, code), box in rules:
        regions = sum(1 << int(text[1:]) for text in cells.TEXT.findall(tests[0]))
        categories = sum(1 << int(text[1:]) for text in cells.TEXT.findall(tests[1]))
        (a, b), (c, d), (e, f) = box["amount"], box["score"], box["term"]
        lines.append(f"{{{regions:#x}U, {categories:#x}U, {a * 100}, {b * 100}, {c}, {d}, {e}, {f}, "
                     f"{int(Decimal(rate) * 10_000)}, {code}}},")
    return "\n".join(lines) + "\n"


def large_table() -> Workload:
    dice = random.Random(7_202)
    regions, categories, made = large_rules(dice)
    rules = [(tests, answers) for tests, answers, _ in made]
    assert len(rules) == 1_000
    tests = compiled(rules)
    by_region = {}
    for at, (cell, _) in enumerate(rules):
        for region in cells.TEXT.findall(cell[0]):
            by_region.setdefault(region, []).append(at)

    def make_row():
        return {"region": "R99" if dice.random() < 0.01 else dice.choice(regions), "category": dice.choice(categories),
                "amount": Decimal(dice.randint(0, 10_199_999)) / 100, "score": dice.randint(0, 100),
                "term": dice.randint(1, 120)}

    def answer(row):
        values = list(row.values())
        found = [at for at in by_region.get(row["region"], []) if all(test(v) for test, v in zip(tests[at][0], values))]
        assert len(found) <= 1, "the table is not unique"
        if not found:
            return None
        rate, code = rules[found[0]][1]
        return {"rate": Decimal(rate), "code": code.strip('"')}
    return Workload("w2", "rates", table_model("rates", "UNIQUE", LARGE_INPUTS, LARGE_OUTPUTS, rules), make_row, answer,
                    large_floor(made))
