#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every public name of the C++ headers has a description.

A name is a type, an alias, a function, a constant, a macro, a member or an enumerator outside of `detail` and `impl`. It
is described by a comment of its own (`///` above it, `///<` behind it), by that of another overload, or where the comment
of its type or of its file names it in backticks. Saying the name again is no description. Nothing is asked of what the
language gives a meaning: default and copy constructors, destructors, assignment, what is defaulted, deleted or overrides,
include guards.

    described_names_test.py                  the test
    described_names_test.py --list           every name without a description, as `file:line: name`
    described_names_test.py --doxygen XML    compares the names seen here with those that Doxygen sees
"""
import functools
import pathlib
import re
import sys
import unittest
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
HEADERS = TOP / "include" / "polku"
sys.path.insert(0, str(TOP / "scripts"))
import gen_forward  # noqa: E402

PARTS = re.compile(r'(?P<own>///[^\n]*)|(?P<note>//[^\n]*|/\*.*?\*/)|(?P<line>^[ \t]*#(?:[^\n]*\\\n)*[^\n]*)'
                   r'|(?P<text>R"(?P<raw>\w*)\(.*?\)(?P=raw)"|"(?:[^"\\\n]|\\.)*"|(?<!\w)\'(?:[^\'\\\n]|\\.)+\')'
                   r'|(?P<word>\w+|~\w+|::|<=>|[=!<>]=|->|\+\+|--|\[\[|\]\]|.)', re.S | re.M)
DESCRIBE = re.compile(r"BOOST_DESCRIBE_\w+")
MACRO = re.compile(r"[A-Z][A-Z0-9_]+")
TYPE = re.compile(r"\b(class|struct|union|enum(?: class)?)\b(?: ?\[\[.*?\]\])* (?:POLKU_DECL )?(\w+)")
OPERATOR = re.compile(r"\boperator\b *(\( *\)|\[ *\]|[^\s\w(]+|[\w:&* ]+)")
ASSIGNS = re.compile(r"(?<![=!<>])=(?!=)")
IN_BACKTICKS = re.compile(r"`(?:\w+(?:::|\.))*(\w+)(?:\([^`]*\))?`")
# What the language gives a meaning, and names that are gone at the end of the header.
LEFT_OUT = re.compile(r"operator(=|==|<=>)|~\w+|X|\w+_HPP")


@dataclass
class Part:
    """A comment of the reference (`own`), a preprocessor line, a literal or a word of code."""
    kind: str
    text: str
    line: int


@dataclass
class Scope:
    """A namespace or a type, the comment above it, and what it declares: name, line and description of each."""
    kind: str
    name: str
    comment: str
    access: str = "public"
    names: list[tuple[str, int, str]] = field(default_factory=list)


def parts_of(text: str) -> list[Part]:
    found, line = [], 1
    for match in PARTS.finditer(text):
        kind = next(kind for kind in ("own", "note", "line", "text", "word") if match[kind] is not None)
        if kind != "note" and not match.group().isspace():
            found.append(Part(kind, match.group(), line))
        line += match.group().count("\n")
    return found


def balanced(parts: list[Part], at: int, opening: str, closing: str) -> int:
    """The place behind the bracket that closes the one at `at`."""
    depth = 0
    while True:
        depth += (parts[at].text == opening) - (parts[at].text == closing)
        at += 1
        if depth == 0:
            return at


def joined(words: list[str]) -> str:
    """The text of a declaration, with spaces where the expressions here look for them."""
    return re.sub(r" ?(::|<(?!=)|\[(?!\[)) ?| (>|\]|,|;)", lambda m: m[1] or m[2], " ".join(words)).strip()


def without_templates(text: str) -> str:
    """A declaration without what stands in angle brackets, which may hold commas and parentheses."""
    text = re.sub(r"\boperator *(<=>|->|\( *\)|\[ *\]|[-+*/%<>=!&|^~]+)", "operator_sign", text)
    before = None
    while before != text:
        before, text = text, re.sub(r"<[^<>]*>", "", text)
    return text


def function_in(head: str, inside: str) -> list[str]:
    """The name of a function or of a pointer to one; none of a constructor or destructor that the language explains."""
    name = re.search(r"\( *\* *(\w+) *\) *\(", head) or re.search(r"((?:\w+::)?~?\w+) *\(", head)
    if not name or "~" in name[1] or "::" in name[1]:
        return []
    is_plain = re.search(rf"\( *(\)|(const )?{re.escape(inside)} *&)", head) if inside else None
    return [] if name[1] == inside and is_plain else [name[1]]


def names_in(declaration: str, inside: str) -> list[str]:
    """What a declaration (up to its body, initialiser or semicolon) names and a description is asked for."""
    if re.match(r"(friend|static_assert|using namespace)\b", declaration) or DESCRIBE.match(declaration):
        return []
    if re.search(r"= *(default|delete)$|\boverride\b|\boperator *=(?!=)|\w::operator\b", declaration):
        return []
    if declaration.startswith("using "):
        alias = re.match(r"using (\w+) *(\[\[.*?\]\])? *=", declaration)
        return [alias[1]] if alias else []
    sign = OPERATOR.search(declaration)
    if sign:
        return ["operator" + (" " if sign[1][0].isalpha() else "") + sign[1].strip()]
    plain = re.sub(r"^template *|\brequires\b *\([^()]*(\([^()]*\)[^()]*)*\)|\[\[.*?\]\]|\balignas *\([^()]*\)", "",
                   without_templates(declaration)).strip()
    head = ASSIGNS.split(plain, maxsplit=1)[0]
    if "(" in head:
        return function_in(head, inside)
    if re.match(r"(class|struct|union|enum)\b", head):
        return []  # a forward declaration
    names = [re.findall(r"\w+", re.sub(r"=.*|\[.*", "", each)) for each in (plain if "," in plain else head).split(",")]
    return [words[-1] for words in names if words]


def says_more(name: str, comment: str) -> bool:
    """True for a comment with a word that the name does not have."""
    words = set(re.findall(r"\w+|`\W+`", comment.lower())) - {"the", "a", "an", "of", "this", "its"}
    return bool(words - set(name.lower().strip("_").split("_")) - {name.lower()})


class Header:
    """Reads one header. `seen` has every public name that a description is asked for, `undescribed` those without."""

    def __init__(self, text: str) -> None:
        self.parts = parts_of(text)
        self.file_comment = ""
        self.seen: list[str] = []
        self.undescribed: list[tuple[int, str]] = []
        self.stack = [Scope("namespace", "", "")]
        self.read()
        if len(self.stack) != 1:
            raise ValueError(f"the header's braces are not read right: still in '{self.stack[-1].name}' at its end")
        self.close(self.stack.pop())

    def is_public(self) -> bool:
        return all(scope.access != "private" and not (scope.kind == "namespace" and "detail" in scope.name.split("::"))
                   for scope in self.stack)

    def note(self, names: list[str], line: int, comment: str) -> None:
        if self.is_public():
            self.stack[-1].names += [(name, line, comment if says_more(name, comment) else "") for name in names]

    def close(self, scope: Scope) -> None:
        """What a scope has declared is complete, and so is the comment that may describe it."""
        told = {name for name, _, comment in scope.names if comment}
        told.update(IN_BACKTICKS.findall(scope.comment + " " + self.file_comment))
        types = [each.name for each in [*self.stack, scope] if each.kind == "type"]
        for name, line, _ in scope.names:
            self.seen.append(name)
            if name not in told:
                self.undescribed.append((line, "::".join([*types, name])))

    def read(self) -> None:
        at, comment = 0, ""
        while at < len(self.parts):
            part = self.parts[at]
            if part.kind == "own":
                at, comment = self.comment(at)
            elif part.kind == "line":
                at, comment = self.preprocessor(at, comment), ""
            elif part.text == "}":
                self.close(self.stack.pop())
                at += 1
            elif part.text == ";":
                at += 1
            elif part.text in ("public", "protected", "private") and self.parts[at + 1].text == ":":
                self.stack[-1].access = part.text
                at += 2
            else:
                at, comment = self.declaration(at, comment), ""

    def comment(self, at: int) -> tuple[int, str]:
        """The comment whose first line is at `at`, and the place behind it; that of the file is kept apart."""
        text, line = "", self.parts[at].line
        while at < len(self.parts) and self.parts[at].kind == "own" and self.parts[at].line <= line + 1:
            text += " " + self.parts[at].text[3:].strip()
            line = self.parts[at].line
            at += 1
        if "@file" in text:
            self.file_comment += text.replace("@file", "")
            text = ""
        return at, text.strip()

    def trailing(self, at: int) -> tuple[str, int]:
        """The `///<` behind a declaration that ends before `at`, and the place behind it."""
        text = ""
        while at < len(self.parts) and self.parts[at].text.startswith("///<"):
            text += self.parts[at].text[4:]
            at += 1
        return text.strip(), at

    def preprocessor(self, at: int, comment: str) -> int:
        """A line of the preprocessor; a macro is a name."""
        part = self.parts[at]
        named = re.match(r"\s*#\s*define (\w+)", part.text)
        if not named or LEFT_OUT.fullmatch(named[1]):
            return at + 1
        behind = re.search(r"///<(.+)", part.text)
        self.note([named[1]], part.line, comment or (behind[1] if behind else ""))
        return at + 1

    def declaration(self, at: int, comment: str) -> int:
        """Reads one declaration; enters a namespace or a type, passes over a body. Answers the place behind it."""
        line, words, inner = self.parts[at].line, [], ""
        while self.parts[at].text not in ("{", ";"):
            part = self.parts[at]
            if part.kind == "own":
                inner += part.text[4:] if part.text.startswith("///<") else ""
            elif DESCRIBE.fullmatch(part.text):
                return balanced(self.parts, at + 1, "(", ")")
            elif part.text == "(":
                end = balanced(self.parts, at, "(", ")")
                words += [each.text for each in self.parts[at:end] if each.kind not in ("own", "line")]
                if at and len(words) > 1 and MACRO.fullmatch(words[0]) and words[1] == "(" and self.parts[end].text not in ";{":
                    return end  # the call of a macro, which needs no semicolon
                at = end - 1
            elif part.kind != "line":
                words.append(part.text)
            at += 1
        if self.parts[at].text == "{":
            return self.body(at, joined(words), line, comment)
        told, behind = self.trailing(at + 1)
        self.note(names_in(joined(words), self.stack[-1].name), line, comment or told or inner)
        return behind

    def body(self, at: int, head: str, line: int, comment: str) -> int:
        """What the brace at `at` opens: a namespace, a type, a function or an initialiser."""
        if re.match(r"(inline )?namespace\b|extern\b", head):
            name = re.sub(r"\b(namespace|inline|POLKU_V)\b", "", head).replace(" ", "")
            self.stack.append(Scope("namespace", name, ""))
            return at + 1
        plain = without_templates(re.sub(r"^template *<.*?> *(?=class|struct|enum|union)", "", head))
        kind = TYPE.search(plain) if "(" not in plain.split(":")[0] else None
        if kind and not plain.endswith("="):
            if not re.search(rf"template *<>|\b{kind[2]} *<", head):  # a specialisation has the name of its template
                self.note([kind[2]], line, comment)
            if kind[1].startswith("enum"):
                return self.enumerators(at, kind[2], comment)
            self.stack.append(Scope("type", kind[2], comment, "private" if kind[1] == "class" else "public"))
            return at + 1
        end = balanced(self.parts, at, "{", "}")
        is_function = "(" in ASSIGNS.split(without_templates(head), maxsplit=1)[0]
        if not is_function or self.parts[end].text in (";", ","):
            end = self.initialised(at, head)
        told, behind = self.trailing(end)
        self.note(names_in(head, self.stack[-1].name), line, comment or told)
        return behind

    def initialised(self, at: int, head: str) -> int:
        """Behind the semicolon of a variable with braces, or the body of a constructor whose members have braces."""
        while self.parts[at].text != ";":
            if self.parts[at].text != "{":
                at += 1
                continue
            at = balanced(self.parts, at, "{", "}")
            if re.search(r"\) *(noexcept)? *:(?!:)", head) and self.parts[at].text not in (",", "{", ";"):
                return at
        return at + 1

    def enumerators(self, at: int, name: str, comment: str) -> int:
        scope = Scope("type", name, comment)
        self.stack.append(scope)
        end = balanced(self.parts, at, "{", "}")
        at, own = at + 1, ""
        while at < end - 1:
            part = self.parts[at]
            if part.kind == "own":
                at, own = self.comment(at)
            elif part.kind == "line" or part.text == ",":
                at += 1
            else:
                while self.parts[at].kind != "own" and self.parts[at].text != "," and at < end - 1:
                    at = balanced(self.parts, at, "(", ")") if self.parts[at].text == "(" else at + 1
                told, at = self.trailing(at + (self.parts[at].text == ","))
                self.note([part.text], part.line, own or told)
                own = ""
        return end - 1


@functools.lru_cache(maxsize=None)
def public_headers() -> dict[str, Header]:
    """What was read of each header, by its path below include/."""
    read = {}
    for path in sorted(HEADERS.rglob("*.hpp")):
        where = path.relative_to(HEADERS.parent)
        if not {"impl", "detail"} & set(where.parts) and path.name != "fwd.hpp":
            try:
                read[where.as_posix()] = Header(path.read_text(encoding="utf-8"))
            except (IndexError, ValueError) as fault:
                raise ValueError(f"{where} cannot be read: {fault}") from fault
    return read


def undescribed() -> list[str]:
    return [f"include/{where}:{line}: {name}" for where, header in public_headers().items()
            for line, name in sorted(header.undescribed)]


def doxygen_names(folder: pathlib.Path) -> set[tuple[str, str]]:
    """Header and name of all that Doxygen's XML has of the C++ headers."""
    found = set()
    for file in folder.glob("*.xml"):
        for compound in ElementTree.parse(file).getroot().iter("compounddef"):
            place = compound.find("location")
            name = compound.findtext("compoundname").split("::")[-1]
            if compound.get("kind") in ("class", "struct") and compound.get("prot") == "public" and "<" not in name:
                found.add((place.get("file"), name))
            if compound.get("kind") not in ("class", "struct", "namespace", "file") or compound.get("prot") == "private":
                continue
            for member in compound.iter("memberdef"):
                if member.get("prot") != "private" and member.get("kind") != "friend":
                    where = member.find("location").get("file")
                    found.add((where, member.findtext("name")))
                    found.update((where, value.findtext("name")) for value in member.findall("enumvalue"))
    return {(where, name) for where, name in found
            if where.startswith("polku/") and not where.endswith("fwd.hpp") and not LEFT_OUT.fullmatch(name)}


def compare_with_doxygen(folder: pathlib.Path) -> list[str]:
    """Names that Doxygen has and the reader here does not see."""
    seen = {(where, name) for where, header in public_headers().items() for name in header.seen}
    there = doxygen_names(folder)
    if len(there) < 1000:
        return [f"{folder} has {len(there)} names only; it is no XML of Doxygen about these headers"]
    return sorted(f"{where}: {name}: Doxygen has it, this test does not see it" for where, name in there - seen)


SAMPLE = """
/// @file
/// About shapes. `type` is the name under which one is stored.
namespace polku::inline POLKU_V::path {{
{0}
}}
"""


class Samples(unittest.TestCase):
    """The reader finds what it is to find: each sample is a header with a fault, or without one."""

    def names(self, text: str) -> list[str]:
        return [name for _, name in Header(SAMPLE.format(text)).undescribed]

    def test_what_has_no_description_is_found(self) -> None:
        for text, expected in (
                ("struct bare { static constexpr int type = 1; };", ["bare"]),
                ("/// Made up.\nstruct one {\n    int a = 0;\n    int b = 0;  ///< the second\n};", ["one::a"]),
                ("/// Made up; `a` is the first.\nstruct two {\n    int a, b;\n};", ["two::b"]),
                ("/// Made up.\nenum class three : std::uint8_t { left, right };", ["three::left", "three::right"]),
                ("/// Made up.\nenum class four {\n    left,  ///< west\n    right = 2,\n};", ["four::right"]),
                ("POLKU_DECL result<int> try_five(std::map<int, int> of) noexcept;", ["try_five"]),
                ("template <class T>\nT six(T of) {\n    return of;\n}", ["six"]),
                ("using seven = std::variant<int, char>;", ["seven"]),
                ("inline constexpr int eight[] = {1, 2};", ["eight"]),
                ("#define POLKU_NINE 9", ["POLKU_NINE"]),
                ("/// Made up.\nclass ten {\npublic:\n    int get() const { return a_; }\n\nprivate:\n    int a_ = 0;\n};", ["ten::get"]),
                ("/// Made up.\nstruct outer {\n    struct inner {\n        int a = 0;\n    };\n};",
                 ["outer::inner::a", "outer::inner"]),
                ("/// The eleven.\nstruct eleven {};", ["eleven"])):
            with self.subTest(text):
                self.assertEqual(expected, self.names(text))

    def test_what_is_described_is_left_alone(self) -> None:
        for text in (
                "struct only_named_ahead;",
                "/// Made of `a` and `b`.\nstruct one {\n    int a = 0, b = 0;\n    bool operator==(const one&) const = default;\n};\n"
                "BOOST_DESCRIBE_STRUCT(one, (), (a, b))\n/// Made up.\nstruct two {};",
                "/// Writes so many.\nvoid put(int many);\nvoid put(long many);",
                "/// Made up.\nclass three {\npublic:\n    three() = default;\n    three(const three& other) : a_{other.a_} {}\n    ~three();\n"
                "    three& operator=(three other) noexcept {\n        a_ = other.a_;\n        return *this;\n    }\n\n"
                "private:\n    struct hidden {\n        int a;\n    };\n    int a_ = 0;\n};",
                "/// Made up.\nclass four : public three {\npublic:\n    int get() const override;\n};",
                "namespace detail {\nstruct five {\n    int a;\n};\n}",
                "/// The names are `left` and `right`.\nenum class six { left, right };",
                "/// Answers \"{\" and not '}'.\ninline std::string_view seven() { return \"{\"; }\n/// Made up.\nint eight();"):
            with self.subTest(text):
                self.assertEqual([], self.names(text))


class Headers(unittest.TestCase):
    def test_every_public_name_has_a_description(self) -> None:
        missing = undescribed()
        self.assertEqual([], missing, f"{len(missing)} public names without a description")

    def test_the_reader_sees_every_public_type(self) -> None:
        seen = {name for header in public_headers().values() for name in header.seen}
        types = {gen_forward.name_in(text) for texts in gen_forward.names_by_space().values() for text in texts}
        self.assertGreater(len(types), 500)
        self.assertEqual(set(), types - seen)


if __name__ == "__main__":
    if "--list" in sys.argv:
        print("\n".join(undescribed()))
    elif "--doxygen" in sys.argv:
        faults = compare_with_doxygen(pathlib.Path(sys.argv[sys.argv.index("--doxygen") + 1]))
        print("\n".join(faults) if faults else "the reader of descriptions sees what Doxygen sees")
        sys.exit(1 if faults else 0)
    else:
        unittest.main()
