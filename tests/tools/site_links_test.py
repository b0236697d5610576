#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The check of the documentation site finds what is broken: pages, anchors, things loaded from elsewhere."""
import contextlib
import importlib.util
import io
import pathlib
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("check_links", ROOT / "docs" / "site" / "check_links.py")
check_links = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(check_links)


def said(files: dict[str, str]) -> tuple[int, str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = pathlib.Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()) as out:
            status = check_links.main(folder)
    return status, out.getvalue()


class SiteLinks(unittest.TestCase):
    def test_a_sound_site(self) -> None:
        page = '<link rel="stylesheet" href="a.css"><h1 id="top">x</h1><a href="b/c.html#there">y</a><a href="https://example.org">z</a>'
        status, text = said({"a.html": page, "a.css": "h1 { background: url(data:x) }", "b/c.html": '<a name="there" href="../a.html#top">'})
        self.assertEqual((status, text), (0, "site: 2 pages, 4 links\n"))

    def test_what_is_broken(self) -> None:
        for link, fault in (('<a href="none.html">', "no such page: none.html"), ('<a href="#none">', "no such anchor: #none"),
                            ('<a href="b.html#none">', "no such anchor: b.html#none"), ('<img src="none.png">', "no such page: none.png"),
                            ('<script src="https://cdn.example/x.js"></script>', "loads https://cdn.example/x.js"),
                            ('<link rel="stylesheet" href="//cdn.example/x.css">', "loads //cdn.example/x.css"),
                            ('<a href="file:x:">', "odd link file:x:")):
            with self.subTest(link):
                self.assertEqual(said({"a.html": link, "b.html": ""}), (1, f"a.html: {fault}\n"))

    def test_a_style_that_loads_a_font(self) -> None:
        self.assertEqual(said({"a.html": "", "a.css": "@font-face { src: url('https://fonts.example/f.woff') }"}),
                         (1, "a.css: loads https://fonts.example/f.woff\n"))

    def test_no_page_is_no_site(self) -> None:
        self.assertEqual(said({"a.css": ""})[0], 1)


if __name__ == "__main__":
    unittest.main()
