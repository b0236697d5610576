#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every function of the C ABI's headers stands in docs/c-abi.md, in the list of symbols and in a
test; and README.md holds the short examples as they are."""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADERS = ("polku.h", "polku_arrow.h", "polku_population.h", "polku_packs.h", "polku_paths.h", "polku_store.h")


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def declared() -> set[str]:
    header = re.sub(r"/\*.*?\*/", "", "".join(text_of(f"capi/{name}") for name in HEADERS), flags=re.S)
    return set(re.findall(r"^POLKU_API[^;(]*?\b(polku_\w+)\s*\(", header, re.M))


STATUSES = {"INVALID", "NOT_FOUND", "CONFLICT", "DENIED", "LIMIT", "CANCELLED", "BUSY", "CORRUPT"}
COMMENTED = re.compile(r"(?:^/\*((?:[^*]|\*(?!/))*)\*/\n)?^POLKU_API ([^;]*);", re.M)
PARTS = re.compile(r"(.+) Out: (.+?)\. Threads: (.+?)\. Errors: (.+?)\. Since (\d+\.\d+)\.$")


def comments() -> dict[str, tuple[str, str]]:
    """The comment and the declaration of each function, on one line each."""
    found = {}
    for name in HEADERS:
        for comment, declaration in COMMENTED.findall(text_of(f"capi/{name}")):
            line = " ".join(re.sub(r"^ \*", "", comment, flags=re.M).split())
            found[re.search(r"\b(polku_\w+)\s*\(", declaration).group(1)] = (line, " ".join(declaration.split()))
    return found


def fitting_output(declaration: str) -> str:
    """How the part `Out` has to begin for a function of this shape."""
    made = [kind for kind, name in re.findall(r"\b(polku_\w+)\*\* (\w+)", declaration) if name != "err"]
    if made:
        return f"owned, {made[0]}_destroy"
    return "(borrowed|static)" if declaration.startswith("const char*") else "(plain|nothing|.*borrowed|what the caller gave)"


class Functions(unittest.TestCase):
    def test_each_comment_has_its_parts(self) -> None:
        since = dict(line.split()[:2] for line in text_of("capi/exported_symbols.txt").splitlines() if not line.startswith("#"))
        self.assertEqual(sorted(comments()), sorted(declared()))
        for name, (comment, declaration) in comments().items():
            with self.subTest(name):
                parts = PARTS.match(comment)
                self.assertIsNotNone(parts, comment)
                meaning, out, threads, errors, brought = parts.groups()
                self.assertGreaterEqual(len(meaning.split()), 3)
                self.assertRegex(out, "^" + fitting_output(declaration))
                self.assertRegex(threads, "^(any|one|one for the context)$")
                self.assertEqual(brought, since[name])
                named = set() if errors == "none" else set(errors.split(", ")) - {"stores"}
                self.assertLessEqual(named, STATUSES)
                self.assertTrue(errors == "none" or declaration.startswith("polku_status"))

    def test_the_documentation_lists_each_once(self) -> None:
        section = text_of("docs/c-abi.md").split("## The functions", 1)[1]
        listed = re.findall(r"`(polku_\w+)`", section)
        self.assertEqual(sorted(listed), sorted(declared()))

    def test_the_list_of_symbols_has_each(self) -> None:
        lines = [line.split() for line in text_of("capi/exported_symbols.txt").splitlines() if not line.startswith("#")]
        self.assertEqual([line[0] for line in lines], sorted(declared()))

    def test_a_c_test_calls_each(self) -> None:
        calls = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests/capi").glob("*.c"))
        self.assertEqual([], [name for name in sorted(declared()) if f"{name}(" not in calls])

    def test_the_test_of_misuse_has_each(self) -> None:
        named = set(re.findall(r"\bpolku_\w+", text_of("tests/capi/misuse_test.c")))
        self.assertEqual([], sorted(declared() - named))

    def test_each_body_passes_the_gate_or_only_reads_a_member(self) -> None:
        bodies = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "capi").glob("*_c.cpp")))
        ungated = []
        for name in declared():
            found = re.search(rf"^\S[^\n;]*\b{name}\((?:[^;{{]|\n)*?\)\s*\{{(.*?)(?:^\}}|\}}\n)", bodies, re.S | re.M)
            self.assertIsNotNone(found, name)
            if found and "guarded(" not in found.group(1):
                ungated.append(name)
        # Counts, names and texts that stand in the handle; destroying; nothing of these can throw.
        calm = re.compile(r"_(version|name|code|status|message|text|data|size|count|at|type|id|hash|destroy)$")
        self.assertEqual([], [name for name in sorted(ungated) if not calm.search(name)])


class ShortExamples(unittest.TestCase):
    def test_the_readme_holds_them(self) -> None:
        readme = text_of("README.md")
        for name, language in (("short_example.cpp", "cpp"), ("short_example.c", "c"), ("short_example.py", "python")):
            program = text_of(f"examples/{name}").split("\n", 1)[1].lstrip("\n")  # without the line of the licence
            with self.subTest(name):
                self.assertIn(f"```{language}\n{program}```", readme)
                self.assertLessEqual(len(program.splitlines()), 22)


if __name__ == "__main__":
    unittest.main()
