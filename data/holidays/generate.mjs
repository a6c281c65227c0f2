// Writes one file per country: the days off that everybody has, and the weekend days on which people work instead (调休).
//   npm ci && npm run generate
// China is published by the State Council year by year: what is not published is not in the data, and `publishedThrough` says so.
// Elsewhere the dates follow from laws that name rules; `publishedThrough` is then the last year that was computed.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';

const require = createRequire(import.meta.url);
const chinese = require('chinese-days');
const Holidays = require('date-holidays');

const firstYear = 2024;
const lastComputedYear = 2028;
const computed = {
  AU: { en: 'Australia', zh: '澳大利亚' },
  CA: { en: 'Canada', zh: '加拿大' },
  CH: { en: 'Switzerland', zh: '瑞士' },
  DE: { en: 'Germany', zh: '德国' },
  FR: { en: 'France', zh: '法国' },
  GB: { en: 'United Kingdom', zh: '英国' },
  HK: { en: 'Hong Kong', zh: '中国香港' },
  JP: { en: 'Japan', zh: '日本' },
  NL: { en: 'Netherlands', zh: '荷兰' },
  SG: { en: 'Singapore', zh: '新加坡' },
  US: { en: 'United States', zh: '美国' },
};

function* days(from, to) {
  for (let day = new Date(Date.UTC(from, 0, 1)); day.getUTCFullYear() <= to; day.setUTCDate(day.getUTCDate() + 1)) yield day.toISOString().slice(0, 10);
}

function china() {
  const off = [];
  const work = [];
  let publishedThrough = 0;
  for (const date of days(firstYear, new Date().getUTCFullYear() + 2)) {
    const detail = chinese.getDayDetail(date);
    const [en, zh] = detail.name.split(',');
    if (zh === undefined) continue;
    (detail.work ? work : off).push({ date, en, zh });
    publishedThrough = Math.max(publishedThrough, Number(date.slice(0, 4)));
  }
  return { off, work, publishedThrough };
}

function elsewhere(country) {
  const byDate = new Map();
  const english = new Holidays(country, { languages: ['en'] });
  const local = new Holidays(country, { languages: ['zh', 'en'] });
  for (let year = firstYear; year <= lastComputedYear; year++) {
    const zh = new Map(local.getHolidays(year).map((day) => [`${day.date}|${day.rule}`, day.name]));
    for (const day of english.getHolidays(year)) {
      if (day.type !== 'public') continue;
      // A holiday may last several days; each is a day off of its own.
      for (let at = day.start.getTime(); at < day.end.getTime(); at += 86_400_000) {
        const date = new Date(Date.parse(day.date.slice(0, 10) + 'T00:00:00Z') + (at - day.start.getTime())).toISOString().slice(0, 10);
        byDate.set(date, { date, en: day.name, zh: zh.get(`${day.date}|${day.rule}`) ?? day.name });
      }
    }
  }
  return { off: [...byDate.values()].sort((a, b) => a.date.localeCompare(b.date)), work: [], publishedThrough: lastComputedYear };
}

function write(country, name, source, data) {
  const line = (day) => '    ' + JSON.stringify(day);
  writeFileSync(
    new URL(`${country}.json`, import.meta.url),
    `{
  "country": "${country}",
  "name": ${JSON.stringify(name)},
  "source": "${source}",
  "firstYear": ${firstYear},
  "publishedThrough": ${data.publishedThrough},
  "off": [
${data.off.map(line).join(',\n')}
  ],
  "work": [${data.work.length ? '\n' + data.work.map(line).join(',\n') + '\n  ' : ''}]
}
`);
}

const version = (name) => `npm ${name} ${require(`${name}/package.json`).version}`;
write('CN', { en: 'China', zh: '中国' }, `${version('chinese-days')}, after the notices of the State Council`, china());
for (const [country, name] of Object.entries(computed)) write(country, name, version('date-holidays'), elsewhere(country));
