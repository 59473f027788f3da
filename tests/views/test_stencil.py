"""A template filled in by the stencil is the template rendered."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import engines
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from articles.pages.stencil import Fixed, Value, fill, fill_page

pytestmark = pytest.mark.one_engine

SOURCE = (
    '<p class="{{ kind }}"{% if flag %} hidden{% endif %}>{{ title }}'
    "{% if kind == 'verse' %}…{% elif note %}{{ note }}{% endif %}"
    "[{{ empty }}]{% for x in 'ab' %}{{ title }}{% endfor %}</p>"
)
TEXT = st.text(alphabet="甲<&\"'\ue000\ue001{}title%", max_size=12)


@pytest.fixture(scope="module", autouse=True)
def template(tmp_path_factory: pytest.TempPathFactory):
    folder: Path = tmp_path_factory.mktemp("templates")
    (folder / "odd.html").write_text(SOURCE, encoding="utf-8")
    backend = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [folder],
    }
    with override_settings(TEMPLATES=[backend]):
        yield


@given(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from([Fixed("verse"), Fixed("note")]),
            "flag": st.booleans(),
            "title": TEXT,
            "note": TEXT | st.none(),
            "empty": st.sampled_from(["", None, "满"]),
        }
    )
)
def test_it_prints_what_django_prints(values: dict[str, Value]) -> None:
    shown = {name: "" if v is None else v for name, v in values.items()}
    rendered = engines["django"].from_string(SOURCE).render(shown)
    assert fill("odd.html", values) == rendered


def test_a_page_is_filled_in_for_each_frame(rf) -> None:
    values = {"kind": Fixed("note"), "title": "甲", "note": "乙", "empty": ""}
    pages = {
        fill_page("odd.html", {**values, "note": note}, rf.get("/"), alike)
        for note in "乙丙"
        for alike in ("", " data-theme")
    }
    assert pages == {f'<p class="note">甲{note}[]甲甲</p>' for note in "乙丙"}
