#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes include/polku/fwd.hpp and the fwd.hpp of each room: the name of every public type, found in the public headers.

    gen_forward.py [--check]

With --check nothing is written; exit status 1 when a file is not what would be written. Aliases and nested types are left
out: neither can be named without what they stand for.
"""
import pathlib
import re
import sys

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parent.parent
HEADERS = TOP / "include" / "polku"
ROOMS = ("", "time", "feel", "dmn", "rules", "path", "json", "storage", "report", "population", "workspace")

LINE = 120

NAMESPACE = re.compile(r"^namespace\s+([\w:\s]+?)\s*\{")
TYPE = re.compile(r"^(template\s*<[^;{]*>\s*)?(class|struct|enum class)\s+(?:\[\[nodiscard\]\]\s+)?(\w+)(\s*:[\w:\s]+)?(?=[^;<]*\{)")

HEAD = """// SPDX-License-Identifier: Apache-2.0
// Written by scripts/gen_forward.py.
#ifndef POLKU_{guard}FWD_HPP
#define POLKU_{guard}FWD_HPP

/// @file
/// The name of every public type{of}, for headers that only mention them.

#include <polku/{first}>
"""


def without_comments(text: str) -> str:
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.S)


def namespace_of(spelled: str) -> str:
    """`polku::inline POLKU_V::feel` as `feel`; what a room keeps to itself as `detail`."""
    parts = [part for part in spelled.replace("inline ", "").split("::") if part not in ("polku", "POLKU_V")]
    return "::".join(parts)


def types_of(header: pathlib.Path):
    """(namespace, declaration) of each type that a header defines outside of classes and of detail namespaces."""
    text = without_comments(header.read_text(encoding="utf-8"))
    text = re.sub(r"^[ \t]*#(?:.*\\\n)*.*$", "", text, flags=re.M)
    text = re.sub(r"(template <[^\n]*>)\n", r"\1 ", text)
    spaces, depth = [], 0
    for line in text.splitlines():
        found = NAMESPACE.match(line)
        if found:
            spaces.append((namespace_of(found[1]), depth))
        elif depth == len(spaces) and (named := TYPE.match(line)):
            inside = spaces[-1][0] if spaces else ""
            if "detail" not in [part for space, _ in spaces for part in space.split("::")]:
                yield inside, declaration(named)
        depth += line.count("{") - line.count("}")
        while spaces and depth <= spaces[-1][1]:
            spaces.pop()


def declaration(named: re.Match) -> str:
    template, word, name, base = named.groups()
    if template and "<>" in template.replace(" ", ""):
        return ""  # a specialisation
    kind = f" : {base.strip().lstrip(':').strip()}" if base and word == "enum class" else ""
    head = " ".join(template.split()) + "\n" if template else ""
    return f"{head}{word} {name}{kind};"


def names_by_space() -> dict[str, set[str]]:
    by_space: dict[str, set[str]] = {}
    for room in ROOMS:
        for header in sorted((HEADERS / room).glob("*.hpp")):
            for space, text in types_of(header) if header.name != "fwd.hpp" else ():
                if text:
                    by_space.setdefault(space, set()).add(text)
    return by_space


def declared(space: str, texts: set[str]) -> str:
    name = "polku::inline POLKU_V" + ("::" + space if space else "")
    return f"\nnamespace {name} {{\n// clang-format off\n" + filled(sorted(texts, key=name_in)) + \
        f"\n// clang-format on\n}}  // namespace {name}\n"


def filled(texts: list[str]) -> str:
    """Several short declarations a line: a room has hundreds."""
    lines = [""]
    for text in texts:
        if lines[-1] and "\n" not in text + lines[-1] and len(lines[-1]) + len(text) < LINE:
            lines[-1] += " " + text
        else:
            lines.append(text)
    return "\n".join(lines[1:])


def written() -> dict[str, str]:
    """Text by file name below include/polku: one for each room's namespace, one that includes them all."""
    by_space = names_by_space()
    rooms = [space for space in sorted(by_space, key=ROOMS.index) if space]
    files = {}
    for room in rooms:
        body = declared(room, by_space[room])
        head = HEAD.format(guard=room.upper() + "_", of=f" of `{room}`", first="config.hpp")
        needs = "\n#include <cstdint>\n" if "std::" in body else ""
        files[f"{room}/fwd.hpp"] = head + needs + body + "\n#endif\n"
    head = HEAD.format(guard="", of="", first="config.hpp")
    includes = "".join(f"#include <polku/{room}/fwd.hpp>\n" for room in sorted(rooms))
    files["fwd.hpp"] = head + includes + "\n#include <cstdint>\n" + declared("", by_space[""]) + "\n#endif\n"
    return files


def name_in(text: str) -> str:
    found = re.search(r"(?:class|struct) (\w+)(?: : [\w: ]+)?;$", text)
    if found is None:
        raise ValueError(f"no name in {text!r}")
    return found[1]


def main() -> int:
    status = 0
    for name, text in written().items():
        file = HEADERS / name
        if "--check" not in sys.argv:
            file.write_text(text, encoding="utf-8")
        elif not file.is_file() or file.read_text(encoding="utf-8") != text:
            print(f"include/polku/{name} does not name every public type; run scripts/gen_forward.py")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
