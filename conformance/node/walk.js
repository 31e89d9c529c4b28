// The quick start of an API provider, for whichever client of the management interface; each step is shown by calls of
// the vendor's client for callers, signed and with an AppCode.
'use strict';

require('./hosts');
const assert = require('node:assert/strict');
const { Client, SimpleClient } = require('aliyun-api-gateway');
const { eventually } = require('./eventually');
const { host, name } = require('./names');
const { refused: callRefused } = require('./refusal');
const { backend, port } = require('./target');

const text = JSON.stringify;

const service = {
  ServiceProtocol: 'HTTP',
  ServiceAddress: `http://${backend}`,
  ServicePath: '/animals/[animal]',
  ServiceHttpMethod: 'GET',
  ServiceTimeout: 5000,
};

/** What the backend sees of an edition is a header. */
const definition = (edition) => ({
  ApiName: 'list_pets',
  Visibility: 'PRIVATE',
  AuthType: 'APP',
  AppCodeAuthType: 'HEADER',
  ForceNonceCheck: true,
  RequestConfig: text({ RequestProtocol: 'HTTP', RequestHttpMethod: 'GET', RequestPath: '/pets/[id]' }),
  RequestParameters: text([{ ApiParameterName: 'id', Location: 'PATH', ParameterType: 'Long', Required: 'REQUIRED' }]),
  ServiceConfig: text(service),
  ServiceParameters: text([{ ServiceParameterName: 'animal', Location: 'PATH', ParameterType: 'Long' }]),
  ServiceParametersMap: text([{ ServiceParameterName: 'animal', RequestParameterName: 'id' }]),
  ConstantParameters: text([{ ServiceParameterName: 'X-Edition', ConstantValue: edition, Location: 'HEAD' }]),
});

/** Asserts that an action is refused, in the client's own kind of error. */
async function refused(client, status, code, action, members) {
  const error = await client.do(action, members).then(() => assert.fail(`${action} was done`), (thrown) => thrown);
  assert.deepEqual(client.told(error), [status, code], error.stack);
}
exports.refused = refused;

exports.walk = async (client) => {
  const no = (...given) => refused(client, ...given);

  // A group and its domain.
  const title = name('pets');
  await no(400, 'MissingGroupName', 'CreateApiGroup', { Description: 'without a name' });
  const { GroupId } = await client.do('CreateApiGroup', { GroupName: title, Description: "a b*c~d/'e(f)!" });
  await no(400, 'RepeatedGroupName', 'CreateApiGroup', { GroupName: title });
  const domain = { GroupId, DomainName: host() };
  await client.do('SetDomain', domain);

  // An API.
  await no(404, 'NotFoundApiGroup', 'CreateApi', { GroupId: '0'.repeat(32), ...definition('first') });
  await no(400, 'MissingRequestConfig', 'CreateApi', { GroupId, ...definition('first'), RequestConfig: '' });
  const { ApiId } = await client.do('CreateApi', { GroupId, ...definition('first') });
  await no(400, 'RepeatedApiName', 'CreateApi', { GroupId, ...definition('first') });
  const api = { GroupId, ApiId };
  const there = { ...api, StageName: 'RELEASE' };
  const shown = await client.do('DescribeApi', api);
  assert.deepEqual([shown.ForceNonceCheck, shown.ServiceConfig.ServiceTimeout], [true, 5000]);

  // An app.
  const { AppId } = await client.do('CreateApp', { AppName: name('app') });
  const keys = await client.do('DescribeAppSecurity', { AppId });
  const signing = new Client(keys.AppKey, keys.AppSecret);
  const showing = new SimpleClient(keys.AppCode);
  const url = (at = domain.DomainName) => `http://${at}:${port}/pets/7`;
  const isRefused = (status, code) => eventually(async () => {
    await callRefused(signing.get(url()), status, code);
    await callRefused(showing.get(url()), status, code);
  });
  const isServed = (edition, at) => eventually(async () => {
    for (const caller of [signing, showing]) {
      const echo = await caller.get(url(at));
      assert.deepEqual([echo.path, echo.headers['x-edition']], ['/animals/7', edition]);
    }
  });

  // Deployed, and authorized.
  await isRefused(404, 'I404NF');
  await no(404, 'NotFoundStage', 'DescribeDeployedApi', there);
  await no(404, 'NotFoundStage', 'AbolishApi', there);
  await no(404, 'NotFoundStage', 'DeployApi', { ...api, StageName: 'NOWHERE', Description: 'first' });
  await no(400, 'MissingDescription', 'DeployApi', there);
  await client.do('DeployApi', { ...there, Description: 'first' });
  await isRefused(403, 'I403AA');
  await no(404, 'NotFoundApp', 'SetAppsAuthorities', { ...there, AppIds: '1' });
  await client.do('SetAppsAuthorities', { ...there, AppIds: `${AppId}` });
  const authorized = await client.do('DescribeAuthorizedApps', there);
  assert.deepEqual(authorized.AuthorizedApps.AuthorizedApp.map((app) => app.AppId), [AppId]);
  await isServed('first');

  // Modified: what is published stays. Changes are served in their order, and a later one is by now.
  await client.do('ModifyApi', { ...api, ...definition('second') });
  const later = host();
  await client.do('SetDomain', { GroupId, DomainName: later });
  await isServed('first', later);
  await client.do('DeployApi', { ...there, Description: 'second' });
  await isServed('second');
  const versions = (await client.do('DescribeApiHistories', there)).ApiHisItems.ApiHisItem;
  assert.deepEqual(versions.map((version) => version.Description), ['second', 'first']);
  const back = { ...there, Description: 'back' };
  await no(404, 'NotFoundHistoryVersion', 'SwitchApi', { ...back, HistoryVersion: '20160705104552292' });
  await client.do('SwitchApi', { ...back, HistoryVersion: versions[1].HistoryVersion });
  await isServed('first');

  // Taken away.
  await no(400, 'DependencyViolationApi', 'DeleteApi', api);
  await no(400, 'DependencyViolationApiGroup', 'DeleteApiGroup', { GroupId });
  await client.do('RemoveAppsAuthorities', { ...there, AppIds: `${AppId}` });
  await isRefused(403, 'I403AA');
  const both = { GroupId, StageName: 'RELEASE', AppId, ApiIds: ApiId };
  await client.do('SetApisAuthorities', both);
  await isServed('first');
  assert.equal((await client.do('DescribeAuthorizedApis', { AppId })).TotalCount, 1);
  await client.do('RemoveApisAuthorities', both);
  await client.do('AbolishApi', there);
  await isRefused(404, 'I404NF');
  await no(404, 'NotFoundStage', 'AbolishApi', there);
  await client.do('DeleteApi', api);
  await no(404, 'NotFoundApi', 'DescribeApi', api);
  await client.do('DeleteApp', { AppId });
  await no(404, 'NotFoundApp', 'DescribeApp', { AppId });
  await client.do('DeleteDomain', domain);
  await no(404, 'NotFoundDomain', 'DescribeDomain', domain);
  await client.do('DeleteApiGroup', { GroupId });
  await no(404, 'NotFoundApiGroup', 'DescribeApiGroup', { GroupId });
  await isRefused(404, 'I404DO');
};
