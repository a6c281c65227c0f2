// Reads calendar objects (one line of base64 each) from standard input and prints how ical.js understands their events, one line of JSON each.
// Zones are read from the object alone.
import { createInterface } from 'node:readline';
import ICAL from 'ical.js';

const instant = time => new Date(time.convertToZone(ICAL.Timezone.utcTimezone).toString()).toISOString();

for await (const line of createInterface({ input: process.stdin })) {
  const calendar = new ICAL.Component(ICAL.parse(Buffer.from(line, 'base64').toString('utf8')));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents('vtimezone'))
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  for (const one of calendar.getAllSubcomponents('vevent')) {
    const event = new ICAL.Event(one);
    const person = property => ({ name: property.getParameter('cn'), address: property.getFirstValue(), answer: property.getParameter('partstat') ?? null });
    console.log(JSON.stringify({
      method: calendar.getFirstPropertyValue('method'),
      uid: event.uid,
      related: event.component.getFirstPropertyValue('related-to'),
      recurrence: event.component.getFirstPropertyValue('recurrence-id'),
      sequence: event.sequence,
      start: instant(event.startDate),
      end: instant(event.endDate),
      zone: event.startDate.zone.tzid,
      status: event.component.getFirstPropertyValue('status'),
      summary: event.summary,
      description: event.description,
      location: event.location,
      organizer: person(event.component.getFirstProperty('organizer')),
      attendees: event.attendees.map(person),
    }));
  }
}
