// What a caller with wrong credentials sees through the client.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { randomUUID } = require('node:crypto');
const { Client } = require('aliyun-api-gateway');
const { app, path, stranger, url } = require('../target');
const { refused } = require('../refusal');

const client = new Client(app.key, app.secret);

test('a wrong secret is told the string that the gateway signed', async () => {
  const wrong = new Client(app.key, `${app.secret}x`);
  const message = await refused(wrong.get(url('?b=2&a=1')), 403, 'A403IS');
  assert.match(message, /^Invalid Signature, Server StringToSign:`GET#application\/json####x-ca-key:/);
  assert.ok(message.endsWith(`#${path}?a=1&b=2\``), message);
});

test('an unknown key', async () => {
  await refused(new Client('203753385', app.secret).get(url()), 400, 'A400IK');
});

test('an app that is not authorised', async () => {
  await refused(new Client(stranger.key, stranger.secret).get(url()), 403, 'I403AA');
});

test('a timestamp an hour old', async () => {
  const headers = { 'x-ca-timestamp': Date.now() - 3_600_000 };
  await refused(client.get(url(), { headers }), 403, 'S403TE');
});

test('a nonce that was used', async () => {
  const headers = { 'x-ca-nonce': randomUUID() };
  await client.get(url(), { headers: { ...headers } });
  await refused(client.get(url(), { headers: { ...headers } }), 403, 'S403NU');
});

test('a stage to which nothing is published', async () => {
  await refused(new Client(app.key, app.secret, 'TEST').get(url()), 404, 'I404NF');
});

test('a body that is not the one whose MD5 was signed', async () => {
  class Tampering extends Client {
    md5(content) {
      return super.md5(`${content} `);
    }
  }
  await refused(new Tampering(app.key, app.secret).post(url(), { data: { a: 1 } }), 400, 'I400I5');
});

test('a query that was changed after it was signed', async () => {
  class Tampering extends Client {
    buildUrl(parsed, data) {
      return super.buildUrl({ ...parsed, query: { amount: '1' } }, data);
    }
  }
  await refused(new Tampering(app.key, app.secret).get(url('?amount=1000')), 403, 'A403IS');
});
