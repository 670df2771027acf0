"""Which engines are read, in which version, and which of their options a table keeps.

A table keeps what our commands use and what somebody is likely to add by hand: enough to check a command,
small enough to ship.
"""

from dataclasses import dataclass

LLAMA_CPP = "https://github.com/ggml-org/llama.cpp"


@dataclass(frozen=True)
class Engine:
    """A package with an option parser. `arguments` is how many words the command takes beside options."""

    runtime: str
    package: str
    version: str
    command: str
    where: str
    arguments: int
    flags: frozenset[str]


ENGINES = (
    Engine(
        runtime="vllm",
        package="vllm",
        version="0.33.0",
        command="vllm serve",
        where="parser of vllm.entrypoints.common.cli_args",
        arguments=1,
        flags=frozenset(
            {
                *("--host", "--port", "--api-key", "--served-model-name", "--revision", "--code-revision"),
                *("--tokenizer-revision", "--tokenizer", "--trust-remote-code", "--dtype", "--quantization"),
                *("--load-format", "--max-model-len", "--max-num-seqs", "--max-num-batched-tokens"),
                *("--tensor-parallel-size", "--pipeline-parallel-size", "--gpu-memory-utilization"),
                *("--kv-cache-dtype", "--cpu-offload-gb", "--enforce-eager", "--enable-lora"),
                *("--lora-modules", "--max-lora-rank", "--enable-auto-tool-choice", "--tool-call-parser"),
                *(
                    "--limit-mm-per-prompt",
                    "--structured-outputs-config",
                    "--max-loras",
                    "--speculative-config",
                ),
            }
        ),
    ),
    Engine(
        runtime="sglang",
        package="sglang",
        version="0.5.23",
        command="sglang serve",
        where="parser of sglang.srt.server_args",
        arguments=0,
        flags=frozenset(
            {
                *("--model-path", "--host", "--port", "--api-key", "--served-model-name", "--revision"),
                *("--trust-remote-code", "--dtype", "--quantization", "--load-format", "--context-length"),
                *("--max-running-requests", "--chunked-prefill-size", "--tp-size", "--mem-fraction-static"),
                *("--kv-cache-dtype", "--cpu-offload-gb", "--enable-lora", "--lora-paths"),
                *("--max-lora-rank", "--tool-call-parser", "--grammar-backend", "--disable-cuda-graph"),
                *("--lora-target-modules", "--max-loras-per-batch", "--speculative-algorithm"),
                "--speculative-draft-model-path",
            }
        ),
    ),
    Engine(
        runtime="transformers",
        package="transformers",
        version="5.23.0",
        command="transformers serve",
        where="parser of transformers.cli.serve",
        arguments=1,
        flags=frozenset(
            {
                *("--host", "--port", "--device", "--dtype", "--quantization", "--continuous-batching"),
                *("--attn-implementation", "--trust-remote-code", "--cb-block-size", "--cb-num-blocks"),
                *("--cb-max-batch-tokens", "--cb-max-memory-percent", "--model-timeout"),
            }
        ),
    ),
)
LLAMA_FLAGS = frozenset(
    {
        *("--model", "--model-url", "--hf-repo", "--hf-file", "--hf-token", "--ctx-size", "--parallel"),
        *("--gpu-layers", "--cache-type-k", "--cache-type-v", "--flash-attn", "--batch-size"),
        *("--ubatch-size", "--kv-unified", "--swa-full", "--split-mode", "--tensor-split", "--lora"),
        *("--mmproj", "--mmproj-url", "--jinja", "--host", "--port", "--alias", "--api-key", "--fit"),
        *("--threads", "--offline", "--no-mmproj", "--model-draft", "--hf-repo-draft", "--spec-type"),
    }
)
