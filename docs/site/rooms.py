# SPDX-License-Identifier: Apache-2.0
"""Writes a page for each room of the headers from what Doxygen read, so that the book and its search know their names.

    rooms.py XML OUT      XML: Doxygen's output; OUT: the folder for ROOM.rst
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TOP / ".ci"))
sys.dont_write_bytecode = True
from rooms import ROOMS  # noqa: E402

REFERENCE = "../../cpp"  # from the page of a room to Doxygen's pages
KINDS = {"class": "class", "struct": "struct", "union": "union", "enum": "enum", "function": "function", "typedef": "type",
         "variable": "constant", "define": "macro"}


def plain(text: str) -> str:
    """Words of a description as one line that reStructuredText takes as they are."""
    return re.sub(r"([\\*`|_<>:])", r"\\\1", " ".join(text.split()))


def brief_of(node: ElementTree.Element) -> str:
    brief = node.find("briefdescription")
    return plain("".join(brief.itertext())) if brief is not None else ""


def methods_of(made: ElementTree.Element) -> str:
    """The public functions of a class, each name once, so that the search of the book finds them."""
    own = made.findtext("compoundname").rsplit("::", 1)[-1]
    names = dict.fromkeys(member.findtext("name") for member in made.iter("memberdef")
                          if member.get("kind") == "function" and member.get("prot") == "public")
    shown = [name for name in names if name != own and not name.startswith(("operator", "~"))]
    return "Functions: " + plain(", ".join(shown)) + "." if shown else ""


def address_of(identity: str, member: bool) -> str:
    page, anchor = (identity[:identity.rindex("_1")], identity[identity.rindex("_1") + 2:]) if member else (identity, "")
    return f"{REFERENCE}/{page}.html" + (f"#{anchor}" if anchor else "")


def members_by_header(folder: pathlib.Path) -> dict[str, list[ElementTree.Element]]:
    """Functions, enums, types and constants of the namespaces, by the header that declares them."""
    found: dict[str, list[ElementTree.Element]] = {}
    for file in sorted(folder.glob("namespacepolku*.xml")):
        space = ElementTree.parse(file).getroot().find("compounddef")
        if "detail" in space.findtext("compoundname").split("::"):
            continue
        for member in space.iter("memberdef"):
            found.setdefault(member.find("location").get("file"), []).append(member)
    return found


def names_of(header: ElementTree.Element, members: list[ElementTree.Element], folder: pathlib.Path):
    """(kind, name, address, description) of what a header declares, types first; overloads once."""
    for inner in header.findall("innerclass"):
        if "detail" in inner.text.split("::") or inner.get("prot") != "public":
            continue
        made = ElementTree.parse(folder / f"{inner.get('refid')}.xml").getroot().find("compounddef")
        yield KINDS[made.get("kind")], inner.text.removeprefix("polku::"), address_of(inner.get("refid"), False), f"{brief_of(made)} {methods_of(made)}".strip()
    seen = set()
    for member in [*header.iter("memberdef"), *sorted(members, key=lambda each: int(each.find("location").get("line")))]:
        name = (member.findtext("qualifiedname") or member.findtext("name")).removeprefix("polku::")
        if name in seen or member.get("kind") not in KINDS or name.endswith(("_HPP", "_H")):
            continue
        seen.add(name)
        yield KINDS[member.get("kind")], name, address_of(member.get("id"), True), brief_of(member)


def page_of(room: str, headers: list[ElementTree.Element], folder: pathlib.Path) -> str:
    lines = [room, "=" * len(room), ""]
    members = members_by_header(folder)
    for header in headers:
        where = header.find("location").get("file")
        names = list(names_of(header, members.get(where, []), folder))
        if not names:
            continue  # a header that others are made of
        lines += [where, "-" * len(where), ""]
        if brief_of(header):
            lines += [brief_of(header), ""]
        for kind, name, address, brief in names:
            lines += [f"`{plain(name)} <{address}>`__ ({kind})", f"   {brief or '—'}", ""]
    return "\n".join(lines)


def main(xml: str, out: str) -> int:
    folder = pathlib.Path(xml)
    rooms: dict[str, list[ElementTree.Element]] = {room: [] for room in ("base", *ROOMS, "c")}
    for file in sorted(folder.glob("*_8h*.xml")):
        header = ElementTree.parse(file).getroot().find("compounddef")
        parts = pathlib.PurePosixPath(header.find("location").get("file")).parts  # as it is included
        rooms["c" if len(parts) == 1 else parts[1] if len(parts) > 2 else "base"].append(header)
    pathlib.Path(out).mkdir(parents=True, exist_ok=True)
    for number, (room, headers) in enumerate(rooms.items()):
        if headers:
            title = {"base": "base (errors, results, versions)", "c": "C ABI"}.get(room, room)
            text = page_of(title, sorted(headers, key=lambda h: h.find("location").get("file")), folder)
            pathlib.Path(out, f"{number:02}-{room}.rst").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
