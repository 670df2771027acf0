"""`manage.py import_decision`: files of every kind, with a report of what was not understood."""

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from decisions.export.markdown import markdown
from decisions.management import progress
from decisions.models import Decision, Project, Version
from decisions.record.canonical import canonical_bytes
from decisions.record.versions import load_content
from tests import factories

pytestmark = pytest.mark.django_db

LESSON = Path(__file__).parents[1] / "record" / "fixtures" / "lesson.md"


@pytest.fixture
def project() -> Project:
    """The project Support desk, which the first administrator owns."""
    return factories.project(factories.administrator(email="first@example.org"), "Support desk")


def _import(*arguments: Any, project: str = "support-desk") -> str:
    out = io.StringIO()
    call_command("import_decision", *map(str, arguments), "--project", project, stdout=out)
    return out.getvalue()


def _refused(*arguments: Any, **more: str) -> tuple[int, str]:
    with pytest.raises(CommandError) as refused:
        _import(*arguments, **more)
    assert "\n" not in str(refused.value)
    return refused.value.returncode, str(refused.value)


def _file(folder: Path, name: str, text: str | bytes) -> Path:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / name


def test_the_lesson_becomes_a_new_decision(project: Project) -> None:
    said = _import(LESSON)
    decision = factories.loaded(Decision.objects.get())
    assert (
        said.splitlines()[0] == f"{LESSON}: project support-desk, decision lesson, no version saved (draft)"
    )
    assert decision.to_record().need.project_goal == "support-operations SOP assistant"
    assert [editor.person.email for editor in decision.draft_editors.all()] == ["first@example.org"]


def test_saving_prints_version_and_fingerprint(project: Project) -> None:
    said = _import(LESSON, "--save", "Taken over")
    version = Version.objects.get()
    assert f"decision lesson, version 1, SHA-256 {version.digest}" in said
    assert version.what_changed == "Taken over"


def test_create_makes_the_project_once(project: Project) -> None:
    for _ in range(2):
        _import(LESSON, "--create", project="費用 の計算")
    assert Project.objects.get(name="費用 の計算").decisions.count() == 2
    assert _refused(LESSON, project="nothing")[0] == 2


def test_create_takes_the_goal_and_makes_nothing_for_nothing(project: Project, tmp_path: Path) -> None:
    assert _refused(tmp_path / "none.md", "--create", project="Next desk")[0] == 3
    assert _refused(LESSON, "--create", "--decision", "d", project="Next desk")[0] == 2
    assert Project.objects.get() == project
    _import(LESSON, "--create", project="Next desk")
    made = Project.objects.get(name="Next desk")
    assert made.project_goal == "support-operations SOP assistant"
    assert made.must_have[0] == "private document handling"


def test_a_folder_is_read_in_the_order_of_names(project: Project, tmp_path: Path) -> None:
    for name in ("b.md", "a.JSON", "c.txt", "d.md"):
        _file(tmp_path, name, '{"title": "From JSON"}' if "JSON" in name else LESSON.read_bytes())
    (tmp_path / "e.md").mkdir()
    said = [line.split(": ")[0] for line in _import(tmp_path).splitlines() if ": project " in line]
    assert [Path(name).name for name in said] == ["a.JSON", "b.md", "d.md"]
    assert sorted(Decision.objects.values_list("title", flat=True)) == ["From JSON", "b", "d"]


def test_standard_input_is_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(LESSON.read_bytes())))
    assert _import("-").startswith("standard input: project support-desk, decision imported-decision,")


def test_what_was_not_understood_is_reported_with_its_line(project: Project, tmp_path: Path) -> None:
    path = _file(tmp_path, "plan.md", LESSON.read_text() + "candidate_3: x\nhardware_note: " + "y" * 20_001)
    line = path.read_text().count("\n") + 1
    assert f"\n  {path}:{line}: not understood: " in _import(path)
    path = _file(tmp_path, "plan.json", '{"title": "T", "need": {"privacy": "secret"}}')
    assert f"\n  {path}: need.privacy: not understood: " in _import(path)


def test_a_file_that_fails_does_not_undo_the_others(project: Project, tmp_path: Path) -> None:
    good, bad = _file(tmp_path, "a.md", LESSON.read_bytes()), _file(tmp_path, "b.json", '{"need": \n nope}')
    out = io.StringIO()
    with pytest.raises(CommandError, match="Not imported: 1 of 3") as refused:
        call_command("import_decision", good, bad, LESSON, project="support-desk", stdout=out)
    assert refused.value.returncode == 3
    assert f"{bad}:2: not imported: " in out.getvalue()
    assert Decision.objects.count() == 2


def test_a_version_that_is_refused_takes_its_import_back(project: Project, tmp_path: Path) -> None:
    empty = _file(tmp_path, "a.md", "# Model Runtime Decision\nproject_goal: answer\n")
    code, sentence = _refused(empty, LESSON, "--save", "Taken over")
    assert (code, sentence) == (1, "Not imported: 1 of 2.")
    assert [v.decision.title for v in Version.objects.all()] == ["lesson"]
    assert Decision.objects.count() == 1


def test_into_an_existing_decision(project: Project) -> None:
    version = factories.version(factories.decision(project, "There"))
    _import(LESSON, "--decision", "There", "--save", "From the file")
    newest = version.decision.versions.newest_first().first()
    assert newest
    assert (newest.number, Decision.objects.count()) == (2, 1)
    assert factories.loaded(version.decision).title == "There"


def test_the_same_file_again_changes_nothing(project: Project) -> None:
    _import(LESSON, "--save", "Taken over")
    code, _ = _refused(LESSON, "--decision", "lesson", "--save", "Again")
    assert (code, Version.objects.count()) == (1, 1)


def test_a_draft_nobody_saved_is_not_overwritten(project: Project) -> None:
    decision = factories.version(factories.decision(project, "There")).decision
    decision = factories.edited(factories.loaded(decision), decision.why, why_now="typed since")
    assert _refused(LESSON, "--decision", "there")[0] == 1
    assert factories.loaded(decision).why.why_now == "typed since"
    _import(LESSON, "--decision", "there", "--replace")
    assert factories.loaded(decision).why.why_now.startswith("prove the deployment loop")


def test_a_decision_as_it_was_made_can_be_filled(project: Project) -> None:
    decision = factories.decision(project, "There")
    _import(LESSON, "--decision", "there")
    factories.candidate(decision)
    assert _refused(LESSON, "--decision", "there")[0] == 1


def test_json_is_one_document(project: Project, tmp_path: Path) -> None:
    bad = _file(tmp_path, "bad.json", "{")
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command(
            "import_decision", LESSON, bad, project="support-desk", json=True, save="It.", stdout=out
        )
    said = json.loads(out.getvalue())
    assert (said["project"], said["imported"]) == ("support-desk", 1)
    good, failed = said["files"]
    assert (good["decision"], good["version"], good["stage"]) == ("lesson", 1, "plan")
    assert good["fingerprint"] == Version.objects.get().digest
    assert (good["lossless"], good["error"], failed["imported"], failed["line"]) == (True, None, False, 1)


def _as_json(*arguments: Any) -> dict[str, Any]:
    out = io.StringIO()
    call_command("import_decision", *arguments, project="support-desk", json=True, stdout=out)
    told: dict[str, Any] = json.loads(out.getvalue())["files"][0]
    return told


def test_lossless_is_said_of_our_markdown_only_where_it_holds(project: Project, tmp_path: Path) -> None:
    _import(LESSON, "--save", "Taken over")
    plain = _file(tmp_path, "plain.md", markdown(load_content(bytes(Version.objects.get().content.data))))
    assert {remark["kind"] for remark in _as_json(plain)["remarks"]} == {"skipped"}
    decision = factories.loaded(Decision.objects.get(slug="lesson"))
    saved = factories.version(factories.edited(decision, decision.need, context_tokens=4096))
    full = _file(tmp_path, "full.md", markdown(load_content(bytes(saved.content.data))))
    told = _as_json(full)
    left_out = [remark["text"].split("”")[0] for remark in told["remarks"] if remark["kind"] == "not_read"]
    assert (told["lossless"], "“Need" in left_out) == (False, True)


def test_the_json_of_a_version_is_lossless_unless_its_judgements_are_others(
    project: Project, tmp_path: Path
) -> None:
    content = load_content(bytes(factories.version(factories.journey()).content.data))
    same = _file(tmp_path, "same.json", canonical_bytes(content))
    assert (_as_json(same)["lossless"], _as_json(same)["remarks"]) == (True, [])
    content["judged"]["paragraph"] = "Another one."
    told = _as_json(_file(tmp_path, "other.json", canonical_bytes(content)))
    assert [(r["kind"], r["where"]) for r in told["remarks"]] == [("not_read", "judged")]
    assert not told["lossless"]


def test_who_imports_needs_the_right_to(project: Project) -> None:
    author, stranger = factories.member(project), factories.person()
    _import(LESSON, "--as", author.email.upper())
    assert Decision.objects.get().draft_editors.get().person == author
    out = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("import_decision", LESSON, project="support-desk", email=stranger.email, stdout=out)
    assert refused.value.returncode == 1
    assert f"{stranger.email} may not write to project support-desk." in out.getvalue()


def test_nobody_of_that_address_and_no_administrator() -> None:
    assert _refused(LESSON, "--as", "x@example.org") == (
        2,
        "No open account has the address “x@example.org”.",
    )
    assert _refused(LESSON, "--as", "\udcff")[0] == 2
    assert _refused(LESSON) == (2, "There is no administrator yet: say --as EMAIL.")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--save", " "], 2, "--save: say in a sentence what changed."),
        (["--save", "a\0b"], 2, "--save: The character U+0000"),
        (["--decision", "none"], 2, "has no decision “none”."),
        (["-", "-"], 2, "Standard input can be read only once."),
        ([str(LESSON), "--decision", "none"], 2, "--decision takes one file, not 2."),
    ],
)
def test_a_wrong_option_is_said_in_one_line(
    project: Project, arguments: list[str], code: int, said: str
) -> None:
    found, sentence = _refused(LESSON, *arguments)
    assert (found, said in sentence) == (code, True)
    assert not Decision.objects.exists()


def test_a_project_name_that_cannot_be(project: Project) -> None:
    for name in ("x" * 121, "a\nb", " ", "\udcff"):
        code, sentence = _refused(LESSON, "--create", project=name)
        assert (code, Project.objects.count()) == (2, 1), sentence


def test_an_empty_folder_and_a_missing_file(project: Project, tmp_path: Path) -> None:
    assert _refused(tmp_path)[0] == 2
    out = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("import_decision", tmp_path / "none.md", project="support-desk", stdout=out)
    assert refused.value.returncode == 3
    assert "none.md” cannot be read: No such file or directory." in out.getvalue()


def test_progress_is_said_on_standard_error(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(progress, "INTERVAL", 0)
    for name in ("a.md", "b.md", "c.md"):
        _file(tmp_path, name, LESSON.read_bytes())
    _import(tmp_path)
    assert capsys.readouterr().err.splitlines() == ["1 of 3 files …", "2 of 3 files …"]


@pytest.mark.parametrize("name", ["x" * 300, "x" * 5000, "missing/folder/x.md"])
def test_a_name_no_file_can_have_is_said(project: Project, name: str) -> None:
    assert _refused(name) == (3, "Not imported: 1 of 1.")


def test_a_folder_that_cannot_be_read_is_said(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", closed)  # root may read every folder
    assert _refused(tmp_path) == (3, f"The folder “{tmp_path}” cannot be read: Permission denied.")


def test_a_file_of_any_name_is_told_in_one_line(project: Project, tmp_path: Path) -> None:
    said = _import(_file(tmp_path, "a\nb\x1b[31m.md", "project_goal: Answer"))
    assert said.splitlines()[0].startswith(
        f"{tmp_path}/a\ufffdb\ufffd[31m.md: project support-desk, decision "
    )


def test_a_file_that_is_too_large_is_not_given_a_size_nobody_counted(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(tmp_path, "large.json", b'{"title": "' + b"x" * 9_000_000)  # not all of it is even read
    with pytest.raises(CommandError) as refused:
        call_command("import_decision", path, project="support-desk")
    assert refused.value.returncode == 3
    said = f"{path}: not imported: This file is larger than can be read: at most 4194304 bytes."
    assert capsys.readouterr().out.splitlines() == [said]
