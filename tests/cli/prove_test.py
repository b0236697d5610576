# SPDX-License-Identifier: Apache-2.0
"""polku prove, and the checker of its certificates: prove_test.py POLKU SOURCE_FOLDER."""
import copy
import hashlib
import importlib.machinery
import importlib.util
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

POLKU = sys.argv.pop(1)
SOURCE = pathlib.Path(sys.argv.pop(1))
PATHS = ["tyokyky-kayttoon", "typ", "toimi", "toimio", "top", "vaasa-tyokyky"]
PACKS = SOURCE / "src/packs"
CHECKER = SOURCE / "scripts/check_certificate"


def load_checker():
    loader = importlib.machinery.SourceFileLoader("check_certificate", str(CHECKER))
    made = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(made)
    return made


CHECK = load_checker()


def polku(*arguments):
    return subprocess.run([POLKU, *arguments], capture_output=True, text=True, check=False)


def certificate_of(path):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "certificate.json"
        done = polku("prove", path, "--certificate", str(file))
        assert done.returncode == 0, done.stdout + done.stderr
        return file.read_bytes()


def holds(certificate, path="typ"):
    """True when the checker accepts; anything but its own refusal is a fault of the checker."""
    try:
        return bool(CHECK.check(certificate, PACKS / path / "path.json", PACKS))
    except (CHECK.Refused, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return False


def stamped(claims):
    claims = {name: value for name, value in claims.items() if name != "sha256"}
    claims["sha256"] = hashlib.sha256(CHECK.canonical(claims).encode()).hexdigest()
    return (CHECK.canonical(claims) + "\n").encode()


class Command(unittest.TestCase):
    def test_shipped_paths_are_proved(self):
        for path in PATHS:
            done = polku("--json", "prove", path)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            told = json.loads(done.stdout)
            self.assertEqual(told["verdict"], "proved")
            self.assertEqual([each["verdict"] for each in told["properties"]], ["proved"] * 7)

    def test_broken_paths_end_with_their_status(self):
        for folder in sorted((SOURCE / "tests/golden/bad/paths").iterdir()):
            done = polku("--json", "prove", str(folder / "path.json"))
            self.assertEqual(done.returncode, 4 if folder.name.startswith("unknown_") else 1, folder.name + done.stderr)
            told = json.loads(done.stdout)
            refuted = [each for each in told["properties"] if each["verdict"] == "refuted"]
            self.assertEqual(any(folder.name.startswith(each["property"]) for each in refuted), done.returncode == 1, folder.name)
            for each in refuted:
                stories = [finding["story"] for finding in each["findings"] if finding["verdict"] == "refuted"]
                self.assertTrue(stories and all(story[0]["type"] == "open_case" for story in stories))

    def test_text_and_page_speak_four_languages(self):
        broken = str(SOURCE / "tests/golden/bad/paths/routing_gap/path.json")
        words = {"fi": "kumottu", "sv": "vederlagt", "en": "refuted", "fi-selko": "ei ole kunnossa"}
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "page.html"
            for language, word in words.items():
                done = polku("prove", broken, "--language", language, "--page", str(page))
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn(word, done.stdout)
                html = page.read_text(encoding="utf-8")
                self.assertIn('class="here"', html)
                self.assertIn('class="walked-number" text-anchor="start">1</text>', html)
                self.assertIn(f'<html lang="{language[:2]}">', html)
                self.assertIn(word, html)
                self.assertIn("<svg", html)
                self.assertIn("<ol>", html)

    def test_the_end_of_a_story_is_told_in_the_language_of_the_reader(self):
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "page.html"
            for broken in sorted((SOURCE / "tests/golden/bad/paths").iterdir()):
                path = str(broken / "path.json")
                told = json.loads(polku("--json", "prove", path).stdout)
                findings = [finding for each in told["properties"] for finding in each.get("findings", [])]
                engine = {finding["shown"] for finding in findings if finding.get("shown")}
                for language in ("fi", "sv", "en", "fi-selko"):
                    text = polku("prove", path, "--language", language, "--page", str(page)).stdout
                    for words in engine:
                        self.assertEqual(words in text, language == "en", f"{broken.name} {language}: {words}")
                    self.assertNotIn(": \n", text)
                    self.assertNotIn('lang="en"', page.read_text(encoding="utf-8").replace('<html lang="en"', ""))

    def test_a_region_is_told_by_the_names_that_people_know(self):
        broken = str(SOURCE / "tests/golden/bad/paths/facts_wait_for_a_meeting_elsewhere/path.json")
        told = json.loads(polku("--json", "prove", broken).stdout)
        where = [finding["where"] for each in told["properties"] for finding in each.get("findings", []) if "event" in finding.get("where", {})]
        self.assertTrue(where)
        text = polku("prove", broken, "--language", "fi").stdout
        self.assertIn("Odotettu tapahtuma: ", text)
        self.assertNotIn("event: ", text)
        self.assertNotIn(where[0]["event"], text)

    def test_walks_are_held_against_the_proof(self):
        done = polku("--json", "prove", "typ", "--walks", "20", "--seed", "5", "--steps", "100")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        told = json.loads(done.stdout)
        self.assertEqual((told["walks"], told["failures"], told["states"]), (20, 0, 222))
        self.assertTrue(20 * 12 < told["steps"] <= 2000, told["steps"])
        self.assertGreater(told["states_seen"], 20)
        self.assertEqual(bin(int(told["seen"], 16)).count("1"), told["states_seen"])
        self.assertEqual(len(told["seen"]), 56)
        self.assertTrue(10 < told["answers_seen"] <= told["answers"])
        again = json.loads(polku("--json", "prove", "typ", "--walks", "20", "--seed", "5", "--steps", "100").stdout)
        self.assertEqual({**told, "milliseconds": 0}, {**again, "milliseconds": 0})
        self.assertIn(" 0 failures, ", polku("prove", "typ", "--seconds", "1", "--steps", "50").stdout)
        self.assertEqual(polku("prove", str(SOURCE / "tests/golden/bad/paths/routing_gap/path.json"), "--walks", "1").returncode, 3)

    def test_what_does_not_load_is_not_proved(self):
        self.assertEqual(polku("prove", "no-such-path").returncode, 3)
        self.assertIn("typ", polku("prove", "no-such-path").stderr)
        self.assertEqual(polku("prove", str(SOURCE / "tests/golden/bad/path/not_json.json")).returncode, 3)


class Certificates(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text = certificate_of("typ")
        cls.claims = json.loads(cls.text)

    def test_each_shipped_path_has_one_that_holds(self):
        for path in PATHS:
            self.assertTrue(holds(certificate_of(path), path), path)

    def test_no_changed_byte_is_accepted(self):
        chance = random.Random(20261123)
        for _ in range(1000):
            changed = bytearray(self.text)
            at = chance.randrange(len(changed))
            how = chance.randrange(3)
            if how == 0:
                changed[at] ^= 1 << chance.randrange(8)
            elif how == 1:
                del changed[at:at + chance.randrange(1, 9)]
            else:
                changed[at:at] = bytes(changed[(at * 7) % len(changed):][:chance.randrange(1, 9)]) or b" "
            if bytes(changed) != self.text:
                self.assertFalse(holds(bytes(changed)), f"{how} at {at}")

    def test_no_false_claim_is_accepted_with_a_hash_of_its_own(self):
        self.assertTrue(holds(stamped(self.claims)))
        false = []
        for at in range(0, len(self.claims["states"]), 40):  # a reachable state left out
            false.append(lambda claims, at=at: claims["states"].pop(at))
        false.append(lambda claims: claims["states"].append("4 9 9 9 9 9"))
        for at in range(len(self.claims["routing"])):
            false.append(lambda claims, at=at: claims["routing"][at].update(rank=claims["routing"][at]["rank"] + 1))
            false.append(lambda claims, at=at: claims["routing"][at]["may"].pop())
        for at in range(len(self.claims["stages"])):
            false.append(lambda claims, at=at: claims["levels"].__setitem__(at, claims["levels"][at] - 1))
            false.append(lambda claims, at=at: claims["counted"].__setitem__(at, claims["counted"][at] + 1))
            false.append(lambda claims, at=at: claims["owners"][at].update(owner="nobody"))
            false.append(lambda claims, at=at: claims["owners"][at]["escalation"].pop())
        for name in self.claims["exits"]:
            false.append(lambda claims, name=name: claims["exits"].update({name: "no class"}))
        for name in self.claims["placements"]:
            false.append(lambda claims, name=name: claims["placements"].update({name: []}))
        for name in self.claims["sources"]:
            false.append(lambda claims, name=name: claims["sources"].update({name: "0" * 64}))
        false += [lambda claims: claims["law_days"].pop(), lambda claims: claims.update(version="2027-01"),
                  lambda claims: claims["proved"].append("everything"), lambda claims: claims.update(more=1)]
        for at, change in enumerate(false):
            claims = copy.deepcopy(self.claims)
            change(claims)
            self.assertFalse(holds(stamped(claims)), f"change {at}")

    def test_claims_about_a_broken_path_are_refused_by_the_checker_itself(self):
        # What is not proved is left out of the certificate; claimed all the same, it does not hold.
        for folder in sorted((SOURCE / "tests/golden/bad/paths").iterdir()):
            with tempfile.TemporaryDirectory() as made:
                file = pathlib.Path(made) / "certificate.json"
                polku("prove", str(folder / "path.json"), "--certificate", str(file))
                claims = json.loads(file.read_bytes())
            broken = [each for each in CHECK.PROPERTIES if each not in claims["proved"]]
            self.assertTrue(broken, folder.name)
            for name in broken:
                claims["proved"] = [name]
                with self.assertRaises((CHECK.Refused, KeyError), msg=folder.name + " " + name):
                    CHECK.check(stamped(claims), folder / "path.json", PACKS)

    def test_the_checker_stays_small_and_by_itself(self):
        lines = CHECKER.read_text(encoding="utf-8").splitlines()
        self.assertLessEqual(len(lines), 500)
        used = {line.split()[1].split(".")[0] for line in lines if line.startswith(("import ", "from "))}
        self.assertLessEqual(used, set(sys.stdlib_module_names) if hasattr(sys, "stdlib_module_names") else used)


if __name__ == "__main__":
    unittest.main()
