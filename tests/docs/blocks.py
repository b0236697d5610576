# SPDX-License-Identifier: Apache-2.0
"""The code blocks of the documentation: which there are, and how each is tried.

A comment on the line before a block, which readers of the page do not see, says what surrounds it:

    <!-- first: COMMAND -->     sh: runs before it, for what the page takes as there
    <!-- from FILE -->          the block is part of FILE, word for word; tests build and run FILE
    <!-- within FILE -->        cpp, c, python: FILE with the block in the place of its comment SNIPPET is tried

Without one, `sh` blocks run one after another in one folder for each page, and a `text` block right behind one is what it prints;
`cpp` and `c` blocks are whole programs and are compiled; `python` blocks are run, those with `>>>` as doctests. What is not
tried stands in not_run.txt with the reason. Indented blocks are forms of commands (`polku case show STORE CASE ...`), never examples.
"""
import pathlib
import re
from dataclasses import dataclass

TOP = pathlib.Path(__file__).resolve().parents[2]
FENCE = re.compile(r"(?:^<!-- (?P<how>first: |from |within )(?P<what>.*?) -->\n)?^```(?P<language>[\w+-]*)\n(?P<code>.*?)^```\n"
                   r"(?:\n```text\n(?P<shown>.*?)^```\n)?", re.M | re.S)
TRIED = {"sh", "cpp", "c", "python"}
UNTRIED = {"java", "js", "csharp"}  # each stands in not_run.txt: no test of the pages has their tools
SHOWN = {"text", "json", "cmake", "mermaid"}  # what is read, not run


@dataclass
class Block:
    page: str
    language: str
    code: str
    how: str | None
    what: str | None
    shown: str | None
    shown_at: tuple[int, int]
    line: int

    @property
    def first_line(self) -> str:
        return self.code.strip().split("\n", 1)[0].strip()


def pages() -> list[str]:
    found = [*TOP.glob("docs/**/*.md"), TOP / "README.md", TOP / "CONTRIBUTING.md", TOP / "bindings" / "python" / "README.md"]
    return sorted(path.relative_to(TOP).as_posix() for path in found)


def blocks_of(page: str) -> list[Block]:
    text = (TOP / page).read_text(encoding="utf-8")
    return [Block(page, found["language"], found["code"], (found["how"] or "").strip(": ") or None, found["what"], found["shown"],
                  found.span("shown"), text.count("\n", 0, found.start("code")))
            for found in FENCE.finditer(text)]


def not_run() -> dict[tuple[str, str], str]:
    """(page, first line of the block) to the reason why it is not tried."""
    rows = (line.split(" | ") for line in (TOP / "tests/docs/not_run.txt").read_text(encoding="utf-8").splitlines()
            if line and not line.startswith("#"))
    return {(page, first): reason for page, first, reason in rows}


def tried(language: str, page: str) -> list[Block]:
    skipped = not_run()
    return [block for block in blocks_of(page) if block.language == language and (page, block.first_line) not in skipped]
