"""The tools that are asked, by package and version, and those that are not, with the reason."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Tool:
    """A tool, its package, the driver that asks it and what else it needs to start.

    `heavy` tools bring gigabytes of libraries and are asked only with `--heavy`.
    """

    name: str
    version: str
    driver: str
    registry: Literal["PyPI", "npm"] = "PyPI"
    more: tuple[str, ...] = ()
    heavy: bool = False
    note: str = ""

    @property
    def title(self) -> str:
        return f"{self.name} {self.version}"


TOOLS = (
    Tool(
        "node-llama-cpp",
        "3.22.1",
        "ask_node_llama_cpp.mjs",
        "npm",
        ("@node-llama-cpp/linux-x64@3.22.1",),
        note="has the engine itself reckon, with nothing allocated; says one sum of cache and buffers",
    ),
    Tool("hf-mem", "0.5.6", "ask_hf_mem.py", note="reads headers; no overhead"),
    Tool("hfit", "0.1.1", "ask_hfit.py", note="sizes of files; caches in 16 bits"),
    Tool("llmfit", "1.1.17", "ask_llmfit.py", note="its own catalogue; bits per weight"),
    Tool(
        "ggufit", "0.3.0", "ask_ggufit.py", note="catalogue and Hub; bits per weight; licensed for use only"
    ),
    Tool(
        "llm-checker",
        "3.8.1",
        "ask_llm_checker.mjs",
        "npm",
        note="bits per weight; a rule of thumb for caches",
    ),
    Tool(
        "whichllm",
        "0.5.21",
        "ask_whichllm.py",
        note="its functions: its command does not start with today's typer",
    ),
    Tool("modelinfo-cli", "1.4.4", "ask_modelinfo.py", note="reads headers"),
    Tool("ridgepoint", "0.1.2", "ask_ridgepoint.py", note="vLLM, SGLang, llama.cpp; bits per weight"),
    Tool("kvfit", "0.3.0", "ask_kvfit.py", note="sizes of files; caches of families it knows; no overhead"),
    Tool("vramscout", "0.7.0", "ask_vramscout.py", note="checkpoints; no GGUF mixes"),
    Tool(
        "vllm-wizard", "0.2.0", "ask_vllm_wizard.py", note="vLLM; its cache has 15 % of fragmentation in it"
    ),
    Tool("vramcalc", "0.1.2", "ask_vramcalc.py", note="Llama-like models in 16 bits"),
    Tool("llm-sizer", "0.1.0", "ask_llm_sizer.py", note="a list of a dozen models"),
    Tool(
        "accelerate",
        "1.15.0",
        "ask_accelerate.py",
        more=("torch==2.14.1", "transformers==5.24.0"),
        heavy=True,
        note="estimate-memory; weights in 16 bits",
    ),
)

NOT_ASKED = (
    (
        "hf-vram-calc 1.0.9",
        "5.7 GB; builds each model's class, seconds to minutes a question, and hangs on some",
    ),
    (
        "aiconfigurator 0.12.0",
        "851 MB; says one total per data-centre card, and no log here has one to compare",
    ),
    ("gguf-parser-go 0.28.1", "a Go module: neither PyPI nor npm nor Debian has it, in source or built"),
    ("llm-mem-planner 0.2.2", "takes configurations with a compressed query alone (DeepSeek-V3.2)"),
    ("llm-resource-planner 0.2.0", "takes a name alone: no context, no quantization"),
    ("gpu-memory-guard 0.1.1", "compares a size that one gives it with the memory of this machine"),
)
