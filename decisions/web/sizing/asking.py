"""From what was typed to a setting; or to everything that stands against it, each at its field, at once."""

from typing import Any

from decisions.fit.hardware.asked import setting_of
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import Setting
from decisions.fit.hardware.sizing import needs_of
from decisions.web.sizing.forms import SettingForm, field_of
from decisions.web.sizing.sources import Source, shipped

STAND_IN = "Qwen/Qwen3-8B"  # names of quantizations and of cache types are the same for every model
FIX = ("fix_field", "fix_value")


def model_of(form: SettingForm, source: Source | None) -> Source | None:
    """The model, with the dimension that is put right; what is wrong with either is said at its field."""
    name = form.cleaned_data.get("model")
    try:
        found = shipped(name or "") if source is None and name is not None else source
    except Unsizable as problem:
        form.say(problem)
        return None
    try:
        return found and found.with_correction(*(form.cleaned_data.get(each, "") for each in FIX))
    except Unsizable as problem:
        form.say(problem)
        return found


def setting_in(form: SettingForm, source: Source | None) -> Setting | None:
    """The setting; None, with a sentence at every field that is wrong, where there is none.

    What is wrong is left out and the rest asked again, until nothing is or all is said. Without a model
    another one stands in, so that the rest is told all the same.
    """
    model = source or shipped(STAND_IN)
    given = as_named(form.asked(), model)
    while True:
        try:
            setting = setting_of(given, model.architecture)
            needs_of(model.architecture, setting, model.weights_in(setting))
        except Unsizable as problem:
            form.say(problem)
            wrong = field_of(problem)
            if wrong == "device" and "memory_gib" not in given:
                given["memory_gib"] = 1.0  # a device of that name, so that their number is looked at, too
            elif given.pop(wrong or "", None) is None:
                return None
        else:
            return None if form.errors else setting


def as_named(given: dict[str, Any], source: Source) -> dict[str, Any]:
    """With the mix that the model is named after, where none is asked for and the runtime reads it."""
    runtime = given.get("runtime")
    mix = source.named.quantization_in(runtime) if source.named and runtime else ""
    return {"quant": mix, **given} if mix else given
