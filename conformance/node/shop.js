// A group with APIs that an app may call, made by whichever client of the management interface; calls are signed by the
// vendor's client for callers.
'use strict';

require('./hosts');
const assert = require('node:assert/strict');
const { Client } = require('aliyun-api-gateway');
const { eventually } = require('./eventually');
const { host, name } = require('./names');
const { refused } = require('./refusal');
const { backend, port } = require('./target');

const text = JSON.stringify;
exports.echo = `http://${backend}`;

/** Opens a shop for a test, which closes it. */
exports.open = async (test, client) => {
  const { GroupId } = await client.do('CreateApiGroup', { GroupName: name('shop') });
  const domain = { GroupId, DomainName: host() };
  await client.do('SetDomain', domain);
  const { AppId } = await client.do('CreateApp', { AppName: name('app') });
  const { AppKey, AppSecret } = await client.do('DescribeAppSecurity', { AppId });
  const shop = new Shop(client, { GroupId, domain, AppId, caller: new Client(AppKey, AppSecret) });
  test.after(() => shop.close());
  return shop;
};

class Shop {
  constructor(client, members) {
    Object.assign(this, members, { client, apis: [] });
  }

  /** An API before the backend that echoes, or another. */
  async api(path, service = { ServiceProtocol: 'HTTP', ServiceAddress: exports.echo }, more = {}) {
    const { GroupId } = this;
    const members = {
      ApiName: `list_${path.slice(1)}`,
      Visibility: 'PRIVATE',
      AuthType: 'APP',
      RequestConfig: text({ RequestProtocol: 'HTTP', RequestHttpMethod: 'GET', RequestPath: path }),
      RequestParameters: '[]',
      ServiceConfig: text({ ServicePath: path, ServiceHttpMethod: 'GET', ServiceTimeout: 5000, ...service }),
    };
    const { ApiId } = await this.client.do('CreateApi', { GroupId, ...members, ...more });
    const api = { GroupId, ApiId };
    this.apis.push(api);
    return api;
  }

  async authorize(api) {
    await this.client.do('SetAppsAuthorities', { ...api, StageName: 'RELEASE', AppIds: `${this.AppId}` });
  }

  async online(api) {
    const there = { ...api, StageName: 'RELEASE' };
    await this.client.do('DeployApi', { ...there, Description: 'one' });
    await this.authorize(api);
    return there;
  }

  call(path) {
    return this.caller.get(`http://${this.domain.DomainName}:${port}${path}`);
  }

  /** Calls until the backend answers; what it saw. */
  served(path, accept = () => {}) {
    return eventually(async () => {
      const echo = await this.call(path);
      accept(echo);
      return echo;
    });
  }

  /** Calls until the gateway refuses so. */
  refused(path, status, code) {
    return eventually(() => refused(this.call(path), status, code));
  }

  /** The results of a task, once all of it is done. */
  done(action, OperationUid, outer, inner, status) {
    return eventually(async () => {
      const results = (await this.client.do(action, { OperationUid }))[outer][inner];
      for (const result of results) assert.equal(result[status], 'OVER', text(result));
      return results;
    });
  }

  /** Takes away what is left, also after a test that failed. */
  async close() {
    const forget = (action, members) => this.client.do(action, members).catch(() => {});
    for (const api of this.apis) {
      await forget('AbolishApi', { ...api, StageName: 'RELEASE' });
      await forget('DeleteApi', api);
    }
    await forget('DeleteApp', { AppId: this.AppId });
    await forget('DeleteDomain', this.domain);
    await forget('DeleteApiGroup', { GroupId: this.GroupId });
  }
}
