// The README's table of speed, from what was measured: node table.mjs CPP.json NODE.json
import { readFileSync } from 'node:fs';

const [cpp, node] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const median = (name) => cpp.benchmarks.find((row) => row.name === `${name}_median`)?.cpu_time;
const cell = (time, ours) => (time ? `${Math.round(time).toLocaleString('en')} ns (${(time / ours).toFixed(2)})` : '');

const rows = ['build', 'parse', 'accept'].map((step) => {
  const ours = median(`${step}_taskrouter`);
  return [step, cell(ours, ours), cell(median(`${step}_by_hand`), ours), cell(median(`${step}_nlohmann`), ours),
    step === 'accept' ? cell(node.nanoseconds, ours) : ''];
});
console.log(`| | taskrouter | by hand | nlohmann DOM | twilio-node ${node.version ?? '(needs Node 20)'} |`);
console.log('|---|---|---|---|---|');
for (const row of rows) console.log(`| ${row.join(' | ')} |`);
