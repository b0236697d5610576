# SPDX-License-Identifier: Apache-2.0
"""The shape of the C ABI, for `.ci/abi`: signatures, structs and constants as the headers of capi/ say them.

The shape is a small library of empty functions, one for each that the headers declare, compiled in C with debug information
and the version script. libabigail compares it with the baseline in capi/abi. So the comparison is the same whatever flags
libpolku.so itself is built with; that its bodies have these signatures the compiler checks, which sees both.
"""
import pathlib
import re
import subprocess

MAJOR = 1
ABIDW = ["abidw", "--no-corpus-path", "--no-comp-dir-path", "--no-show-locs", "--no-elf-needed"]


def names_of_headers(headers: pathlib.Path) -> list[str]:
    """polku.h, what it includes in that order, and those that a program includes for themselves."""
    order = ["polku.h"] + re.findall(r'^#include "(polku_\w+\.h)"', (headers / "polku.h").read_text(encoding="utf-8"), re.M)
    return order + sorted({path.name for path in headers.glob("polku_*.h")} - set(order))


def text_of_headers(headers: pathlib.Path) -> str:
    """All headers, without comments and continued lines."""
    text = "".join((headers / name).read_text(encoding="utf-8") for name in names_of_headers(headers))
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S).replace("\\\n", " ")


def includes(headers: pathlib.Path) -> str:
    return "".join(f"#include <{name}>\n" for name in names_of_headers(headers))


def functions(headers: pathlib.Path) -> list[tuple[str, str, str]]:
    """(type of the answer, name, parameters) of each function, sorted by name."""
    found = re.findall(r"^POLKU_API\s+([^;(]*?)\b(polku_\w+)\s*\(([^;]*)\);", text_of_headers(headers), re.M)
    return sorted(((answer.strip(), name, " ".join(given.split())) for answer, name, given in found), key=lambda one: one[1])


def constants(headers: pathlib.Path) -> list[str]:
    """`NAME value` of each number that the headers define, but for versions; sorted."""
    text = text_of_headers(headers)
    named = re.findall(r"^#define (POLKU_\w+) +(?:\(?-?[0-9]+u?\)?|\(\(size_t\)-1\)) *$", text, re.M)
    named += re.findall(r"^#define (POLKU_\w+_SIZE_[0-9]+) ", text, re.M)
    names = [name for name in sorted(set(named)) if not re.match(r"POLKU_(ABI_)?VERSION", name)]
    lines = "".join(f'    printf("{name} %llu\\n", (unsigned long long){name});\n' for name in names)
    program = f'{includes(headers)}#include <stdio.h>\nint main(void) {{\n{lines}    return 0;\n}}\n'
    folder = pathlib.Path(make_folder())
    (folder / "constants.c").write_text(program, encoding="utf-8")
    subprocess.run(["gcc", "-std=c99", f"-I{headers}", str(folder / "constants.c"), "-o", str(folder / "constants")], check=True)
    return subprocess.run([str(folder / "constants")], capture_output=True, text=True, check=True).stdout.splitlines()


def make_folder() -> str:
    """A folder for what is compiled, gone when the program ends."""
    import atexit
    import shutil
    import tempfile

    folder = tempfile.mkdtemp(prefix="polku-abi-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def library(headers: pathlib.Path, compiler: str = "gcc") -> pathlib.Path:
    """Compiles the shape of these headers."""
    folder = pathlib.Path(make_folder())
    lines = ["#define POLKU_BUILDING", includes(headers)]
    for answer, name, given in functions(headers):
        body = "" if answer == "void" else f"{answer} none = 0; return none;"
        lines.append(f"{answer} {name}({given}) {{ {body} }}")
    (folder / "shape.c").write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = folder / "libpolku.so"
    here = headers.resolve()
    subprocess.run([compiler, "-std=c99", "-g", "-O0", "-fPIC", "-shared", "-w", f"-I{here}", "shape.c", "-o", str(made),
                    f"-Wl,-soname,libpolku.so.{MAJOR}", f"-Wl,--version-script,{here / 'polku.map'}"], check=True, cwd=folder)
    return made


def write_baseline(headers: pathlib.Path, into: pathlib.Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    subprocess.run([*ABIDW, "--out-file", str(into / f"polku_{MAJOR}.abi"), str(library(headers))], check=True)
    (into / f"constants_{MAJOR}.txt").write_text("".join(f"{line}\n" for line in constants(headers)), encoding="utf-8")


def faults(headers: pathlib.Path, baseline: pathlib.Path, compiler: str = "gcc") -> list[str]:
    """What in these headers breaks programs that were built against the baseline. New functions and constants do not, nor do
    members at the end of option structs."""
    done = subprocess.run(["abidiff", "--no-added-syms", "--suppressions", str(baseline / "allowed.ini"),
                           str(baseline / f"polku_{MAJOR}.abi"), str(library(headers, compiler))], capture_output=True, text=True, check=False)
    found = [] if done.returncode == 0 else [f"abidiff: {line}" for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    if done.returncode != 0 and not found:
        found = [f"abidiff ended with status {done.returncode}"]
    now = dict(line.split() for line in constants(headers))
    for line in (baseline / f"constants_{MAJOR}.txt").read_text(encoding="utf-8").splitlines():
        name, value = line.split()
        if now.get(name) != value:
            found.append(f"{name}: was {value}, is {now.get(name, 'gone')}")
    return found
