// Records what Node gives for every snippet: one line of JSON per line of <topic>.js, in <topic>.expected.jsonl.
// Usage: node record.mjs FOLDER [--stdin]; with --stdin programs come as JSON strings, one a line, and results go to stdout.
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import vm from 'node:vm';

process.env.TZ = 'UTC';

// The same as the border of the interpreter does: undefined is null, functions are nothing, Map and Set are object and list.
function plain(value, depth = 0) {
  if (depth > 50) throw new TypeError('a value contains itself');
  if (value === undefined || value === null || typeof value === 'symbol' || typeof value === 'function') return null;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : { $number: Object.is(value, -0) ? '-0' : String(value) };
  if (typeof value === 'string' && !value.isWellFormed()) return { $units: [...Array(value.length).keys()].map(at => value.charCodeAt(at)) };
  if (typeof value !== 'object') return value;
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag === 'Date') return Number.isNaN(value.getTime()) ? null : { $date: value.toISOString() };
  if (tag === 'RegExp') return String(value);
  if (tag === 'Number' || tag === 'String' || tag === 'Boolean') return plain(value.valueOf(), depth);
  if (Array.isArray(value)) return Array.from(value, item => plain(item, depth + 1));
  if (tag === 'Set') return [...value].map(item => plain(item, depth + 1));
  if (tag === 'Uint8Array') return { $bytes: [...value] };
  const result = Object.create(null);
  if (tag === 'Map') {
    for (const [key, item] of value) result[String(key)] = plain(item, depth + 1);
    return result;
  }
  if (tag === 'Error') {
    result.name = plain(value.name);
    result.message = null;
  }
  for (const key of Object.keys(value)) {
    if (typeof value[key] === 'function' || typeof value[key] === 'symbol') continue;
    result[key] = plain(value[key], depth + 1);
  }
  return result;
}

async function run(source) {
  const printed = [];
  const context = vm.createContext({ print: (...values) => { printed.push(values.map(String).join(' ')); }, structuredClone });
  try {
    const value = plain(await vm.runInContext(`"use strict";void 0;${source}`, context, { timeout: 2000 }));
    return printed.length > 0 ? { value, printed } : { value };
  } catch (error) {
    const name = error !== null && typeof error === 'object' && Object.prototype.toString.call(error) === '[object Error]' ? error.name : 'Thrown';
    return { error: name };
  }
}

const [folder, mode] = process.argv.slice(2);
if (mode === '--stdin') {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (line.length > 0) console.log(JSON.stringify(await run(JSON.parse(line))));
  }
} else {
  for (const file of fs.readdirSync(folder).filter(name => name.endsWith('.js')).sort()) {
    const lines = fs.readFileSync(path.join(folder, file), 'utf8').split('\n').filter(line => line.length > 0);
    const results = [];
    for (const line of lines) results.push(JSON.stringify(await run(line)));
    fs.writeFileSync(path.join(folder, file.replace(/\.js$/, '.expected.jsonl')), results.join('\n') + '\n');
  }
}
