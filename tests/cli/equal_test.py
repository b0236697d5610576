# SPDX-License-Identifier: Apache-2.0
"""polku equal: equal_test.py POLKU SOURCE_FOLDER."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

POLKU = sys.argv.pop(1)
SOURCE = pathlib.Path(sys.argv.pop(1))
LOCAL = sorted((SOURCE / "examples/north-karelia").glob("*.json"))
ROUTING = (SOURCE / "src/packs/toimi/routing.dmn").read_text()
CELL = '<outputEntry id="referral_not_now_out"><text>"other_service"'
OPAQUE = '<inputEntry id="coaching_more_2"><text>&lt; 3</text>'


def polku(*arguments):
    return subprocess.run([POLKU, *map(str, arguments)], capture_output=True, text=True, check=False)


class Beside:
    """The configuration of Lieksa with another routing beside it."""

    def __init__(self, was, becomes):
        assert was in ROUTING
        self.text = ROUTING.replace(was, becomes)

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        here = pathlib.Path(self.folder.name)
        (here / "routing.dmn").write_text(self.text)
        (here / "lieksa.json").write_text((SOURCE / "examples/north-karelia/lieksa.json").read_text())
        return here / "lieksa.json"

    def __exit__(self, *_):
        self.folder.cleanup()


class Equal(unittest.TestCase):
    def test_all_pairs_of_north_karelia_are_proved(self):
        self.assertEqual(len(LOCAL), 13)
        done = polku("--json", "equal", *LOCAL)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        answer = json.loads(done.stdout)
        self.assertEqual(answer["verdict"], "proved")
        self.assertEqual(len(answer["pairs"]), 78)
        for pair in answer["pairs"]:
            self.assertEqual((pair["verdict"], pair["base"]), ("proved", "toimi/path.json"))
            self.assertEqual((pair["refuted"], pair["unknown"]), (0, 0))
            self.assertTrue(all(each["pointer"].startswith("/") for each in pair["differences"]))

    def test_a_changed_cell_is_refuted_with_a_client(self):
        with Beside(CELL, CELL.replace("other_service", "assessment")) as changed:
            done = polku("--json", "equal", changed, SOURCE / "examples/north-karelia/nurmes.json")
            self.assertEqual(done.returncode, 1, done.stderr)
            found = json.loads(done.stdout)["pairs"][0]["differences"][0]
            self.assertEqual((found["about"], found["subject"], found["standing"]), ("routing", "referral", "refuted"))
            self.assertEqual({each.get("place") for each in found["answers"].values()}, {"assessment", "other_service"})
            self.assertEqual(found["story"][-1]["type"] if "type" in found["story"][-1] else "route", "route")
            texts = set()
            for language in ("fi", "sv", "en", "fi-selko"):
                done = polku("equal", changed, SOURCE / "examples/north-karelia/nurmes.json", "--language", language)
                self.assertEqual(done.returncode, 1)
                texts.add(done.stdout)
            self.assertEqual(len(texts), 4)
            self.assertTrue(any("Kotikunta" in text for text in texts))

    def test_a_cell_about_a_placement_of_an_earlier_stage_is_refuted_with_a_client(self):
        # A work trial begins in coaching alone and is asked about two stages later.
        cell = '<outputEntry id="follow_up_back_out"><text>"coaching"'
        entry = '<inputEntry id="follow_up_enough_4"><text>&gt;= 2'
        for was, becomes in ((cell, cell.replace("coaching", "referral")), (entry, entry.replace("2", "3"))):
            with Beside(was, becomes) as changed:
                done = polku("--json", "equal", changed, SOURCE / "examples/north-karelia/nurmes.json")
                self.assertEqual(done.returncode, 1, done.stderr)
                found = json.loads(done.stdout)["pairs"][0]["differences"][0]
                self.assertEqual((found["about"], found["subject"], found["standing"]), ("routing", "follow_up", "refuted"))
                self.assertEqual(found["where"]["placement kind"], "work trial")

    def test_an_opaque_cell_is_unknown(self):
        with Beside(OPAQUE, OPAQUE.replace("3<", "3 + 0 * string length(coaching result)<")) as opaque:
            done = polku("equal", opaque, SOURCE / "examples/north-karelia/nurmes.json")
            self.assertEqual(done.returncode, 4, done.stdout + done.stderr)
            self.assertIn("What stood in the way", done.stdout)

    def test_declared_differences_are_listed_when_asked_for(self):
        files = [SOURCE / "examples/north-karelia" / name for name in ("lieksa.json", "nurmes.json")]
        self.assertNotIn("/environments/lieksa", polku("equal", *files).stdout)
        done = polku("equal", "--declared", *files)
        self.assertEqual(done.returncode, 0)
        self.assertIn("/environments/lieksa", done.stdout)

    def test_what_does_not_load_is_neither_refuted_nor_unknown(self):
        self.assertEqual(polku("equal", "toimi", "no-such-path").returncode, 3)
        self.assertEqual(polku("equal", "toimi", "toimi").returncode, polku("equal", "typ", "typ").returncode)
        self.assertNotIn(polku("equal", "toimi", "toimi").returncode, (0, 1, 4))
        self.assertNotEqual(polku("equal", "toimi").returncode, 0)


if __name__ == "__main__":
    unittest.main()
