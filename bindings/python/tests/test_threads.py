# SPDX-License-Identifier: Apache-2.0
"""Threads: the interpreter goes on during calls, programs are shared, other objects refuse a second thread."""
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import polku
import pytest

LONG = 400_000


class Running(threading.Thread):
    """A thread in a long call; `begun` is set just before it."""

    def __init__(self, work):
        super().__init__()
        self.work = work
        self.begun = threading.Event()
        self.answer = None

    def run(self):
        self.begun.set()
        self.answer = self.work()


def test_other_threads_run_during_a_call(echo):
    work = echo.decision("long work").prepare()
    thread = Running(lambda: work(LONG))
    thread.start()
    thread.begun.wait()
    turns = 0
    while thread.is_alive():
        turns += 1
        time.sleep(0.001)
    assert thread.answer == LONG
    assert turns > 3


def test_a_second_thread_gets_misuse(echo):
    work = echo.decision("long work").prepare()
    thread = Running(lambda: work(LONG))
    thread.start()
    thread.begun.wait()
    refused = None
    while thread.is_alive() and refused is None:
        try:
            work(1)
        except polku.MisuseError as error:
            refused = error
    thread.join()
    if thread.answer is None:  # this thread came first, and the other was refused
        pytest.skip("the long call did not come first")
    assert refused is not None and refused.code == 102
    assert work(1) == 1


def test_closing_during_a_call_lets_it_end(echo):
    work = echo.decision("long work").prepare()
    thread = Running(lambda: work(LONG))
    thread.start()
    thread.begun.wait()
    time.sleep(0.02)
    work.close()
    thread.join()
    assert thread.answer == LONG
    with pytest.raises(polku.MisuseError):
        work(1)


def test_eight_threads_share_a_program(support):
    def one(seed):
        return [support.evaluate("Support", {"work ability": (seed + i) % 11, "months without work": 14})
                for i in range(100)]

    with ThreadPoolExecutor(8) as pool:
        for seed, answers in enumerate(pool.map(one, range(8))):
            assert answers == ["assessment" if (seed + i) % 11 < 4 else "coaching" for i in range(100)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_handle_of_before_fork_is_misuse_in_the_child(support):
    ready = support.decision("Support").prepare()
    child = os.fork()
    if child == 0:
        try:
            ready(6, 14)
        except polku.MisuseError:
            fine = support.evaluate("Support", {"work ability": 1}) == "assessment"
            os._exit(0 if fine else 2)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert ready(6, 14) == "coaching"
