'use strict';

const { setTimeout } = require('node:timers/promises');

/** A change is served within milliseconds of its answer; a slow machine may need more. */
const PATIENCE_MS = 15_000;

/** Tries until what is asserted holds. */
exports.eventually = async (attempt) => {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await setTimeout(20);
    }
  }
};
