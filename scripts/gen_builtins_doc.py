#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes docs/feel-builtins.md from the tables of the built-ins, with an example of each out of the tests' tables.

    gen_builtins_doc.py            write
    gen_builtins_doc.py --check    exit with 1 when the document is not what would be written, or a table cannot be read
"""
import csv
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
BODIES = TOP / "include" / "polku" / "impl" / "feel"
TABLES = TOP / "tests" / "tables" / "feel"
DOCUMENT = TOP / "docs" / "feel-builtins.md"
FAMILIES = {"conversion": "Conversion", "boolean": "Boolean", "string": "Strings", "list": "Lists", "aggregate": "Aggregates",
            "numeric": "Numbers", "interval": "Ranges", "temporal": "Dates and times", "context": "Contexts"}
FAMILY = re.compile(r"std::span<const builtin> (\w+)_builtins\(\) noexcept \{(.*?)\n\}", re.S)
SIGNATURES = re.compile(r"constexpr signature (\w+)\[\] = \{(.*?)\};", re.S)
ROW = re.compile(r'\{"([^"]+)",\s*(\w+),\s*\w+(?:<[^>]*>)?,\s*"([^"]+)"')
HEAD = """# Built-in functions of FEEL

Made from `include/polku/impl/feel/builtins_*.ipp` by `scripts/gen_builtins_doc.py`; edit those tables, not this page.

Arguments go by position or by the names that stand here. `?` behind a name: it may be left out; `...`: any number of them.
A wrong number or type of arguments gives null, with the reason in the trace ([tracing.md](tracing.md)). Each example is a line
of the tests' tables (`tests/tables/feel/`). The functions are those of DMN 1.5 clause 10.3.4.
"""


def families() -> dict[str, list[tuple[str, list[str], str]]]:
    """Family to (name, parameter lists, result) of each function, in the order of the tables."""
    found = {}
    for file in sorted(BODIES.glob("builtins_*.ipp")):
        for family, body in FAMILY.findall(file.read_text(encoding="utf-8")):
            lists = {name: re.findall(r'"([^"]*)"', texts) for name, texts in SIGNATURES.findall(body)}
            found[family] = [(name, lists[key], result) for name, key, result in ROW.findall(body)]
    return found


def worth(expression: str, expected: str) -> tuple[bool, int]:
    """Less is better: nothing empty or null in it, no comparison, neither short nor long."""
    odd = re.search(r'""|\[\]|null|\) *[=<>]| = |\[\w+, *\w+\]\)$', expression) is not None or expected in ('""', "[]")
    return odd, abs(len(expression) - 28)


def examples() -> dict[str, tuple[str, str]]:
    """Name to the most telling call with a result that is not null."""
    best: dict[str, tuple[str, str]] = {}
    for file in sorted(TABLES.rglob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter=";"):
                expression, expected = (row.get("expression") or "").strip(), (row.get("expected") or "").strip()
                called = re.match(r"([a-z][a-zA-Z ]*)\(", expression)
                plain = called and not row.get("context") and expected not in ("", "null") and expression.endswith(")")
                if not plain or expression.count("(") != expression.count(")") or len(expression) < len(called.group()) + 2:
                    continue
                known = best.get(called.group(1))
                if known is None or worth(expression, expected) < worth(*known):
                    best[called.group(1)] = (expression, expected)
    return best


def cell(text: str) -> str:
    return "`" + text.replace("|", "\\|") + "`"


def document(found: dict[str, list[tuple[str, list[str], str]]]) -> str:
    shown = examples()
    out = [HEAD]
    for family, title in FAMILIES.items():
        out += [f"## {title}\n", "| function | result | example | gives |", "|---|---|---|---|"]
        for name, lists, result in found[family]:
            calls = "<br>".join(cell(f"{name}({parameters})") for parameters in lists)
            example = shown.get(name)
            out.append(f"| {calls} | {result} | " + (f"{cell(example[0])} | {cell(example[1])} |" if example else "| |"))
        out.append("")
    return "\n".join(out).rstrip() + "\n"


def main() -> int:
    found = families()
    rows = sum(len(re.findall(r'\{"[^"]+",\s*\w+,\s*builtin_', file.read_text(encoding="utf-8"))) for file in BODIES.glob("builtins_*.ipp"))
    read = sum(map(len, found.values()))
    if set(found) != set(FAMILIES) or rows != read:
        print(f"gen_builtins_doc.py: families {sorted(found)}, {rows} rows in the tables, {read} could be read")
        return 1
    text = document(found)
    if "--check" not in sys.argv:
        DOCUMENT.write_text(text, encoding="utf-8")
        return 0
    same = DOCUMENT.is_file() and DOCUMENT.read_text(encoding="utf-8") == text
    print(f"docs/feel-builtins.md: {read} functions" if same else "docs/feel-builtins.md is not up to date: run scripts/gen_builtins_doc.py")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
