// Signed calls, written as the vendor's getting-started guide writes them.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { Client } = require('aliyun-api-gateway');
const { app, path, url } = require('../target');

const client = new Client(app.key, app.secret);

test('GET as in the guide', async () => {
  const echo = await client.get(url(), { headers: { accept: 'application/json' } });
  assert.equal(echo.method, 'GET');
  assert.equal(echo.path, path);
  assert.equal(echo.rawQuery, '');
  assert.equal(echo.body, '');
  assert.equal(echo.headers.accept, 'application/json');
});

test('GET with spaces, Chinese, reserved characters and an empty value in the query', async () => {
  const query = { name: '张 三', city: '北京', q: 'a b&c=d+e/f?g%20', empty: '', Name: 'upper case sorts first' };
  const echo = await client.get(url(), { query });
  assert.deepEqual(echo.query, query);
});

test('GET with a query that is written into the URL', async () => {
  const echo = await client.get(url('?b=2%20x&a=&z=%E4%B8%AD&c=1'));
  assert.deepEqual(echo.query, { b: '2 x', a: '', z: '中', c: '1' });
});

test('GET with `+` for a space in the URL', async () => {
  const echo = await client.get(url('?q=one+two'));
  assert.deepEqual(echo.query, { q: 'one two' });
});

test('GET of a path below the API, with Chinese in it', async () => {
  const below = '/%E4%B8%AD%E6%96%87/a%20b';
  const echo = await client.get(url(below));
  assert.equal(echo.path, path + below);
});

test('POST of JSON', async () => {
  const data = { id: 7, 名字: '张 三', list: [1, 'a&b'] };
  const echo = await client.post(url(), { data });
  assert.equal(echo.method, 'POST');
  assert.match(echo.headers['content-type'], /^application\/json/);
  assert.deepEqual(JSON.parse(echo.body), data);
});

test('POST of JSON with a query', async () => {
  const echo = await client.post(url(), { query: { page: '1', 词: 'x y' }, data: { a: 1 } });
  assert.deepEqual(echo.query, { page: '1', 词: 'x y' });
  assert.deepEqual(JSON.parse(echo.body), { a: 1 });
});

const form = 'application/x-www-form-urlencoded; charset=UTF-8';

test('POST of a form with spaces and Chinese', async () => {
  const data = { name: '张 三', q: 'a b&c=d+e', empty: '' };
  const echo = await client.post(url(), { headers: { 'content-type': form }, data });
  assert.equal(echo.headers['content-type'], form);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(echo.body)), data);
});

test('POST of a form beside a query', async () => {
  const echo = await client.post(url(), { headers: { 'content-type': form }, query: { b: '2 3' }, data: { a: '1' } });
  assert.deepEqual(echo.query, { b: '2 3' });
  assert.equal(echo.body, 'a=1');
});

test('POST of text', async () => {
  const echo = await client.post(url(), { headers: { 'content-type': 'text/plain' }, data: 'plain 文字' });
  assert.equal(echo.body, 'plain 文字');
});

test('PUT of JSON and DELETE', async () => {
  const put = await client.put(url('/7'), { data: { a: 1 } });
  assert.deepEqual([put.method, put.path, put.body], ['PUT', `${path}/7`, '{"a":1}']);
  const deleted = await client.delete(url('/7'), {});
  assert.deepEqual([deleted.method, deleted.path], ['DELETE', `${path}/7`]);
});

test('more headers, signed and not', async () => {
  const echo = await client.get(url(), { headers: { 'X-Plain': 'p' }, signHeaders: { 'X-Signed': 'a value' } });
  assert.equal(echo.headers['x-plain'], 'p');
  assert.equal(echo.headers['x-signed'], 'a value');
});
