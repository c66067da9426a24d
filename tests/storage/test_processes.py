"""The processes that many photos are worked off by."""

import os
import subprocess
import sys

from captioner.storage import processes

KILLED = """
import os, signal
from captioner.storage import processes
pool = processes.begun()
assert pool.submit(os.getpid).result() != os.getpid()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_processes_end_with_whoever_began_them_however_that_ends():
    done = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, check=False, timeout=30)  # they hold it
    assert done.returncode == -9


def test_what_a_process_has_to_do_goes_behind_what_a_person_looks_at():
    with processes.begun() as pool:
        assert pool.submit(_niceness).result() == processes._NICE


def _niceness():
    return os.getpriority(os.PRIO_PROCESS, 0)
