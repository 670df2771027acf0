"""How the published weights are stored: their type, and the quantization the configuration names."""

from collections.abc import Mapping

from decisions.fit.hardware.config.fields import Fields

DTYPES = {
    **{name: name for name in ("bfloat16", "float16", "float32", "float64", "float8_e4m3fn", "int8")},
    **{"bf16": "bfloat16", "fp16": "float16", "half": "float16", "fp32": "float32", "float": "float32"},
}
METHODS = {
    **{
        name: name
        for name in ("mxfp4", "fp8", "awq", "gptq", "nvfp4", "eetq", "hqq", "aqlm", "bitnet", "higgs")
    },
    **{"fbgemm_fp8": "fp8", "finegrained_fp8": "fp8", "gptq_marlin": "gptq", "auto-round": "gptq"},
}


def dtype_of(fields: Fields) -> str:
    """The type of the checkpoint's weights; bfloat16 where nothing is said, as published models are."""
    name = fields.text("torch_dtype").removeprefix("torch.")
    if name and name not in DTYPES and name != "auto":
        raise fields.unheard("torch_dtype", name)
    return DTYPES.get(name, "bfloat16")


def quantization_of(fields: Fields) -> str:
    """A short name: mxfp4, fp8, awq, gptq, nf4, fp4, int8, int4, nvfp4; the method's own for others."""
    given = fields.inner("quantization_config") or fields.inner("compression_config")
    if given is None:
        return ""
    method = (given.text("quant_method") or given.text("quant_algo")).lower()
    if method in ("bitsandbytes", "bnb"):
        return _bitsandbytes(given)
    if method in ("compressed-tensors", "modelopt", "quark"):
        return _by_format(given)
    return METHODS.get(method, method)


def _bitsandbytes(given: Fields) -> str:
    if given.flag("load_in_4bit"):
        return given.text("bnb_4bit_quant_type") or "fp4"
    return "int8"


def _by_format(given: Fields) -> str:
    """compressed-tensors and its like name the layout, or bits and type per group of modules."""
    layout = (given.text("format") or given.text("quant_algo")).lower()
    for sign, name in (("nvfp4", "nvfp4"), ("mxfp4", "mxfp4"), ("float", "fp8"), ("fp8", "fp8")):
        if sign in layout:
            return name
    return _by_bits(given) or layout or "compressed-tensors"


def _by_bits(given: Fields) -> str:
    groups = given.raw("config_groups")
    first = next(iter(groups.values()), None) if isinstance(groups, Mapping) else None
    weights = first.get("weights") if isinstance(first, Mapping) else None
    if not isinstance(weights, Mapping):
        return ""
    bits, kind = weights.get("num_bits"), weights.get("type")
    return (
        {(8, "int"): "int8", (4, "int"): "int4", (8, "float"): "fp8", (4, "float"): "nvfp4"}.get(
            (bits, kind), ""
        )
        if isinstance(bits, int) and isinstance(kind, str)
        else ""
    )
