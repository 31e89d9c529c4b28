// Calls with an AppCode. This client sends `authorization` and nothing else: not even the type of a JSON body.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { SimpleClient } = require('aliyun-api-gateway');
const { app, stranger, url } = require('../target');
const { refused } = require('../refusal');

const client = new SimpleClient(app.code);

test('GET', async () => {
  const echo = await client.get(url());
  assert.equal(echo.method, 'GET');
});

test('GET with spaces and Chinese in the query', async () => {
  const query = { name: '张 三', q: 'a b&c=d+e' };
  const echo = await client.get(url(), { query });
  assert.deepEqual(echo.query, query);
});

test('POST of JSON, which this client sends without a content type', async () => {
  const echo = await client.post(url(), { data: { 名字: '张 三' } });
  assert.deepEqual(JSON.parse(echo.body), { 名字: '张 三' });
});

test('an unknown AppCode', async () => {
  await refused(new SimpleClient('0'.repeat(32)).get(url()), 400, 'A400AC');
});

test('the AppCode of an app that is not authorised', async () => {
  await refused(new SimpleClient(stranger.code).get(url()), 403, 'I403AA');
});
