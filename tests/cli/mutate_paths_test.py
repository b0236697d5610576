#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A small mutation study of `polku prove` (scripts/mutate_paths), and what its oracle says of paths that are known to be broken:

    mutate_paths_test.py POLKU SOURCE_FOLDER
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

POLKU = sys.argv.pop(1)
SOURCE = pathlib.Path(sys.argv.pop(1))
PACKS = SOURCE / "src/packs"
sys.dont_write_bytecode = True
sys.path.insert(0, str(SOURCE / "scripts"))
import path_oracle as oracle  # noqa: E402


def shipped_with(change, path="typ"):
    says, models = oracle.read_shipped(PACKS, path)
    change(says, models)
    return [name for name, found in oracle.Oracle(says, models).broken.items() if found]


def stage(says, name):
    return next(each for each in says["stages"] if each["id"] == name)


def reworded(model, was, now):
    def change(_, models):
        assert was in models[model]
        models[model] = models[model].replace(was, now, 1)
    return change


class Oracle(unittest.TestCase):
    def test_shipped_paths_have_all_properties(self):
        for path in ("typ", "toimi", "top"):
            self.assertEqual(shipped_with(lambda says, models: None, path), [])

    def test_each_property_is_seen_to_break(self):
        def in_says(change):
            return lambda says, models: change(says)
        row = '<text>"back to rehabilitation"</text></inputEntry>'
        rehabilitation = 'id="rehabilitation_enough_out"><text>"other_service"'
        broken = {
            "ownership": in_says(lambda says: stage(says, "mapping")["on_timeout"].append("nobody")),
            "routing": reworded("routing.dmn", row, '<text>"new mapping"</text></inputEntry>'),
            "exits": in_says(lambda says: stage(says, "mapping").update(max_visits=1)),
            "loops": reworded("routing.dmn", rehabilitation, rehabilitation.replace("other_service", "rehabilitation_phase")),
            "follow_up": in_says(lambda says: says["placements"]["work trial"].update(follow_up=[])),
            "outcomes": in_says(lambda says: says["exits"].remove(next(each for each in says["exits"] if each["id"] == "pension"))),
            "facts": in_says(lambda says: (says["actions"].update(
                tell={"command": "record_fact", "with": {"fact": "mapping result"}, "requires": ["mapping result"]}),
                stage(says, "mapping")["actions"].append("tell")))}
        self.assertEqual(set(broken), set(oracle.PROPERTIES))
        for name, change in broken.items():
            self.assertEqual(shipped_with(change), [name])

    def test_what_it_does_not_read_it_refuses(self):
        with self.assertRaises(oracle.Unseen):
            shipped_with(reworded("routing.dmn", "<text>&lt; 3</text>", "<text>[1..2]</text>"))

    def test_due_dates(self):
        day = 'event date + duration("P3M")'
        for text in (day, "today", f"if age = null then {day} else if age < 30 then today else {day}"):
            self.assertTrue(oracle.is_always_a_date(text), text)
        for text in ("null", "sick leave ends", f"if age > 30 then {day} else null", f"if age > 30 then {day}", f"{day} else", ""):
            self.assertFalse(oracle.is_always_a_date(text), text)


class Study(unittest.TestCase):
    def test_a_small_study_is_as_demanded(self):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "study.json"
            done = subprocess.run([sys.executable, "-B", str(SOURCE / "scripts/mutate_paths"), "--polku", POLKU, "--count", "24", "--seed", "7",
                                   "--out", str(out)], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            told = json.loads(out.read_text(encoding="utf-8"))
        self.assertEqual(len(told["mutants"]), 24)
        self.assertEqual({each["verdict"] for each in told["mutants"] if each["class"] in ("b", "c")} - {"at load"}, {"proved"})
        self.assertEqual({each["verdict"] for each in told["mutants"] if each["class"] == "a"} - {"at load"}, {"refuted"})
        self.assertGreater(sum(each["stories"] for each in told["mutants"]), 8)


if __name__ == "__main__":
    unittest.main()
