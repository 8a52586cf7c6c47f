// Preloaded by a test: lists every folder in another order at each call.
const fs = require('node:fs');

const list = fs.readdirSync;

/** @param {unknown[]} items */
const shuffled = (items) =>
  items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

fs.readdirSync = (...given) => shuffled(list(...given));
