"""Pages are read without what is there for people only; a space between two words always stays."""

from pathlib import Path

import pytest
from django.template import Context, Engine

SOURCE = """{% load i18n %}
<p>
  {% if yes %}
    <b>one</b>
  {% else %}
    <b>none</b>
  {% endif %}

  {% for each in "ab" %}
    {% if each %}
      <i>{{ each }}</i>
    {% endif %}
  {% endfor %}
  two
</p>
"""


def drawn(folder: Path, name: str) -> str:
    """What a file of this name and SOURCE writes."""
    (folder / name).write_text(SOURCE, encoding="utf-8")
    engine = Engine(
        loaders=[("config.templates.Loader", [str(folder)])], libraries={"i18n": "django.templatetags.i18n"}
    )
    return engine.get_template(name).render(Context({"yes": True}))


def test_lines_of_tags_leave_nothing_behind(tmp_path: Path) -> None:
    assert drawn(tmp_path, "page.html") == "\n<p>\n<b>one</b>\n<i>a</i>\n<i>b</i>\ntwo\n</p>\n"


@pytest.mark.parametrize("name", ["record.md", "mail.txt"])
def test_other_files_stay_as_they_are(tmp_path: Path, name: str) -> None:
    assert "    <b>one</b>\n" in drawn(tmp_path, name)
