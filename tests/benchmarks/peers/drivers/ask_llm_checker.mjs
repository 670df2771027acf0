// llm-checker: bytes per parameter and a rule of thumb for the cache; its numbers are read as GiB, as it
// compares them with memory in GiB. Measured only: nothing of it is here.
import {createInterface} from "node:readline";
import {createRequire} from "node:module";

const require = createRequire(process.cwd() + "/");
const Selector = require("llm-checker/src/models/deterministic-selector.js");
const selector = new (Selector.DeterministicModelSelector ?? Selector.default ?? Selector)();
const GIB = 2 ** 30;
const SIXTEEN = [undefined, null, "", "f16", "bf16"];

function answer(question) {
    if (!question.gguf || question.quant === "F16") throw new Error("no such weights");
    const paramsB = question.parameters / 1e9;
    const model = {name: question.repo, paramsB, totalParamsB: paramsB};
    const tokens = (question.context ?? 4096) * (question.kv_unified ? 1 : question.parallel ?? 1);
    const found = selector.estimateMemoryBreakdown(model, question.quant, tokens);
    const weights = found.modelMemGB * GIB;
    if (!SIXTEEN.includes(question.kv_dtype)) return {weights};
    return {
        weights,
        kv: found.kvCacheGB * GIB,
        compute: found.runtimeOverheadGB * GIB,
        total: found.requiredGB * GIB
    };
}

console.log(JSON.stringify({ready: true}));
for await (const line of createInterface({input: process.stdin})) {
    try {
        console.log(JSON.stringify(answer(JSON.parse(line))));
    } catch (problem) {
        console.log(JSON.stringify({error: String(problem).slice(0, 300)}));
    }
}
process.exit(0);
