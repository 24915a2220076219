import { maskSecrets } from '../../shared/text/mask-secrets';

const HIDDEN = '****';
/** Names of keys stay recognisable by their ends, so that two lines about one key can be told to be about one. */
const KEY_ID = /\b((?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{0,2})[A-Z0-9]{8,}([A-Z0-9]{2})\b/g;
/** A secret access key without its name: 40 characters of Base64 that are no hash in hexadecimal. */
const BARE_SECRET = /(?<![\w/+=])(?![0-9a-fA-F]{40}(?![\w/+=]))[A-Za-z0-9/+]{40}(?![\w/+=])/g;
/** Passwords as connection strings and messages write them. */
const ASSIGNED = /\b([\w-]*(?:secret|password|passwd|passphrase)[\w-]*\s*[:=]\s*)[^\s,;&}"']+/gi;

/**
 * The text as a log may keep it: besides what is masked everywhere, key ids and secrets without a name. A log is read by
 * more people than the evidence, and by such as are not told whose it is.
 */
export function maskForLog(text: string): string {
  return maskSecrets(text)
    .replace(KEY_ID, `$1${HIDDEN}$2`)
    .replace(ASSIGNED, `$1${HIDDEN}`)
    .replace(BARE_SECRET, HIDDEN);
}
