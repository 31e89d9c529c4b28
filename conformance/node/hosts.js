// Every host of the tests is this machine: the clients send the host of the URL that they are given, and no other.
'use strict';

const dns = require('node:dns');

const { lookup } = dns;

dns.lookup = (name, options, callback) => {
  const given = typeof options === 'function' ? [{}, options] : [options, callback];
  return lookup(name.endsWith('.paifang.test') ? '127.0.0.1' : name, ...given);
};
