// The quick start through the vendor's Node.js clients, and what else they send in a way of their own.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { clients, older } = require('../clients');
const { name } = require('../names');
const { refused, walk } = require('../walk');

test('an action that there is not', async () => {
  for (const method of ['GET', 'POST']) await refused(older(method), 404, 'InvalidAction.NotFound', 'CreateMagic');
});

for (const [who, client] of Object.entries(clients)) {
  test(`the quick start by ${who}`, () => walk(client()));

  test(`regions and the instance by ${who}`, async () => {
    const one = client();
    const regions = (await one.do('DescribeRegions')).Regions.Region;
    assert.deepEqual(regions.map((region) => region.RegionEndpoint), [one.address]);
    const instances = (await one.do('DescribeInstances')).Instances.InstanceAttribute;
    assert.deepEqual(instances.map((instance) => instance.InstanceId), ['api-shared-vpc-001']);
  });

  test(`tags of a group, as ${who} sends lists`, async () => {
    const tags = [{ Key: 'team', Value: 'pets & 世界' }, { Key: 'tier', Value: '' }];
    const { GroupId } = await client().do('CreateApiGroup', { GroupName: name('pets'), Tag: tags });
    const listed = await client().do('DescribeApiGroups', { GroupId, Tag: tags });
    const [group] = listed.ApiGroupAttributes.ApiGroupAttribute;
    assert.deepEqual(group.Tags.TagInfo.map((tag) => ({ ...tag })), tags);
    await client().do('DeleteApiGroup', { GroupId });
  });

  test(`a wrong secret of ${who}`, async () => {
    await refused(client('another secret, also long'), 400, 'SignatureDoesNotMatch', 'DescribeRegions');
  });

  test(`what is not offered, by ${who}`, async () => {
    await refused(client(), 404, 'InvalidAction.NotFound', 'DescribePurchasedApis', {});
  });
}
