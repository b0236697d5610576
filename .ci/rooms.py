# SPDX-License-Identifier: Apache-2.0
"""What the checks know of the rooms; it comes from the one list in cmake/PolkuRooms.cmake."""
import pathlib
import re

TOP = pathlib.Path(__file__).resolve().parent.parent
CMAKE = (TOP / "cmake" / "PolkuRooms.cmake").read_text(encoding="utf-8")


def cmake_list(name: str) -> list[str]:
    found = re.search(rf"^set\({name} ([^)$]*)\)", CMAKE, re.M)
    return found.group(1).split() if found else []


ROOMS = cmake_list("POLKU_ROOMS")
CORE = cmake_list("POLKU_CORE_ROOMS")
THIRD_PARTIES = {room: cmake_list(f"POLKU_INCLUDES_{room}") for room in ROOMS}
SUFFIXES = {".hpp", ".ipp", ".cpp", ".h", ".c", ".inc"}


def sources(*folders: str, suffixes: set[str] = SUFFIXES) -> list[pathlib.Path]:
    """Source files below the folders, sorted; what a build wrote is never among them."""
    files = (path for folder in folders for path in (TOP / folder).rglob("*"))
    return sorted(p for p in files if p.is_file() and p.suffix in suffixes
                  and not {"build", "__pycache__"} & set(p.relative_to(TOP).parts))


def room_of(path: pathlib.Path) -> str | None:
    """The room of a file below include/polku or src; None for the base (errors, results) and for the doors."""
    parts = path.relative_to(TOP).parts
    inner = parts[2:] if parts[0] == "include" else parts[1:]
    if inner and inner[0] == "impl":
        inner = inner[1:]
    return inner[0] if len(inner) > 1 and inner[0] in ROOMS else None
