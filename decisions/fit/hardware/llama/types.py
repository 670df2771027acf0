"""What a graph of llama.cpp is built from: the batch it is reserved for, the family's style, its inputs."""

from dataclasses import dataclass, field

from decisions.fit.hardware.llama.tape import Shape, Tape

F16, I64 = 2, 8
TURN = 64


@dataclass(frozen=True, slots=True)
class Batch:
    """The batch a graph is reserved for: `tokens` over `sequences`, in `streams` separate caches of `cells`
    (`window_cells` in layers with a window); `outputs` of the tokens get logits. Quantized keys and
    values are turned before they are stored, and those kept in 32 bits (`wide_keys`, `wide_values`) are
    copied into 16 for flash attention; `value_width` is the widest layer's values, all heads together."""

    tokens: int
    sequences: int
    streams: int
    cells: int
    window_cells: int
    outputs: int
    flash: bool
    turns_keys: bool = False
    turns_values: bool = False
    value_width: int = 0
    wide_keys: bool = False
    wide_values: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How a family's graph differs from Llama's; the families are in families.py."""

    layer_norm: bool = False  # LayerNorm, which does not work in place
    fused_qkv: bool = False  # one matrix for queries, keys and values
    fused_up: bool = False  # one matrix for the gate and the up projection
    pre_norm: bool = True
    post_norm: bool = False
    parallel: bool = False  # feed-forward beside attention, from the same norm
    keeps: str = (
        ""  # outputs are picked after the last layer, whose "hidden" or "norm" is kept for all tokens
    )
    soft_cap: bool = False  # scores are capped, which flash attention does inside
    value_norm: bool = False
    wide_norm: bool = False  # one norm over all heads
    rope: str = "all"  # "no", "window" (layers with one, if any has), "three of four"
    scaled_query: bool = False  # layers without rotary embedding scale their queries instead
    gate_apart: bool = False
    residual_first: str = (
        ""  # which sums work in the residual's place: "both", "last", "early", "after" (of three)
    )
    router: str = "softmax"  # "sigmoid", "late_softmax" (of the chosen ones only)
    normalised: bool = True
    scaled: bool = False
    selection_bias: bool = False
    groups: int = 0
    weigh_first: bool = False  # Llama 4: inputs of the experts are weighed, not their outputs
    fused_experts: bool = False
    squared: bool = False  # feed-forward parts without a gate square their activation
    early_norm: bool = False  # a layer's norm is on the tape before anything else of it
    sums_first: bool = False  # outputs are picked after attention was added, not before
    own_norms: bool = False  # each mixer of a layer takes a norm of its own
    sparse_gate: bool = False
    layer_embeddings: bool = False
    deepstack: int = 0  # so many layers add a slice of a wider embedding (Qwen3-VL)
    position_rows: int = 1
    expands: bool = False  # latent attention caches every head (MiniCPM3)
    learned_positions: bool = False  # looked up and added to the first hidden values
    silu_gate: bool = False  # the shared expert's gate is a quotient (Qwen2-MoE)
    early_post_norm: bool = False  # outputs are picked after the norm behind attention
    makes_norms: bool = False  # norms of queries and keys that no checkpoint has (Muse)
    second_norm: bool = False  # attention takes a norm of its own (Falcon 40B)
    joined_delta: bool = False  # one matrix for two small projections of linear attention
    embedding_norm: bool = False
    scaled_head: bool = False  # the last hidden values are scaled before the logits


@dataclass(slots=True)
class Inputs:
    """What the graph reads beside tokens."""

    tape: Tape
    batch: Batch
    position_rows: int = 1
    best: int | None = None  # rows the last sparse indexer chose
    wide_mask: int | None = None  # of MiniMax-M3, in 32 bits
    _made: dict[str, int] = field(default_factory=dict)

    def get(self, name: str, *factors: int) -> int:
        if name not in self._made:
            self._made[name] = self.tape.input(*factors)
        return self._made[name]

    def positions(self) -> int:
        return self.get("positions", 4, self.batch.tokens, self.position_rows)

    def outputs(self) -> int:
        self.tape.picks = self.get("outputs", 4, self.batch.outputs)
        return self.tape.picks

    def mask(self, window: bool) -> int:
        cells = self.batch.window_cells if window else self.batch.cells
        width = F16 if self.batch.flash else 4
        return self.get(f"mask {window}", width, cells, self.batch.tokens)

    def key_rows(self, window: bool) -> int:
        return self.get(f"key rows {window}", I64, self.batch.tokens)

    def value_rows(self, window: bool) -> int:
        """One row per token, without flash attention one per element: values are stored turned."""
        each = 1 if self.batch.flash else self.batch.value_width
        return self.get(f"value rows {window}", I64, self.batch.tokens, each)

    def rotation(self, kind: str, width: int, window: bool) -> int:
        return self.get(f"{kind} rotation {window}", 4, width, width)

    def state_rows(self) -> int:
        return self.get("state rows", 4, self.batch.sequences)


def norm(tape: Tape, source: int, shape: Shape, style: Style, *, weight: bool = True) -> int:
    value = tape.make(shape, source, in_place=not style.layer_norm)
    return tape.make(shape, value, in_place=True) if weight else value
