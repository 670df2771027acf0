// node-llama-cpp: what `inspect estimate` prints; since 3.22 it asks the engine itself, with nothing allocated.
import {createInterface} from "node:readline";
import {createRequire} from "node:module";
import {pathToFileURL} from "node:url";

const require = createRequire(process.cwd() + "/");
const {getLlama, readGgufFileInfo, GgufInsights, GgmlType} =
    await import(pathToFileURL(require.resolve("node-llama-cpp")).href);
const llama = await getLlama({gpu: false, build: "never", logLevel: "disabled"});
const files = new Map();

async function answer(question) {
    if (!question.gguf) throw new Error("no GGUF file");
    let insights = files.get(question.gguf);
    if (insights == null) {
        insights = await GgufInsights.from(await readGgufFileInfo(question.gguf), llama);
        files.clear();
        files.set(question.gguf, insights);
    }
    const type = GgmlType[(question.kv_dtype || "f16").toUpperCase()];
    const model = await insights.estimateModelResourceRequirementsV2({gpuLayers: 0, useMmap: true});
    const context = await insights.estimateContextResourceRequirementsV2({
        contextSize: question.context ?? 4096,
        modelGpuLayers: 0,
        batchSize: question.ubatch ?? 512,
        sequences: question.parallel ?? 1,
        flashAttention: question.flash_attn ?? true,
        swaFullCache: question.swa_full ?? false,
        kvCacheKeyType: type,
        kvCacheValueType: type,
        useMmap: true
    });
    const weights = model.cpuRam + model.gpuVram;
    // it has no words for one cache of several sequences, nor for how many outputs a server keeps
    if (question.kv_unified || ![undefined, null, 2048].includes(question.n_outputs_max)) return {weights};
    return {weights, total: weights + context.cpuRam + context.gpuVram};
}

console.log(JSON.stringify({ready: true}));
for await (const line of createInterface({input: process.stdin})) {
    try {
        console.log(JSON.stringify(await answer(JSON.parse(line))));
    } catch (problem) {
        console.log(JSON.stringify({error: String(problem).slice(0, 300)}));
    }
}
process.exit(0);
