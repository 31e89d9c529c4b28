// The management interface through the vendor's two Node.js clients.
'use strict';

const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const test = require('node:test');

const { management } = JSON.parse(readFileSync(process.env.PAIFANG_CONFORMANCE, 'utf8'));

/** The older client, which signs as RPC v1. */
function older() {
  const { RPCClient } = require('@alicloud/pop-core');
  return new RPCClient({
    accessKeyId: management.access_key,
    accessKeySecret: management.access_secret,
    endpoint: `http://${management.address}`,
    apiVersion: '2016-07-14',
  });
}

/** The newer client, which signs as ACS3. */
function newer() {
  const { $OpenApiUtil: { Config } } = require('@alicloud/openapi-core');
  const { default: Client } = require('@alicloud/cloudapi20160714');
  return new Client(new Config({
    accessKeyId: management.access_key,
    accessKeySecret: management.access_secret,
    endpoint: management.address,
    protocol: 'http',
  }));
}

const name = () => `pets_${Math.random().toString(16).slice(2, 10)}`;
const mock = { Mock: 'TRUE', MockResult: 'hello &+ 世界' };
const config = { RequestProtocol: 'HTTP', RequestHttpMethod: 'GET', RequestPath: '/pets' };

for (const method of ['GET', 'POST']) {
  test(`the older client by ${method}`, async () => {
    const client = older();
    const call = (action, params) => client.request(action, params, { method });
    const group = (await call('CreateApiGroup', { GroupName: name(), Description: "a b*c~d/'e(f)!" })).GroupId;
    const api = await call('CreateApi', {
      GroupId: group,
      ApiName: 'list_pets',
      Visibility: 'PRIVATE',
      ForceNonceCheck: true,
      RequestConfig: JSON.stringify(config),
      ServiceConfig: JSON.stringify(mock),
    });
    const shown = await call('DescribeApi', { GroupId: group, ApiId: api.ApiId });
    assert.equal(shown.ServiceConfig.MockResult, mock.MockResult);
    assert.equal(shown.ForceNonceCheck, true);
    await assert.rejects(call('DeleteApiGroup', { GroupId: group }), { code: 'DependencyViolationApiGroup' });
    await call('DeleteApi', { GroupId: group, ApiId: api.ApiId });
    await call('DeleteApiGroup', { GroupId: group });
  });
}

test('the newer client', async () => {
  const models = require('@alicloud/cloudapi20160714');
  const client = newer();
  const made = await client.createApiGroup(new models.CreateApiGroupRequest({ groupName: name() }));
  const groupId = made.body.groupId;
  const api = await client.createApi(new models.CreateApiRequest({
    groupId,
    apiName: 'list_pets',
    visibility: 'PRIVATE',
    forceNonceCheck: true,
    requestConfig: JSON.stringify(config),
    serviceConfig: JSON.stringify(mock),
    constantParameters: JSON.stringify([{ ServiceParameterName: 'c', ConstantValue: 'a b', Location: 'QUERY' }]),
  }));
  const at = { groupId, apiId: api.body.apiId };
  const shown = (await client.describeApi(new models.DescribeApiRequest(at))).body;
  assert.equal(shown.serviceConfig.mockResult, mock.MockResult);
  assert.equal(shown.constantParameters.constantParameter[0].constantValue, 'a b');
  const there = new models.DescribeDeployedApiRequest({ ...at, stageName: 'RELEASE' });
  await assert.rejects(client.describeDeployedApi(there), { code: 'NotFoundStage' });
  await client.deleteApi(new models.DeleteApiRequest(at));
  await client.deleteApiGroup(new models.DeleteApiGroupRequest({ groupId }));
});
