// The client turns every answer outside 200–299 into an exception; its users read the code and the message from headers.
'use strict';

const assert = require('node:assert/strict');

/** Asserts that `call` is refused with this status and error code, in a form that the client can show; gives the message. */
exports.refused = async (call, status, code) => {
  const error = await call.then(
    (answer) => assert.fail(`expected ${status} ${code}, but the call was answered: ${JSON.stringify(answer)}`),
    (thrown) => thrown,
  );
  assert.equal(error.code, status, error.stack);
  const { headers } = error.data;
  assert.equal(headers['x-ca-error-code'], code, headers['x-ca-error-message']);
  assert.match(headers['x-ca-request-id'] ?? '', /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  assert.ok(headers['x-ca-error-message'], 'x-ca-error-message must not be empty');
  return headers['x-ca-error-message'];
};
