// Records what npm rrule says to random rules: node record-rrule.mjs > rrule-cases.json (from a folder in which tests/node_modules is found).
// Only what both understand alike is asked for: days with and without a place are not mixed (rrule wants both), and BYSETPOS is the first or the last (beyond
// the end of a short set rrule begins anew) and only where the period does not begin in its middle.
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const { rrulestr } = require(process.argv[2] ?? 'rrule');
let seed = 20260302;
const random = n => { seed = (Math.imul(seed, 1103515245) + 12345) >>> 0; return Math.floor((seed / 2 ** 32) * n); };
const chance = percent => random(100) < percent;
const pick = list => list[random(list.length)];
const some = (most, make) => [...new Set(Array.from({ length: 1 + random(most) }, make))].join(',');
const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const signed = most => (chance(30) ? -1 : 1) * (1 + random(most));
const cases = [];
while (cases.length < 800) {
  const freq = pick(['DAILY', 'WEEKLY', 'MONTHLY', 'MONTHLY', 'YEARLY']);
  const parts = [`FREQ=${freq}`];
  if (chance(50)) parts.push(`INTERVAL=${1 + random(freq === 'YEARLY' ? 4 : 9)}`);
  const places = (freq === 'MONTHLY' || freq === 'YEARLY') && chance(50);
  if (chance(50)) parts.push('BYDAY=' + some(3, () => (places ? signed(freq === 'YEARLY' && chance(50) ? 52 : 4) : '') + pick(days)));
  if (freq !== 'WEEKLY' && chance(30)) parts.push('BYMONTHDAY=' + some(3, () => signed(31)));
  if (chance(30)) parts.push('BYMONTH=' + some(3, () => 1 + random(12)));
  if ((freq === 'MONTHLY' || freq === 'YEARLY') && parts.some(p => p.startsWith('BYDAY') || p.startsWith('BYMONTHDAY')) && chance(30)) parts.push(`BYSETPOS=${pick([1, -1])}`);
  if (chance(25)) parts.push(`WKST=${pick(days)}`);
  const start = new Date(Date.UTC(2024 + random(4), random(12), 1 + random(31), random(24), random(60)));
  if (chance(20) && !parts.some(p => p.startsWith('BYMONTHDAY') || p.startsWith('BYSETPOS')) && freq !== 'YEARLY') parts.push(`COUNT=${1 + random(30)}`);
  else if (chance(20)) parts.push('UNTIL=' + new Date(start.getTime() + random(2000) * 86400000).toISOString().replace(/[-:]|\.\d+/g, ''));
  const text = parts.join(';');
  const stamp = start.toISOString().slice(0, 19);
  // A rule that never matches is looked for until the year 9999: those without an end get one, and COUNT goes with what matches each year.
  const bound = /COUNT|UNTIL/.test(text) ? '' : ';UNTIL=20391231T235959Z';
  const dates = rrulestr(`DTSTART:${stamp.replace(/[-:]/g, '')}Z\nRRULE:${text}${bound}`).between(new Date(0), new Date(Date.UTC(2040, 0, 1)), true, (_, i) => i < 12).slice(0, 12);
  cases.push({ text, start: stamp, dates: dates.map(d => d.toISOString().slice(0, 19)) });
}
console.log('[\n' + cases.map(c => JSON.stringify(c)).join(',\n') + '\n]');
