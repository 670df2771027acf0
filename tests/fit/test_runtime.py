import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit import runtime
from decisions.record.schema import Model, Need
from decisions.states import Purpose, Ruling, StructuredOutput, TaskKind
from tests.fit.samples import READY_GPU, candidate, route

GPU = route("rented_gpu", **READY_GPU)
CPU = route()
LESSON = "vLLM when GPU is available, Transformers for first local test"


def judge(runtime_id: str, where=CPU, need: dict | None = None, **fields):
    return runtime.judge(Need(**(need or {})), where, candidate(runtime_id=runtime_id, **fields))


@pytest.mark.parametrize(
    ("runtime_id", "where", "purpose", "ruling"),
    [
        ("transformers", CPU, "learning", Ruling.FITS),
        ("ollama", CPU, "hand_over", Ruling.FITS),
        ("lm_studio", CPU, "hand_over", Ruling.FITS),
        ("llama_cpp", CPU, "edge", Ruling.FITS),
        ("vllm", GPU, "serving", Ruling.FITS),
        ("sglang", GPU, "serving", Ruling.FITS),
        ("vllm", GPU, "learning", Ruling.DOES_NOT_FIT),
        ("transformers", GPU, "serving", Ruling.DOES_NOT_FIT),
        ("ollama", GPU, "serving", Ruling.UNKNOWN),
    ],
)
def test_each_runtime_has_its_purpose(runtime_id, where, purpose, ruling):
    assert judge(runtime_id, where, {"purpose": purpose}).ruling is ruling


def test_an_endpoint_that_is_asked_for_justifies_a_serving_runtime():
    need = {"purpose": "learning", "needs_service": True}
    assert judge("vllm", GPU, need).ruling is Ruling.FITS


@pytest.mark.parametrize(
    ("runtime_id", "need", "code"),
    [
        ("transformers", {"structured_output": "json"}, "runtime.shape_no"),
        ("vllm", {"structured_output": "json_schema"}, "runtime.no_route"),
    ],
)
def test_the_reason_is_the_worst_finding(runtime_id, need, code):
    assert judge(runtime_id, None, need).reason.code == code


def test_a_gpu_runtime_does_not_start_on_a_cpu():
    verdict = judge("vllm", CPU, {"needs_service": True})
    assert (verdict.ruling, verdict.reason.code) == (Ruling.DOES_NOT_FIT, "runtime.gpu_no")
    assert "llama.cpp" in verdict.changes[0].text


def test_an_undeclared_gpu_is_unknown():
    verdict = judge("vllm", route("rented_gpu"), {"needs_service": True})
    assert (verdict.ruling, verdict.reason.code) == (Ruling.UNKNOWN, "runtime.gpu_open")


@pytest.mark.parametrize("lacking", ["driver", "security"])
def test_a_serving_runtime_waits_until_all_is_clear(lacking):
    verdict = judge("vllm", route("rented_gpu", **{**READY_GPU, lacking: ""}), {"needs_service": True})
    assert (verdict.ruling, verdict.word.text) == (Ruling.UNKNOWN, "make clear first")
    assert verdict.changes[0].text == f"Make clear first: {lacking}."


def test_the_first_runtime_a_text_names_is_judged_and_that_is_said():
    verdict = judge("", GPU, {"needs_service": True}, runtime=LESSON)
    said = [detail.text for detail in verdict.details]
    assert "Read from the candidate's text: vLLM is named first." in said
    assert "The text also names Transformers." in said


def test_the_structured_runtime_wins_over_the_text():
    verdict = judge("transformers", CPU, {"purpose": "learning"}, runtime=LESSON)
    assert verdict.reason.params["runtime"] == "Transformers"


@pytest.mark.parametrize("fields", [{}, {"runtime": "our own engine"}, {"runtime_id": "tgi"}])
def test_a_runtime_nobody_knows_is_unknown(fields):
    verdict = runtime.judge(Need(purpose="learning"), CPU, candidate(**fields))
    assert (verdict.ruling, verdict.word.text) == (Ruling.UNKNOWN, "runtime not known")
    assert verdict.changes


def test_a_need_that_asks_nothing_of_a_runtime_is_unknown():
    assert judge("transformers").word.text == "nothing asked"


@pytest.mark.parametrize(
    ("weight_format", "ruling"),
    [("GGUF Q4_K_M", Ruling.FITS), ("safetensors", Ruling.DOES_NOT_FIT), ("homemade", Ruling.UNKNOWN)],
)
def test_the_weights_have_to_be_loadable(weight_format, ruling):
    model = Model(weight_format=weight_format)
    assert judge("llama_cpp", CPU, {"purpose": "edge"}, model=model).ruling is ruling


def test_an_api_leaves_open_what_only_its_provider_can_say():
    verdict = judge("", route("cloud_api"), {"structured_output": "json_schema"})
    assert (verdict.ruling, verdict.reason.code) == (Ruling.UNKNOWN, "runtime.shape_open")
    assert judge("", route("cloud_api"), {"needs_service": True}).ruling is Ruling.FITS


@pytest.mark.parametrize(
    ("runtime_id", "code"),
    [
        ("vllm", "runtime.lora_yes"),
        ("sglang", "runtime.lora_yes"),
        ("llama_cpp", "runtime.lora_yes"),
        ("transformers", "runtime.lora_open"),
        ("ollama", "runtime.lora_open"),
        ("lm_studio", "runtime.lora_open"),
    ],
)
def test_lora_is_asked_of_the_runtime(runtime_id, code):
    verdict = judge(runtime_id, GPU, {"needs_lora": True})
    assert code in [said.code for said in (verdict.reason, *verdict.details)]
    asked_nothing = judge(runtime_id, GPU, {"needs_lora": False})
    assert not any("lora" in said.code for said in (asked_nothing.reason, *asked_nothing.details))


@pytest.mark.parametrize(("runtime_id", "where"), [("vllm", "cloud_api"), ("cloud_api", "local_cpu")])
def test_runtime_and_route_speak_of_the_same_place(runtime_id, where):
    assert judge(runtime_id, route(where), {"needs_service": True}).ruling is Ruling.DOES_NOT_FIT


@given(
    need=st.builds(
        Need,
        purpose=st.none() | st.sampled_from(Purpose),
        needs_service=st.sampled_from([None, True, False]),
        needs_lora=st.sampled_from([None, True, False]),
        structured_output=st.none() | st.sampled_from(StructuredOutput),
        task_kinds=st.sets(st.sampled_from(TaskKind)).map(tuple),
    ),
    runtime_id=st.sampled_from(["vllm", "sglang"]),
    lacking=st.sets(st.sampled_from(["device", "vram_gib", "driver", "security"]), min_size=1),
)
def test_serving_never_fits_a_route_that_is_not_clear(need, runtime_id, lacking):
    known = {name: value for name, value in READY_GPU.items() if name not in lacking}
    verdict = runtime.judge(need, route("rented_gpu", **known), candidate(runtime_id=runtime_id))
    assert verdict.ruling is not Ruling.FITS
