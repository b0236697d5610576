# SPDX-License-Identifier: Apache-2.0
"""The order of the site is the order of the links in its contents pages: no second list of pages is kept."""
import posixpath
import re

CONTENTS = ("docs/index", "docs/law", "docs/paths/index", "docs/fi/index")
MADE = ("docs/cpp", "docs/python")  # pages of these folders are made by scripts/site
SECTION = re.compile(r"^## +(.+)$", re.M)
PAGE = re.compile(r"\[([^\]]+)\]\(([^)#\s:]+)\.md\)")
FILE_NAME = re.compile(r"^\| \[[\w./-]+\.md\]\(", re.M)  # readers of the site get the title of the page


def entries_of(docname: str, text: str, known: set[str], listed: set[str]) -> list[str]:
    found = []
    for name, link in PAGE.findall(text):
        page = posixpath.normpath(posixpath.join(posixpath.dirname(docname), link))
        if page in known and page not in listed and page not in (docname, CONTENTS[0]):
            listed.add(page)
            found.append("/" + page if name.endswith(".md") else f"{name} </{page}>")
    return found


def toctree(caption: str, entries: list[str]) -> str:
    return "\n".join(["", "```{toctree}", ":hidden:", *([f":caption: {caption}"] if caption else []), "", *entries, "```", ""])


def add_contents(app, docname: str, source: list[str]) -> None:
    """Adds to a contents page what its tables link to, each page once: the index by section, the others as one list."""
    known, listed = app.env.found_docs, set()
    if docname in MADE:
        source[0] += toctree("", ["/" + page for page in sorted(known) if page.startswith(docname + "/")])
    if docname not in CONTENTS:
        return
    if docname != "docs/index":
        own = {page for page in known if page.startswith(docname.removesuffix("index").rstrip("/") + "/")}
        entries = entries_of(docname, source[0], own, listed)
        source[0] = FILE_NAME.sub("| [](", source[0]) + toctree("", [entry.split("<")[-1].rstrip(">") for entry in entries])
        return
    parts = SECTION.split(source[0])
    source[0] = parts[0]
    for title, text in zip(parts[1::2], parts[2::2]):
        entries = entries_of(docname, text, known, listed)
        text = FILE_NAME.sub("| [](", text)
        source[0] += f"## {title}\n{text}" + (toctree(title, entries) if entries else "")


TABS = re.compile(r"^\*\*(C\+\+|C|Python)\*\*\n\n((?:<!--[^\n]*-->\n)?```\w+\n.*?^```\n)", re.M | re.S)


def side_by_side(app, docname: str, source: list[str]) -> None:
    """The same program in several languages, each under its name in bold, becomes tabs."""
    source[0] = TABS.sub(lambda found: f":::{{tab}} {found[1]}\n{found[2]}:::\n", source[0])


def setup(app):
    app.connect("source-read", side_by_side)
    app.connect("source-read", add_contents)
    return {"parallel_read_safe": True}
