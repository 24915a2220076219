import { join } from 'node:path';
import { runCommandLine } from './run';

/** The command line as a program of its own, on plain Node. */
void runCommandLine(process.argv.slice(2), join(__dirname, 'index.js')).then((code) => process.exit(code));
