// Servers on ports that the system picks, and the program that sends to them.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The transport that is tested: curl, multi or httplib. */
export const TRANSPORT = process.env.TASKROUTER_TRANSPORT ?? 'multi';
export const CAUSE = { none: 0, dns: 1, connect: 2, tls: 3, timeout: 4, too_large: 5, canceled: 6, other: 7 };

const opened = [];

export async function listen(server) {
  const sockets = new Set();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.connections = () => sockets;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', 1000, resolve));
  opened.push(server);
  return server.address().port;
}

export function closeAll() {
  for (const server of opened) {
    server.connections().forEach((socket) => socket.destroy());
    server.close();
  }
}

/** A server that answers every connection with these bytes, and closes it or leaves it hanging. */
export async function raw(bytes, { close = true } = {}) {
  const port = await listen(createTcp((socket) => {
    socket.once('data', () => (close ? socket.end(bytes) : socket.write(bytes)));
  }));
  return `http://127.0.0.1:${port}/`;
}

/** What became of each URL among `words`. */
export function send(words, environment = {}) {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...environment }, maxBuffer: 1 << 26 };
    execFile(process.env.TASKROUTER_SEND, ['--transport', TRANSPORT, ...words], options, (error, stdout) => {
      if (error) reject(error);
      else resolve(stdout.trim().split('\n').map((line) => JSON.parse(line)));
    });
  });
}

/** Calls `use` with the key, the certificate and the file of a certificate for localhost that nobody vouches for. */
export async function withCertificate(use) {
  const folder = mkdtempSync(join(tmpdir(), 'taskrouter-'));
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  try {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
      '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', file],
    { stdio: 'ignore' });
    await use({ key: readFileSync(key), cert: readFileSync(file), file });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
