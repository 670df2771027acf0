"""The hardware fit by estimate: what it rests on, what decides, what would change it."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit import hardware
from decisions.record.canonical import canonical_bytes
from decisions.record.schema import Candidate, Estimated, Model, Money, Need, Route, Sizing, Verdict
from decisions.states import Ruling, TaskKind
from tests.factories import CONFIG
from tests.fit.samples import candidate, route

SEVEN = "Qwen/Qwen2.5-7B-Instruct"
NEED = Need(context_tokens=8192, concurrent_requests=4)
L4 = {"device": "NVIDIA L4", "vram_gib": "24", "device_count": 1}
GPU = route("rented_gpu", **L4)


def asked(name: str = SEVEN, runtime: str = "vllm", quantization: str = "BF16", **fields) -> Candidate:
    return candidate(name=name, runtime_id=runtime, model=Model(quantization=quantization), **fields)


def judge(one: Candidate, where: Route | None = GPU, need: Need = NEED) -> Verdict:
    return hardware.judge(need, where, one)


def estimate(one: Candidate, where: Route | None = GPU, need: Need = NEED) -> Estimated:
    found = hardware.estimate_of(need, where, one)
    assert found is not None
    return found


def codes(statements) -> list[str]:
    return [statement.code for statement in statements]


def test_a_candidate_that_fits_says_how_much_of_what() -> None:
    verdict = judge(asked())
    assert (verdict.ruling, verdict.word.text) == (Ruling.FITS, "fits")
    assert verdict.reason.code == "hardware.estimate_fits"
    need, have = (Decimal(str(verdict.reason.params[name])) for name in ("need", "have"))
    assert 15 < need < have < 24
    assert verdict.changes == ()
    assert {"hardware.reserves", "hardware.capacity", "hardware.range"} <= set(codes(verdict.details))


def test_one_that_does_not_fit_names_the_line_that_decides_and_the_ways_out() -> None:
    verdict = judge(
        asked("Qwen/Qwen2.5-32B-Instruct", "llama_cpp", "Q6_K"), route("own_server", **L4, ram_gib="64")
    )
    assert (verdict.ruling, verdict.reason.code) == (Ruling.DOES_NOT_FIT, "hardware.estimate_short")
    assert verdict.reason.params["most_word"] == "weights"
    assert codes(verdict.changes) == [
        "hardware.try_quantization",
        "hardware.try_offload",
        "hardware.try_devices",
        "hardware.try_model",
        "hardware.try_cloud",
    ]
    assert verdict.changes[3].params["model"] == "Qwen/Qwen2.5-14B-Instruct"


def test_every_change_flips_the_verdict() -> None:
    one = asked("Qwen/Qwen2.5-32B-Instruct", "llama_cpp", "Q6_K")
    where = route("own_server", **L4, ram_gib="64")
    quantization, offload, devices, model, _cloud = (change.params for change in judge(one, where).changes)
    assert judge(asked(one.name, "llama_cpp", quantization["quantization"]), where).ruling is Ruling.FITS
    layers = Sizing(gpu_layers=offload["layers"])
    assert judge(one.model_copy(update={"sizing": layers}), where).ruling is Ruling.FITS
    several = route("own_server", **(L4 | {"device_count": devices["count"]}), ram_gib="64")
    assert judge(one, several).ruling is Ruling.FITS
    assert judge(asked(model["model"], "llama_cpp", "Q6_K"), where).ruling is Ruling.FITS


def test_a_stated_need_goes_before_the_estimate() -> None:
    verdict = judge(asked(memory_needed_gib="3.5"))
    assert verdict.reason.text == "needs 3.5 of 24 GiB"
    assert "hardware.estimate_beside" in codes(verdict.details)


@pytest.mark.parametrize(
    ("one", "where", "finding", "change"),
    [
        (asked("nobody/knows-it"), GPU, "hardware.no_shape", "hardware.paste_config"),
        (asked(runtime=""), GPU, "hardware.no_runtime", "hardware.choose_runtime"),
        (asked(quantization="homemade"), GPU, "hardware.quantization_unread", "hardware.name_quantization"),
        (asked(quantization="Q4_K_M"), GPU, "sizing.quantization", "hardware.mend"),
        (asked(sizing=Sizing(config="{")), GPU, "sizing.config_json", "hardware.mend"),
        (asked(sizing=Sizing(kv_dtype="q9_9")), GPU, "sizing.kv_dtype", "hardware.mend"),
        (asked(sizing=Sizing(parallel=2**53 - 1)), GPU, "sizing.setting_range", "hardware.mend"),
        (asked(), None, "hardware.estimate_no_route", "hardware.choose_route"),
        (asked(), route("rented_gpu"), "hardware.no_vram", "hardware.declare_vram"),
        (asked(runtime="llama_cpp"), route("local_cpu"), "hardware.no_ram", "hardware.declare_ram"),
    ],
)
def test_what_is_missing_is_said(one: Candidate, where: Route | None, finding: str, change: str) -> None:
    verdict = judge(one, where)
    assert verdict.ruling is Ruling.UNKNOWN
    assert (verdict.reason.code, verdict.changes[0].code) == (finding, change)


@pytest.mark.parametrize(
    ("one", "need", "word", "change"),
    [
        (asked(quantization=""), NEED, "quantization not said", "hardware.say_quantization"),
        (asked(), Need(), "context not said", "hardware.say_context"),
    ],
)
def test_what_fits_by_a_guess_alone_stays_unknown(one: Candidate, need: Need, word: str, change: str) -> None:
    verdict = judge(one, need=need)
    assert (verdict.ruling, verdict.word.text) == (Ruling.UNKNOWN, word)
    assert codes(verdict.changes) == [change]


def test_the_pasted_configuration_goes_before_the_shipped_one() -> None:
    shipped, corrected = (estimate(asked(sizing=Sizing(config=text))) for text in ("", CONFIG))
    assert (shipped.made_with.shape, corrected.made_with.shape) == ("catalogue", "config")
    assert corrected.total_bytes < shipped.total_bytes


def test_sizing_goes_before_the_need_and_the_candidate() -> None:
    own = asked(sizing=Sizing(context_tokens=1024, parallel=1))
    assert (estimate(own).made_with.context_tokens, estimate(own).made_with.parallel) == (1024, 1)
    assert (estimate(asked()).made_with.context_tokens, estimate(asked()).made_with.parallel) == (8192, 4)
    of_model = candidate(name=SEVEN, runtime_id="vllm", model=Model(quantization="BF16", context_tokens=2048))
    assert estimate(of_model, need=Need()).made_with.context_tokens == 2048


def test_stated_memory_goes_before_shipped_memory() -> None:
    small = estimate(asked(), route("rented_gpu", device="NVIDIA L4", vram_gib="12"))
    shipped = estimate(asked(), route("rented_gpu", device="NVIDIA L4"))
    assert (small.made_with.device_basis, shipped.made_with.device_basis) == ("stated", "shipped")
    assert (small.device.room_bytes or 0) < (shipped.device.room_bytes or 0)
    unnamed = estimate(asked(), route("rented_gpu", device="A card of ours", vram_gib="24"))
    assert unnamed.device.ruling is Ruling.FITS
    sized = estimate(asked(), route("rented_gpu", device="A100", vram_gib="80"))
    assert sized.made_with.device == "NVIDIA A100 80GB SXM"


def test_a_processor_holds_it_in_ram() -> None:
    verdict = judge(asked(runtime="llama_cpp", quantization="Q4_K_M"), route("local_cpu", ram_gib="16"))
    assert (verdict.ruling, verdict.reason.code) == (Ruling.FITS, "hardware.estimate_fits")


def test_layers_in_ram_need_ram() -> None:
    one = asked(runtime="llama_cpp", quantization="Q4_K_M", sizing=Sizing(gpu_layers=4))
    unsaid, short = judge(one), judge(one, route("rented_gpu", **L4, ram_gib="1"))
    assert (unsaid.ruling, unsaid.reason.code) == (Ruling.UNKNOWN, "hardware.host_unsaid")
    assert (short.ruling, short.reason.code) == (Ruling.DOES_NOT_FIT, "hardware.host_short")


def test_the_disk_a_route_declares_has_to_hold_the_download() -> None:
    assert judge(asked(), route("rented_gpu", **L4, disk_gib="10")).reason.code == "hardware.disk_short"
    assert judge(asked(), route("rented_gpu", **L4, disk_gib="20")).ruling is Ruling.FITS
    assert judge(asked()).ruling is Ruling.FITS


def test_what_it_costs_is_in_the_currency_of_the_route() -> None:
    where = route("rented_gpu", **L4, price_per_hour={"amount": "1.01", "currency": "USD"}, planned_hours="6")
    cost = estimate(asked(), where).cost
    assert cost.plan == Money(amount=Decimal("6.06"), currency="USD")
    assert cost.within_budget is None
    dear = NEED.model_copy(update={"budget": Money(amount=Decimal(5), currency="USD")})
    assert "hardware.over_budget" in codes(judge(asked(), where, dear).details)


def test_a_bound_later_than_the_need_allows_is_said() -> None:
    hurried = NEED.model_copy(update={"latency_target_ms": 100})
    assert "hardware.latency_missed" in codes(judge(asked(), need=hurried).details)


def test_nothing_is_estimated_where_a_provider_hosts() -> None:
    assert hardware.estimate_of(NEED, route("cloud_api"), asked()) is None


def test_it_is_canonical_json_without_a_float() -> None:
    plain = estimate(asked(runtime="llama_cpp", quantization="Q4_K_M")).model_dump(mode="json")
    assert Estimated.model_validate(json.loads(canonical_bytes(plain))).model_dump(mode="json") == plain
    assert "E+" not in canonical_bytes(plain).decode()
    assert _floats(plain) == []


def _floats(value: object) -> list[float]:
    if isinstance(value, dict):
        return [one for part in value.values() for one in _floats(part)]
    if isinstance(value, list | tuple):
        return [one for part in value for one in _floats(part)]
    return [value] if isinstance(value, float) else []


def test_lines_of_a_device_add_up_to_what_it_needs() -> None:
    for runtime, quantization in (("vllm", "BF16"), ("llama_cpp", "Q4_K_M"), ("transformers", "BF16")):
        found = estimate(asked(runtime=runtime, quantization=quantization))
        lines = [line for line in found.lines if line.place == "device" and line.code != "repack"]
        assert sum(line.bytes or 0 for line in lines) == found.device.needed_bytes


@given(tokens=st.integers(256, 32768), more=st.integers(0, 32768), parallel=st.integers(1, 16))
def test_more_context_never_turns_too_small_into_fits(tokens: int, more: int, parallel: int) -> None:
    def ruling(context: int) -> Ruling:
        return judge(asked(sizing=Sizing(context_tokens=context, parallel=parallel))).ruling

    if ruling(tokens) is Ruling.DOES_NOT_FIT:
        assert ruling(tokens + more) is Ruling.DOES_NOT_FIT


def test_a_copy_by_its_name_is_sized_as_what_it_is_taken_for() -> None:
    own, copy = (
        asked("Qwen/Qwen3-8B", "llama_cpp", "Q4_K_M"),
        asked("unsloth/Qwen3-8B-GGUF", "llama_cpp", "Q4_K_M"),
    )
    first, second = estimate(own), estimate(copy)
    assert second.total_bytes == first.total_bytes
    assert (first.made_with.taken_for, second.made_with.taken_for) == ("", "Qwen/Qwen3-8B")
    assert {line.basis for line in second.lines} == {"assumed"}
    assert "hardware.taken_for" in codes(judge(copy).details)
    assert "hardware.taken_for" not in codes(judge(own).details)


def test_what_a_copy_is_named_after_is_its_quantization() -> None:
    made = estimate(asked("Qwen3-8B-Q6_K.gguf", "llama_cpp", "")).made_with
    assert (made.quantization, made.guessed) == ("Q6_K", ())
    assert estimate(asked("Qwen/Qwen3-8B", "llama_cpp", "")).made_with.guessed == ("quantization",)
    assert hardware.estimate_of(NEED, GPU, asked("Qwen3-8B-of-nobody-known")) is None


def test_a_configuration_goes_before_a_name() -> None:
    made = estimate(
        asked("unsloth/Qwen3-8B-GGUF", "llama_cpp", "Q4_K_M", sizing=Sizing(config=CONFIG))
    ).made_with
    assert (made.shape, made.taken_for) == ("config", "")


def test_what_a_route_says_is_usable_is_taken_as_it_is() -> None:
    one = asked()
    usual, exact = (estimate(one, route("rented_gpu", **L4, usable_gib=n)) for n in (None, "20.5"))
    assert (usual.device.room_basis, exact.device.room_basis) == (
        "measured",
        "measured",
    )  # the shipped figure
    assert exact.device.room_bytes < int(20.5 * 2**30) < usual.device.room_bytes
    own = {"device": "Our card", "vram_gib": "24", "device_count": 1}
    assumed, stated = (route("own_server", **own, **more) for more in ({}, {"usable_gib": "23"}))
    assert "hardware.room_assumed" in codes(
        judge(asked(runtime="llama_cpp", quantization="Q4_K_M"), assumed).details
    )
    found = judge(asked(runtime="llama_cpp", quantization="Q4_K_M"), stated)
    assert "hardware.room_assumed" not in codes(found.details)
    assert found.reason.params["have"] == "23"


def test_no_more_is_usable_than_there_is_and_usable_alone_is_enough() -> None:
    one = asked(runtime="llama_cpp", quantization="Q4_K_M")
    too_much = route("own_server", device="Our card", vram_gib="8", device_count=1, usable_gib="80")
    assert estimate(one, too_much).device.room_bytes == 8 * 2**30
    alone = route("rented_gpu", device="Our card", usable_gib="12")
    assert estimate(one, alone).device.room_bytes == 12 * 2**30


def test_a_need_for_pictures_counts_the_vision_part_and_others_say_that_it_does_not() -> None:
    one = asked("Qwen/Qwen3-VL-8B-Instruct", "llama_cpp", "Q4_K_M")
    assert "hardware.projector_apart" in codes(judge(one).details)
    pictures = NEED.model_copy(update={"task_kinds": (TaskKind.MULTIMODAL,)})
    assert "hardware.projector_apart" not in codes(judge(one, need=pictures).details)
    without, with_it = estimate(one), estimate(one, need=pictures)
    size = next(line.bytes for line in with_it.lines if line.code == "projector")
    assert with_it.total_bytes == without.total_bytes + size


def test_a_mapped_file_larger_than_the_ram_is_said_and_fits() -> None:
    one = asked("Qwen/Qwen2.5-14B-Instruct", "llama_cpp", "Q4_K_M")
    small, large = (route("own_server", **L4, ram_gib=ram) for ram in ("4", "64"))
    verdict = judge(one, small)
    assert verdict.ruling is Ruling.FITS
    assert "hardware.load_dropped" in codes(verdict.details)
    assert "hardware.load_dropped" not in codes(judge(one, large).details)


def test_what_is_read_through_a_buffer_has_to_go_into_the_ram() -> None:
    one = asked("Qwen/Qwen2.5-14B-Instruct", "ollama", "Q4_K_M")
    verdict = judge(one, route("own_server", **L4, ram_gib="0.1"))
    assert verdict.ruling is Ruling.DOES_NOT_FIT
    assert verdict.reason.code in ("hardware.load_short", "hardware.host_short")


def test_what_is_beside_the_model_is_counted_and_explains_itself() -> None:
    plain = estimate(asked(sizing=Sizing()))
    assert (plain.made_with.lora_rank, plain.made_with.draft, plain.made_with.vision) == (None, "", None)
    full = estimate(asked(sizing=Sizing(lora_rank=16, loras=2, draft="Qwen/Qwen2.5-0.5B-Instruct")))
    assert {line.code for line in full.lines} >= {"lora", "draft_weights", "draft_kv_cache"}
    assert full.total_bytes > plain.total_bytes
    made = full.made_with
    assert (made.lora_rank, made.loras, made.draft) == (16, 2, "Qwen/Qwen2.5-0.5B-Instruct")
    one = estimate(asked(sizing=Sizing(lora_rank=16)))
    assert one.made_with.loras == 1


def test_a_candidate_may_leave_the_vision_part_out() -> None:
    need = Need(task_kinds=("multimodal",), context_tokens=4096)
    models = {"runtime_id": "llama_cpp", "model": Model(quantization="Q4_K_M")}
    name = "google/gemma-3-4b-it"
    seen, left_out = (
        estimate(candidate(name=name, sizing=Sizing(vision=vision), **models), need=need)
        for vision in (None, False)
    )
    assert (seen.made_with.vision, left_out.made_with.vision) == (True, False)
    assert left_out.total_bytes < seen.total_bytes
    said = judge(candidate(name=name, sizing=Sizing(vision=False), **models), need=need).details
    assert "hardware.projector_apart" not in [each.code for each in said]


@pytest.mark.parametrize(
    ("sizing", "code"),
    [
        (Sizing(lora_rank=5000), "sizing.setting_range"),
        (Sizing(lora_rank=8, loras=0), "sizing.setting_range"),
        (Sizing(draft="nobody/knows-it"), "asked.draft"),
        (Sizing(draft="Qwen/Qwen3-0.6B:Q9"), "asked.draft_quant"),
    ],
)
def test_what_cannot_be_beside_is_named(sizing: Sizing, code: str) -> None:
    found = judge(asked(sizing=sizing))
    assert found.ruling is Ruling.UNKNOWN
    assert code in {each.code for each in (*([found.reason] if found.reason else []), *found.details)}


def test_a_draft_model_of_other_words_is_said() -> None:
    verdict = judge(asked(sizing=Sizing(draft="HuggingFaceTB/SmolLM2-135M-Instruct")))
    assert "asked.draft_words" in [each.code for each in verdict.details]
