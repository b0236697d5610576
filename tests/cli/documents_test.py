#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The commands of the documentation run, and print what the pages show; every block of code is tried or has a reason.

    documents_test.py POLKU REPOSITORY
    documents_test.py POLKU REPOSITORY --write [PAGE...]     writes what is printed into the pages
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "docs"))
import blocks  # noqa: E402

POLKU, REPOSITORY = pathlib.Path(), pathlib.Path()
# What a reader at the top of the repository has; a block writes beside it, never into it.
THERE = ("bindings", "examples", "scripts", "src", "tests", "docs")
MOST_NOT_RUN = 12  # only less


def printed(command, folder):
    """What a block prints. Findings (1) are an answer too; wrong usage and faults are not."""
    with tempfile.TemporaryDirectory() as programs:
        os.symlink(POLKU, pathlib.Path(programs) / "polku")
        path = {**os.environ, "PATH": programs + os.pathsep + os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=folder, env=path, capture_output=True,
                              text=True, check=False)
    if done.returncode not in (0, 1) or done.stderr:
        raise AssertionError(f"status {done.returncode} of\n{command}\n{done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.rstrip("\n").split("\n"))


def commands_of(page):
    """Each block of commands of a page with what it prints, run one after another in one folder."""
    with tempfile.TemporaryDirectory() as folder:
        for name in THERE:
            os.symlink(REPOSITORY / name, pathlib.Path(folder) / name)
        for block in blocks.tried("sh", page):
            if block.how == "first":
                printed(block.what, folder)
            yield block, printed(block.code, folder)


def write(pages):
    for page in pages:
        file = REPOSITORY / page
        text = file.read_text(encoding="utf-8")
        made, at = "", 0
        for block, shown in commands_of(page):
            if block.shown is None:
                continue
            made += text[at:block.shown_at[0]] + shown + "\n"
            at = block.shown_at[1]
        file.write_text(made + text[at:], encoding="utf-8")


class Documents(unittest.TestCase):
    maxDiff = None

    def test_pages_show_what_is_printed(self):
        ran = 0
        for page in blocks.pages():
            with self.subTest(page=page):
                for block, text in commands_of(page):
                    ran += 1
                    if block.shown is not None:
                        self.assertEqual(text, block.shown.rstrip("\n"), f"{page}:{block.line}")
        self.assertGreater(ran, 40)

    def test_the_readme_shows_the_demo(self):
        readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            shown = printed("polku demo", folder)
        self.assertIn("```text\n" + re.sub(r":[0-9a-f]{64}$", ":<64 hexadecimal digits>", shown, flags=re.M) + "\n```", readme)

    def test_every_block_is_tried_or_has_a_reason(self):
        skipped = blocks.not_run()
        every = [block for page in blocks.pages() for block in blocks.blocks_of(page)]
        known = blocks.TRIED | blocks.BOUND | blocks.SHOWN
        self.assertEqual([], [f"{block.page}:{block.line}: language '{block.language}'" for block in every
                              if block.language not in known])
        there = {(block.page, block.first_line) for block in every if block.language in blocks.TRIED | blocks.BOUND}
        # .ci/bindings looks at that page alone.
        self.assertEqual({"docs/bindings.md"}, {block.page for block in every if block.language in blocks.BOUND})
        self.assertEqual([], sorted(key for key in skipped if key not in there), "not_run.txt names no block")
        self.assertLessEqual(len(skipped), MOST_NOT_RUN, "not_run.txt only shrinks")
        self.assertTrue(all(len(reason) > 10 for reason in skipped.values()))

    def test_indented_blocks_are_forms_and_not_examples(self):
        prompt = re.compile(r"^    (?:\$ |polku [^\[\n]*\.db\b)", re.M)
        for page in blocks.pages():
            text = (REPOSITORY / page).read_text(encoding="utf-8")
            outside = blocks.FENCE.sub("", text)
            self.assertEqual([], prompt.findall(outside), f"{page}: an example is a block ```sh")


if __name__ == "__main__":
    POLKU, REPOSITORY = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    if "--write" in sys.argv:
        write(sys.argv[sys.argv.index("--write") + 1:] or blocks.pages())
    else:
        unittest.main(argv=sys.argv[:1])
