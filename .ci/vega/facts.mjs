// Computes with the real Vega what data/vega is compared with.
//   node facts.mjs ORACLE SPECS FACTS
// ORACLE is a folder with oracle.mjs, which exports facts(spec), and its packages
// (vega 6.4.0, vega-lite 6.4.3). SPECS has {data, specs: {name: specification}}; one
// without data has those of the file. FACTS is {name: facts}, compressed.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { pathToFileURL } from 'node:url';

const [oracle, from, to] = process.argv.slice(2);
if (!to) {
  console.error('usage: node facts.mjs ORACLE SPECS FACTS.gz');
  process.exit(2);
}
process.env.TZ = 'UTC';
const { facts } = await import(pathToFileURL(path.resolve(oracle, 'oracle.mjs')));
const warn = console.warn;
console.warn = () => {}; // Vega-Lite's advice
const { data, specs } = JSON.parse(fs.readFileSync(from, 'utf8'));
const out = {};
for (const [name, spec] of Object.entries(specs)) {
  out[name] = await facts({ data, ...spec });
  if (out[name].error) warn(`${name}: ${out[name].error}`);
}
const lines = Object.entries(out).map(([name, f]) => `${JSON.stringify(name)}: ${JSON.stringify(f)}`);
fs.writeFileSync(to, zlib.gzipSync(`{\n${lines.join(',\n')}\n}\n`, { level: 9 }));
console.log(`${lines.length} specifications`);
process.exit(0);
