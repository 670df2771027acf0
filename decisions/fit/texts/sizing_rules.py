"""The rules of an estimate's lines, as the engine writes them and a record keeps them: in English.

Pages say them in the reader's language. A rule that is changed or added in the engine is added here, and the
one before it stays for records that have it; a test works out estimates of every kind and looks for each.
"""

from decisions.words import N_

CACHES = (
    N_("layers × caches × places × bytes each: KV heads × (key width + value width) × bytes per value"),
    N_(
        "layers × caches × places × bytes each: (latent rank + rotary width, or indexer width) × bytes per"
        " value"
    ),
    N_("layers × sequences × bytes each: (convolution + recurrence elements) × bytes per value"),
    N_("filling of the pool's groups"),
)
"""Rules of parts of a cache, which are joined by + where a model has several."""
ADDED = (N_("the mask in 32 bits"), N_("copies of inputs"))
"""What stands behind the + at the end of a rule where it comes on top."""
RULES = frozenset(
    {
        *CACHES,
        N_("Σ tensors: weights ÷ block weights × block bytes"),
        N_("Σ tensors: weights × bits ÷ 8 + groups × (scale + zero) bits ÷ 8"),
        N_("Σ tensors: values ÷ block values × block bytes"),
        N_("Σ tensors: end − begin"),
        N_("Σ tensors the processor reorders (Q4_0, Q4_K, IQ4_NL, MXFP4 with AVX2)"),
        N_("parameters of vision and audio parts × 2"),
        N_("2 × rank × Σ (row + rows) of matrices in attention and dense feed-forward parts × adapters"),
        N_(
            "peak of the values alive at once in the graph of one batch: hidden rows, queries, keys, scores"
            " or masks (tokens × cells), feed-forward rows, logits (outputs × vocabulary × 4)"
        ),
        N_(
            "peak of the values alive at once in the graph of one batch, and the holes between them: hidden"
            " rows, queries, keys, scores or masks (tokens × cells), feed-forward rows, logits (outputs ×"
            " vocabulary × 4)"
        ),
        N_("tokens × hidden × 8 + tokens × cells × 2 (4 without flash attention)"),
        N_("vocabulary × 4 × sequences"),
        N_("(vocabulary + hidden) × 4 × sequences"),
        N_(
            "max(tokens × 2 × (2 × hidden + widest layer), tokens × 2 × hidden + vocabulary × max(sequences ×"
            " 10, min(sequences, 256) × 38.5))"
        ),
        N_("max(tokens × 2 × (2 × hidden + widest layer), sequences × vocabulary × 6)"),
        N_("tokens × sequences × 2 × (2 × hidden + widest layer) + sequences × vocabulary × 6"),
        N_("layers × 14 MiB × devices"),
        N_("a usual amount per GPU × devices"),
        N_("as stated, on each device × devices: taken off what there is"),
        N_("the file is mapped: its bytes + the processor's second copy; pages may be dropped"),
        N_(
            "the file is read through a buffer: what stays with the processor + 64 MiB where a GPU takes the"
            " rest"
        ),
        N_("files are mapped one after another, tensor by tensor: min(5 GB, the largest file; all weights)"),
        N_("as the engine's own log states it"),
    }
)
