#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The commands of the documentation pages run, and print what the pages show.

Each `sh` block of a page runs in one folder, one after another; a `text` block right behind it is what it prints.

    documents_test.py POLKU REPOSITORY
    documents_test.py POLKU REPOSITORY --write     writes what is printed into the pages
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

PAGES = ("decisions.md", "diff.md", "explain.md", "law.md")
BLOCKS = re.compile(r"^```sh\n(?P<command>.*?)^```\n(?:\n```text\n(?P<shown>.*?)^```\n)?", re.M | re.S)
POLKU, REPOSITORY = pathlib.Path(), pathlib.Path()


def printed(command, folder):
    """What a block prints. Findings (1) are an answer too; wrong usage and faults are not."""
    with tempfile.TemporaryDirectory() as programs:
        os.symlink(POLKU, pathlib.Path(programs) / "polku")
        path = {**os.environ, "PATH": programs + os.pathsep + os.environ["PATH"]}
        done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=folder, env=path, capture_output=True,
                              text=True, check=False)
    if done.returncode not in (0, 1) or done.stderr:
        raise AssertionError(f"status {done.returncode} of\n{command}\n{done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.rstrip("\n").split("\n"))


def blocks_of(page):
    with tempfile.TemporaryDirectory() as folder:
        for block in BLOCKS.finditer(page):
            yield block, printed(block["command"], folder)


def write():
    for name in PAGES:
        file = REPOSITORY / "docs" / name
        page = file.read_text(encoding="utf-8")
        made, at = "", 0
        for block, text in blocks_of(page):
            if block["shown"] is None:
                continue
            made += page[at:block.start("shown")] + text + "\n"
            at = block.end("shown")
        file.write_text(made + page[at:], encoding="utf-8")


class Documents(unittest.TestCase):
    maxDiff = None

    def test_pages_show_what_is_printed(self):
        for name in PAGES:
            page = (REPOSITORY / "docs" / name).read_text(encoding="utf-8")
            shown = 0
            for block, text in blocks_of(page):
                if block["shown"] is None:
                    continue
                shown += 1
                with self.subTest(page=name, command=block["command"]):
                    self.assertEqual(text, block["shown"].rstrip("\n"))
            self.assertGreater(shown, 0, name)
            self.assertNotIn("    $ polku", page)


if __name__ == "__main__":
    POLKU, REPOSITORY = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    if "--write" in sys.argv:
        write()
    else:
        unittest.main(argv=sys.argv[:1])
