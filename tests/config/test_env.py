"""The readers of the environment: what they take, and the line they refuse the rest with."""

from pathlib import Path

import pytest

from config import env


@pytest.mark.parametrize(
    ("value", "expected"),
    [("on", True), ("TRUE", True), ("1", True), ("off", False), ("No", False), ("", True)],
)
def test_flag_is_read(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("NAME", value)
    assert env.flag("NAME", True) is expected


@pytest.mark.parametrize("value", ["perhaps", "2", "onn"])
def test_flag_refuses_what_it_does_not_know(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("NAME", value)
    with pytest.raises(env.SettingError, match=f"^NAME is '{value}': say on or off.$"):
        env.flag("NAME", False)


def test_integer_in_its_range(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", " 12 ")
    assert env.integer("NAME", 3, low=1, high=12) == 12
    monkeypatch.delenv("NAME")
    assert env.integer("NAME", 3, low=1, high=12) == 3


@pytest.mark.parametrize("value", ["13", "0", "-1", "1.5", "twelve", "１２", "1_0", "²"])
def test_integer_refuses_the_rest(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("NAME", value)
    with pytest.raises(env.SettingError, match="^NAME is .*: say a whole number from 1 to 12.$"):
        env.integer("NAME", 3, low=1, high=12)


def test_choice_names_the_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "loud")
    with pytest.raises(env.SettingError, match="^NAME is 'loud': say one of INFO, ERROR.$"):
        env.choice("NAME", "INFO", ("INFO", "ERROR"))


def test_hosts_are_names_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "a.example.org, .b.example.org,[::1]")
    assert env.hosts("NAME", []) == ["a.example.org", ".b.example.org", "[::1]"]


@pytest.mark.parametrize("value", ["https://a.example.org", "a.example.org:8000", "*", "a b"])
def test_hosts_refuse_addresses(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("NAME", value)
    with pytest.raises(env.SettingError, match="^NAME holds .*: say host names alone"):
        env.hosts("NAME", [])


def test_origins_have_a_scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "https://a.example.org:8443")
    assert env.origins("NAME") == ["https://a.example.org:8443"]
    monkeypatch.setenv("NAME", "a.example.org")
    with pytest.raises(env.SettingError, match="^NAME holds 'a.example.org': say origins"):
        env.origins("NAME")


def test_folder_is_taken_from_the_base(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NAME", "data")
    assert env.folder("NAME", Path("/else"), base=tmp_path) == tmp_path / "data"
    monkeypatch.setenv("NAME", "")
    assert env.folder("NAME", Path("/else"), base=tmp_path) == Path("/else")


def test_secret_comes_from_variable_then_file_then_default(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "named").write_text("from the named file\n")
    (tmp_path / "default").write_text("from the default file\n")
    assert env.secret("NAME", tmp_path / "absent") == ""
    assert env.secret("NAME", tmp_path / "default") == "from the default file"
    monkeypatch.setenv("NAME_FILE", str(tmp_path / "named"))
    assert env.secret("NAME", tmp_path / "default") == "from the named file"
    monkeypatch.setenv("NAME", "itself")
    with pytest.raises(env.SettingError, match="^NAME and NAME_FILE are both set: set one.$"):
        env.secret("NAME")


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "No such file"), (b"\n", "empty"), (b"\xff", "UTF-8")]
)
def test_secret_file_that_holds_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    monkeypatch.setenv("NAME_FILE", str(tmp_path / "secret"))
    with pytest.raises(env.SettingError, match=f"^NAME_FILE: .*{reason}"):
        env.secret("NAME")
