// Computes with the real Vega what data/vega is compared with.
//   node facts.mjs ORACLE SPECS FACTS
// ORACLE is a folder with oracle.mjs, which exports facts(spec), and its packages
// (vega 6.4.0, vega-lite 6.4.3). SPECS is a folder of specifications, or a file of
// {data, specs: {name: specification}}; one without data has those of the file. FACTS
// is {name: facts}, compressed.
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
const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const folder = () => ({ specs: Object.fromEntries(fs.readdirSync(from).filter((f) => f.endsWith('.json')).map((f) => [f, read(path.join(from, f))])) });
const { data, specs } = fs.statSync(from).isDirectory() ? folder() : read(from);
const out = {};
for (const [name, spec] of Object.entries(specs)) {
  out[name] = await facts(data ? { data, ...spec } : spec);
  if (out[name].error) warn(`${name}: ${out[name].error}`);
}
const lines = Object.entries(out).map(([name, f]) => `${JSON.stringify(name)}: ${JSON.stringify(f)}`);
fs.writeFileSync(to, zlib.gzipSync(`{\n${lines.join(',\n')}\n}\n`, { level: 9 }));
console.log(`${lines.length} specifications`);
process.exit(0);
