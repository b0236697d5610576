#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each header of the C ABI, included first, compiles without a warning as C99, C11 and C++20 by every compiler here."""
import pathlib
import shutil
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADERS = sorted(path.name for path in (ROOT / "capi").glob("polku*.h"))
COMPILERS = [name for name in ("gcc", "clang-14") if shutil.which(name)]
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-pedantic-errors", "-Wconversion", "-Wshadow", "-Wundef", "-Werror"]


def problems(compiler: str, header: str, language: str, standard: str) -> str:
    strict = ["-Wstrict-prototypes"] if language == "c" else []
    done = subprocess.run(
        [compiler, "-x", language, f"-std={standard}", *WARNINGS, *strict, "-fsyntax-only", f"-I{ROOT / 'capi'}",
         f"-DPOLKU_HEADER=<{header}>", str(ROOT / "tests/capi/header_test.inc")],
        capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr or "failed"


class Headers(unittest.TestCase):
    def test_compilers_are_there(self) -> None:
        self.assertIn("gcc", COMPILERS)
        self.assertGreaterEqual(len(HEADERS), 4)

    def test_each_by_itself(self) -> None:
        for compiler in COMPILERS:
            for header in HEADERS:
                for language, standard in (("c", "c99"), ("c", "c11"), ("c++", "c++20")):
                    with self.subTest(compiler=compiler, header=header, standard=standard):
                        self.assertEqual("", problems(compiler, header, language, standard))


if __name__ == "__main__":
    unittest.main()
