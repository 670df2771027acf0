"""`manage.py export`: exact bytes, and one line for whatever does not exist."""

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from decisions.export.markdown import markdown
from decisions.export.pdf.renderer import NotRendered, Renderer
from decisions.models import Decision, Rendering, Version
from decisions.record.versions import load_content
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> Version:
    """Version 1 of the only decision of the project Support desk."""
    return factories.version(factories.journey())


def _refused(*args: str, **options: Any) -> tuple[int, str]:
    with pytest.raises(CommandError) as refused:
        call_command("export", *args, **options)
    assert "\n" not in str(refused.value)
    return refused.value.returncode, str(refused.value)


def test_json_is_the_stored_bytes_and_nothing_else(version: Version, capfdbinary: Any) -> None:
    call_command("export", "support-desk", format="json")
    written = capfdbinary.readouterr().out
    assert written == bytes(version.content.data)
    assert hashlib.sha256(written).hexdigest() == version.digest


def test_markdown_is_made_of_the_stored_bytes(version: Version, capfdbinary: Any) -> None:
    decision = factories.loaded(version.decision)
    factories.edited(decision, decision.why, why_now="typed after the version")
    call_command("export", "Support desk", format="md")
    written = capfdbinary.readouterr().out.decode()
    assert written == markdown(load_content(bytes(version.content.data)))


def test_the_newest_version_unless_a_number_is_given(version: Version, capfdbinary: Any) -> None:
    factories.candidate(version.decision)
    second = factories.version(version.decision)
    for options, expected in (([], second), (["--version", "1"], version), (["--version", "2"], second)):
        call_command("export", "support-desk", "--format", "json", *options)
        assert hashlib.sha256(capfdbinary.readouterr().out).hexdigest() == expected.digest


@pytest.mark.parametrize("named", ["費用-2", "費用の決定"])
def test_a_decision_is_named_by_address_or_title(version: Version, named: str, capfdbinary: Any) -> None:
    factories.decision(version.decision.project, "費用")
    other = factories.decision(version.decision.project, "費用の決定")
    Decision.objects.filter(pk=other.pk).update(slug="費用-2")
    digest = factories.version(factories.loaded(other)).digest
    call_command("export", "support-desk", decision=named, format="json")
    assert hashlib.sha256(capfdbinary.readouterr().out).hexdigest() == digest


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["suport-desk", "--format", "md"], "no project “suport-desk”. Do you mean: support-desk?"),
        (["SUPPORT DESK", "--format", "md"], "no project “SUPPORT DESK”. Do you mean: support-desk?"),
        (["xyz", "--format", "md"], "no project “xyz”. There are: support-desk."),
        (["a\nb\x1b[31m", "--format", "md"], "no project “a\ufffdb\ufffd[31m”"),
        (["\udcff", "--format", "md"], "no project “\ufffd”"),
        (["support-desk", "--format", "docx"], "no format “docx”: say md, json or pdf."),
        (
            ["support-desk", "--format", "pdf", "--language", "tlh"],
            "“tlh”: --format pdf takes en, ja, zh-hans.",
        ),
        (["support-desk", "--format", "md", "--language", "ja"], "no md in the language “ja”"),
        (["support-desk", "--format", "md", "--version", "7"], "has no version 7; its newest is 1."),
        (["support-desk", "--format", "md", "--version", "0"], "has no version 0; its newest is 1."),
        (["support-desk", "--format", "md", "--version", "-1"], "“-1” is no number of a version"),
        (["support-desk", "--format", "md", "--version", "one"], "“one” is no number of a version"),
        (["support-desk", "--format", "md", "--decision", "the modle"], "has no decision “the modle”."),
    ],
)
def test_what_does_not_exist_is_said_in_one_line(version: Version, arguments: list[str], said: str) -> None:
    code, sentence = _refused(*arguments)
    assert code == 2
    assert said in sentence


def test_no_version_yet() -> None:
    factories.decision(factories.project(name="New"), "Empty")
    assert _refused("new", format="md") == (2, "Decision empty has no saved version yet.")


def test_no_decision_yet() -> None:
    factories.project(name="New")
    assert _refused("new", format="md") == (2, "Project new has no decision yet.")


def test_several_decisions_are_named(version: Version) -> None:
    factories.decision(version.decision.project, "Another")
    said = (
        "Project support-desk has 2 decisions: say --decision with one of another, the-model-that-answers-sop"
    )
    assert _refused("support-desk", format="md")[1].startswith(said)


def test_a_name_that_two_projects_share_is_not_guessed() -> None:
    for _ in range(2):
        factories.project(name="Same")
    factories.project(name="same")
    code, sentence = _refused("Same", format="md")
    assert (code, sentence) == (2, "Several are called “Same”: say one of same, same-2.")


def test_a_file_is_written_whole_with_the_mode_of_a_new_one(version: Version, tmp_path: Path) -> None:
    path = tmp_path / "decision.json"
    mask = os.umask(0o027)
    try:
        call_command("export", "support-desk", format="json", output=str(path))
    finally:
        os.umask(mask)
    assert path.read_bytes() == bytes(version.content.data)
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_there_keeps_its_mode_and_its_links(version: Version, tmp_path: Path) -> None:
    path, link = tmp_path / "decision.json", tmp_path / "link.json"
    path.write_text("old")
    path.chmod(0o600)
    link.symlink_to(path)
    call_command("export", "support-desk", format="json", output=str(link))
    assert link.is_symlink()
    assert path.read_bytes() == bytes(version.content.data)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", [".", "missing/decision.md", "\udcff\0.md", "x" * 300])
def test_a_file_that_cannot_be_written_is_said(
    version: Version, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, sentence = _refused("support-desk", format="md", output=name)
    assert (code, "cannot be written: " in sentence) == (3, True)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_behind_standard_output_is_said(
    version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr("sys.stdout", full)
        code, sentence = _refused("support-desk", format="md")
        assert (code, sentence) == (3, "Standard output cannot be written: No space left on device.")
        monkeypatch.undo()


def test_exporting_twice_gives_the_same(version: Version, capfdbinary: Any) -> None:
    for form in ("md", "json"):
        written = []
        for _ in range(2):
            call_command("export", "support-desk", format=form)
            written.append(capfdbinary.readouterr().out)
        assert written[0] == written[1] != b""


@pytest.mark.parametrize("language", [None, "ja", "zh-Hans"])
def test_a_pdf_in_a_language(version: Version, language: str | None, tmp_path: Path) -> None:
    path = tmp_path / "decision.pdf"
    call_command("export", "support-desk", format="pdf", language=language, output=str(path))
    kept = Rendering.objects.get()
    assert path.read_bytes() == bytes(kept.data)
    assert path.read_bytes().startswith(b"%PDF-1.7")
    assert kept.language == (language or "en").lower()


def test_a_pdf_that_cannot_be_made(version: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    def render(*_args: object) -> bytes:
        raise NotRendered("missing")

    monkeypatch.setattr(Renderer, "render", render)
    code, sentence = _refused("support-desk", format="pdf")
    assert code == 1
    assert "libpango-1.0-0" in sentence
