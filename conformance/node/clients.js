// The vendor's two Node.js clients of the management interface, each told to do an action by its name and to take and
// give members as the interface names them.
'use strict';

const { RPCClient } = require('@alicloud/pop-core');
const core = require('@alicloud/openapi-core');
const cloudapi = require('@alicloud/cloudapi20160714');
const { management } = require('./target');

const key = { accessKeyId: management.access_key, accessKeySecret: management.access_secret };

/** The older client, which signs as RPC v1. */
exports.older = (method, secret = key.accessKeySecret) => {
  const address = management.addresses['@alicloud/pop-core'];
  const client = new RPCClient({ ...key, accessKeySecret: secret, endpoint: `http://${address}`, apiVersion: '2016-07-14' });
  return {
    address,
    do: (action, members = {}) => client.request(action, members, { method }),
    // It tells the code, in the name too, and the whole answer; no status.
    told: (error) => [error.name === `${error.code}Error` && error.entry.response.statusCode, error.code],
  };
};

/** The newer client, which signs as ACS3. */
exports.newer = (secret = key.accessKeySecret) => {
  const address = management.addresses['@alicloud/cloudapi20160714'];
  const config = new core.$OpenApiUtil.Config({ ...key, accessKeySecret: secret, endpoint: address, protocol: 'http' });
  const client = new cloudapi.default(config);
  const lowered = (text) => text[0].toLowerCase() + text.slice(1);
  return {
    address,
    do: async (action, members = {}) => {
      const request = new cloudapi[`${action}Request`](withKeys(members, lowered));
      return (await client[lowered(action)](request)).body.toMap();
    },
    told: (error) => [error instanceof core.ClientError && error.statusCode, error.code],
  };
};

/** Members by other names, in lists of objects too. */
function withKeys(value, rename) {
  if (Array.isArray(value)) return value.map((item) => withKeys(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [rename(name), withKeys(member, rename)]));
}

/** Each in each of its ways, by who it is. */
exports.clients = {
  'the newer client': exports.newer,
  'the older client by GET': (secret) => exports.older('GET', secret),
  'the older client by POST': (secret) => exports.older('POST', secret),
};
