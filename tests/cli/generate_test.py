#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Made-up cases as a user makes them: whole and sound, the same for the same seed, and never half a store.

    generate_test.py POLKU SOURCE_FOLDER
"""
import json
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

POLKU, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=900)


class Generate(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="polku-generate-"))
        self.store = str(self.folder / "made-up.db")

    def tearDown(self) -> None:
        shutil.rmtree(self.folder)

    def generate(self, store: str, cases: int, *more: str) -> subprocess.CompletedProcess:
        return run(POLKU, "generate", store, "--cases", str(cases), "--json", *more)

    def test_cases_are_sound_and_the_same_for_the_same_seed(self) -> None:
        made = self.generate(self.store, 30)
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertEqual(made.stderr, "", "no bar is shown to a program")
        told = json.loads(made.stdout)
        self.assertEqual(told["cases"], 30)
        independent = run(sys.executable, str(SOURCE / "scripts" / "verify_store.py"), self.store)
        self.assertEqual(independent.returncode, 0, independent.stdout + independent.stderr)
        self.assertIn(f"head {told['head']}", independent.stdout)
        other = json.loads(self.generate(str(self.folder / "other.db"), 30).stdout)
        self.assertEqual(other["head"], told["head"])
        another = json.loads(self.generate(str(self.folder / "another.db"), 30, "--seed", "2").stdout)
        self.assertNotEqual(another["head"], told["head"])

    def test_a_store_that_is_there_stays_as_it_is(self) -> None:
        told = json.loads(self.generate(self.store, 5).stdout)
        again = self.generate(self.store, 5)
        self.assertNotEqual(again.returncode, 0)
        self.assertIn("a name that is not taken", again.stderr)
        head = run(POLKU, "store", "head", self.store)
        self.assertIn(told["head"], head.stdout)

    def test_a_generation_that_was_killed_is_never_taken_for_whole(self) -> None:
        writer = subprocess.Popen([POLKU, "generate", self.store, "--cases", "50000"], stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL)
        log = pathlib.Path(self.store + "-wal")
        for _ in range(600):
            if log.exists() and log.stat().st_size > 500_000:
                break
            time.sleep(0.1)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        for arguments in (("store", "verify", self.store), ("case", "list", self.store),
                          ("generate", self.store, "--cases", "5")):
            refused = run(POLKU, *arguments)
            self.assertNotEqual(refused.returncode, 0, arguments)
            self.assertIn("was never finished", refused.stderr, arguments)
        independent = run(sys.executable, str(SOURCE / "scripts" / "verify_store.py"), self.store)
        self.assertEqual(independent.returncode, 2)
        self.assertIn("unfinished", independent.stderr)

    def test_what_the_disk_has_no_room_for_and_what_is_too_many_are_refused_before_anything_is_written(self) -> None:
        many = self.generate(self.store, 1_000_001)
        self.assertEqual(many.returncode, 2)
        self.assertIn("1000000", many.stderr)
        self.assertFalse(pathlib.Path(self.store).exists())
        room = shutil.disk_usage(self.folder).free
        if room < 25_000_000_000:
            refused = self.generate(self.store, 1_000_000)
            self.assertNotEqual(refused.returncode, 0)
            self.assertIn("MB", refused.stderr)
            self.assertFalse(pathlib.Path(self.store).exists())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
