"""Logs of engines: what each says, in bytes, and what is no log of theirs."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit.hardware.logs import MOST_BYTES, EngineLog, Quantity, read_log
from decisions.fit.hardware.logs.amounts import amount
from decisions.fit.hardware.problem import Unsizable
from tests.fit.hardware.logs import excerpts

MIB, GIB = 1 << 20, 1 << 30


def mib(log: EngineLog, quantity: Quantity, *, host: bool | None = None) -> float | None:
    found = log.total(quantity, host=host)
    return None if found is None else round(found[0] / MIB, 2)


@pytest.mark.parametrize(
    ("number", "unit", "size", "half"),
    [
        ("128.00", "MiB", 128 * MIB, MIB / 200),
        ("1608.00", "MB", 1608 * MIB, MIB / 200),
        ("357.623", "GiB", 357.623 * GIB, GIB / 2000),
        ("14.2409", "GB", 14.2409 * GIB, GIB / 20000),
        ("5856", "MiB", 5856 * MIB, MIB / 2),
        ("0", "B", 0, 0),
        ("319553536", "bytes", 319_553_536, 0),
        ("1.5", "TiB", 1536 * GIB, 1024 * GIB / 20),
    ],
)
def test_amounts_keep_what_rounding_hides(number: str, unit: str, size: float, half: float) -> None:
    assert amount(number, unit) == (round(size), round(half))


def test_whole_bytes_are_read_like_other_units() -> None:
    plain = excerpts.TRUE_LLAMA_CPP.replace("266.50 MiB", "279445504 bytes")
    assert plain != excerpts.TRUE_LLAMA_CPP
    assert mib(read_log(plain), Quantity.COMPUTE) == 266.5


def test_a_true_log_of_llama_cpp() -> None:
    log = read_log(excerpts.TRUE_LLAMA_CPP)
    assert log.engine == "llama_cpp"
    assert mib(log, Quantity.WEIGHTS) == 3668.14
    assert mib(log, Quantity.KV) == 128
    assert mib(log, Quantity.COMPUTE) == 266.5
    assert mib(log, Quantity.OUTPUT) == 0.98
    assert mib(log, Quantity.REPACK) is None
    assert log.setting("n_ctx") == "8192"
    assert log.setting("n_seq_max") == "2"
    assert log.setting("kv_type_k") == log.setting("kv_type_v") == "f16"
    assert log.setting("graph_splits") == "1"
    weights = log.of(Quantity.WEIGHTS)[0]
    assert (weights.line, weights.place, weights.host) == (10, "CPU", True)
    assert weights.raw == "load_tensors:          CPU model buffer size =  3668.14 MiB"
    assert not log.model
    assert not log.ready
    assert log.not_understood == ()


def test_devices_apart_and_repeated_reservations() -> None:
    log = read_log(excerpts.TWO_GPUS_AND_A_HYBRID)
    assert mib(log, Quantity.WEIGHTS, host=False) == 5133.61
    assert mib(log, Quantity.WEIGHTS, host=True) == 545.62
    assert mib(log, Quantity.REPACK) == 300
    assert mib(log, Quantity.KV) == 256
    assert mib(log, Quantity.STATE) == 50.25
    assert mib(log, Quantity.COMPUTE, host=False) == 498
    assert mib(log, Quantity.COMPUTE, host=True) == 24.02
    assert log.setting("projected") == "5856 MiB"


def test_two_caches_of_one_device_add_up() -> None:
    log = read_log(excerpts.SLIDING)
    assert mib(log, Quantity.KV) == 3126
    assert mib(log, Quantity.COMPUTE) == 1936.1
    assert log.total(Quantity.FILE) == (round(11.27 * GIB), round(GIB / 200))


def test_an_older_generation_and_a_fork() -> None:
    log = read_log(excerpts.OLD_LLAMA_CPP)
    assert mib(log, Quantity.KV) == 2196
    assert mib(log, Quantity.COMPUTE) == 3393
    assert log.model == "DeepSeek V3 0324"
    assert log.setting("flash_attn") == "1"


def test_the_breakdown_at_the_end() -> None:
    log = read_log(excerpts.BREAKDOWN)
    assert [(each.place, each.bytes // MIB, each.host) for each in log.of(Quantity.TOTAL)] == [
        ("CUDA0", 19187, False),
        ("Host", 2964, True),
    ]


def test_another_context_replaces_the_first() -> None:
    again = excerpts.TRUE_LLAMA_CPP + "llama_context: constructing llama_context\n"
    again += "llama_kv_cache:        CPU KV buffer size =    64.00 MiB\n"
    log = read_log(again)
    assert mib(log, Quantity.KV) == 64
    assert mib(log, Quantity.COMPUTE) is None
    assert mib(log, Quantity.WEIGHTS) == 3668.14


def test_the_last_model_counts_and_a_draft_stands_beside() -> None:
    twice = excerpts.SLIDING + excerpts.TRUE_LLAMA_CPP
    log = read_log(twice)
    assert log.loads == 2
    assert mib(log, Quantity.KV) == 128
    drafted = read_log(excerpts.SLIDING + "srv load_model: loading draft model\n" + excerpts.TRUE_LLAMA_CPP)
    assert drafted.loads == 1
    assert mib(drafted, Quantity.KV) == 3126
    assert (
        sum(each.bytes for each in drafted.figures if each.draft and each.quantity is Quantity.KV)
        >= 128 * MIB
    )


def test_ollama_with_its_own_engine() -> None:
    log = read_log(excerpts.OLLAMA)
    assert (log.engine, log.version, log.ready) == ("ollama", "0.20.3", True)
    assert log.total(Quantity.WEIGHTS, host=False) == (round(19.9 * GIB), round(GIB / 20))
    assert log.total(Quantity.WEIGHTS, host=True) == (round(28.3 * GIB), round(GIB / 20))
    assert log.total(Quantity.KV) == (round(1.1 * GIB) + round(1.5 * GIB), 2 * round(GIB / 20))
    assert mib(log, Quantity.COMPUTE) == 1154.7
    assert log.total(Quantity.TOTAL) == (round(51.9 * GIB), round(GIB / 20))
    assert log.setting("n_ctx") == "32768"
    assert log.setting("kv_type_k") == "q8_0"
    assert log.setting("offloaded") == "20/49"


def test_ollama_with_llama_cpp_prefers_the_exact_lines() -> None:
    log = read_log(excerpts.OLLAMA_WITH_LLAMA_CPP)
    assert log.engine == "ollama"
    assert mib(log, Quantity.WEIGHTS, host=False) == 4156
    assert mib(log, Quantity.KV) == 1024
    assert log.setting("n_seq_max") == "4"


def test_vllm() -> None:
    log = read_log(excerpts.VLLM)
    assert (log.engine, log.version, log.model) == ("vllm", "0.31.0", "Qwen/Qwen3-30B-A3B")
    assert log.total(Quantity.WEIGHTS) == (2 * round(28.4643 * GIB), 2 * round(GIB / 20000))
    assert [each.place for each in log.of(Quantity.ROOM)] == ["TP0", "TP1"]
    assert log.count("kv_tokens") == 150_048
    assert log.count("concurrency") == 3.66
    assert log.total(Quantity.GRAPHS) == (round(0.11 * GIB), round(GIB / 200))
    assert log.kv_bytes_per_token == pytest.approx(2 * 6.87 * GIB / 150_048, rel=1e-6)
    assert log.setting("tensor_parallel_size") == "2"
    assert log.ready


def test_older_vllm_and_its_children() -> None:
    log = read_log(excerpts.OLD_VLLM)
    assert log.count("gpu_blocks") == 5136
    assert log.total(Quantity.ACTIVATION) == (round(1.26 * GIB), round(GIB / 200))
    child = read_log(excerpts.ASCEND)
    assert child.total(Quantity.WEIGHTS) == (round(1.14 * GIB), round(GIB / 200))
    assert child.total(Quantity.ACTIVATION) == (round(0.22 * GIB), round(GIB / 200))
    assert child.total(Quantity.GPU_CONTEXT) == (round(0.13 * GIB), round(GIB / 200))


def test_sglang_whose_gb_are_gib() -> None:
    log = read_log(excerpts.SGLANG)
    assert (log.engine, log.model, log.ready) == ("sglang", "Qwen/Qwen3-30B-A3B", True)
    assert log.total(Quantity.WEIGHTS) == (2 * round(28.79 * GIB), 2 * round(GIB / 200))
    assert log.total(Quantity.ROOM) == (4 * round(10.08 * GIB), 4 * round(GIB / 200))
    assert log.total(Quantity.GRAPHS) == (round(1.51 * GIB), round(GIB / 200))
    assert log.count("kv_tokens") == log.count("max_total_num_tokens") == 330_323
    assert log.count("concurrency") == 2048
    assert log.setting("tp_size") == "2"


def test_sglang_with_states() -> None:
    log = read_log(excerpts.SGLANG_HYBRID)
    assert log.total(Quantity.STATE) == (round(0.34 * GIB) + round(17.58 * GIB), 2 * round(GIB / 200))
    assert log.total(Quantity.ROOM) == (round(19.36 * GIB), round(GIB / 200))
    assert log.count("states") == 124


def test_lm_studio() -> None:
    log = read_log(excerpts.LM_STUDIO)
    assert log.engine == "lm_studio"
    assert mib(log, Quantity.WEIGHTS) == 1840.51
    assert mib(log, Quantity.KV) == 144


def test_what_no_rule_reads_is_shown() -> None:
    log = read_log(excerpts.TRUE_LLAMA_CPP + "llama_context: CUDA9 frobnicator buffer size = 12.00 MiB\n")
    assert log.not_understood == ((24, "llama_context: CUDA9 frobnicator buffer size = 12.00 MiB"),)


def test_a_failure_is_kept() -> None:
    line = "ggml_backend_cuda_buffer_type_alloc_buffer: allocating 9.00 MiB on device 0: out of memory"
    assert read_log(excerpts.TRUE_LLAMA_CPP + line).failure == line


@pytest.mark.parametrize("text", [excerpts.TRUE_LLAMA_CPP, excerpts.VLLM, excerpts.OLLAMA, excerpts.SGLANG])
@pytest.mark.parametrize("share", [0.3, 0.5, 0.8])
def test_cut_off_gives_what_was_there(text: str, share: float) -> None:
    whole, cut = read_log(text), read_log(text[: int(len(text) * share)])
    assert cut.engine == whole.engine
    assert not cut.ready
    assert len(cut.figures) <= len(whole.figures) + 1


def test_as_windows_and_terminals_write_it() -> None:
    plain = read_log(excerpts.TRUE_LLAMA_CPP)
    windows = excerpts.TRUE_LLAMA_CPP.replace("\n", "\r\n").encode("utf-16")
    coloured = "\n".join(f"\x1b[32m{line}\x1b[0m" for line in excerpts.TRUE_LLAMA_CPP.split("\n"))
    docker = "\n".join(f"llama-1  | {line}" for line in excerpts.TRUE_LLAMA_CPP.split("\n"))
    for other in (read_log(windows), read_log(coloured.encode()), read_log(docker)):
        assert [(e.quantity, e.bytes) for e in other.figures] == [
            (e.quantity, e.bytes) for e in plain.figures
        ]


@pytest.mark.parametrize("text", ["", " \n\r\n", b"\x00\x00"])
def test_an_empty_log(text: str | bytes) -> None:
    with pytest.raises(Unsizable, match="log is empty|No line of this log"):
        read_log(text)


@pytest.mark.parametrize(
    "text",
    [
        "nginx: [notice] start worker process 31",
        "-- The job identifier is 1234.\nkernel: Out of memory: Killed process 1 (x) total-vm:10GB",
        "GET / HTTP/1.1 200 512 MiB",
        "\x00\xff" * 1000,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
    ],
)
def test_another_program_is_said_to_be_one(text: str | bytes) -> None:
    with pytest.raises(Unsizable, match="No line of this log is one that"):
        read_log(text)


def test_a_log_of_50_mb_is_too_much() -> None:
    with pytest.raises(Unsizable, match="larger than 8 MiB: cut out the part"):
        read_log(b"x" * 50_000_000)
    assert MOST_BYTES == 8 * MIB


def test_one_endless_line_and_many_lines_take_no_time() -> None:
    line = "load_tensors: " + " " * 100_000 + "a" * 1_000_000
    many = "llama_kv_cache: size = \n" * 20_000 + "load_tensors: CPU model buffer size = 1.00 MiB\n" * 5_000
    long = f"llama_{'a' * 3_000} output buffer {'size ' * 200}\n" * 200
    started = time.process_time()
    assert mib(read_log(f"{line}\n{many}{long}"), Quantity.WEIGHTS) == 2_000
    assert time.process_time() - started < 10


@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    for log in (text, f"{text}\n{excerpts.SLIDING}\n{text}"):
        try:
            found = read_log(log)
        except Unsizable:
            continue
        assert all(each.raw.isprintable() for each in found.figures)


@given(st.integers(0, len(excerpts.VLLM)), st.text(max_size=20))
def test_damaged_lines(at: int, text: str) -> None:
    read_log(excerpts.VLLM[:at] + text + excerpts.VLLM[at:])


def test_a_head_that_drafts_stands_beside_its_model() -> None:
    log = read_log(excerpts.HYBRID_WITH_A_DRAFT)
    assert (mib(log, Quantity.KV), mib(log, Quantity.STATE)) == (512, 1795.5)
    assert mib(log, Quantity.COMPUTE) == 568.53
    assert [each.bytes // MIB for each in log.figures if each.draft] == [32, 130]
    assert log.setting("n_seq_max") == "4"


def test_what_was_only_rehearsed_gives_way_to_what_is_done() -> None:
    log = read_log(excerpts.REHEARSED)
    assert (mib(log, Quantity.STATE), mib(log, Quantity.COMPUTE)) == (351.75, 501)
    assert mib(log, Quantity.WEIGHTS) == 5839
    fitted = "common_fit_params: successfully fit params to free device memory\n"
    done = "load_tensors: MTL0_Mapped model buffer size = 5294.20 MiB\n"
    done += "llama_kv_cache: MTL0 KV buffer size = 2176.00 MiB\n"
    done += "llama_memory_recurrent: MTL0 RS buffer size = 351.75 MiB\n"
    after = read_log(excerpts.REHEARSED + fitted + done)
    assert (mib(after, Quantity.KV), mib(after, Quantity.STATE)) == (2176, 351.75)
    assert (mib(after, Quantity.WEIGHTS), mib(after, Quantity.COMPUTE)) == (5294.2, None)


def test_a_server_at_its_usual_verbosity_says_the_table_alone() -> None:
    log = read_log(excerpts.OLLAMA_IN_FIGURES_OF_LLAMA_SERVER)
    assert log.engine == "ollama"
    assert mib(log, Quantity.WEIGHTS, host=False) == 12067
    assert mib(log, Quantity.WEIGHTS, host=True) == 1020
    assert (mib(log, Quantity.KV), mib(log, Quantity.COMPUTE, host=False)) == (2516, 1124)
    beside = read_log(excerpts.BREAKDOWN)
    assert mib(beside, Quantity.WEIGHTS) == 1623.67  # its own line, not the table's


def test_a_part_of_the_cache_that_is_named_after_its_model() -> None:
    log = read_log("llama_memory_hybrid_iswa:      CUDA1 DeepSeek4 compressed KV buffer size =  1464.00 MiB")
    assert [(each.place, each.bytes) for each in log.of(Quantity.KV)] == [("CUDA1", 1464 * MIB)]
