"""The static files as a browser gets them from an installation."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

MANIFEST = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=MANIFEST):
        call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_every_file_is_named_after_its_content_and_compressed(collected: Path) -> None:
    assert (collected / "staticfiles.json").exists()
    sheets = list((collected / "css").glob("base.*.css"))
    assert len(sheets) == 1
    assert sheets[0].with_name(sheets[0].name + ".gz").exists()
