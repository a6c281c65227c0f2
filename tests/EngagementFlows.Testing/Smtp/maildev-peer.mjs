// npm maildev for tests: a mail server whose REST API tells how it read what came. One JSON line to standard output with its two ports when it listens.
// Ends with its standard input, so it never outlives the test.
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const web = require('maildev/lib/web');
const [user, password] = process.argv.slice(2);
// A port of '0' is any free one; a number 0 would be taken for none given.
const server = require('maildev')({ smtp: '0', web: '0', ip: '127.0.0.1', silent: true, incomingUser: user, incomingPass: password });
server.listen(fault => {
  if (fault)
    throw fault;
  const tell = () => process.stdout.write(JSON.stringify({ smtp: server.smtp.server.address().port, web: web.server.address().port }) + '\n');
  return web.server.listening ? tell() : web.server.once('listening', tell);
});
process.stdin.on('end', () => {
  rmSync(server.mailDir, { recursive: true, force: true });
  process.exit(0);
}).resume();
