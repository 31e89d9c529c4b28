'use strict';

const { randomUUID } = require('node:crypto');

/** A name that nothing else has. */
exports.name = (prefix) => `${prefix}_${randomUUID().slice(0, 8)}`;
exports.host = () => `${randomUUID()}.paifang.test`;
