# SPDX-License-Identifier: Apache-2.0
"""The code blocks of the documentation: which there are, and how each is tried.

A comment on the line before a block, which readers of the page do not see, says what surrounds it:

    <!-- first: COMMAND -->     sh: runs before it, for what the page takes as there
    <!-- from FILE -->          the block is part of FILE, word for word; tests build and run FILE
    <!-- within FILE -->        FILE with the block in the place of its comment SNIPPET is tried

Without one, `sh` blocks run one after another in one folder for each page, and a `text` block right behind one is what it prints;
`cpp` and `c` blocks are whole programs and are compiled; `python` blocks are run, those with `>>>` as doctests; `java`, `js` and
`csharp` blocks are run by .ci/bindings, which has their tools. What is not tried stands in not_run.txt with the reason. Indented blocks
are forms of commands (`polku case show STORE CASE ...`), never examples.

    blocks.py LANGUAGE PAGE     prints the program that the page's block in that language stands for
"""
import pathlib
import re
import sys
from dataclasses import dataclass

TOP = pathlib.Path(__file__).resolve().parents[2]
FENCE = re.compile(r"(?:^<!-- (?P<how>first: |from |within )(?P<what>.*?) -->\n)?^```(?P<language>[\w+-]*)\n(?P<code>.*?)^```\n"
                   r"(?:\n```text\n(?P<shown>.*?)^```\n)?", re.M | re.S)
SNIPPET = re.compile(r"^ *(?:// SNIPPET|/\* SNIPPET \*/|# SNIPPET)\n", re.M)
TRIED = {"sh", "cpp", "c", "python"}
BOUND = {"java", "js", "csharp"}  # tried by .ci/bindings: one block a page
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


def whole(block: Block) -> str:
    """The program that a block stands for."""
    if block.how != "within":
        return block.code
    around = (TOP / block.what).read_text(encoding="utf-8")
    return SNIPPET.sub(lambda _: block.code, around, count=1)


if __name__ == "__main__":
    wanted, page = sys.argv[1:]
    (only,) = tried(wanted, page)
    print(whole(only), end="")
