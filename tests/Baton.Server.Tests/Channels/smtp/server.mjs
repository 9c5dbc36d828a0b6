// A real SMTP server for tests: node server.mjs PORT KEY.pem CHAIN.pem starttls|tls|plain
// Says "ready" when it listens, and each mail it has taken as a line: user, a blank, the mail in base64.
import { readFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

const [port, key, chain, mode] = process.argv.slice(2);
const server = new SMTPServer({
  secure: mode === 'tls',
  key: readFileSync(key),
  cert: readFileSync(chain),
  disabledCommands: mode === 'plain' ? ['STARTTLS'] : [],
  allowInsecureAuth: false,
  onAuth: ({ username, password }, session, done) =>
    done(password === 'secret' ? null : new Error('wrong password'), { user: username }),
  onData: (stream, session, done) => {
    const parts = [];
    stream.on('data', part => parts.push(part));
    stream.on('end', () => {
      console.log(`${session.user ?? '-'} ${Buffer.concat(parts).toString('base64')}`);
      done(null, 'taken');
    });
  },
});
server.on('error', () => {});
server.listen(Number(port), '127.0.0.1', () => console.log('ready'));
