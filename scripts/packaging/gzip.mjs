#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/**
 * Stands in for 7za where electron-builder wants it for `tar.gz` alone: the last two words are the archive to write and
 * the tar to press. Plain gzip writes neither name nor time, so that the same tar gives the same bytes.
 */
const [archive, tar] = process.argv.slice(-2);
const out = openSync(archive, 'w');
const { status, error } = spawnSync('gzip', ['-n', '-6', '-c', tar], { stdio: ['ignore', out, 'inherit'] });
closeSync(out);
if (error) throw error;
process.exitCode = status ?? 1;
