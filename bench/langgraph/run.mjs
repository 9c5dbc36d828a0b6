// One durable run = one thread of a graph of four stub nodes, checkpointed in SQLite after each step.
// usage: node run.mjs FILE RUNS [CONCURRENCY]; prints one JSON line.
import { Annotation, END, START, StateGraph } from "@langchain/langgraph";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import Database from "better-sqlite3";

const [file, runs, concurrency] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4] ?? 1)];
const db = new Database(file);
db.pragma("journal_mode = WAL");
// A finished step is on the disk, as it is in Baton.
db.pragma("synchronous = FULL");
const saver = new SqliteSaver(db);

const State = Annotation.Root({
  text: Annotation(),
  intent: Annotation(),
  tone: Annotation(),
  route: Annotation(),
  reply: Annotation(),
});

const graph = new StateGraph(State)
  .addNode("triage", () => ({ intent: "order_status" }))
  .addNode("mood", () => ({ tone: "neutral" }))
  .addNode("decide", (state) => ({ route: state.tone === "neutral" ? "auto" : "l1" }))
  .addNode("answer", (state) => ({ reply: `about ${state.intent}: ${state.text.length} characters` }))
  .addEdge(START, "triage")
  .addEdge("triage", "mood")
  .addEdge("mood", "decide")
  .addEdge("decide", "answer")
  .addEdge("answer", END)
  .compile({ checkpointer: saver });

async function batch(from, to) {
  for (let at = from; at < to; at += concurrency) {
    const group = [];
    for (let i = at; i < Math.min(to, at + concurrency); i++) {
      group.push(graph.invoke({ text: `ticket ${i}: where is my order?` }, { configurable: { thread_id: `t-${i}` } }));
    }
    for (const state of await Promise.all(group)) if (!state.reply) throw new Error("a run ended without a reply");
  }
}

const warmUp = Math.min(200, runs);
await batch(0, warmUp);
const cpu = process.cpuUsage();
const started = process.hrtime.bigint();
await batch(warmUp, warmUp + runs);
const seconds = Number(process.hrtime.bigint() - started) / 1e9;
const used = process.cpuUsage(cpu);
const checkpoints = db.prepare("select count(*) as n from checkpoints").get().n;
console.log(JSON.stringify({
  runs, seconds, cpuSeconds: (used.user + used.system) / 1e6, checkpointsPerRun: checkpoints / (warmUp + runs),
}));
