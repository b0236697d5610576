#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The C++, C and Python of the documentation compiles and runs; blocks.py tells what surrounds a block.

    code_test.py CXX CC REPOSITORY BUILD      BUILD holds libpolku.so (capi/) for the Python package
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "examples")]
import blocks  # noqa: E402
import examples_agree  # noqa: E402

CXX, CC, BUILD = "", "", pathlib.Path()
DOCTEST = "import doctest, sys; sys.exit(1 if doctest.testfile(sys.argv[1], module_relative=False).failed else 0)"


def compiled(block):
    """What the compiler says against it."""
    warnings = ["-Wall", "-Wextra", "-Werror", "-fsyntax-only"]
    command = [CXX, "-x", "c++", "-std=c++20", "-I", blocks.TOP / "include"] if block.language == "cpp" \
        else [CC, "-x", "c", "-std=c99", "-I", blocks.TOP / "capi"]
    return subprocess.run([*map(str, command), *warnings, "-"], input=blocks.whole(block), capture_output=True, text=True, check=False).stderr


def python_of(block, package):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "block.py"
        file.write_text(blocks.whole(block), encoding="utf-8")
        command = ["-c", DOCTEST, str(file)] if block.code.lstrip().startswith(">>>") else [str(file)]
        done = subprocess.run([examples_agree.PYTHON, "-B", *command], cwd=blocks.TOP / "examples", capture_output=True, text=True,
                              env={**os.environ, "PYTHONPATH": str(package)}, check=False)
    return done.stdout + done.stderr if done.returncode else ""


class Code(unittest.TestCase):
    maxDiff = None

    def every(self, *languages):
        found = [block for page in blocks.pages() for language in languages for block in blocks.tried(language, page)]
        self.assertGreater(len(found), 2)
        return found

    def test_parts_of_files_stand_in_them(self):
        for block in self.every("cpp", "c", "python"):
            with self.subTest(f"{block.page}:{block.line}"):
                if block.how == "from":
                    self.assertIn(block.code, (blocks.TOP / block.what).read_text(encoding="utf-8"))
                if block.how == "within":
                    around = (blocks.TOP / block.what).read_text(encoding="utf-8")
                    self.assertEqual(len(blocks.SNIPPET.findall(around)), 1)

    def test_cpp_and_c_compile(self):
        for block in self.every("cpp", "c"):
            with self.subTest(f"{block.page}:{block.line}"):
                if block.how != "from":
                    self.assertEqual(compiled(block), "")

    def test_python_runs(self):
        package = examples_agree.python_package(BUILD)
        for block in self.every("python"):
            with self.subTest(f"{block.page}:{block.line}"):
                if block.how != "from":
                    self.assertEqual(python_of(block, package), "")


if __name__ == "__main__":
    CXX, CC = sys.argv[1:3]
    blocks.TOP, BUILD = (pathlib.Path(arg).resolve() for arg in sys.argv[3:5])
    unittest.main(argv=sys.argv[:1])
