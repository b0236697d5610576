#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The main job as a user runs it: the demo, a second time on the same store, its page in a browser, and the store's checks.

    demo_page_test.py POLKU SOURCE_FOLDER
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

POLKU, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=900)


class Demo(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="polku-demo-"))
        cls.store, cls.page = str(cls.folder / "demo.db"), cls.folder / "report" / "index.html"
        cls.first = run(POLKU, "demo", "--store", cls.store, "--out", str(cls.page.parent))

    @classmethod
    def tearDownClass(cls) -> None:
        shutil.rmtree(cls.folder)

    def test_every_client_comes_to_its_end(self) -> None:
        self.assertEqual(self.first.returncode, 0, self.first.stderr)
        rows = self.first.stdout.splitlines()[1:16]
        self.assertEqual(len({row.split()[0] for row in rows}), 15)
        for end in ("Open labour market", "In work, support goes on", "Education", "Rehabilitation", "Pension", "Own business",
                    "Client withdrew", "Another service"):
            self.assertTrue(any(end in row for row in rows), end)

    def test_a_second_run_on_the_same_store_changes_nothing(self) -> None:
        again = run(POLKU, "demo", "--store", self.store, "--out", str(self.folder / "again"))
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(again.stdout.splitlines()[:16], self.first.stdout.splitlines()[:16])
        self.assertEqual((self.folder / "again" / "index.html").read_bytes(), self.page.read_bytes())

    def test_the_page_is_whole_in_every_language_and_loads_in_a_browser(self) -> None:
        browser = shutil.which("chromium")
        self.assertIsNotNone(browser, "chromium is not installed; scripts/setup installs it")
        checked = run(sys.executable, str(SOURCE / "scripts" / "check_page"), str(self.page), "--browser", browser)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_the_store_is_sound_for_polku_and_for_the_independent_script(self) -> None:
        verified = run(POLKU, "store", "verify", self.store, "--json")
        self.assertEqual(verified.returncode, 0, verified.stdout)
        self.assertIn('"ok":true', verified.stdout)
        independent = run(sys.executable, str(SOURCE / "scripts" / "verify_store.py"), self.store)
        self.assertEqual(independent.returncode, 0, independent.stdout + independent.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
