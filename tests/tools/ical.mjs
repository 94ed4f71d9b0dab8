// Reads an iCalendar object and writes what it holds as JSON: { "name": "vcalendar", "properties": [{ name, type, parameters, value }], "components": [ … ] }.
// Times are written in UTC, days as days.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const value = (v) => (v instanceof ICAL.Time ? (v.isDate ? v.toString() : v.toJSDate().toISOString()) : `${v}`);

const component = (c) => ({
  name: c.name,
  properties: c.getAllProperties().map((p) => ({
    name: p.name,
    type: p.type,
    parameters: Object.fromEntries(Object.entries(p.toJSON()[1])),
    value: value(p.getFirstValue()),
  })),
  components: c.getAllSubcomponents().map(component),
});

process.stdout.write(JSON.stringify(component(new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], 'utf8'))))));
