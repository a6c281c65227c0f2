// Renders the corpus with liquidjs. `node record.mjs` prints the results, file by file; `node record.mjs --write` puts them into the files.
// A case is a template with the data of its file. "liquidjs" is the text that it rendered, or null if it refused; "ours" is what we render instead, "because" says why.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Liquid } from 'liquidjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'Corpus');
const results = {};

function render(corpus, template) {
  const engine = new Liquid({ timezoneOffset: 0, outputEscape: corpus.encode ? 'escape' : undefined, templates: corpus.partials });
  try {
    return engine.parseAndRenderSync(template, structuredClone(corpus.data));
  } catch {
    return null;
  }
}

for (const file of readdirSync(folder).filter(name => name.endsWith('.json')).sort()) {
  const path = join(folder, file);
  const corpus = JSON.parse(readFileSync(path, 'utf8'));
  results[file] = corpus.cases.map(entry => render(corpus, entry.template));
  if (process.argv.includes('--write')) {
    const cases = corpus.cases.map((entry, index) => '    ' + JSON.stringify({ ...entry, liquidjs: results[file][index] }));
    const head = Object.entries(corpus).filter(([name]) => name !== 'cases').map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`);
    writeFileSync(path, `{\n${head.join('')}  "cases": [\n${cases.join(',\n')}\n  ]\n}\n`);
  }
}

if (!process.argv.includes('--write'))
  console.log(JSON.stringify(results));
