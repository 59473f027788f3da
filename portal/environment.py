"""Typed readers for environment variables that refuse a bad value by name."""

import os
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def env_str(name: str, *, default: str) -> str:
    return os.environ.get(name, default)


def env_path(name: str, *, default: Path) -> Path:
    return Path(os.environ.get(name) or default)


def env_bool(name: str, *, default: bool) -> bool:
    """``1``, ``true``, ``yes``, ``on`` or their opposites; anything else is an error."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise ImproperlyConfigured(
        f"{name}={value!r} is neither yes nor no; set it to 1 or 0."
    )


def env_int(name: str, *, default: int) -> int:
    value = os.environ.get(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from None


def env_list(
    name: str,
    *,
    default: Sequence[str],
    forbidden: Sequence[str] = (),
    required: bool = False,
) -> list[str]:
    """A comma-separated list; raises when a forbidden item is named or none is given."""
    values = [v.strip() for v in os.environ.get(name, "").split(",") if v.strip()]
    values = values or list(default)
    if refused := [v for v in values if v in forbidden]:
        raise ImproperlyConfigured(
            f"{name} may not contain {refused[0]!r} here; name the hosts."
        )
    if required and not values:
        raise ImproperlyConfigured(
            f"Set {name}, for example {name}=reading.example.org"
        )
    return values
