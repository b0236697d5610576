#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes up tables of people for measuring `polku simulate palkkatuki "Pay subsidy"`; the same bytes each time.

    people.py FILE [--rows N] [--kind plausible|random]

plausible (the default): facts hang together as in applications. A ground goes with the facts that it asks for, a bar to the subsidy is
rare, facts that play no part are left empty, days lie around the grant. No figure here is a statistic: shares are made up.
random: all 42 facts, each drawn by itself, evenly over its values, one cell of twenty empty. Hardly two rows are alike, which is the
worst case for rules that remember what they decided.
"""
import argparse
import datetime
import pathlib
import random

GROUNDS = ["skills", "reduced work ability", "age 60", "apprenticeship", "age 55"]
EMPLOYERS = ["state", "municipality", "joint municipal authority", "Helsinki separated tasks", "wellbeing services county", "association",
             "foundation", "religious community", "private person", "other employer"]
NEGLECT = ["none", "minor", "substantial"]
GRANTED = datetime.date(2026, 11, 1)
TRUTHS = ["true", "false"]
SEED = 20_261_124


def day(before: int) -> str:
    return (GRANTED - datetime.timedelta(days=before)).isoformat()


def days(least: int, most: int) -> list[str]:
    """Each day from `least` to `most` days before the grant."""
    return [day(before) for before in range(least, most + 1)]


def whole(least: int, most: int) -> list[str]:
    return list(map(str, range(least, most + 1)))


# Each fact of the decision with all values that the random population draws from.
FACTS: dict[str, list[str]] = {
    "subsidy ground": GROUNDS, "employer kind": EMPLOYERS, "economic activity": TRUTHS, "business activity": TRUTHS,
    "competitive market": TRUTHS, "birth date": days(17 * 365, 65 * 365), "grant day": days(0, 30), "unemployed jobseeker": TRUTHS,
    "apprenticeship employer change": TRUTHS, "no qualification": TRUTHS, "integration plan": TRUTHS,
    "months without work": whole(0, 48), "skills deficit": TRUTHS, "work improves skills": TRUTHS,
    "continuous unemployment": whole(0, 36), "unemployment would last": TRUTHS, "reduced chances": TRUTHS,
    "short window unemployment": whole(0, 14), "long window unemployment": whole(0, 28), "weekly hours": whole(5, 40),
    "field weekly maximum": ["37.5", "38.25", "40"], "application day": days(0, 90), "dismissals": TRUTHS,
    "latest dismissal": days(0, 700), "headcount at dismissal": whole(1, 200), "headcount now": whole(1, 200),
    "distorts competition": TRUTHS, "payment neglect": NEGLECT, "special reasons": TRUTHS, "sanction": TRUTHS,
    "latest sanction": days(0, 2000), "earlier subsidy": TRUTHS, "earlier subsidy end": days(0, 1500), "minor amount left": TRUTHS,
    "other wage aid": TRUTHS, "employment start": days(-60, 30), "business transfer": TRUTHS, "transfer day": days(0, 400),
    "pay level met": TRUTHS, "pay solely by results": TRUTHS, "undertaking in difficulty": TRUTHS, "recovery order": TRUTHS,
}


def random_columns(dice: random.Random, rows: int) -> dict[str, list[str]]:
    return {name: [value if dice.random() >= 0.05 else "" for value in dice.choices(values, k=rows)] for name, values in FACTS.items()}


def truths(dice: random.Random, rows: int, share: float) -> list[str]:
    return dice.choices(TRUTHS, [share, 1 - share], k=rows)


def where(held: list[str], values: list[str]) -> list[str]:
    """The values of the rows where something holds; the others' are unknown."""
    return [value if one == "true" else "" for one, value in zip(held, values)]


def person(dice: random.Random, rows: int, grounds: list[str]) -> dict[str, list[str]]:
    """A person's facts: age by ground, unemployment that is mostly long."""
    ages = {"age 60": days(60 * 365 + 20, 65 * 365), "age 55": days(55 * 365 + 20, 60 * 365), "apprenticeship": days(18 * 365, 40 * 365)}
    others = days(20 * 365, 60 * 365)
    unemployed = [min(36, int(dice.expovariate(1 / 14))) for _ in range(rows)]
    made = {"birth date": [dice.choice(ages.get(ground, others)) for ground in grounds]}
    made["unemployed jobseeker"] = truths(dice, rows, 0.97)
    made["apprenticeship employer change"] = where([TRUTHS[ground != "apprenticeship"] for ground in grounds], truths(dice, rows, 0.05))
    made["no qualification"], made["integration plan"] = truths(dice, rows, 0.25), truths(dice, rows, 0.2)
    made["months without work"] = [str(months + dice.choice((0, 0, 0, 3, 6))) for months in unemployed]
    made["skills deficit"], made["work improves skills"] = truths(dice, rows, 0.7), truths(dice, rows, 0.9)
    made["continuous unemployment"] = list(map(str, unemployed))
    made["unemployment would last"] = truths(dice, rows, 0.4)
    made["reduced chances"] = [TRUTHS[dice.random() > (0.95 if ground == "reduced work ability" else 0.1)] for ground in grounds]
    made["short window unemployment"] = [str(min(14, months)) for months in unemployed]
    made["long window unemployment"] = [str(min(28, months + dice.choice((0, 0, 2, 5)))) for months in unemployed]
    return made


def employer(dice: random.Random, rows: int) -> dict[str, list[str]]:
    kinds = dice.choices(EMPLOYERS, [2, 16, 3, 2, 8, 14, 4, 4, 2, 45], k=rows)
    dismissed, punished = truths(dice, rows, 0.03), truths(dice, rows, 0.003)
    neglect = dice.choices(NEGLECT, [96, 3, 1], k=rows)
    public = {"state", "municipality", "joint municipal authority", "wellbeing services county"}
    made = {"employer kind": kinds}
    made["economic activity"] = [TRUTHS[kind in public or dice.random() < 0.1] for kind in kinds]
    made["business activity"] = [TRUTHS[dice.random() < 0.8] if kind in ("association", "foundation", "religious community") else ""
                                 for kind in kinds]
    made["competitive market"] = [TRUTHS[dice.random() < 0.9] if kind in public else "" for kind in kinds]
    made["dismissals"], made["latest dismissal"] = dismissed, where(dismissed, dice.choices(days(0, 700), k=rows))
    made["headcount at dismissal"] = where(dismissed, dice.choices(whole(5, 80), k=rows))
    made["headcount now"] = where(dismissed, dice.choices(whole(5, 80), k=rows))
    made["distorts competition"], made["payment neglect"] = truths(dice, rows, 0.01), neglect
    made["special reasons"] = where([TRUTHS[each == "none"] for each in neglect], truths(dice, rows, 0.3))
    made["sanction"], made["latest sanction"] = punished, where(punished, dice.choices(days(0, 2000), k=rows))
    made["undertaking in difficulty"], made["recovery order"] = truths(dice, rows, 0.01), truths(dice, rows, 0.001)
    return made


def application(dice: random.Random, rows: int) -> dict[str, list[str]]:
    granted = dice.choices(range(0, 31), k=rows)
    before, moved = truths(dice, rows, 0.12), truths(dice, rows, 0.01)
    made = {"grant day": list(map(day, granted))}
    made["application day"] = [day(each + dice.randrange(3, 35)) for each in granted]
    made["employment start"] = [day(each - dice.randrange(0, 30)) for each in granted]
    made["weekly hours"] = dice.choices(["37.5", "38.25", "40", "30", "25", "20", "15"], [30, 20, 10, 18, 10, 9, 3], k=rows)
    made["field weekly maximum"] = dice.choices(["37.5", "38.25", "40"], [45, 40, 15], k=rows)
    made["earlier subsidy"], made["earlier subsidy end"] = before, where(before, dice.choices(days(30, 1500), k=rows))
    made["minor amount left"], made["other wage aid"] = truths(dice, rows, 0.01), truths(dice, rows, 0.03)
    made["business transfer"], made["transfer day"] = moved, where(moved, dice.choices(days(0, 400), k=rows))
    made["pay level met"], made["pay solely by results"] = truths(dice, rows, 0.995), truths(dice, rows, 0.005)
    return made


def plausible_columns(dice: random.Random, rows: int) -> dict[str, list[str]]:
    grounds = dice.choices(GROUNDS, [45, 33, 8, 8, 6], k=rows)
    made = {"subsidy ground": grounds, **person(dice, rows, grounds), **employer(dice, rows), **application(dice, rows)}
    return {name: made[name] for name in FACTS}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--kind", choices=("plausible", "random"), default="plausible")
    asked = parser.parse_args()
    dice = random.Random(SEED)
    make = plausible_columns if asked.kind == "plausible" else random_columns
    with open(asked.file, "w", encoding="ascii") as out:
        out.write(",".join(FACTS) + "\n")
        for first in range(0, asked.rows, 50_000):
            columns = make(dice, min(50_000, asked.rows - first))
            out.writelines(",".join(row) + "\n" for row in zip(*columns.values()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
