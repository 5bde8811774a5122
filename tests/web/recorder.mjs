// A server that writes down what it is asked, and answers with `answer` whatever it is.
import { once } from 'node:events';
import { createServer } from 'node:http';

export async function recordedBy(play, answer = {}) {
  const seen = [];
  const server = createServer({ maxHeaderSize: 1024 * 1024 }, async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url, headers } = request;
    seen.push({
      method,
      url: `http://127.0.0.1${url}`,
      headers: Object.entries(headers),
      authorization: headers.authorization,
      body: Buffer.concat(chunks).toString(),
    });
    if (method === 'DELETE') response.statusCode = 204;
    response.end(method === 'DELETE' ? undefined : JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await play(`http://127.0.0.1:${server.address().port}`, seen);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }
}
