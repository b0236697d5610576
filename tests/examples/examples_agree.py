#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the examples in C, C++ and Python and compares their outputs byte for byte.

    examples_agree.py BIN BUILD

BIN holds the compiled examples, BUILD libpolku.so (capi/). The Python package is built for this run into BUILD/python-package
from the sources, unless it is there and newer than they are.
"""
import difflib
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PACKAGE = ROOT / "bindings" / "python"
AS_OF = "2026-10-01"
PYTHON = "/usr/bin/python3"  # Debian's, which has cffi


def run(*command: object, cwd: pathlib.Path, **environment: str) -> bytes:
    done = subprocess.run([str(part) for part in command], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**os.environ, **environment}, check=False)
    if done.returncode != 0:
        sys.exit(f"{command[0]} ended with {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return done.stdout


def python_package(build: pathlib.Path) -> pathlib.Path:
    """The package with its native module, built over the library of the build tree."""
    target = build / "python-package"
    module = target / "polku" / "_native.abi3.so"
    sources = [*PACKAGE.glob("polku/*.py"), *PACKAGE.glob("*.py"), *(ROOT / "capi").glob("polku*.h"),
               (build / "capi" / "libpolku.so").resolve()]
    if not module.exists() or module.stat().st_mtime < max(path.stat().st_mtime for path in sources):
        run(PYTHON, "setup.py", "-q", "build", "--build-base", build / "python-build", "--build-lib", target, cwd=PACKAGE,
            POLKU_BUILD_DIR=str(build))
    return target


def compare(name: str, outputs: dict[str, bytes]) -> bool:
    first, *others = outputs
    same = True
    for other in others:
        if outputs[other] == outputs[first]:
            continue
        same = False
        lines = [outputs[each].decode(errors="replace").splitlines() for each in (first, other)]
        print(f"{name}: {other} differs from {first}")
        print("\n".join(line[:400] for line in list(difflib.unified_diff(*lines, first, other, lineterm="", n=0))[:12]))
    return same


def commands_of(client: str, binaries: pathlib.Path) -> list[dict]:
    lines = run(binaries / "polku", "demo", "--commands", cwd=EXAMPLES).decode().splitlines()
    return [command for command in map(json.loads, lines) if command["command_id"].startswith(client + "-")]


def main() -> int:
    binaries, build = (pathlib.Path(arg).resolve() for arg in sys.argv[1:])
    package = python_package(build)
    commands = EXAMPLES / "one_client.jsonl"
    fine = True
    if [json.loads(line) for line in commands.read_text(encoding="utf-8").splitlines()] != commands_of("aino", binaries):
        print("examples/one_client.jsonl is not what clients.json says of aino")
        fine = False
    long = {"c": run(binaries / "example_one_client_c", commands, AS_OF, cwd=EXAMPLES),
            "c++": run(binaries / "example_one_client_cpp", commands, AS_OF, cwd=EXAMPLES),
            "python": run(PYTHON, "-B", "python/one_client.py", commands, AS_OF, cwd=EXAMPLES, PYTHONPATH=str(package))}
    short = {"c": run(binaries / "example_short_c", cwd=EXAMPLES),
             "c++": run(binaries / "example_short_cpp", cwd=EXAMPLES),
             "python": run(PYTHON, "-B", "short_example.py", cwd=EXAMPLES, PYTHONPATH=str(package))}
    first = {"c": run(binaries / "example_first_case_c", cwd=EXAMPLES),
             "c++": run(binaries / "example_first_case_cpp", cwd=EXAMPLES),
             "python": run(PYTHON, "-B", "first_case.py", cwd=EXAMPLES, PYTHONPATH=str(package))}
    fine = compare("one_client", long) and fine
    fine = compare("first_case", first) and fine
    if first["c"].decode() not in (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8"):
        print(f"docs/tutorial.md shows another output of first_case than {first['c']!r}")
        fine = False
    fine = compare("short_example", short) and fine
    if short["c"] != b'"2027-02-24"\n"coaching"\n':
        print(f"short_example: {short['c']!r}")
        fine = False
    if long["c"].count(b"\n") != len(commands_of("aino", binaries)) + 1 or b"open_market" not in long["c"]:
        print("one_client: a line for each command and the case at the end were expected")
        fine = False
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
