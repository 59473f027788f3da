"""A public server starts right or not at all: real processes, real exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_engine

ROOT = Path(__file__).resolve().parents[2]
SECRET = "correct-horse-battery-staple-0123456789-ABCDEFGHIJ-zyxw"
GOOD = {"PRODUCTION": "1", "SECRET_KEY": SECRET, "ALLOWED_HOSTS": "reading.example.org"}
BAD = {
    "no secret": ({"SECRET_KEY": None}, "SECRET_KEY"),
    "a short secret": ({"SECRET_KEY": "short"}, "SECRET_KEY"),
    "a dull secret": ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY"),
    "a sample secret": ({"SECRET_KEY": "django-insecure-" + SECRET}, "SECRET_KEY"),
    "an empty secret file": ({"SECRET_KEY_FILE": os.devnull}, "SECRET_KEY"),
    "a missing secret file": ({"SECRET_KEY_FILE": "/nowhere/key"}, "SECRET_KEY_FILE"),
    "debugging": ({"DEBUG": "1"}, "DEBUG"),
    "no host": ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS"),
    "any host": ({"ALLOWED_HOSTS": "reading.example.org,*"}, "ALLOWED_HOSTS"),
    "neither yes nor no": ({"PRODUCTION": "maybe"}, "PRODUCTION"),
    "no number": ({"SECURE_HSTS_SECONDS": "two years"}, "SECURE_HSTS_SECONDS"),
}


def manage(*command: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """``manage.py`` in production, with nothing of this process's own settings."""
    settings = {**GOOD, **changes}
    environment = {
        k: os.environ[k] for k in ("PATH", "HOME", "LANG") if k in os.environ
    }
    environment |= {k: v for k, v in settings.items() if v is not None}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_djangos_own_checks_find_nothing_to_warn_of() -> None:
    """``--fail-level``: without it the command ends with 0 whatever it warns of."""
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


def test_a_proxy_and_a_secret_file_pass_the_checks_too(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(SECRET + "\n")
    more = {
        "SECRET_KEY": None,
        "SECRET_KEY_FILE": str(tmp_path / "key"),
        "BEHIND_PROXY": "1",
    }
    assert (
        manage("check", "--deploy", "--fail-level", "WARNING", **more).returncode == 0
    )


@pytest.mark.parametrize("what", BAD)
def test_a_bad_setting_is_refused_by_name(what: str) -> None:
    changes, name = BAD[what]
    done = manage("check", **changes)
    *_, last = done.stderr.strip().splitlines()
    assert done.returncode != 0
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert name in last
    assert SECRET not in done.stderr


def test_the_static_files_are_collected_whole(tmp_path: Path) -> None:
    """A style that names a file that is not there would stop a deployment here."""
    script = (
        "import sys, django; django.setup()\n"
        "from django.conf import settings; settings.STATIC_ROOT = sys.argv[1]\n"
        "from django.core.management import call_command\n"
        "call_command('collectstatic', '--noinput', verbosity=0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, **GOOD, "DJANGO_SETTINGS_MODULE": "portal.settings"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "staticfiles.json").exists()
    assert list(tmp_path.glob("admin_desk/desk.*.css.br"))


def test_a_cookie_of_production_is_bound_to_the_host() -> None:
    done = manage(
        "shell", "-v0", "-c",
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.DEBUG)",
    )  # fmt: skip
    assert done.stdout.split() == [
        "__Host-session", "__Host-csrf", "True", "True", "63072000", "False",
    ]  # fmt: skip
