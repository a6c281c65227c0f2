// Gathers what browsers load (our own files and those of the npm packages) into one folder, each also compressed with Brotli and gzip.
// Called by MSBuild (src/EngagementFlows.Server/Assets.targets): node assets.mjs TARGET OWN NODE_MODULES
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const [target, own, modules] = process.argv.slice(2);
const fromPackages = {
  'tabler.css': '@tabler/core/dist/css/tabler.min.css',
};

mkdirSync(target, { recursive: true });
const sources = [
  ...readdirSync(own).map(name => [name, join(own, name)]),
  ...Object.entries(fromPackages).map(([name, path]) => [name, join(modules, path)]),
];

for (const [name, source] of sources) {
  const copy = join(target, name);
  const { atime, mtime } = statSync(source);
  if (existsSync(copy) && statSync(copy).mtimeMs === mtime.getTime() && existsSync(`${copy}.br`))
    continue;

  // References to source maps would make every browser with open tools ask for files that are not served.
  const bytes = /\.(css|js)$/.test(name)
    ? Buffer.from(readFileSync(source, 'utf8').replace(/^(\/\/|\/\*)# sourceMappingURL=.*$/gm, ''))
    : readFileSync(source);
  writeFileSync(`${copy}.gz`, gzipSync(bytes, { level: 9 }));
  const quality = bytes.length > 500_000 ? 9 : 11;
  writeFileSync(`${copy}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }));
  writeFileSync(copy, bytes);
  utimesSync(copy, atime, new Date(mtime.getTime()));
}
