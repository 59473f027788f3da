"""Each command's ``--help`` is its manual, and what it says has a translation."""

from __future__ import annotations

import pytest
from django.core.management import call_command, get_commands, load_command_class
from django.utils import translation

from portal.command import ManualCommand

OURS = sorted(
    n for n, app in get_commands().items() if app.startswith(("articles", "portal"))
)
INHERITED = {"createsuperuser"}  # Django's own, with a line of history


@pytest.mark.parametrize("name", sorted(set(OURS) - INHERITED))
def test_help_is_printed_as_it_is_written(name: str) -> None:
    command = load_command_class(get_commands()[name], name)
    assert isinstance(command, ManualCommand)
    manual = command.create_parser("manage.py", name).format_help()
    [example, *_] = [line for line in command.help.splitlines() if "manage.py" in line]
    assert example in manual.splitlines()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["weigh_queue", "clear_expired"])
def test_nightly_commands_speak_both_languages(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with translation.override("en"):
        call_command(name)
    assert capsys.readouterr().out.isascii()
    with translation.override("zh-hans"):
        call_command(name)
    assert not capsys.readouterr().out.isascii()
