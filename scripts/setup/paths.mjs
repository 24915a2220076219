import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where downloads are kept between work trees (XDG base directory). */
export const cacheDir = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'coldtrail');

/** Locks and marks of this work tree that must outlive node_modules. */
export const stateDir = join(root, '.cache');

/** @param {string[]} parts a path inside the repository */
export const inRoot = (...parts) => join(root, ...parts);

/** @param {string} name a file in node_modules/.bin's place, started with Node so that it works on every system */
export const moduleFile = (...parts) => inRoot('node_modules', ...parts);
