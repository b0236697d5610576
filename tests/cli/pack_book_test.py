#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`polku pack book` from outside: every shipped pack as a page that is well formed, whose links lead somewhere.

    pack_book_test.py POLKU SOURCE
"""
import html.parser
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

POLKU = "polku"
SOURCE = pathlib.Path(".")


def book(pack, *arguments):
    return subprocess.run([POLKU, "pack", "book", str(pack), *map(str, arguments)], capture_output=True, text=True, check=False)


class Page(html.parser.HTMLParser):
    VOID = {"meta", "br", "rect", "line", "path", "circle"}

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.open, self.faults, self.tags = [], [], [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.add(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if "href" in given:
            self.links.append(given["href"])
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")


class Book(unittest.TestCase):
    def test_every_pack_in_every_language_is_a_sound_page(self):
        with tempfile.TemporaryDirectory() as folder:
            for vectors in sorted((SOURCE / "tests/packs").glob("*.json")):
                for language in ("fi", "sv", "en", "fi-selko"):
                    done = book(vectors.stem, "--language", language, "--out", folder, "--vectors", vectors)
                    self.assertEqual((done.returncode, done.stderr), (0, ""), vectors.stem)
                    file = pathlib.Path(done.stdout.strip())
                    self.assertEqual(file.name, f"{vectors.stem}.{language}.html")
                    page = Page(file.read_text(encoding="utf-8"))
                    self.assertEqual((page.faults, page.open), ([], []), file.name)
                    self.assertNotIn("script", page.tags)
                    self.assertEqual(len(page.ids), len(set(page.ids)), file.name)
                    self.assertEqual([each for each in page.ids if " " in each], [], file.name)
                    dead = {link for link in page.links if link.startswith("#") and link[1:] not in page.ids}
                    self.assertEqual(dead, set(), file.name)

    def test_a_pack_in_a_folder_makes_the_book_of_the_shipped_one(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "copy"
            shutil.copytree(SOURCE / "src/packs/tyokokeilu", copy)
            ours, theirs = pathlib.Path(folder) / "a", pathlib.Path(folder) / "b"
            self.assertEqual(book("tyokokeilu", "--out", ours).returncode, 0)
            self.assertEqual(book(copy, "--out", theirs).returncode, 0)
            name = "tyokokeilu.fi.html"
            self.assertEqual((ours / name).read_bytes(), (theirs / name).read_bytes())

    def test_faults_are_told(self):
        with tempfile.TemporaryDirectory() as folder:
            done = book("nothing", "--out", folder)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("tyokokeilu", done.stderr)
            done = book("tyokokeilu", "--out", folder, "--vectors", SOURCE / "tests/packs/palkkatuki.json")
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("/pack", done.stderr)
            self.assertNotEqual(book("tyokokeilu", "--out", folder, "--language", "de").returncode, 0)


if __name__ == "__main__":
    POLKU, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1])
