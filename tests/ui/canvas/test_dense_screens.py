import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("dense_screen.py")


@pytest.mark.slow
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_what_is_clicked_is_what_is_seen_on_screens_of_every_density(ratio):
    environment = os.environ | {"QT_SCALE_FACTOR": str(ratio), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, PROGRAM], env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    for said in json.loads(done.stdout):
        assert said["ratio"] == ratio
        assert said["view"] == [600 * ratio, 400 * ratio] == said["screen"]
        assert said["picture"][0] > said["view"][0]
        assert said["picked"] == said["expected"]
        assert len(said["picked"]) > 8
        assert max(said["away"]) <= 1.0
