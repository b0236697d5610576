#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the DllImport declarations of Polku.cs with the C headers: same functions, same kinds of parameters."""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
CAPI = HERE.parents[1] / "capi"
SCALARS = {"void": "void", "size_t": "size", "UIntPtr": "size", "uint64_t": "64", "ulong": "64", "uint32_t": "32", "uint": "32",
           "int32_t": "32", "int": "32", "polku_status": "32"}
POINTERS = {"IntPtr", "byte[]", "Handle"}


def kind(declaration: str) -> str:
    """What is passed: "pointer", or the width of a scalar. `declaration` ends with a name."""
    words = declaration.split()
    if "*" in declaration or words[0] in ("out", "ref") or words[0] in POINTERS:
        return "pointer"
    return SCALARS.get(words[-2], words[-2])


def functions(text: str, pattern: str) -> dict[str, list[str]]:
    found = {}
    for result, name, parameters in re.findall(pattern, text):
        listed = [] if parameters.strip() in ("", "void") else parameters.split(",")
        found[name] = [kind(f"{result} result"), *map(kind, listed)]
    return found


def main() -> int:
    headers = "\n".join(path.read_text(encoding="utf-8") for path in sorted(CAPI.glob("polku*.h")))
    headers = re.sub(r"/\*.*?\*/", "", headers, flags=re.S)
    theirs = functions(headers, r"(?m)^POLKU_API\s+([\w\s]+?\s*\*?)\s*(polku_\w+)\(([^)]*)\);")
    mine = functions((HERE / "Polku.cs").read_text(encoding="utf-8"), r"static extern (\w+) (polku_\w+)\(([^)]*)\);")
    faults = [f"{name}: {shape}, the header has {theirs.get(name)}" for name, shape in mine.items() if theirs.get(name) != shape]
    print("\n".join(faults) or f"dotnet: {len(mine)} declarations are those of the headers")
    return 1 if faults or len(mine) < 30 else 0


if __name__ == "__main__":
    sys.exit(main())
