// Lays down what browsers load of the designer's program, as its package ships it: of compressible files the two compressed forms only, the rest as it is.
// Called by MSBuild (src/EngagementFlows.Server/Assets.targets): node studio.mjs TARGET PACKAGE
import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const [target, source] = process.argv.slice(2).map(folder => resolve(folder));

// Never loaded here: the package's own page with its outside fonts, source maps, other themes and their images.
const unwanted = [
  /^(index\.html|package\.json)$/,
  /\.(map|scss)$/,
  /^_content\/Radzen\.Blazor\/css\/(?!material-base\.css)/,
  /^_content\/Elsa\.Studio\.Shell\/(?!css\/)/,
];

rmSync(target, { recursive: true, force: true });
for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile())
    continue;
  const path = join(entry.parentPath, entry.name);
  const name = relative(source, path).split(sep).join('/');
  const plain = name.replace(/\.(br|gz)$/, '');
  if (unwanted.some(pattern => pattern.test(plain)) || (name === plain && existsSync(`${path}.br`) && existsSync(`${path}.gz`)))
    continue;
  const copy = join(target, name);
  mkdirSync(dirname(copy), { recursive: true });
  try {
    linkSync(path, copy);
  } catch {
    // Another disk, or one without links.
    copyFileSync(path, copy);
  }
}
