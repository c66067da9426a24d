"""The processes that many photos are worked off by."""

import os
import subprocess
import sys
from pathlib import Path

from captioner.storage import processes

ROOT = Path(__file__).parents[2]

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


WORKING = """
import os, signal, sys, time
from pathlib import Path
from captioner.storage import batch, processes
def slow(path):
    path.with_suffix(".begun").touch()
    time.sleep(1)
    path.touch()
if __name__ == "__main__":
    pool = processes.begun()
    pool.submit(batch._each_packed, slow, [Path(sys.argv[1])])
    while not Path(sys.argv[1]).with_suffix(".begun").exists():
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_they_are_at_is_finished_first(tmp_path):
    (tmp_path / "program.py").write_text(WORKING)
    program = [sys.executable, str(tmp_path / "program.py"), str(tmp_path / "photo")]
    subprocess.run(program, capture_output=True, check=False, timeout=30, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert (tmp_path / "photo").exists()


def test_what_a_process_has_to_do_goes_behind_what_a_person_looks_at():
    with processes.begun() as pool:
        assert pool.submit(_niceness).result() == processes._NICE


def _niceness():
    return os.getpriority(os.PRIO_PROCESS, 0)
