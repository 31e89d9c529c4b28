// Plug-ins through the vendor's Node.js clients, shown by calls.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { clients } = require('../clients');
const { name } = require('../names');
const { open } = require('../shop');
const { refused } = require('../walk');

const list = (block) => JSON.stringify({ type: 'ALLOW', items: [{ blocks: [block] }] });

for (const [who, client] of Object.entries(clients)) {
  test(`a plug-in by ${who}`, async (t) => {
    const one = client();
    const shop = await open(t, one);
    const there = await shop.online(await shop.api('/pets'));
    await shop.served('/pets');

    const made = { PluginName: name('plugin'), PluginType: 'ipControl', PluginData: list('192.0.2.0/24') };
    const { PluginId } = await one.do('CreatePlugin', made);
    t.after(() => one.do('DeletePlugin', { PluginId }).catch(() => {}));
    await one.do('AttachPlugin', { PluginId, ...there });
    await shop.refused('/pets', 403, 'A403IP');
    await one.do('ModifyPlugin', { PluginId, PluginData: list('127.0.0.0/8'), Description: 'here & 这里' });
    await shop.served('/pets');

    const [plugin] = (await one.do('DescribePlugins', { PluginId })).Plugins.PluginAttribute;
    assert.deepEqual([plugin.PluginData, plugin.Description], [list('127.0.0.0/8'), 'here & 这里']);
    const attached = (await one.do('DescribePluginsByApi', there)).Plugins.PluginAttribute;
    assert.deepEqual(attached.map((each) => each.PluginId), [PluginId]);
    const apis = (await one.do('DescribePluginApis', { PluginId })).ApiSummarys.ApiPluginSummary;
    assert.deepEqual(apis.map((api) => [api.ApiId, api.Path, api.StageName]), [[there.ApiId, '/pets', 'RELEASE']]);
    await refused(one, 400, 'DependencyViolationPlugin', 'DeletePlugin', { PluginId });
    await one.do('DetachPlugin', { PluginId, ...there });
    await one.do('DeletePlugin', { PluginId });
    await refused(one, 404, 'NotFoundPlugin', 'DeletePlugin', { PluginId });
  });
}
