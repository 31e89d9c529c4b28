// The backend of the conformance tests: answers with what it received, so that a test sees what the gateway passed on.
// Prints `{"port":…}` once it listens.
'use strict';

const http = require('node:http');

const server = http.createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url, 'http://echo');
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify({
    method: request.method,
    path: url.pathname,
    rawQuery: url.search.slice(1),
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  }));
});

server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
