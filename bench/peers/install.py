# SPDX-License-Identifier: Apache-2.0
"""Installs the peers through their own registries' ordinary clients into one folder outside of the sources, pinned by
python/*.txt, node/package.json, java/pom.xml and rust/Cargo.toml. What cannot be installed is said and left out."""
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
JAVA_ENGINES = {"drools": "DroolsEngine", "jdmn": "JdmnEngine", "camunda7": "Camunda7Engine", "camunda8": "Camunda8Engine"}


@dataclass
class Place:
    """Where a kit of peers stands, or why it does not."""

    folder: pathlib.Path
    reason: str = ""

    @property
    def ready(self) -> bool:
        return not self.reason


def run(command: list[str], where: pathlib.Path, log: pathlib.Path, environment: dict[str, str] | None = None) -> None:
    with open(log, "ab") as out:
        subprocess.run(["nice", "-n", "19", *command], cwd=where, check=True, stdout=out, stderr=subprocess.STDOUT,
                       stdin=subprocess.DEVNULL, env={**os.environ, **(environment or {})})


def stamp_of(*sources: pathlib.Path) -> str:
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


def kept(place: pathlib.Path, stamp: str) -> bool:
    written = place / "stamp"
    return written.is_file() and written.read_text(encoding="ascii") == stamp


def python_kit(place: pathlib.Path, log: pathlib.Path) -> None:
    run([PYTHON, "-m", "venv", "--clear", str(place / "venv")], HERE, log)
    run([str(place / "venv/bin/python"), "-m", "pip", "install", "--quiet", "-r", str(HERE / "python/requirements.txt")], HERE, log)


def openfisca_kit(place: pathlib.Path, log: pathlib.Path) -> None:
    run([PYTHON, "-m", "venv", "--clear", str(place / "venv")], HERE, log)
    run([str(place / "venv/bin/python"), "-m", "pip", "install", "--quiet", "-r", str(HERE / "python/openfisca.txt")], HERE, log)


def node_kit(place: pathlib.Path, log: pathlib.Path) -> None:
    shutil.copy(HERE / "node/package.json", place)
    run(["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--omit=dev"], place, log)


def java_kit(place: pathlib.Path, log: pathlib.Path) -> None:
    sources = HERE / "java/src/main/java"
    for profile, engine in JAVA_ENGINES.items():
        listed = place / f"{profile}.cp"
        run(["mvn", "-B", "-q", "-f", str(HERE / "java/pom.xml"), f"-P{profile}", "dependency:build-classpath",
             f"-Dmdep.outputFile={listed}"], place, log)
        run(["javac", "-nowarn", "-d", str(place / profile), "-cp", listed.read_text(encoding="utf-8").strip(),
             *(str(sources / f"{name}.java") for name in ("Engine", "Rows", engine))], place, log)


def rust_kit(place: pathlib.Path, log: pathlib.Path) -> None:
    (place / "src").mkdir(exist_ok=True)
    shutil.copy(HERE / "rust/Cargo.toml", place)
    shutil.copy(HERE / "rust/src/main.rs", place / "src")
    run(["cargo", "build", "--release", "--jobs", "1"], place, log)


def clips_kit(place: pathlib.Path, log: pathlib.Path) -> None:
    if not pathlib.Path("/usr/include/clips/clips.h").is_file() and os.geteuid() == 0 and shutil.which("apt-get"):
        run(["apt-get", "install", "-y", "--no-install-recommends", "libclips-dev"], place, log, {"DEBIAN_FRONTEND": "noninteractive"})
    run(["c++", "-std=c++20", "-O2", "-DNDEBUG", "-o", str(place / "clips_rows"), str(HERE / "clips_rows.cpp"), "-lclips", "-lm"],
        place, log)


KITS: dict[str, tuple[str, Callable[[pathlib.Path, pathlib.Path], None], list[str]]] = {
    "python": ("python3", python_kit, ["python/requirements.txt"]),
    "openfisca": ("python3", openfisca_kit, ["python/openfisca.txt"]),
    "node": ("npm", node_kit, ["node/package.json"]),
    "java": ("mvn", java_kit, ["java/pom.xml", *(f"java/src/main/java/{name}.java" for name in ("Engine", "Rows", *JAVA_ENGINES.values()))]),
    "rust": ("cargo", rust_kit, ["rust/Cargo.toml", "rust/src/main.rs"]),
    "clips": ("c++", clips_kit, ["clips_rows.cpp", "rows_protocol.hpp"]),
}


def install(folder: pathlib.Path, wanted: list[str]) -> dict[str, Place]:
    """Each wanted kit, installed anew only where what it is made from has changed."""
    made = {}
    for name in wanted:
        tool, make, sources = KITS[name]
        place = Place(folder / name)
        made[name] = place
        place.folder.mkdir(parents=True, exist_ok=True)
        stamp = stamp_of(*(HERE / source for source in sources))
        if kept(place.folder, stamp):
            continue
        if shutil.which(tool) is None:
            place.reason = f"there is no {tool} here"
            continue
        log = place.folder / "install.log"
        log.unlink(missing_ok=True)
        print(f"installing {name}", file=sys.stderr)
        try:
            make(place.folder, log)
            (place.folder / "stamp").write_text(stamp, encoding="ascii")
        except (subprocess.CalledProcessError, OSError) as fault:
            what = " ".join(fault.cmd[3:5]) if isinstance(fault, subprocess.CalledProcessError) else str(fault)
            place.reason = f"its installation failed here ({pathlib.Path(what.split()[0]).name if what else 'unknown'})"
            print(f"{name}: {fault}; see {log}", file=sys.stderr)
    return made


def install_binding(folder: pathlib.Path, build: pathlib.Path) -> Place:
    """polku's own binding, built against the C library of this build, into a venv that sees Debian's cffi."""
    place = Place(folder / "binding")
    place.folder.mkdir(parents=True, exist_ok=True)
    log = place.folder / "install.log"
    log.unlink(missing_ok=True)
    venv = place.folder / "venv"
    top = HERE.parent.parent
    try:
        run([PYTHON, "-m", "venv", "--clear", "--system-site-packages", str(venv)], top, log)
        run([str(venv / "bin/python"), "-m", "pip", "install", "--quiet", "--no-build-isolation", "--no-deps", "--no-index",
             str(top / "bindings/python")], place.folder, log, {"POLKU_BUILD_DIR": str(build)})
    except (subprocess.CalledProcessError, OSError) as fault:
        place.reason = "the binding could not be built"
        print(f"binding: {fault}; see {log}", file=sys.stderr)
    return place


def add_arrow(binding: Place) -> None:
    """pyarrow beside the binding; without it the binding stands, and its place says why."""
    if not binding.ready:
        return
    log = binding.folder / "install.log"
    try:
        run([str(binding.folder / "venv/bin/python"), "-m", "pip", "install", "--quiet", "-r", str(HERE / "python/arrow.txt")], HERE, log)
    except (subprocess.CalledProcessError, OSError) as fault:
        binding.reason = "pyarrow could not be installed here"
        print(f"pyarrow: {fault}; see {log}", file=sys.stderr)


def first_line(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "none"
    return ((done.stdout or done.stderr).strip().splitlines() or ["none"])[0]


def pinned() -> dict[str, str]:
    """The versions that the manifests name."""
    found = {}
    for listed in ("requirements.txt", "openfisca.txt", "arrow.txt"):
        found |= dict(re.findall(r"^([\w-]+)==(\S+)$", (HERE / "python" / listed).read_text(encoding="utf-8"), re.M))
    found |= {f"npm:{name}": version
              for name, version in json.loads((HERE / "node/package.json").read_text(encoding="utf-8"))["dependencies"].items()}
    found |= dict(re.findall(r"<artifactId>([\w.-]+)</artifactId>\s*<version>([\d.\w-]+)</version>\s*</dependency>",
                             (HERE / "java/pom.xml").read_text(encoding="utf-8")))
    found |= {f"crate:{name}": version for name, version in
              re.findall(r'^([\w-]+) = "=([\d.]+)"', (HERE / "rust/Cargo.toml").read_text(encoding="utf-8"), re.M)}
    clips = first_line(["dpkg-query", "-W", "-f=${Version}", "libclips-dev"])
    return found | {"libclips-dev": clips}


def runtimes() -> dict[str, str]:
    return {"Python": first_line([PYTHON, "--version"]), "node": first_line(["node", "--version"]),
            "Java": first_line(["java", "-version"]), "Rust": first_line(["rustc", "--version"])}
