"""Predicted beside measured: an engine's own start-up log against the estimate of the setting it states."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from decisions.export.said import percent
from decisions.export.say import say
from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.changes import WeightsIn, no_file
from decisions.fit.hardware.logs import FAR_OFF, MOST_BYTES, EngineLog, Row, compare
from decisions.fit.hardware.logs.asked import setting_of_log
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import Setting
from decisions.fit.hardware.sizing import estimate
from decisions.fit.texts.sizing_page import QUANTITIES
from decisions.web.sizing.forms import FileField, RawField
from decisions.web.sizing.shown import runtime_name, settings_in_words, size_text

CLOSE, FAR = 0.02, 0.10  # errors from which a figure stands out


@dataclass(frozen=True)
class Compared:
    """A log, the setting it states, and what was expected in it beside what it says."""

    log: EngineLog
    arch: Architecture
    setting: Setting
    rows: tuple[Row, ...]


class LogForm(forms.Form):
    """A start-up log, uploaded or pasted."""

    use_required_attribute = False

    log = FileField(
        label=_("Start-up log"),
        why=_("Of llama.cpp, Ollama, LM Studio, vLLM or SGLang, from its first line on; up to 8 MiB."),
        widget=forms.FileInput(attrs={"accept": ".log,.txt,text/plain"}),
        allow_empty_file=True,
    )
    log_text = RawField(
        label=_("Or paste it"), strip=False, widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, text = cleaned.get("log"), cleaned.get("log_text") or ""
        if file and text.strip():
            raise ValidationError(_t("Give one thing: it is not clear which one counts."))
        if not file and not text.strip():
            raise ValidationError(_t("Choose a log or paste it."))
        cleaned["data"] = file.read(MOST_BYTES + 1) if file else _bytes(text)
        return cleaned

    def say(self, problem: Unsizable) -> None:
        """Put the sentence to what was handed in."""
        self.add_error("log" if self.cleaned_data.get("log") else "log_text", say(problem.statement))


def _bytes(text: str) -> bytes:
    """Pasted text as it was copied: a browser sends other ends of lines."""
    return text.replace("\r\n", "\n").encode("utf-8", "replace")


def compared(log: EngineLog, arch: Architecture, asked: Setting, weights_in: WeightsIn = no_file) -> Compared:
    """Size the setting that a log states. Raises Unsizable, whose sentence says why not."""
    setting = setting_of_log(log, asked)
    found = estimate(arch, setting, weights_in(setting))
    tokens = setting.context_tokens * (1 if setting.kv_unified else setting.parallel)
    return Compared(log, arch, setting, compare(found.lines, log, tokens))


def shown(found: Compared) -> dict[str, Any]:
    """A comparison as the page draws it."""
    log = found.log
    return {
        "engine": " ".join(filter(None, (runtime_name(log.engine), log.version))),
        "model": log.model,
        "setting": settings_in_words(found.setting),
        "rows": [row_shown(row) for row in found.rows],
        "failure": log.failure,
        "ready": log.ready,
        "not_understood": log.not_understood,
    }


def row_shown(row: Row) -> dict[str, Any]:
    """One quantity: predicted, measured, and by how much the prediction was off."""
    error = row.error
    return {
        "name": _t(QUANTITIES[row.quantity.value]),
        "predicted": "–" if row.predicted_bytes is None else size_text(row.predicted_bytes),
        "measured": "–" if row.measured_bytes is None else size_text(row.measured_bytes),
        "error": "–" if error is None else error_text(error),
        "tone": "neutral" if error is None else tone_of(error),
    }


def error_text(error: float) -> str:
    """A relative error with its sign, which a rounded one may lose."""
    said = round(error, 4)
    return f"{'+' if said > 0 else '−' if said < 0 else '±'}{percent(abs(said))}"


def another_text() -> str:
    """Why a log is taken to be of another model."""
    said = _t(
        "The weights in it are more than %(share)s off those predicted: it is taken to be of another model."
    )
    return said % {"share": percent(FAR_OFF)}


def tone_of(error: float) -> str:
    """good within 2 %, unknown within 10 %, bad beyond."""
    return "good" if abs(error) <= CLOSE else "unknown" if abs(error) <= FAR else "bad"
