"""Asking llama.cpp itself, without a download: how figures that sizing is held against are made again.

A sparse GGUF has the true names, shapes and types of a model's tensors and holes where its weights would be:
a few megabytes on disk, whatever the model. The engine's own quantizer says in a dry run which type each
tensor of a mix gets; loading the file says what the engine repacks. Prepare once, anywhere outside of here:

    npm install --omit=optional node-llama-cpp@3.22.1 @node-llama-cpp/linux-x64@3.22.1

then, with the folder that holds `node_modules`:

    python -m tests.benchmarks.engine.ask FOLDER meta-llama/Llama-3.1-8B-Instruct Q4_K_M IQ4_XS
"""
