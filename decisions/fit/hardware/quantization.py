"""The quantization that a person's words mean, as sizing names it."""

import re

from decisions.fit.hardware.gguf.mix import mix_name
from decisions.knowledge.quantizations import find_format

PUBLISHED = frozenset(
    {"AS PUBLISHED", "ORIGINAL", "NONE", "AUTO", "UNQUANTIZED", "NOT QUANTIZED", "FULL PRECISION"}
)
NO_TYPE = frozenset({"GGUF", "SAFETENSORS", "PYTORCH", "MLX", "BIN", "PT"})  # how files are laid out
VAGUE = frozenset({"INT4", "INT8", "4BIT", "8BIT", "FP4", "HALF"})  # said of several; a closer name wins
MIX_OF_ONES_OWN = re.compile(r"(?:UD_)?I?Q\d_\w+")

_FTYPE = re.compile(r"(?P<kind>I?Q\d_K) - (?P<size>MEDIUM|SMALL|LARGE)")  # as llama.cpp prints a mix
_GGUF = re.compile(r"^GGUF[-_: ]+|[-_: ]+GGUF$")
_USUAL = frozenset(
    {
        *("IMATRIX", "GGUF", "BARTOWSKI", "UNSLOTH", "LMSTUDIO", "THEBLOKE", "OLLAMA", "MARLIN", "TRITON"),
        *("BLOCK", "DYNAMIC", "STATIC", "BITSANDBYTES", "BNB", "UNQUANTIZED", "COMPRESSED", "TENSORS"),
        *("W8A8", "W8A16", "W4A16", "BIT", "BITS", "BPW", "G128", "INT4", "INT8", "MODELOPT", "ORIGINAL"),
        *map(str, range(10)),
    }
)
"""Words of a remark that leave the size as it is."""

_BITS = re.compile(r"(?<![A-Z0-9])(\d+)[ _-]?BITS?(?![A-Z0-9])")
_TOKEN = re.compile(r"[A-Z0-9]+(?:_[A-Z0-9]+)*")


def read_quantization(text: str) -> str | None:
    """The name of a quantization in a text such as "GGUF Q4_K_M" or "AWQ 4-bit".

    Empty is "as published", where the text says so; None where it names none that is known.
    """
    whole = " ".join(text.upper().split())
    if whole in PUBLISHED:
        return ""
    tokens = _TOKEN.findall(_BITS.sub(r"\1BIT", whole).replace("-", "_"))
    known = [(size, name) for size, name in _windows(tokens) if _known(name)]
    clear = [(size, name) for size, name in known if name not in VAGUE]
    if clear or known:
        return max(clear or known, key=lambda pair: pair[0])[1]
    return next((name for name in tokens if MIX_OF_ONES_OWN.fullmatch(name)), None)


def as_sizing_names_it(text: str) -> str:
    """The quantization of a request: a name of sizing's as it stands, with a remark in brackets where there
    is one; else what the words mean, or the text itself where that is not known. Empty is as published.
    """
    whole = _GGUF.sub("", _FTYPE.sub(_mix_of_ftype, text.strip().upper()))
    name, bracket, remark = whole.partition("(")
    said = _said(name.strip())
    if said is None:
        return read_quantization(text) or text.strip()
    tells = bool(said and bracket) and not set(_TOKEN.findall(remark.replace("-", " "))) <= _USUAL
    return f"{said} ({remark.lower()}" if tells else said


def _said(name: str) -> str | None:
    if not name or _known(name):
        return name
    found = read_quantization(name)
    return read_quantization(name.replace("-", " ")) if found is None else found


def _mix_of_ftype(found: re.Match[str]) -> str:
    return f"{found['kind']}_{found['size'][0]}"


def says_nothing(text: str) -> bool:
    """Whether a text only says how files are laid out, or nothing at all."""
    return all(word in NO_TYPE for word in _TOKEN.findall(text.upper()))


def _windows(tokens: list[str]) -> list[tuple[int, str]]:
    """Up to three words in a row as one name, such as GPTQ INT8, with their number."""
    return [
        (size, "_".join(tokens[start : start + size]))
        for size in (3, 2, 1)
        for start in range(len(tokens) - size + 1)
    ]


def _known(name: str) -> bool:
    """A mix of llama.cpp's or a format; whether the runtime takes it is asked later."""
    return bool(mix_name(name) or find_format(name))
