"""Which settings can be sized at all. Beyond these bounds a figure would be arithmetic without a meaning."""

from functools import lru_cache

from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import Setting
from decisions.fit.say import say
from decisions.fit.texts.sizing_memory import WORDS

MOST_TOKENS = 1 << 28
MOST_SEQUENCES = 1 << 16
MOST_DEVICES = 1 << 14
MOST_RANK = 1 << 12
MOST_ADAPTERS = 1 << 12


@lru_cache(maxsize=4096)
def check_setting(setting: Setting) -> None:
    """Raises Unsizable, naming the field, for zero, negative or absurd numbers."""
    _between("context", setting.context_tokens, 1, MOST_TOKENS)
    _between("parallel", setting.parallel, 1, MOST_SEQUENCES)
    _between("ubatch", setting.ubatch_tokens, 1, MOST_TOKENS)
    _between("batch", setting.batch_tokens, 1, MOST_TOKENS)
    _between("outputs", setting.outputs, 1, MOST_TOKENS)
    _between("gpu_layers", setting.gpu_layers, 0, 1 << 16)
    _between("lora_rank", setting.lora_rank, 1, MOST_RANK)
    _between("loras", setting.loras, 1, MOST_ADAPTERS)
    if setting.device is not None:
        _between("devices", setting.device.count, 1, MOST_DEVICES)


def _between(field: str, value: int | None, least: int, most: int) -> None:
    if value is not None and not least <= value <= most:
        raise Unsizable(
            say("sizing.setting_range", setting_word=WORDS[field], least=least, most=most, found=value)
        )
