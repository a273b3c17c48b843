# SPDX-License-Identifier: GPL-2.0-or-later
"""What the test programs in Python have in common: TAP, and running the program."""

import concurrent.futures
import os
import subprocess
import sys
import traceback

READ, REVIEW, FAILED, STOPPED, USAGE = 0, 1, 2, 3, 64  # exit statuses of the program


class Skip(Exception):
    """The test cannot be done here; the text says why."""


def run(command, stdin=b"", env=None, timeout=300, **more):
    """Runs COMMAND in an otherwise empty environment; its stderr is text."""
    kept = {name: os.environ[name] for name in os.environ if name.endswith("SAN_OPTIONS") or name == "LD_LIBRARY_PATH"}
    if "stdout" not in more:
        more["stdout"] = subprocess.PIPE
    process = subprocess.run([os.fspath(word) for word in command], input=stdin, stderr=subprocess.PIPE,
                             timeout=timeout, check=False, env=kept | (env or {}), **more)
    process.stderr = process.stderr.decode("utf-8")
    return process


def _outcome(function):
    """The rest of the TAP line after its number, and what there is to say about a failure."""
    try:
        function()
    except Skip as reason:
        return "ok", f" # SKIP {reason}", ""
    except AssertionError as error:
        return "not ok", "", str(error) or traceback.format_exc()
    except Exception:  # pylint: disable=broad-except
        return "not ok", "", traceback.format_exc()
    return "ok", "", ""


def run_tests(groups, jobs=1):
    """Runs GROUPS of tests, JOBS of them at a time, and speaks TAP. A test is a pair of a name and a function that
    raises when it fails; those of a group run one after the other. Returns the exit status."""
    failed = number = 0
    print(f"1..{sum(map(len, groups))}", flush=True)
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for group, outcomes in zip(groups, pool.map(lambda group: [_outcome(function) for _, function in group], groups)):
            for (name, _), (verdict, note, trouble) in zip(group, outcomes):
                number += 1
                failed += verdict != "ok"
                if trouble:
                    print(f"{name}:\n{trouble}", file=sys.stderr)
                print(f"{verdict} {number} - {name}{note}", flush=True)
    return 1 if failed else 0
