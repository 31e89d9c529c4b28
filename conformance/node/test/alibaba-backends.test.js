// Backend services, and many APIs at once, through the vendor's Node.js clients, shown by calls.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { clients } = require('../clients');
const { name } = require('../names');
const { echo, open } = require('../shop');
const { refused } = require('../walk');

const UPDATED = ['ApiUpdateBackendResults', 'ApiUpdateBackendResult', 'UpdateStatus'];
const DEPLOYED = ['DeployedResults', 'DeployedResult', 'DeployedStatus'];
const ABOLISHED = ['ApiAbolishResults', 'ApiAbolishResult', 'AbolishStatus'];

for (const [who, client] of Object.entries(clients)) {
  test(`what is published follows its backend service, by ${who}`, async (t) => {
    const one = client();
    const shop = await open(t, one);
    const title = name('herd');
    const { BackendId } = await one.do('CreateBackend', { BackendName: title, BackendType: 'HTTP', Description: 'one' });
    t.after(() => one.do('DeleteBackend', { BackendId }).catch(() => {}));
    const api = await shop.api('/pets', { ServicePath: '/herd' }, { BackendEnable: true, BackendId });
    const there = { BackendId, StageName: 'RELEASE' };
    await refused(one, 404, 'NotFoundBackendModel', 'DeployApi', { ...api, StageName: 'RELEASE', Description: 'one' });
    const data = (more) => JSON.stringify({ ServiceAddress: echo, ...more });
    const { BackendModelId } = await one.do('CreateBackendModel', { ...there, BackendType: 'HTTP', BackendModelData: data() });
    await shop.online(api);
    await shop.served('/pets', (seen) => assert.equal(seen.path, '/herd'));

    const model = { ...there, BackendModelId };
    const named = { BackendType: 'HTTP', BackendModelData: data({ HttpTargetHostName: 'herd.internal' }) };
    const modified = await one.do('ModifyBackendModel', { ...model, ...named });
    const [result] = await shop.done('DescribeUpdateBackendTask', modified.OperationId, ...UPDATED);
    assert.deepEqual([result.ApiUid, result.BackendId, result.StageName], [api.ApiId, BackendId, 'RELEASE']);
    await shop.served('/pets', (seen) => assert.equal(seen.headers.host, 'herd.internal'));

    const { BackendInfo: info } = await one.do('DescribeBackendInfo', { BackendId });
    assert.equal(info.BackendModels[0].BackendConfig.HttpTargetHostName, 'herd.internal');
    const users = (await one.do('DescribeApisByBackend', there)).ApiInfoList.ApiInfo;
    assert.deepEqual(users.map((user) => user.ApiId), [api.ApiId]);
    await one.do('ModifyBackend', { BackendId, BackendName: title, BackendType: 'HTTP', Description: 'two & 二' });
    const listed = (await one.do('DescribeBackendList', { BackendName: title })).BackendInfoList;
    assert.deepEqual(listed.map((service) => [service.BackendId, service.Description]), [[BackendId, 'two & 二']]);
    await refused(one, 400, 'DependencyViolationBackend', 'DeleteBackend', { BackendId });

    const deleted = await one.do('DeleteBackendModel', model);
    await shop.done('DescribeUpdateBackendTask', deleted.OperationId, ...UPDATED);
    await shop.refused('/pets', 404, 'I404NF');
    await one.do('DeleteApi', api);
    await one.do('DeleteBackend', { BackendId });
    await refused(one, 404, 'NotFoundBackend', 'DescribeBackendInfo', { BackendId });
  });

  test(`many APIs at once by ${who}`, async (t) => {
    const one = client();
    const shop = await open(t, one);
    const apis = [await shop.api('/cats'), await shop.api('/dogs')];
    const Api = apis.map(({ GroupId, ApiId }) => ({ GroupId, ApiUid: ApiId }));
    const deployed = await one.do('BatchDeployApis', { Api, StageName: 'RELEASE', Description: 'all' });
    const results = await shop.done('DescribeDeployApiTask', deployed.OperationId, ...DEPLOYED);
    assert.deepEqual(results.map((result) => result.ApiUid).sort(), apis.map((api) => api.ApiId).sort());
    for (const api of apis) await shop.authorize(api);
    for (const path of ['/cats', '/dogs']) await shop.served(path, (seen) => assert.equal(seen.path, path));

    const there = Api.map((api) => ({ ...api, StageName: 'RELEASE' }));
    const abolished = await one.do('BatchAbolishApis', { Api: there });
    await shop.done('DescribeAbolishApiTask', abolished.OperationId, ...ABOLISHED);
    for (const path of ['/cats', '/dogs']) await shop.refused(path, 404, 'I404NF');
  });
}
