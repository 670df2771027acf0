"""What is asked on the sizing page: a model, a setting, a device; and what is handed in for a model."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from decisions.export.say import say
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.texts.sizing_memory import WORDS
from decisions.web.fields import AmountField, CheckField, CountField, DraftField, LineField
from decisions.web.projects.forms import suggesting

RUNTIMES = (
    ("llama_cpp", "llama.cpp"),
    ("ollama", "Ollama"),
    ("lm_studio", "LM Studio"),
    ("vllm", "vLLM"),
    ("sglang", "SGLang"),
    ("transformers", "Transformers"),
)
KV_TYPES = ("f16", "bf16", "fp8", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0", "iq4_nl", "f32")
MAKERS = ("NVIDIA", "AMD", "Apple", "Intel")
BESIDE = ("draft", "lora_rank", "loras", "vision")
START = {"runtime": "llama_cpp", "context": "8192", "parallel": "1", "devices": "1", "show": "typical"}
BY_CODE = {  # the start of a sentence's code: the field it is about
    "asked.model": "model",
    "asked.runtime": "runtime",
    "asked.device": "device",
    "asked.share": "memory_fraction",
    "asked.draft": "draft",
    "sizing.quantization": "quant",
    "sizing.kv_": "kv_dtype",
    "hardware.beyond_measure": "context",
    "sizing.fix_field": "fix_field",
    "sizing.fix_": "fix_value",
}
BY_NAME = {  # what the engine calls a key: the field
    "quant": "quant",
    "context": "context",
    "parallel": "parallel",
    "devices": "devices",
    "ubatch": "ubatch",
    "memory_gib": "memory_gib",
    "usable_gib": "usable_gib",
    "used_gib": "used_gib",
    "gpu_layers": "gpu_layers",
    "lora_rank": "lora_rank",
    "loras": "loras",
}


class ChoiceField(DraftField, forms.ChoiceField):
    """One of several; the first one is the runtime's own."""


class FileField(DraftField, forms.FileField):
    """A file, of which the beginning is read."""


class RawField(DraftField, forms.CharField):
    """Text as it was pasted; what is wrong with it, its reader says."""

    widget = forms.Textarea


def _count(**kwargs: Any) -> CountField:
    return CountField(most=1 << 28, **kwargs)


class SettingForm(forms.Form):
    """How a model is to run, and what is shown of it. Everything but the model has a start."""

    use_required_attribute = False

    model = LineField(
        label=_("Model"),
        why=_("From the shipped catalogue, such as Qwen/Qwen3-8B."),
        widget=suggesting("suggest-models", "suggested-models", placeholder="Qwen/Qwen3-8B"),
    )
    runtime = ChoiceField(label=_("Runtime"), choices=RUNTIMES)
    quant = LineField(
        label=_("Quantization"),
        why=_("Empty is as published, or as in the file."),
        widget=forms.TextInput(attrs={"list": "quantizations", "placeholder": "Q4_K_M"}),
    )
    context = _count(label=_("Context, tokens"), why=_("Of one request, its answer included."))
    parallel = _count(label=_("Requests at once"))
    kv_dtype = ChoiceField(
        label=_("Type of the cache"),
        choices=[("", _("the runtime's own")), *((name, name) for name in KV_TYPES)],
    )
    device = LineField(
        label=_("Device"),
        why=_("A shipped one, or “cpu”; of another one say its memory as well."),
        widget=forms.TextInput(attrs={"list": "devices", "placeholder": "GeForce RTX 4090"}),
    )
    devices = _count(label=_("Number of devices"))
    memory_gib = AmountField(label=_("Memory of each, GiB"), why=_("Goes before what is shipped."))
    usable_gib = AmountField(
        label=_("Usable of it, GiB"), why=_("What torch or the driver reports; empty is what is usual.")
    )
    used_gib = AmountField(label=_("Held by other programs, GiB"), why=_("Of each device."))
    ubatch = _count(label=_("Physical batch, tokens"))
    gpu_layers = _count(label=_("Layers on the GPU"), why=_("llama.cpp and Ollama; empty is all of them."))
    flash_attn = ChoiceField(
        label=_("Flash attention"),
        choices=(("", _("the runtime's own")), ("on", _("on")), ("off", _("off"))),
    )
    memory_fraction = AmountField(
        label=_("Reserved share"), why=_("vLLM and SGLang, such as 0.9 of each device.")
    )
    draft = LineField(
        label=_("Draft model"),
        why=_("A shipped one, its quantization after a colon, such as Qwen/Qwen3-0.6B:Q8_0."),
    )
    lora_rank = _count(label=_("Rank of LoRA adapters"), why=_("The largest of those held beside it."))
    loras = _count(label=_("Adapters at once"))
    vision = ChoiceField(
        label=_("Vision part of its own"),
        why=_("llama.cpp, LM Studio and Ollama; elsewhere it is a part of the weights."),
        choices=(("", _("the runtime's own")), ("on", _("loaded")), ("off", _("not loaded"))),
    )
    kv_unified = CheckField(label=_("One cache for all requests; the context is theirs together"))
    show = ChoiceField(
        label=_("Devices shown"),
        choices=[
            ("typical", _("a typical dozen")),
            ("all", _("all that are listed")),
            *((name, name) for name in MAKERS),
        ],
    )
    every = CheckField(label=_("Every quantization, not only the usual ones"))
    fix_field = LineField(
        label=_("Dimension to put right"), widget=forms.TextInput(attrs={"list": "dimensions"})
    )
    fix_value = LineField(label=_("Its right value"), limit=40)

    first = ("model", "runtime", "quant", "context", "parallel", "kv_dtype")
    machine = ("device", "devices", "memory_gib", "usable_gib", "used_gib")
    more = ("ubatch", "gpu_layers", "flash_attn", "memory_fraction", "kv_unified", *BESIDE)
    shown = ("show", "every")

    def __init__(self, data: Any = None, *, named: bool = True) -> None:
        """`named` says that the model is named here, and not by what was handed in."""
        super().__init__(data, auto_id="id_%s")
        self.named = named
        self.fixes = True  # whether the model has dimensions that can be put right
        if not named:
            del self.fields["model"]

    def asked(self) -> dict[str, Any]:
        """The setting by the names that the engine and the terminal know, without the fields in error; what
        depends on a runtime that is in error is left out as well."""
        given = self.cleaned_data
        known = "runtime" in given
        on_runtime = ("quant", "kv_dtype", "flash_attn") if known else ()
        texts = ("runtime", "device", "draft", "vision", *on_runtime)
        amounts = ("memory_gib", "usable_gib", "used_gib", *(("memory_fraction",) if known else ()))
        counts = ("context", "parallel", "devices", "ubatch", "gpu_layers", "lora_rank", "loras")
        values: dict[str, Any] = {name: given.get(name) for name in counts}
        values |= {name: given.get(name) or None for name in (*texts, "kv_unified")}
        values |= {name: float(each) for name in amounts if (each := given.get(name)) is not None}
        return {name: value for name, value in values.items() if value is not None}

    @property
    def placed(self) -> list[forms.BoundField]:
        """The fields that the page has."""
        return [field for field in self if self.fixes or not field.name.startswith("fix_")]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What was typed, for another form to bring along."""
        return [(name, self.data[name]) for name in self.base_fields if self.data.get(name)]

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        return urlencode(self.kept)

    def say(self, problem: Unsizable) -> None:
        """Put the sentence to the field it is about."""
        name = field_of(problem)
        self.add_error(name if name in self.fields else None, say(problem.statement))


def with_start(given: Any) -> dict[str, str]:
    """What was asked, and for what was not asked what one starts with. An empty field stays empty."""
    return {**START, **{name: given[name] for name in given if name in SettingForm.base_fields}}


def field_of(problem: Unsizable) -> str | None:
    """The field that a sentence of the engine is about; None where it is about all of it."""
    statement = problem.statement
    own = str(statement.params.get("name", ""))
    if statement.code in ("asked.whole", "asked.number", "asked.memory", "asked.text", "asked.flag"):
        return BY_NAME.get(own)
    if statement.code == "sizing.setting_range":
        word = statement.params.get("setting_word")
        return next((BY_NAME.get(name) for name, label in WORDS.items() if label == word), None)
    return next((name for start, name in BY_CODE.items() if statement.code.startswith(start)), None)


class SourceForm(forms.Form):
    """A file, a pasted configuration, or an id on the Hub; safetensors need a shape beside them."""

    use_required_attribute = False

    file = FileField(
        label=_("File"),
        why=_(
            "config.json, a GGUF file, a safetensors file or its index. Only its beginning is sent and read."
        ),
        widget=forms.FileInput(attrs={"accept": ".json,.gguf,.safetensors"}),
        allow_empty_file=True,
    )
    text = RawField(
        label=_("Or paste a config.json"),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    shape = LineField(
        label=_("Shipped model that a safetensors file belongs to"),
        widget=suggesting("suggest-models", "suggested-models", placeholder="Qwen/Qwen3-8B"),
    )
    hub = LineField(
        label=_("Or ask the Hub by a model's id"),
        why=_("Only small descriptions are read; nothing is downloaded."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, with_hub: bool = False) -> None:
        super().__init__(data, files, auto_id="id_source_%s")
        if not with_hub:
            del self.fields["hub"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [name for name in ("file", "text", "hub") if _is_given(cleaned.get(name))]
        if not given and not self.errors:
            raise ValidationError(_t("Choose a file or paste a config.json."))
        if "hub" in given and len(given) > 1:
            raise ValidationError(_t("Give one thing: it is not clear which one counts."))
        return cleaned

    def say(self, problem: Unsizable) -> None:
        """Put the sentence to what was handed in."""
        code, given = problem.statement.code, self.cleaned_data
        name = "file" if given.get("file") else "text" if (given.get("text") or "").strip() else "hub"
        if code.startswith("asked.") or code == "sizing.file_shape":
            name = "shape"
        self.add_error(name if name in self.fields else None, say(problem.statement))


def _is_given(value: str | UploadedFile | None) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None
