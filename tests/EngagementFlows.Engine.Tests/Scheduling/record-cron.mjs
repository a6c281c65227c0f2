// Records what npm cron-parser says to random expressions: node record-cron.mjs > cron-cases.json (from a folder in which tests/node_modules is found).
// Only what both understand alike is asked for: at most one of the two day fields is given, and times outside summer time's changes.
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const { CronExpressionParser } = require(process.argv[2] ?? 'cron-parser');
let seed = 20260101;
const random = n => { seed = (Math.imul(seed, 1103515245) + 12345) >>> 0; return Math.floor((seed / 2 ** 32) * n); };
const pick = (...choices) => choices[random(choices.length)];
const number = (low, high) => low + random(high - low + 1);
const range = (low, high) => { const a = number(low, high); return `${a}-${number(a, high)}`; };
const field = (low, high, names) => pick(
  () => '*', () => `${number(low, high)}`, () => `*/${number(1, Math.max(1, high >> 1))}`, () => range(low, high),
  () => `${range(low, high)}/${number(1, 5)}`, () => [number(low, high), number(low, high), number(low, high)].join(','),
  () => names ? pick(...names) : `${number(low, high)}`)();
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const cases = [];
while (cases.length < 600) {
  const special = random(4);
  const dayOfMonth = special === 0 ? field(1, 28) : special === 1 ? pick('L', '15', '1,15', '31') : '*';
  const dayOfWeek = dayOfMonth === '*' ? pick(field(0, 6, days), `${number(0, 6)}#${number(1, 4)}`, `${number(0, 6)}L`, '*', 'MON-FRI') : '*';
  const text = [field(0, 59), field(0, 59), field(0, 23), dayOfMonth, field(1, 12, months), dayOfWeek].join(' ');
  const zone = pick('UTC', 'UTC', 'Asia/Shanghai');
  const from = new Date(Date.UTC(2026, random(12), number(1, 28), random(24), random(60), random(60)));
  try {
    const it = CronExpressionParser.parse(text, { currentDate: from, tz: zone });
    cases.push({ text, zone, from: from.toISOString(), next: [0, 1, 2].map(() => it.next().toDate().toISOString()) });
  } catch { /* cron-parser does not take it, or finds no date */ }
}
console.log('[\n' + cases.map(c => JSON.stringify(c)).join(',\n') + '\n]');
