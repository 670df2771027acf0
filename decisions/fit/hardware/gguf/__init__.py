"""GGUF files: what a header says, and what llama.cpp's mixes give each tensor."""
