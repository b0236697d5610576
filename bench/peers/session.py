# SPDX-License-Identifier: Apache-2.0
"""Talks to one engine in a process of its own, by the line protocol of README.md, and to the `polku` command."""
import json
import os
import pathlib
import selectors
import subprocess
import time
from dataclasses import dataclass, field


class EngineFault(Exception):
    """The engine's process ended, said something else or said nothing in time."""


@dataclass
class Start:
    """From the start of the process to the first answer, in seconds and bytes."""

    cold: float
    load: float | None
    memory: int


@dataclass
class Pass:
    rows: int
    seconds: float
    own: float | None = None  # what the engine says of itself

    @property
    def each(self) -> float:
        return self.seconds / self.rows


def memory_of(process: int, what: str) -> int:
    """VmRSS (now) or VmHWM (most so far) in bytes; 0 where the system does not tell."""
    try:
        for line in pathlib.Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(what + ":"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


@dataclass
class Session:
    """An engine's process. `patience` is how long one question may take, in seconds."""

    command: list[str]
    log: pathlib.Path
    patience: float = 120.0
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        started = time.perf_counter()
        try:
            with open(self.log, "wb") as errors:
                self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
                                                env={**os.environ, **self.environment})
        except OSError as fault:
            raise EngineFault(f"{pathlib.Path(self.command[0]).name}: {fault.strerror}") from None
        self.waiting = selectors.DefaultSelector()
        assert self.process.stdout is not None and self.process.stdin is not None
        self.waiting.register(self.process.stdout, selectors.EVENT_READ)
        self.heard = b""
        first = self.listen()
        self.start = Start(time.perf_counter() - started, first["load"], memory_of(self.process.pid, "VmRSS"))

    def listen(self) -> dict:
        """One line of JSON; anything else that a library prints is passed over."""
        assert self.process.stdout is not None
        until = time.monotonic() + self.patience
        while True:
            line, mark, rest = self.heard.partition(b"\n")
            if mark:
                self.heard = rest
                if line.startswith(b"{"):
                    return json.loads(line)
                continue
            if not self.waiting.select(max(0.0, until - time.monotonic())):
                self.kill()
                raise EngineFault(f"no answer in {self.patience:.0f} s")
            more = os.read(self.process.stdout.fileno(), 65536)
            if not more:
                self.kill()
                raise EngineFault(self.last_words())
            self.heard += more

    def last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        telling = [line for line in lines if "rror" in line or "xception" in line]
        return (telling or lines or ["it ended without a word"])[0].strip()[:200]

    def ask(self, line: str) -> dict:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(line.encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            self.kill()
            raise EngineFault(self.last_words()) from None
        return self.listen()

    def read_rows(self) -> int:
        return self.ask("rows")["rows"]

    def answers(self, seconds: float, path: pathlib.Path) -> int:
        return self.ask(f"answers {seconds} {path}")["rows"]

    def run(self, rows: int) -> Pass:
        said = self.ask(f"pass {rows}")
        return Pass(rows, said["seconds"], said.get("own"))

    def peak(self) -> int:
        return memory_of(self.process.pid, "VmHWM")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.hang_up()

    def hang_up(self) -> None:
        self.waiting.close()
        for end in (self.process.stdin, self.process.stdout):
            assert end is not None
            try:
                end.close()
            except BrokenPipeError:  # of what was still to be written
                pass

    def close(self) -> None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(b"quit\n")
            self.process.stdin.flush()
            self.process.wait(10)
            self.hang_up()
        except (BrokenPipeError, subprocess.TimeoutExpired):
            self.kill()


class CommandSession:
    """`polku decide MODEL DECISION --input ROWS`: each pass is a process over all rows, its start and compilation included."""

    def __init__(self, command: list[str], first_row: pathlib.Path, rows: pathlib.Path) -> None:
        self.command, self.rows, self.most = command, rows, 0
        self.count = rows.read_bytes().count(b"\n")
        took = self.once(first_row)
        self.start = Start(took, None, self.most)
        self.most = 0

    def once(self, rows: pathlib.Path, out: pathlib.Path | None = None) -> float:
        started = time.perf_counter()
        try:
            with open(out or os.devnull, "wb") as sink:
                process = subprocess.Popen([*self.command, "--input", str(rows)], stdout=sink, stderr=subprocess.PIPE)
        except OSError as fault:
            raise EngineFault(f"{pathlib.Path(self.command[0]).name}: {fault.strerror}") from None
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.stderr is not None
        words = process.stderr.read().decode(errors="replace").strip()
        process.stderr.close()
        if process.returncode != 0:
            raise EngineFault(words[:200] or f"status {process.returncode}")
        self.most = max(self.most, usage.ru_maxrss * 1024)
        return took

    def read_rows(self) -> int:
        return self.count

    def answers(self, seconds: float, path: pathlib.Path) -> int:
        self.once(self.rows, path)
        return self.count

    def run(self, rows: int) -> Pass:
        took = self.once(self.rows)
        return Pass(self.count, took)

    def peak(self) -> int:
        return self.most

    def close(self) -> None:
        pass
