"""Finds a Chromium for the browser tests, or installs one where that is allowed.

    python -m tests.chromium

Takes one that is installed (``CHROMIUM`` or the usual names), else installs Debian's
package as root.  Where neither works it says so, and the browser tests are skipped.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",  # tests may run as root, where the sandbox refuses to start
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find() -> str | None:
    """The path of a Chromium that is there already."""
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES)]
    return next(
        (path for path in candidates if path and os.access(path, os.X_OK)), None
    )


def main() -> int:
    if path := find() or _from_debian():
        print(f"Browser tests use {path}")
        return 0
    print(
        "No Chromium: none is installed, and apt-get (as root) could not bring one.\n"
        "THE TESTS IN tests/browser WILL BE SKIPPED. "
        "Install Chromium, or set CHROMIUM to its path.",
        file=sys.stderr,
    )
    return 0


def _from_debian() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing Debian's chromium for the browser tests …")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["update"],
        ["install", "-y", "--no-install-recommends", "chromium"],
    ):
        done = subprocess.run(
            ["apt-get", "-qq", *command], env=env, capture_output=True, text=True
        )
        if done.returncode:
            print(
                f"apt-get {command[0]} failed: {done.stderr.strip()[-500:]}",
                file=sys.stderr,
            )
            return None
    return find()


if __name__ == "__main__":
    sys.exit(main())
