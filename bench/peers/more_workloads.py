# SPDX-License-Identifier: Apache-2.0
"""Two more workloads for the comparison with other engines, beside those of bench/workloads.

    six    the published harness: one table of 6 rules, FIRST, over amount = (i * 7) % 1001 and member = (i even), 200 000
           rows, whose outputs sum to 2 663 397. The rules are facts of that report; model and rows are written here
    chain  two tables of 3 700 rules each, FIRST, the second over what the first yields: a large model in use
"""
import pathlib
import random
import sys
from decimal import Decimal

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "workloads"))
import cells  # noqa: E402
from dmn_text import Model, table_xml  # noqa: E402
from table_workloads import Workload, compiled, table_model  # noqa: E402

SIX_INPUTS = [("amount", "number"), ("member", "boolean")]
SIX_OUTPUTS = [("discount", "number")]
SIX_RULES = [([">= 500", "true"], ["20"]), ([">= 500", "-"], ["15"]), ([">= 100", "true"], ["12"]), ([">= 100", "-"], ["10"]),
             ([">= 50", "-"], ["5"]), (["-", "-"], ["0"])]
SIX_ROWS = 200_000
SIX_CHECKSUM = 2_663_397

CHAIN_GROUPS, CHAIN_STEPS = 370, 10
CHAIN_FIRST = [("postcode", "string"), ("income", "number")]
CHAIN_SECOND = [("grade", "string"), ("age", "number")]
CHAIN_OUTPUTS = [("rate", "number"), ("code", "string")]


def six() -> Workload:
    tests = compiled(SIX_RULES)
    counter = iter(range(10**9))

    def make_row():
        at = next(counter)
        return {"amount": at * 7 % 1001, "member": at % 2 == 0}

    def answer(row):
        return Decimal(SIX_RULES[cells.hits(tests, row.values())[0]][1][0])
    return Workload("six", "discount", table_model("discount", "FIRST", SIX_INPUTS, SIX_OUTPUTS, SIX_RULES), make_row, answer)


def steps(dice, most: int) -> list[str]:
    """Cells whose first that holds decides: ever higher upper bounds, then any value."""
    return [f"< {bound}" for bound in sorted(dice.sample(range(1, most), CHAIN_STEPS - 1))] + ["-"]


def shuffled_groups(dice, groups: list[list]) -> list:
    """All rules in random order, those of one group in theirs."""
    order = [at for at, group in enumerate(groups) for _ in group]
    dice.shuffle(order)
    waiting = [iter(group) for group in groups]
    return [next(waiting[at]) for at in order]


def chain() -> Workload:
    dice = random.Random(7_404)
    postcodes = [f"{number:05}" for number in dice.sample(range(100_000), CHAIN_GROUPS)]
    grades = [f"G{number:03}" for number in range(CHAIN_GROUPS)]
    first = [[([f'"{code}"', cell], [f'"{dice.choice(grades)}"']) for cell in steps(dice, 60_000)] for code in postcodes]
    second = [[([f'"{grade}"', cell], [format(Decimal(dice.randint(50, 1_999)) / 10_000, "f"), f'"K{at:03}{step}"'])
               for step, cell in enumerate(steps(dice, 100))] for at, grade in enumerate(grades)]
    by_postcode, by_grade = dict(zip(postcodes, first)), dict(zip(grades, second))
    made = Model("chain")
    for name, kind in (*CHAIN_FIRST, CHAIN_SECOND[1]):
        made.add_input(name, kind)
    made.add_decision("grade", "string", [name for name, _ in CHAIN_FIRST],
                      table_xml("grade", "FIRST", CHAIN_FIRST, [("grade", "string")], shuffled_groups(dice, first)))
    made.add_decision("rates", "Any", [name for name, _ in CHAIN_SECOND],
                      table_xml("rates", "FIRST", CHAIN_SECOND, CHAIN_OUTPUTS, shuffled_groups(dice, second)))

    def make_row():
        return {"postcode": dice.choice(postcodes), "income": Decimal(dice.randint(0, 6_500_000)) / 100, "age": dice.randint(0, 100)}

    def of_group(rules, value):
        return next(answers for tests, answers in rules if cells.predicate(tests[1])(value))

    def answer(row):
        (grade,) = of_group(by_postcode[row["postcode"]], row["income"])
        rate, code = of_group(by_grade[grade.strip('"')], row["age"])
        return {"rate": Decimal(rate), "code": code.strip('"')}
    return Workload("chain", "rates", made.xml(), make_row, answer)
