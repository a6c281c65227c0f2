// Another's mail server (npm smtp-server) for tests and benchmarks: options as JSON in the first argument; one JSON line to
// standard output when it listens and one for each message taken. Ends with its standard input, so it never outlives the test.
import { SMTPServer } from 'smtp-server';

const { quiet, password, token, refuse, ...options } = JSON.parse(process.argv[2]);
const tell = fact => process.stdout.write(JSON.stringify(fact) + '\n');

const server = new SMTPServer({
  ...options,
  logger: false,
  disableReverseLookup: true,
  onAuth(auth, session, done) {
    const isRight = auth.method === 'XOAUTH2' ? auth.accessToken === token
      : auth.method === 'CRAM-MD5' ? auth.validatePassword(password)
      : auth.password === password;
    return isRight ? done(null, { user: auth.username }) : done(null, { data: { status: '401', schemes: 'bearer' } });
  },
  onRcptTo(address, session, done) {
    return done(address.address === refuse ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : undefined);
  },
  onData(stream, session, done) {
    const pieces = [];
    stream.on('data', piece => pieces.push(piece));
    stream.on('end', () => {
      if (stream.sizeExceeded)
        return done(Object.assign(new Error('too large'), { responseCode: 552 }));
      if (!quiet)
        tell({
          from: session.envelope.mailFrom.address,
          to: session.envelope.rcptTo.map(recipient => recipient.address),
          bodyType: session.envelope.bodyType,
        smtpUtf8: session.envelope.smtpUtf8,
          secure: session.secure,
          user: session.user ?? null,
          hello: session.hostNameAppearsAs,
          content: Buffer.concat(pieces).toString('base64'),
        });
      return done(null, 'taken');
    });
  },
});

server.on('error', fault => process.stderr.write(`${fault.message}\n`));
server.listen(0, '127.0.0.1', () => tell({ port: server.server.address().port }));
process.stdin.on('end', () => process.exit(0)).resume();
