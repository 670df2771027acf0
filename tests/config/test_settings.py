"""The settings as an operator meets them: from the outside, with a shell's variables."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

import manage as manage_py

KEY = "0123456789abcdefghijklmnopqrstuvwxyz-0123456789abcdefghij"
PRODUCTION = {
    "DATABASE_URL": "postgresql://routecard:a%23b@db.example.org/routecard?sslmode=require",
    "ALLOWED_HOSTS": "routecard.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://routecard.example.org",
    "BEHIND_PROXY": "on",
    "EMAIL_URL": "smtp+starttls://routecard:secret@mail.example.org",
    "DEFAULT_FROM_EMAIL": "Routecard <routecard@example.org>",
}


def manage(data: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with nothing in its environment but what is given."""
    line = [sys.executable, settings.BASE_DIR / "manage.py", *command]
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(data), **variables}
    return subprocess.run(line, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "secret-key").write_text(KEY)
    return tmp_path


@pytest.mark.parametrize("variables", [{}, PRODUCTION], ids=["nothing set", "a team's"])
def test_deployment_checks_have_nothing_to_say(data: Path, variables: dict[str, str]) -> None:
    done = manage(data, "check", "--deploy", "--fail-level", "WARNING", **variables)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "System check identified no issues (0 silenced).\n"


def test_without_a_secret_key_one_line_says_what_to_set(tmp_path: Path) -> None:
    done = manage(tmp_path, "check")
    assert done.returncode == 1
    assert done.stderr.startswith("manage.py: No secret key: run script/setup, or set SECRET_KEY_FILE")
    assert done.stderr.count("\n") == 1


ESTIMATE = ("estimate", "--model", "Qwen/Qwen3-8B", "--quant", "Q4_K_M", "--device")
NEVER_SET_UP = {
    "fits": ((*ESTIMATE, "RTX 4090"), 0, "weights"),
    "does not fit": ((*ESTIMATE, "cpu", "--memory-gib", "2"), 1, "does not fit"),
    "unknown": (ESTIMATE[:-1], 2, "unknown"),
    "bad input": (("estimate", "--model", "no/body"), 2, ""),
    "all runtimes": ((*ESTIMATE, "RTX 4090", "--runtimes"), 0, "vLLM"),
    "choose": (("choose", "--output", "-"), 0, '"decision"'),
}


@pytest.mark.parametrize(("command", "code", "said"), NEVER_SET_UP.values(), ids=NEVER_SET_UP)
def test_what_needs_no_database_needs_no_set_up(
    tmp_path: Path, command: tuple[str, ...], code: int, said: str
) -> None:
    done = manage(tmp_path, *command)
    assert (done.returncode, done.stderr.count("\n")) == (code, command[-1] == "no/body")
    assert said in done.stdout
    assert not list(tmp_path.iterdir())


def test_nor_is_a_key_looked_for_that_cannot_be_read(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert manage(gone, *ESTIMATE, "RTX 4090", SECRET_KEY_FILE=str(gone / "key")).returncode == 0
    assert not gone.exists()


def test_a_wrong_setting_is_no_verdict(tmp_path: Path) -> None:
    done = manage(tmp_path, *ESTIMATE, "RTX 4090", TLS="perhaps")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("manage.py: TLS is")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(("command", "ends"), [("estimate", SystemExit), ("check", ZeroDivisionError)])
def test_nor_is_a_mistake_of_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: Any, command: str, ends: type[BaseException]
) -> None:
    def mistaken(_arguments: list[str]) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("manage.execute_from_command_line", mistaken)
    monkeypatch.setattr("sys.argv", ["manage.py", command])
    monkeypatch.setenv("SECRET_KEY", "kept for the other tests")
    with pytest.raises(ends) as ended:
        manage_py.main()
    if command == "estimate":
        assert (ended.value.code, "ZeroDivisionError" in capsys.readouterr().err) == (2, True)


@pytest.mark.parametrize("name", ["TLS", "DEBUG", "BEHIND_PROXY", "LOG_LEVEL", "HSTS_SECONDS", "EMAIL_URL"])
def test_a_value_not_understood_is_one_line(data: Path, name: str) -> None:
    done = manage(data, "check", **{name: "perhaps"})
    assert done.returncode == 1
    assert done.stderr.startswith(f"manage.py: {name} is")
    assert done.stderr.count("\n") == 1


def test_the_site_is_closed_and_strict_by_default(data: Path) -> None:
    names = (
        "DEBUG",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
    )
    code = f"from django.conf import settings; print(*(getattr(settings, n) for n in {names}))"
    assert manage(data, "shell", "-v0", "-c", code).stdout.split() == [
        "False",
        "True",
        "True",
        "True",
        "31536000",
    ]


def test_nothing_inline_and_nothing_from_elsewhere() -> None:
    directives = dict(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
    assert directives.pop("default-src", None) == ["'none'"]
    assert {source for sources in directives.values() for source in sources} == {"'self'", "'none'"}
