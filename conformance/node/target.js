// What the tests call: written by whoever prepared the gateway, see ../README.md.
'use strict';

const { readFileSync } = require('node:fs');

const file = process.env.PAIFANG_CONFORMANCE;
if (!file) throw new Error('PAIFANG_CONFORMANCE must name the target.json of a prepared gateway (see conformance/README.md)');

const { alibaba, app, backend, http, management, stranger } = JSON.parse(readFileSync(file, 'utf8'));

/** The address of the echo API, or of a path below it. */
exports.url = (below = '') => alibaba.url + alibaba.path + below;
exports.path = alibaba.path;
exports.app = app;
exports.stranger = stranger;
exports.backend = backend;
exports.management = management;
/** The port on which every host is served. */
exports.port = http.split(':')[1];
