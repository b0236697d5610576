#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes vectors for polku's decimal arithmetic, computed with Python's decimal module (IEEE 754 decimal128: 34 digits,
half to even, exponents -6143 to 6144) and with exact integers and fractions where that module rounds more than once.

    number_vectors.py --rows 385 --seed 1 > tests/tables/feel/number_vectors.csv
    number_vectors.py --total 100000 --seed 7    # as many rows in all, most of them of the common operations

One line is `operation;first;second;expected`; an empty `expected` means that there is no value. `expected` is the text
that polku writes: plain without trailing zeros from 1e-34 to 1e34, exponent form outside."""

import argparse
import decimal
import random
import sys
from decimal import Decimal
from fractions import Fraction

DECIMAL128 = decimal.Context(prec=34, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144, clamp=1, traps=[])
PRECISE = decimal.Context(prec=150, rounding=decimal.ROUND_HALF_EVEN, Emin=-99999999, Emax=99999999, traps=[])
EXACT = decimal.Context(prec=200000, rounding=decimal.ROUND_HALF_EVEN, Emin=-99999999, Emax=99999999,
                        traps=[decimal.Inexact])
MODES = {"half_even": decimal.ROUND_HALF_EVEN, "half_up": decimal.ROUND_HALF_UP, "half_down": decimal.ROUND_HALF_DOWN,
         "up": decimal.ROUND_UP, "down": decimal.ROUND_DOWN, "floor": decimal.ROUND_FLOOR,
         "ceiling": decimal.ROUND_CEILING}


def text(value):
    """The text that polku writes, or nothing for no value."""
    if value is None or not value.is_finite():
        return ""
    if value == 0:
        return "0"
    sign, digits, exponent = value.as_tuple()
    digits = "".join(map(str, digits)).lstrip("0")
    stripped = digits.rstrip("0")
    exponent += len(digits) - len(stripped)
    top = len(stripped) - 1 + exponent
    minus = "-" if sign else ""
    if -34 <= top < 34 or (top == 34 and stripped == "1"):
        if exponent >= 0:
            return minus + stripped + "0" * exponent
        padded = stripped.rjust(1 - exponent, "0")
        return minus + padded[:exponent] + "." + padded[exponent:]
    mantissa = stripped[0] + ("." + stripped[1:] if len(stripped) > 1 else "")
    return f"{minus}{mantissa}E{'-' if top < 0 else '+'}{abs(top)}"


def rounded(value):
    return DECIMAL128.plus(value)


def from_fraction(value):
    """A fraction rounded once: many digits first, with the last one kept odd where the value is not exact."""
    if value == 0:
        return Decimal(0)
    sign = "-" if value < 0 else ""
    value = abs(value)
    shift = 60 - (len(str(value.numerator)) - len(str(value.denominator)))
    scaled = value.numerator * 10 ** max(shift, 0)
    quotient, rest = divmod(scaled, value.denominator * 10 ** max(-shift, 0))
    sticky = "1" if rest else "0"
    return rounded(Decimal(f"{sign}{quotient}{sticky}E{-shift - 1}"))


class Source:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def digits(self, count):
        shape = self.random.random()
        if shape < 0.1:
            return "9" * count
        if shape < 0.2:
            return "1" + "0" * (count - 1)
        if shape < 0.3 and count > 2:
            return "".join(self.random.choice("09") for _ in range(count - 1)) + "5"
        return str(self.random.randrange(10 ** (count - 1), 10 ** count))

    def exponent(self):
        shape = self.random.random()
        if shape < 0.5:
            return self.random.randint(-6, 2)
        if shape < 0.8:
            return self.random.randint(-40, 40)
        if shape < 0.9:
            return self.random.randint(-3100, 3100)
        return self.random.choice([-6176, -6170, -6143, -6110, 6111, 6100, 6078]) + self.random.randint(0, 3)

    def number(self, exponent=None):
        shape = self.random.random()
        if shape < 0.02:
            return Decimal(0)
        count = self.random.choice([1, 2, 3, 5, 9, 17, 18, 19, 20, 33, 34]) if shape < 0.5 else self.random.randint(1, 34)
        sign = "-" if self.random.random() < 0.4 else ""
        made = Decimal(f"{sign}{self.digits(count)}E{self.exponent() if exponent is None else exponent}")
        in_range = rounded(made)
        return in_range if in_range.is_finite() else Decimal(1)

    def near(self, other):
        """A number whose digits overlap those of another one: aligned sums, ties and cancellation."""
        made = self.number(exponent=0)
        if made == 0 or other == 0:
            return made
        place = other.adjusted() - made.adjusted() + self.random.randint(-36, 3)
        in_range = rounded(made.scaleb(place, PRECISE))
        return in_range if in_range.is_finite() else Decimal(1)

    def pair(self):
        first = self.number()
        second = self.near(first) if self.random.random() < 0.6 else self.number()
        return (first, second) if self.random.random() < 0.5 else (second, first)


def add_rows(source):
    a, b = source.pair()
    return "add", a, b, DECIMAL128.add(a, b)


def subtract_rows(source):
    a, b = source.pair()
    return "subtract", a, b, DECIMAL128.subtract(a, b)


def multiply_rows(source):
    a, b = source.pair()
    return "multiply", a, b, DECIMAL128.multiply(a, b)


def divide_rows(source):
    a, b = source.pair()
    return "divide", a, b, None if b == 0 else DECIMAL128.divide(a, b)


def square_root_rows(source):
    a = source.number()
    if source.random.random() < 0.3:
        root = Decimal(source.digits(source.random.randint(1, 17)))
        a = rounded(PRECISE.multiply(root, root).scaleb(2 * source.random.randint(-20, 20)))
    return "square_root", a, "", None if a < 0 else DECIMAL128.sqrt(a)


def exact_power(base, exponent):
    """The power rounded once, or nothing when it has no value or too many digits for this oracle."""
    if base == 0:
        return Decimal(1) if exponent == 0 else (Decimal(0) if exponent > 0 else None)
    sign, digits, scale = base.as_tuple()
    coefficient = int("".join(map(str, digits)))
    power = coefficient ** abs(exponent)
    minus = "-" if sign and exponent % 2 else ""
    if exponent >= 0:
        sticky, cut = 0, max(0, len(str(power)) - 120)
        if cut:
            power, sticky = divmod(power, 10 ** cut)
        return rounded(Decimal(f"{minus}{power}{1 if sticky else 0}E{scale * exponent + cut - 1}"))
    shift = len(str(power)) + 120
    quotient, rest = divmod(10 ** shift, power)
    return rounded(Decimal(f"{minus}{quotient}{1 if rest else 0}E{scale * exponent - shift - 1}"))


def power_rows(source):
    shape = source.random.random()
    if shape < 0.1:
        exponent = source.random.choice([-1, 1]) * source.random.randint(0, 120)
        base = Decimal(source.random.choice([2, 5, 20, "0.2", "0.5", "0.05", "1.5", "-2"]))
    elif shape < 0.3:
        exponent = source.random.randint(-700, 700)
        base = Decimal(f"1.{source.digits(source.random.randint(1, 33))}")
    else:
        exponent = source.random.randint(-40, 40)
        base = source.number(exponent=source.random.randint(-36, 3))
    return "power", base, Decimal(exponent), exact_power(base, exponent)


def real_power_rows(source):
    base = abs(source.number(exponent=source.random.randint(-36, 3)))
    exponent = source.number(exponent=source.random.randint(-36, -33))
    if source.random.random() < 0.2:
        root = Decimal(source.random.randint(1, 10 ** 12 - 1))
        base, exponent = PRECISE.multiply(root, root), Decimal(source.random.choice(["0.5", "1.5", "-0.5", "2.5"]))
    if exponent == exponent.to_integral_value():
        exponent = exponent + Decimal("0.5")
    if base == 0:
        return "power", base, exponent, None if exponent < 0 else Decimal(0)
    return "power", base, exponent, rounded(real_power(base, exponent))


def real_power(base, exponent):
    twice = exponent * 2
    if twice == twice.to_integral_value() and abs(twice) < 10:
        root = PRECISE.sqrt(base)
        if PRECISE.multiply(root, root) == base:
            return PRECISE.power(root, twice)
    return PRECISE.exp(PRECISE.multiply(exponent, PRECISE.ln(base)))


def exponential_rows(source):
    shape = source.random.random()
    if shape < 0.15:
        a = source.number(exponent=source.random.randint(-60, -20))
    elif shape < 0.3:
        a = Decimal(source.random.randint(-1420000, 1420000)).scaleb(-2)
    else:
        a = source.number(exponent=source.random.randint(-36, -30))
    if a > 20000:
        return "exponential", a, "", None
    if a < -20000:
        return "exponential", a, "", Decimal(0)
    return "exponential", a, "", rounded(PRECISE.exp(a))


def logarithm_rows(source):
    a = source.number()
    if source.random.random() < 0.2:
        a = 1 + source.number(exponent=source.random.randint(-36, -1))
        a = rounded(a)
    return "natural_logarithm", a, "", None if a <= 0 else rounded(PRECISE.ln(a))


def modulo_rows(source):
    a, b = source.pair()
    if b == 0:
        return "modulo", a, b, None
    x, y = Fraction(a), Fraction(b)
    return "modulo", a, b, from_fraction(x - y * (x / y).__floor__())


def quantize_rows(source):
    mode = source.random.choice(sorted(MODES))
    a = source.number()
    scale = -a.as_tuple().exponent - source.random.randint(-3, 36)
    if source.random.random() < 0.2:
        scale = source.random.choice([0, 1, 2])
    if not -6111 <= scale <= 6176:
        return f"quantize_{mode}", a, Decimal(scale), None
    context = DECIMAL128.copy()
    context.rounding = MODES[mode]
    return f"quantize_{mode}", a, Decimal(scale), context.quantize(a, Decimal(1).scaleb(-scale, PRECISE))


def parse_rows(source):
    count = source.random.choice([1, 2, 10, 17, 18, 19, 34, 35, 36, 37, 40, 80])
    digits = "0" * source.random.choice([0, 0, 1, 40]) + source.digits(count)
    if source.random.random() < 0.3 and count > 35:
        digits = digits[:34] + "5" + "0" * (len(digits) - 36) + source.random.choice("01")
    point = source.random.randint(0, len(digits))
    written = digits[:point] + ("." + digits[point:] if point < len(digits) else "")
    exponent = "" if source.random.random() < 0.4 else source.random.choice("eE") + source.random.choice(
        ["", "+", "-"]) + str(abs(source.exponent()))
    written = ("-" if source.random.random() < 0.3 else "") + written + exponent
    return "parse", written, "", DECIMAL128.create_decimal(written)


def compare_rows(source):
    a, b = source.pair()
    if source.random.random() < 0.3:
        zeros = source.random.randint(0, max(0, 34 - len(a.as_tuple().digits)))
        b = rounded(a.scaleb(-zeros, PRECISE) * 10 ** zeros) if a.adjusted() > -6000 else a
    return "compare", a, b, PRECISE.compare(a, b)


def small_rows(source):
    """Operands that fit a 64-bit coefficient, many of them at its ends, where the fast path gives over to the wide one."""
    def small():
        shape = source.random.random()
        if shape < 0.3:
            coefficient = source.random.choice([2 ** 63, 2 ** 62, 2 ** 32, 10 ** 18, 10 ** 9]) + source.random.randint(-3, 3)
        else:
            coefficient = source.random.randint(0, 10 ** source.random.randint(1, 18))
        value = Decimal(coefficient if source.random.random() < 0.5 else -coefficient)
        return value.scaleb(-source.random.choice([0, 0, 0, 1, 2, 2, 3, 6, 9, 17, 18, 19, -1, -2, -18]), PRECISE)

    a, b = small(), small()
    operation = source.random.choice(["add", "subtract", "multiply", "divide", "compare", "modulo"])
    if operation == "compare":
        return operation, a, b, PRECISE.compare(a, b)
    if operation == "divide":
        return operation, a, b, None if b == 0 else DECIMAL128.divide(a, b)
    if operation == "modulo":
        if b == 0:
            return operation, a, b, None
        return operation, a, b, from_fraction(Fraction(a) - Fraction(b) * (Fraction(a) / Fraction(b)).__floor__())
    return operation, a, b, getattr(DECIMAL128, operation)(a, b)


FAMILIES = [add_rows, subtract_rows, multiply_rows, divide_rows, square_root_rows, power_rows, real_power_rows,
            exponential_rows, logarithm_rows, modulo_rows, quantize_rows, parse_rows, compare_rows, small_rows]
# Rows of each family in a hundred of --total; what takes long and has no fast path gets few.
SHARES = {add_rows: 12, subtract_rows: 7, multiply_rows: 12, divide_rows: 12, square_root_rows: 4, power_rows: 2,
          real_power_rows: 0.5, exponential_rows: 0.75, logarithm_rows: 0.75, modulo_rows: 7, quantize_rows: 10,
          parse_rows: 7, compare_rows: 7, small_rows: 18}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=400, help="rows for each operation")
    parser.add_argument("--total", type=int, default=0, help="rows in all, shared out by weight")
    parser.add_argument("--seed", default="1", help="any text; the same text gives the same rows")
    parser.add_argument("--only", default="", help="one family, such as `power`")
    options = parser.parse_args()
    sys.set_int_max_str_digits(0) if hasattr(sys, "set_int_max_str_digits") else None
    decimal.setcontext(EXACT)
    print("operation;first;second;expected")
    for family in FAMILIES:
        if options.only and family.__name__ != options.only + "_rows":
            continue
        source = Source(f"{options.seed}:{family.__name__}")
        rows = round(options.total * SHARES[family] / sum(SHARES.values())) if options.total else options.rows
        for _ in range(rows):
            operation, first, second, expected = family(source)
            print(f"{operation};{first};{second};{text(expected)}")


if __name__ == "__main__":
    main()
