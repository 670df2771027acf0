"""The setting an engine ran in, by its log."""

from decisions.fit.hardware.logs import read_log
from decisions.fit.hardware.logs.asked import setting_of_log
from decisions.fit.hardware.setting import DeviceMemory, Setting
from tests.fit.hardware.logs import excerpts

ASKED = Setting("llama_cpp", "Q4_K_M", 2048, device=DeviceMemory("GPU", 1, 24 << 30))


def test_llama_cpp_states_all_of_it() -> None:
    found = setting_of_log(read_log(excerpts.TRUE_LLAMA_CPP), ASKED)
    assert (found.runtime, found.quantization) == ("llama_cpp", "F16")
    assert (found.context_tokens, found.parallel, found.ubatch_tokens) == (4096, 2, 512)
    assert (found.kv_dtype, found.flash_attention, found.kv_unified) == ("f16", True, False)


def test_ollama_divides_its_context_and_leaves_layers_in_ram() -> None:
    found = setting_of_log(read_log(excerpts.OLLAMA), ASKED)
    assert (found.runtime, found.context_tokens, found.kv_dtype) == ("ollama", 32768, "q8_0")
    assert found.gpu_layers == 20
    shared = setting_of_log(read_log(excerpts.OLLAMA_WITH_LLAMA_CPP), ASKED)
    assert (shared.context_tokens, shared.parallel) == (2048, 4)


def test_servers_say_on_how_many_devices() -> None:
    found = setting_of_log(read_log(excerpts.VLLM), ASKED)
    assert (found.runtime, found.context_tokens) == ("vllm", 40960)
    assert found.device is not None
    assert found.device.count == 2
    assert setting_of_log(read_log(excerpts.SGLANG), ASKED).kv_dtype == "bfloat16"


def test_what_a_log_does_not_state_stays_as_it_was_asked() -> None:
    found = setting_of_log(read_log(excerpts.BREAKDOWN), ASKED)
    assert found == ASKED
    words = (
        "llama_context: n_ctx = many\nprint_info: file type = Q4_K - Medium\nCPU KV buffer size = 1.00 MiB"
    )
    assert setting_of_log(read_log(words), ASKED).quantization == "Q4_K_M"


def test_the_outputs_a_server_reserves_for() -> None:
    text = excerpts.TRUE_LLAMA_CPP + "llama_context: n_outputs_max = 2\n"
    asked = Setting("llama_cpp", "F16", 4096)
    assert setting_of_log(read_log(text), asked).outputs == 2
    assert setting_of_log(read_log(excerpts.TRUE_LLAMA_CPP), asked).outputs is None
