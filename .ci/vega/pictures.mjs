// Draws with the real Vega what stands in a folder of specifications, each as
// NAME.vega.svg beside it.
//   node pictures.mjs ORACLE FOLDER
// ORACLE is a folder with the packages vega 6.4.0 and vega-lite 6.4.3.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [oracle, folder] = process.argv.slice(2);
process.env.TZ = 'UTC';
const at = createRequire(path.resolve(oracle, 'package.json'));
const load = (name) => import(pathToFileURL(at.resolve(name)));
const [vega, vl] = await Promise.all([load('vega'), load('vega-lite')]);
for (const file of fs.readdirSync(folder).filter((f) => f.endsWith('.json'))) {
  const spec = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
  const view = new vega.View(vega.parse(vl.compile({ background: 'white', ...spec }).spec), { renderer: 'none' });
  fs.writeFileSync(path.join(folder, file.replace('.json', '.vega.svg')), await view.toSVG());
}
process.exit(0);
