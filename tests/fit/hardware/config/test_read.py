"""Well-known configurations become the shapes they describe."""

from decisions.fit.hardware.architecture import Attention, Dense
from decisions.fit.hardware.config import read_config

LLAMA = {
    "model_type": "llama",
    "hidden_size": 4096,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "intermediate_size": 14336,
    "vocab_size": 128256,
    "max_position_embeddings": 131072,
}


def test_a_plain_decoder():
    found = read_config(LLAMA)
    assert (found.model_type, found.wrapper, found.unknown) == ("llama", "", ())
    assert (found.hidden, found.vocabulary, len(found.layers), found.tied) == (4096, 128256, 32, False)
    assert len(set(found.layers)) == 1
    assert found.layers[0].mixers == (Attention(heads=32, kv_heads=8, key_dim=128, value_dim=128),)
    assert found.layers[0].feed_forward == Dense(14336)
    assert found.max_context_tokens == 131072
