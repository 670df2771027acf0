# ruff: noqa: E501 - lines of logs are as long as they are
"""Lines of real start-up logs, as short as they still mean something, each with where it was published."""

TRUE_LLAMA_CPP = """\
llama_model_loader: loaded meta data with 11 key-value pairs and 39 tensors from /models/llama8b.gguf (version GGUF V3 (latest))
print_info: file type   = (guessed) F16
print_info: file size   = 3.58 GiB (16.00 BPW)
print_info: arch                  = llama
print_info: n_ctx_train           = 131072
print_info: n_layer               = 4
print_info: model params          = 1.92 B
print_info: general.name          = n/a
done_getting_tensors: tensor 'token_embd.weight' (f16) (and 38 others) cannot be used with preferred buffer type CPU_REPACK, using CPU instead
load_tensors:          CPU model buffer size =  3668.14 MiB
llama_context: constructing llama_context
llama_context: n_seq_max             = 2
llama_context: n_ctx                 = 8192
llama_context: n_ctx_seq             = 4096
llama_context: n_batch               = 2048
llama_context: n_ubatch              = 512
llama_context: flash_attn            = enabled
llama_context: kv_unified            = false
llama_context:        CPU  output buffer size =     0.98 MiB
llama_kv_cache:        CPU KV buffer size =   128.00 MiB
llama_kv_cache: size =  128.00 MiB (  4096 cells,   4 layers,  2/2 seqs), K (f16):   64.00 MiB, V (f16):   64.00 MiB
sched_reserve:        CPU compute buffer size =   266.50 MiB
sched_reserve: graph: nodes = 138, splits = 1, input objects = 4, input tensors = 6
"""
"""llama.cpp v0.5.0 on a CPU (node-llama-cpp 3.22.1), four layers of an 8B model with holes for weights, run on
2026-11-28."""

TWO_GPUS_AND_A_HYBRID = """\
0.00.100.000 I llama_model_loader: loaded meta data with 40 key-value pairs and 427 tensors from q.gguf (version GGUF V3 (latest))
0.02.545.826 I common_params_fit_impl: projected to use 5856 MiB of device memory vs. 5173 MiB of free device memory
0.15.878.570 I load_tensors:   CPU_Mapped model buffer size =   545.62 MiB
0.15.878.571 I load_tensors: CPU_REPACK model buffer size =   300.00 MiB
0.15.878.571 I load_tensors:      Vulkan0 model buffer size =  1740.50 MiB
0.15.878.572 I load_tensors:      Vulkan1 model buffer size =  3393.11 MiB
0.27.302.180 I llama_kv_cache:    Vulkan0 KV buffer size =    96.00 MiB
0.27.302.186 I llama_kv_cache:    Vulkan1 KV buffer size =   160.00 MiB
0.27.840.250 I llama_memory_recurrent:    Vulkan1 RS buffer size =    50.25 MiB
0.27.840.260 I llama_memory_recurrent: size =   50.25 MiB (     1 cells,  32 layers,  1 seqs  0 rs_seq), R (f32):    2.25 MiB, S (f32):   48.00 MiB
0.29.349.240 I sched_reserve:    Vulkan1 compute buffer size =   712.00 MiB
0.29.349.248 I sched_reserve:    Vulkan1 compute buffer size =   498.00 MiB
0.29.349.249 I sched_reserve: Vulkan_Host compute buffer size =    24.02 MiB
"""
"""After a benchmark log of Qwen3.5-9B on an RTX 3060 Laptop and a second GPU, build of 2026; the second line for
one device replaces the first."""

SLIDING = """\
llama_model_loader: loaded meta data with 30 key-value pairs
print_info: file size   = 11.27 GiB (4.63 BPW)
load_tensors: Metal_Mapped model buffer size = 11536.18 MiB
llama_kv_cache_iswa: creating non-SWA KV cache, size = 131072 cells
llama_kv_cache:      Metal KV buffer size =  3072.00 MiB
llama_kv_cache: size = 3072.00 MiB (131072 cells,  12 layers,  1/1 seqs), K (f16): 1536.00 MiB, V (f16): 1536.00 MiB
llama_kv_cache_iswa: creating     SWA KV cache, size = 2304 cells
llama_kv_cache:      Metal KV buffer size =    54.00 MiB
llama_kv_cache: size =   54.00 MiB (  2304 cells,  12 layers,  1/1 seqs), K (f16):   27.00 MiB, V (f16):   27.00 MiB
llama_context:      Metal compute buffer size =  1672.08 MiB
llama_context:        CPU compute buffer size =   264.02 MiB
"""
"""After a llama-cli log of gpt-oss-20b on an Apple M5, 2025."""

OLD_LLAMA_CPP = """\
llm_load_print_meta: model size       = 357.623 GiB (4.578 BPW)
llm_load_print_meta: general.name     = DeepSeek V3 0324
llama_new_context_with_model: n_ctx      = 32768
llama_new_context_with_model: n_ubatch   = 512
llama_new_context_with_model: flash_attn = 1
llama_new_context_with_model: KV self size  = 2196.00 MiB, c^KV (f16): 2196.00 MiB, kv^T: not used
llama_new_context_with_model:      CUDA0 compute buffer size =  3393.00 MiB
"""
"""ikawrakow/ik_llama.cpp discussions/258."""

BREAKDOWN = """\
load_tensors:   CPU_Mapped model buffer size =  1623.67 MiB
llama_memory_breakdown_print: | memory breakdown [MiB]  | total   free    self   model   context   compute    unaccounted |
llama_memory_breakdown_print: |   - CUDA0 (RTX 4090)    | 24080 = 4112 + (19187 = 18170 +     500 +     517) +         780 |
llama_memory_breakdown_print: |   - Host                |                 2964 =  1623 +     832 +     509                |
"""
"""The Host row: a llama-server log of gemma-2-2b-it on a CPU."""

OLLAMA = """\
time=2026-04-09T23:30:01.000-07:00 level=INFO source=routes.go:1300 msg="Listening on 127.0.0.1:11434 (version 0.20.3)"
time=2026-04-09T23:30:10.000-07:00 level=INFO source=server.go:400 msg="starting runner" cmd="/usr/bin/ollama runner --ollama-engine --model /blobs/sha256-a3de --port 40737"
time=2026-04-09T23:30:11.000-07:00 level=INFO source=runner.go:1222 msg=load request="{Operation:fit LoraPath:[] Parallel:1 BatchSize:512 FlashAttention:Enabled KvSize:262144 KvCacheType: NumThreads:4}"
time=2026-04-09T23:30:12.000-07:00 level=INFO source=device.go:240 msg="model weights" device=CUDA0 size="48.2 GiB"
time=2026-04-09T23:30:17.630-07:00 level=INFO source=runner.go:1222 msg=load request="{Operation:commit LoraPath:[] Parallel:1 BatchSize:512 FlashAttention:Enabled KvSize:32768 KvCacheType:q8_0 NumThreads:4}"
time=2026-04-09T23:30:17.630-07:00 level=INFO source=ggml.go:494 msg="offloaded 20/49 layers to GPU"
time=2026-04-09T23:30:17.630-07:00 level=INFO source=device.go:240 msg="model weights" device=CUDA0 size="19.9 GiB"
time=2026-04-09T23:30:17.631-07:00 level=INFO source=device.go:245 msg="model weights" device=CPU size="28.3 GiB"
time=2026-04-09T23:30:17.631-07:00 level=INFO source=device.go:251 msg="kv cache" device=CUDA0 size="1.1 GiB"
time=2026-04-09T23:30:17.631-07:00 level=INFO source=device.go:256 msg="kv cache" device=CPU size="1.5 GiB"
time=2026-04-09T23:30:17.631-07:00 level=INFO source=device.go:262 msg="compute graph" device=CUDA0 size="884.1 MiB"
time=2026-04-09T23:30:17.631-07:00 level=INFO source=device.go:267 msg="compute graph" device=CPU size="270.6 MiB"
time=2026-04-09T23:30:17.631-07:00 level=INFO source=device.go:272 msg="total memory" size="51.9 GiB"
time=2026-04-09T23:30:29.000-07:00 level=INFO source=server.go:1388 msg="llama runner started in 12.34 seconds"
"""
"""The accounts: a log of qwen3-coder-next in a public repository, 2026-04-09; the lines around it after
ollama/ollama issues/15930."""

OLLAMA_WITH_LLAMA_CPP = """\
Sep 04 14:24:50 FORGE ollama[1461072]: time=2024-09-04T14:24:50.0Z level=INFO source=server.go:391 msg="starting llama server" cmd="/tmp/ollama_llama_server --model /blobs/sha256-8934 --ctx-size 8192 --batch-size 512 --parallel 4"
Sep 04 14:24:52 FORGE ollama[1461072]: time=2024-09-04T14:24:52.0Z level=INFO source=device.go:240 msg="model weights" device=CUDA0 size="4.1 GiB"
Sep 04 14:24:56 FORGE ollama[1461072]: llm_load_print_meta: model size       = 4.33 GiB (4.64 BPW)
Sep 04 14:24:56 FORGE ollama[1461072]: llm_load_tensors:        CPU buffer size =   281.81 MiB
Sep 04 14:24:56 FORGE ollama[1461072]: llm_load_tensors:      CUDA0 buffer size =  4156.00 MiB
Sep 04 14:24:58 FORGE ollama[1461072]: llama_kv_cache_init:      CUDA0 KV buffer size =  1024.00 MiB
"""
"""After ollama/ollama issues/6637."""

VLLM = """\
INFO 10-06 12:00:00 [api_server.py:1880] vLLM API server version 0.31.0
(EngineCore_DP0 pid=212) INFO 10-06 12:00:01 [core.py:77] Initializing a V1 LLM engine (v0.31.0) with config: model='Qwen/Qwen3-30B-A3B', speculative_config=None, tokenizer='x', dtype=torch.bfloat16, max_seq_len=40960, tensor_parallel_size=2, quantization=None, kv_cache_dtype=auto, seed=0
(Worker_TP0 pid=447) INFO 10-06 12:00:09 [gpu_model_runner.py:2370] Model loading took 28.4643 GiB and 5.31 seconds
(Worker_TP1 pid=448) INFO 10-06 12:00:09 [gpu_model_runner.py:2370] Model loading took 28.4643 GiB and 5.30 seconds
(Worker_TP0 pid=447) INFO 10-06 12:00:22 [gpu_model_runner.py:6806] Estimated CUDA graph memory: 0.36 GiB total
(Worker_TP0 pid=447) INFO 10-06 12:00:31 [gpu_worker.py:298] Available KV cache memory: 6.87 GiB
(Worker_TP1 pid=448) INFO 10-06 12:00:31 [gpu_worker.py:298] Available KV cache memory: 6.87 GiB
(EngineCore_DP0 pid=212) INFO 10-06 12:00:31 [kv_cache_utils.py:1087] GPU KV cache size: 150,048 tokens
(EngineCore_DP0 pid=212) INFO 10-06 12:00:31 [kv_cache_utils.py:1091] Maximum concurrency for 40,960 tokens per request: 3.66x
(Worker_TP0 pid=447) INFO 10-06 12:00:40 [gpu_model_runner.py:3480] Graph capturing finished in 8 secs, took 0.31 GiB
(Worker_TP0 pid=447) INFO 10-06 12:00:40 [gpu_worker.py:621] CUDA graph pool memory: 0.11 GiB (actual), 0.14 GiB (estimated), difference: 0.03 GiB (25.0%).
INFO:     Application startup complete.
"""
"""Lines of vLLM 0.27 to 0.31: gpustack/runner pull/251, ai-dynamo/dynamo issues/4087, aivrar/vllm-windows-build
issues/4."""

OLD_VLLM = """\
INFO 12-13 19:54:18 worker.py:243] model weights take   14.96GiB
INFO 12-13 19:54:18 worker.py:243] PyTorch activation peak memory       1.26GiB
INFO 12-13 19:54:18 worker.py:243] the current vLLM instance can use    71.29GiB
INFO 10-25 14:37:19 model_runner.py:255] Loading model weights took 14.2409 GB
INFO 10-25 14:37:19 gpu_executor.py:84] # GPU blocks: 5136, # CPU blocks: 4681
"""
"""vllm-project/vllm pull/10511, and a notebook with vLLM 0.5.1."""

ASCEND = """\
(EngineCore pid=2884597) INFO 04-15 06:30:01 [worker.py:575] Free memory on device (60.86/61.27 GiB) on startup. Desired GPU memory utilization is (0.9, 55.14 GiB). Actual usage: 1.14 GiB for weights, 0.22 GiB for peak activation, 0.13 GiB for non-torch memory, 0.04 GiB for NPU graph memory.
"""
"""vllm-project/vllm-ascend pull/8289."""

SGLANG = """\
[2025-12-28 10:40:00] server_args=ServerArgs(model_path='Qwen/Qwen3-30B-A3B', tokenizer_path='x', tp_size=2, mem_fraction_static=0.86, context_length=None, kv_cache_dtype='auto')
[2025-12-28 10:40:05 TP0] Load weight begin. avail mem=78.50 GB
[2025-12-28 10:40:08 TP0] Load weight end. elapsed=23.18 s, type=Qwen3MoeForCausalLM, dtype=torch.bfloat16, avail mem=49.70 GB, mem usage=28.79 GB.
[2025-12-28 10:40:08 TP1] Load weight end. elapsed=23.18 s, type=Qwen3MoeForCausalLM, dtype=torch.bfloat16, avail mem=49.70 GB, mem usage=28.79 GB.
[2025-12-28 10:40:09 TP0] KV Cache is allocated. dtype: torch.bfloat16, #tokens: 330323, K size: 10.08 GB, V size: 10.08 GB
[2025-12-28 10:40:09 TP1] KV Cache is allocated. dtype: torch.bfloat16, #tokens: 330323, K size: 10.08 GB, V size: 10.08 GB
[2025-12-28 10:40:09 TP0] Memory pool end. avail mem=12.68 GB
[2025-12-28 10:40:19 TP0] Capture cuda graph end. Time elapsed: 8.20 s. mem usage=1.51 GB. avail mem=10.30 GB.
[2025-12-28 10:40:20 TP0] max_total_num_tokens=330323, chunked_prefill_size=8192, max_prefill_tokens=16384, max_running_requests=2048, context_len=40960, available_gpu_mem=10.30 GB
[2025-12-28 10:40:22] The server is fired up and ready to roll!
"""
"""After sgl-project/sglang pull/15909 and pull/27537; amounts of an H100 log of Qwen3.8-27B-FP8."""

SGLANG_HYBRID = """\
Load weight end. elapsed=429.52 s, type=Qwen3_5ForConditionalGeneration, quant=fp8, fmt=e4m3, avail mem=50.01 GB, mem usage=28.47 GB.
Mamba Cache is allocated. max_mamba_cache_size: 124, conv_state size: 0.34GB, ssm_state size: 17.58GB
KV Cache is allocated. #tokens: 383872, KV size: 19.36 GB
"""
"""An H100 log of Qwen3.8-27B-FP8, and an Ascend guide of GLM-4.7-Flash for the last line."""

LM_STUDIO = """\
2025-01-21 18:57:04 [DEBUG]
llama_model_loader: loaded meta data with 38 key-value pairs and 434 tensors from m.gguf (version GGUF V3 (latest))
2025-01-21 18:57:04 [DEBUG]
llm_load_print_meta: model size       = 1.80 GiB (5.01 BPW)
llm_load_tensors:   CPU_Mapped model buffer size =  1840.51 MiB
2025-01-21 18:57:05 [DEBUG]
llama_new_context_with_model: n_ctx         = 4096
llama_kv_cache_init:        CPU KV buffer size =   144.00 MiB
"""
"""After lmstudio-ai/lmstudio-bug-tracker issues/340."""

HYBRID_WITH_A_DRAFT = """\
0.00.081.251 I srv  llama_server: n_parallel is set to auto, using n_parallel = 4 and kv_unified = true
0.03.028.811 I load_tensors: offloaded 66/66 layers to GPU
0.03.028.816 I load_tensors:   CPU_Mapped model buffer size =   682.03 MiB
0.03.028.817 I load_tensors:      Vulkan0 model buffer size = 15009.20 MiB
0.06.588.132 I llama_context: n_ctx         = 8192
0.06.588.133 I llama_context: kv_unified    = true
0.06.589.823 I llama_context: Vulkan_Host  output buffer size =     3.79 MiB
0.06.599.084 I llama_kv_cache:    Vulkan0 KV buffer size =   512.00 MiB
0.06.683.016 I llama_memory_recurrent:    Vulkan0 RS buffer size =  1795.50 MiB
0.06.767.179 I sched_reserve:    Vulkan0 compute buffer size =   568.53 MiB
0.06.852.461 I srv    load_model: creating MTP draft context against the target model 'qwen3.8-27b-ud-q4km.gguf'
0.06.852.524 I llama_context: n_ctx         = 8192
0.06.857.946 I llama_kv_cache:    Vulkan0 KV buffer size =    32.00 MiB
0.10.113.635 I sched_reserve:    Vulkan0 compute buffer size =   130.02 MiB
"""
"""llama-server b9849 on an RTX 3090, from benchmarks of a model with a head that drafts (public GitHub files,
exact-string index ids 67581739375 and 67641345854)."""

REHEARSED = """\
0.00.228.843 I llama_context:        CPU  output buffer size =     0.95 MiB
0.00.229.440 I llama_kv_cache:       MTL0 KV buffer size =     0.00 MiB
0.00.261.992 I llama_memory_recurrent:       MTL0 RS buffer size =   351.75 MiB
0.00.271.444 I sched_reserve:       MTL0 compute buffer size =   501.00 MiB
0.00.271.562 I common_memory_breakdown_print: |   - MTL0 (Apple M4 Pro) | 16384 = 16031 + (8323 =  5294 +    2527 +     501) +       -7971 |
0.00.271.564 I common_memory_breakdown_print: |   - Host                |                  1090 =   545 +       0 +     544                |
"""
"""The rehearsal of a llama-server on an Apple M4 Pro (public GitHub file, exact-string index id 61067584628)."""

OLLAMA_IN_FIGURES_OF_LLAMA_SERVER = """\
Jun 05 09:22:24 LLM-T01-Server ollama[2062701]: common_memory_breakdown_print: |   - CUDA0 (V100-SXM2-32GB) | 32501 = 32192 + (15708 = 12067 +    2516 +    1124) +      -15399 |
Jun 05 09:22:24 LLM-T01-Server ollama[2062701]: common_memory_breakdown_print: |   - Host                   |                   1567 =  1020 +       0 +     547                |
Jun 05 09:22:25 LLM-T01-Server ollama[2062701]: common_fit_params: successfully fit params to free device memory
"""
"""Ollama 0.30.5, ollama/ollama issues/16533."""
