# SPDX-License-Identifier: Apache-2.0
"""Checks a built site: every link and anchor within it is there, and no page loads anything from elsewhere.

    check_links.py SITE
"""
import html.parser
import pathlib
import re
import sys
import urllib.parse

LOADED = {("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("object", "data"), ("source", "src"),
          ("embed", "src"), ("video", "src"), ("audio", "src")}
IN_STYLE = re.compile(r"""url\(\s*["']?((?:https?:)?//[^"')\s]+)|@import\s+["']((?:https?:)?//[^"']+)""")


class Page(html.parser.HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.anchors |= {given[name] for name in ("id", "name") if given.get(name)}
        for name in ("href", "src", "data"):
            if given.get(name) and (name != "data" or tag == "object"):
                follows = tag == "link" and given.get("rel") not in ("stylesheet", "icon", "shortcut icon", "preload")
                self.links.append((given[name], (tag, name) in LOADED and not follows))


def faults_of(site: pathlib.Path, file: pathlib.Path, pages: dict[pathlib.Path, Page]):
    where = file.relative_to(site)
    for link, loaded in pages[file].links:
        parts = urllib.parse.urlsplit(link)
        if parts.scheme in ("http", "https") or parts.netloc:
            if loaded:
                yield f"{where}: loads {link}"
            continue
        if parts.scheme:
            if parts.scheme not in ("mailto", "data", "javascript"):
                yield f"{where}: odd link {link}"
            continue
        target = (file.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else file
        anchor = urllib.parse.unquote(parts.fragment)
        if not target.is_file():
            yield f"{where}: no such page: {link}"
        elif anchor and target in pages and anchor not in pages[target].anchors:
            yield f"{where}: no such anchor: {link}"


def main(folder: str) -> int:
    site = pathlib.Path(folder).resolve()
    pages = {file: Page(file.read_text(encoding="utf-8")) for file in sorted(site.rglob("*.html"))}
    faults = [fault for file in pages for fault in faults_of(site, file, pages)]
    for style in sorted(site.rglob("*.css")):
        faults += [f"{style.relative_to(site)}: loads {''.join(found)}"
                   for found in IN_STYLE.findall(style.read_text(encoding="utf-8"))]
    print("\n".join(dict.fromkeys(faults)) if faults
          else f"site: {len(pages)} pages, {sum(len(page.links) for page in pages.values())} links")
    return 1 if faults or not pages else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
