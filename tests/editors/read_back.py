#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares models that an editor saved with the shipped ones: what polku says of their tables, and what their decisions
answer.

    read_back.py POLKU SAVED [MODEL.dmn...]

SAVED is the folder that open_models.mjs wrote. Three comparisons: `polku check` says the same, places left aside; every
decision answers the same to made-up inputs (values out of the model's own tests, a fixed sequence); and each vector of a
rule pack is answered the same by the folder of the pack with the saved models in it.
"""
import collections
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
MODEL = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
ROWS = 200


def run(*command, given=""):
    return subprocess.run([*map(str, command)], input=given, capture_output=True, text=True, check=False)


def checked(polku, model):
    """What the analysis says, without file names, lines and columns."""
    done = run(polku, "check", model)
    return done.returncode, re.sub(r"\S*\.dmn(:\d+:\d+)?", "MODEL", done.stdout)


def values_of(text):
    """For a type of a variable, values that its model's tests tell apart."""
    words = sorted(set(re.findall(r'"([^"<>&{}]+)"', " ".join(re.findall(r"<text>(.*?)</text>", text, re.S)))))
    numbers = {int(each) for each in re.findall(r"\b\d{1,6}\b", " ".join(re.findall(r"<text>(.*?)</text>", text, re.S)))}
    near = sorted({each + step for each in numbers for step in (-1, 0, 1)} | {0, 1, 12, 40})
    days = [f"{year}-{month:02}-{day:02}" for year in range(2022, 2028) for month in (1, 5, 9) for day in (1, 15, 28)]
    types = {"boolean": [True, False], "number": near, "date": days, "string": words or ["x"],
             "years and months duration": ["P0M", "P1M", "P6M", "P12M", "P24M"], "days and time duration": ["P0D", "P7D", "P30D"]}
    for item in tree.fromstring(text).iter(MODEL + "itemDefinition"):
        allowed = item.find(f"{MODEL}allowedValues/{MODEL}text")
        own = re.findall(r'"([^"]+)"', allowed.text or "") if allowed is not None else []
        if own and item.get("name"):
            types[item.get("name")] = own
    return types


def rows_of(text, decision, seed):
    """Made-up inputs, one JSON object a line, with all input data of the model."""
    types, chosen, lines = values_of(text), random.Random(seed + decision), []
    facts = [(e.get("name"), e.get("typeRef")) for e in tree.fromstring(text).findall(f"{MODEL}inputData/{MODEL}variable")]
    for _ in range(ROWS):
        row = {name: chosen.choice(types[kind]) for name, kind in facts if kind in types and chosen.random() > 0.05}
        lines.append(json.dumps(row))
    return "\n".join(lines) + "\n"


def compare_model(polku, model, saved):
    faults, decided = [], 0
    if checked(polku, model) != checked(polku, saved):
        faults.append(f"{model.name}: polku check says something else of the saved model")
    text = model.read_text(encoding="utf-8")
    for decision in tree.fromstring(text).findall(MODEL + "decision"):
        name = decision.get("name")
        rows = rows_of(text, name, model.name)
        before, after = (run(polku, "decide", each, name, given=rows) for each in (model, saved))
        lines = before.stdout.splitlines()
        decided += sum(1 for line in lines if line != "null" and not line.startswith('{"error"'))
        if len(lines) != ROWS or before.stdout != after.stdout:
            faults.append(f"{model.name}: {name} answers otherwise in the saved model")
    if decided == 0:
        faults.append(f"{model.name}: no made-up input is decided at all")
    return faults, decided


def compare_pack(polku, pack, saved):
    """Answers to the vectors of a pack, from its folder and from one with the saved models."""
    cases = json.loads((SOURCE / f"tests/packs/{pack}.json").read_text(encoding="utf-8"))["cases"]
    groups = collections.defaultdict(list)
    for case in cases:
        key = (case["decision"], case["decided"], case.get("event", ""), case.get("variant", ""), json.dumps(case.get("parameters", {})))
        groups[key].append(json.dumps(case["inputs"]))
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / pack
        shutil.copytree(SOURCE / "src/packs" / pack, copy)
        for model in copy.glob("*.dmn"):
            shutil.copy(saved / f"{pack}-{model.name}", model)
        for (decision, day, event, variant, other), lines in groups.items():
            options = ["--decided", day] + (["--event", event] if event else []) + (["--variant", variant] if variant else [])
            options += ["--override", other] if other != "{}" else []
            before, after = (run(polku, "pack", "decide", each, decision, *options, given="\n".join(lines) + "\n")
                             for each in (SOURCE / "src/packs" / pack, copy))
            if before.stdout != after.stdout or not before.stdout:
                return [f"{pack}: {decision} on {day} is answered otherwise with the saved models"], len(cases)
    return [], len(cases)


def main(polku, saved, *models):
    saved, faults, decided, vectors = pathlib.Path(saved), [], 0, 0
    files = [pathlib.Path(each) for each in models] or sorted((SOURCE / "src/packs").glob("*/*.dmn"))
    for model in files:
        found, some = compare_model(polku, model, saved / f"{model.parent.name}-{model.name}")
        faults += found
        decided += some
    for pack in sorted({model.parent.name for model in files}):
        if (SOURCE / f"tests/packs/{pack}.json").exists():
            found, some = compare_pack(polku, pack, saved)
            faults += found
            vectors += some
    print("\n".join([*faults, f"{len(files)} models, {decided} decided answers and {vectors} vectors compared, {len(faults)} faults"]))
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
