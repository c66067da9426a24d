"""A few of the kills and full disks of `make export-faults`."""

import subprocess
import sys

import pytest
from exporting import checkout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has inotify")
def test_kills_and_full_disks_show_nobody_a_file_that_is_not_whole():
    command = [sys.executable, "-m", "tests.export_faults", "--kills", "9", "--ways", "3", "--disks", "1"]
    told = subprocess.run(command, env=checkout(), capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
