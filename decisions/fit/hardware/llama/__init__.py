"""llama.cpp's memory, and that of Ollama and LM Studio, which run on it: a batch's graph laid out."""
