const NAMES = [
  'sessionToken',
  'secretAccessKey',
  'secretKey',
  'password',
  'newPassword',
  'oldPassword',
  'masterUserPassword',
  'authorizationToken',
  'federationToken',
  'signinToken',
  'secretString',
  'secretBinary',
  'privateKey',
  'privateKeyPem',
  'clientSecret',
  'keyMaterial',
  'passwordData',
  'aws_secret_access_key',
  'aws_session_token',
  'x-amz-security-token',
].join('|');
/** Fields whose values never leave the case. Their quotes may stand escaped, since logs hold JSON inside JSON. */
const FIELD = new RegExp(String.raw`(\\*)"(?:${NAMES})\1"\s*:\s*\1"`, 'gi');
/** Assignments in text, in environments and in query strings. */
const ASSIGNED =
  /\b(aws_secret_access_key|aws_session_token|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|X-Amz-Security-Token|X-Amz-Signature|Bearer)(\s*[=: ]\s*)([\w+/=%.-]{12,})/g;
/** Session tokens by their own beginning, and keys in PEM. */
const TOKEN = /\b(?:IQoJ|FwoG|FQoG)[\w+/=-]{40,}/g;
const PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g;

const masked = (length: number) => `[masked, ${length} characters]`;

/** The text with secrets, session tokens and passwords replaced by their length; everything else is unchanged. */
export function maskSecrets(text: string): string {
  if (text.length < 12) return text;
  return maskFields(text)
    .replace(
      ASSIGNED,
      (_, name: string, between: string, value: string) => `${name}${between}${masked(value.length)}`,
    )
    .replace(TOKEN, (value) => masked(value.length))
    .replace(PEM, (value) => masked(value.length));
}

function maskFields(text: string): string {
  let out = '';
  let kept = 0;
  for (const match of text.matchAll(FIELD)) {
    const from = match.index + match[0].length;
    if (from < kept) continue;
    const to = endOfString(text, from, match[1]?.length ?? 0);
    const value = text.slice(from, to);
    if (value === '' || value.startsWith('[masked') || value === 'HIDDEN_DUE_TO_SECURITY_REASONS') continue;
    out += text.slice(kept, from) + masked(value.length);
    kept = to;
  }
  return kept === 0 ? text : out + text.slice(kept);
}

/** Where the string ends whose quotes stand behind `escapes` backslashes: none, or one, three ... inside other strings. */
function endOfString(text: string, from: number, escapes: number): number {
  let run = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') {
      run += 1;
    } else if (text[at] === '"' && (run < escapes || Math.floor(run / (escapes + 1)) % 2 === 0)) {
      return at - Math.min(run, escapes);
    } else {
      run = 0;
    }
  }
  return text.length;
}
