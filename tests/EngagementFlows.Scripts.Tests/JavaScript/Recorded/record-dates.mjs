// Records what Node's dates say, one zone after the other: node record-dates.mjs > dates.tsv
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const zones = ['UTC', 'Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/St_Johns'];
const named = ['UTC', 'Asia/Shanghai', 'Europe/Berlin', 'America/New_York'];
if (!process.argv[2]) {
  for (const zone of zones) process.stdout.write(execFileSync(process.execPath, [fileURLToPath(import.meta.url), zone], { env: { ...process.env, TZ: zone } }));
} else {
  const zone = process.argv[2];
  const print = (...fields) => console.log([zone, ...fields].join('\t'));
  let seed = 7;
  const next = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  const times = [0, -1, 1, 8.64e15, -8.64e15, Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 1, 30), Date.UTC(2024, 1, 29), Date.UTC(1900, 1, 28), Date.UTC(2000, 1, 29), -62198755200000, 253402300800000];
  for (let i = 0; i < 60; i++) times.push(next(2147483647) * 1000 + next(1000), Date.UTC(1975 + next(60), next(12), next(31), next(24), next(60)));
  for (const time of times) {
    const date = new Date(time);
    if (Math.abs(time) < 3e12 && time > 0) print('local', time, date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes(), date.getDay());
    if (named.includes(zone) && Math.abs(time) < 3e12 && time > 0) print('text', time, date.toString());
    if (zone === 'UTC') print('iso', time, date.toISOString(), date.toUTCString(), date.toDateString());
  }
  for (let i = 0; i < 80; i++) {
    const fields = [1975 + next(60), next(12), 1 + next(31), next(24), next(60)];
    print('make', ...fields, new Date(...fields).getTime());
  }
  for (const fields of [[2026, 2, 29, 2, 30], [2026, 9, 25, 2, 30], [2026, 2, 8, 2, 30], [2026, 10, 1, 1, 30], [2026, 3, 5, 1, 45], [2026, 9, 4, 2, 15], [2026, 13, 45, 50, -90]]) print('make', ...fields, new Date(...fields).getTime());
  for (const text of ['2026-03-03', '2026-03', '2026', '2026-03-03T12:00', '2026-03-03T12:00:30', '2026-03-03T12:00:30.5', '2026-03-03T12:00:30.123456', '2026-03-03T12:00Z', '2026-03-03T12:00:00+08:00', '2026-03-03T12:00:00-05:30', '2026-03-03T24:00', '2026-03-03T24:01', '2026-02-29', '2024-02-29', '2026-13-01', '2026-00-01', '2026-01-32', '+002026-03-03', '-000001-01-01T00:00:00Z', '+275760-09-13T00:00:00.000Z', '+275760-09-13T00:00:00.001Z', '', 'abc', 'Tue Mar 03 2026 12:00:00 GMT+0800 (China Standard Time)', 'Tue, 03 Mar 2026 04:00:00 GMT', '3 March 2026', 'March 3, 2026', 'Mar 3, 2026 9:05 pm', '2026/3/3', '2026/03/03 12:00', '3/31/2026', '3/31/26', '12/25/1995 13:30:15', '2026-3-3', '2026-03-03 12:00', '2026-03-03 12:00:00Z', 'Dec 25, 1995 UTC', '1 Jan 70', 'Thu Jan 01 1970', '13:30', 'March 45, 2026', '2026-03-03T25:00', '2026-03-03T12', '20260303', '2026-03-03T12:00:60', 'Tue Mar 03 2026 12:00:00', '12:00 March 3 2026', '1 2 3 4', 'Mar 2026 3'])
    print('parse', text, Date.parse(text));
}
