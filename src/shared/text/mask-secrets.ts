/** Names of fields, headers and variables whose values are secrets, in whatever case they are written. */
const NAMES = [
  String.raw`[\w.-]*(?:password|passwd)`,
  String.raw`[\w.-]*_(?:secret|token|secret_key|secret_access_key|api_key|private_key)`,
  'sessionToken',
  'secretAccessKey',
  'secretKey',
  'authorizationToken',
  'federationToken',
  'signinToken',
  'accessToken',
  'refreshToken',
  'idToken',
  'bearerToken',
  'authToken',
  'tokenCode',
  'token',
  'secretString',
  'secretBinary',
  'clientSecret',
  'sharedSecret',
  'privateKey',
  'privateKeyPem',
  'keyMaterial',
  'passwordData',
  'apiKey',
  'userData',
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'x-amz-security-token',
  'x-amz-signature',
].join('|');

/** What every text with a secret holds: the cheap question before the dear one. For RE2 of the SQL engine, too. */
export const SECRET_HINT =
  '(?i)passw|secret|token|signature=|amz-signature|sig=|pwd=|_key|api-?key|private.?key|keymaterial|userdata|authorization|bearer|cookie|session_?id|jwt=|eyJ|IQoJ|F[wQ]oG';
const HINT = new RegExp(SECRET_HINT.replace('(?i)', ''), 'i');
const NAME = new RegExp(`^(?:${NAMES})$`, 'i');

/**
 * Where a secret in JSON begins: after its field, or after `"name": "<its name>", "value":` as headers and variables of
 * environments are written. Quotes may stand escaped, since logs hold JSON inside JSON.
 */
const FIELD = new RegExp(
  String.raw`(\\*)"(?:(?:${NAMES})\1"\s*:\s*(?:\{\s*\1"value\1"\s*:\s*)?|name\1"\s*:\s*\1"(?:${NAMES})\1"\s*,\s*\1"value\1"\s*:\s*)\1"`,
  'gi',
);
/** Assignments in text, in environments and in headers. */
const ASSIGNED =
  /\b(aws_secret_access_key|aws_session_token|X-Amz-Security-Token|X-Amz-Signature|Bearer|Basic)(\s*[=: ]\s*)([\w+/=%.~-]{12,})/gi;
/** The same in addresses, where a short value is a secret, too. */
const QUERY =
  /((?:^|[?&;\s"])(?:[\w.-]*(?:password|passwd|_token|_secret)|pwd|token|jwt|sig|signature|x-amz-signature|x-amz-security-token|api[_-]?key|auth|authorization|session_?id)=)([^&;\s"'\\<>[\]]+)/gi;
/** Tokens by their own beginning, JSON web tokens, and keys in PEM. */
const TOKEN = /\b(?:IQoJ|FwoG|FQoG)[\w+/=%-]{40,}/g;
const JWT = /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g;
const PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
/** The values of a Kubernetes Secret. */
const SECRET_OBJECT = /\\*"kind\\*"\s*:\s*\\*"Secret(?:List)?\\*"/;
const SECRET_DATA = /(\\*"(?:data|stringData)\\*"\s*:\s*\{)([^{}]*)\}/g;
const DATA_VALUE = /(\\*"\s*:\s*\\*")([^"\\]+)/g;
/** What AWS already hid. */
const HIDDEN = /^(?:\[masked|HIDDEN_DUE_TO_SECURITY_REASONS|<sensitiveDataRemoved>|\*+$|$)/;

/** What stands in place of a secret. */
export const MASKED = '[masked, ';
const masked = (length: number) => `${MASKED}${length} characters]`;

/** The text with secrets, session tokens and passwords replaced by their length; everything else is unchanged. */
export function maskSecrets(text: string): string {
  if (text.length < 7 || !HINT.test(text)) return text;
  const fields = maskFields(text);
  const data = SECRET_OBJECT.test(fields)
    ? fields.replace(
        SECRET_DATA,
        (_, open: string, inner: string) =>
          `${open}${inner.replace(DATA_VALUE, (all, before: string, value: string) => (HIDDEN.test(value) ? all : before + masked(value.length)))}}`,
      )
    : fields;
  return data
    .replace(PEM, (value) => masked(value.length))
    .replace(
      ASSIGNED,
      (_, name: string, between: string, value: string) => name + between + masked(value.length),
    )
    .replace(QUERY, (_, name: string, value: string) => name + masked(value.length))
    .replace(TOKEN, (value) => masked(value.length))
    .replace(JWT, (value) => masked(value.length));
}

/** The value of a field or column by its name: wholly masked where the name says that it is a secret. */
export function maskNamed(name: string, value: string): string {
  return isSecretName(name) ? maskWhole(value) : maskSecrets(value);
}

export function maskWhole(value: string): string {
  return HIDDEN.test(value) ? value : masked(value.length);
}

export function isSecretName(name: string): boolean {
  return NAME.test(name);
}

function maskFields(text: string): string {
  let out = '';
  let kept = 0;
  for (const match of text.matchAll(FIELD)) {
    const from = match.index + match[0].length;
    if (from < kept) continue;
    const to = endOfString(text, from, match[1]?.length ?? 0);
    const value = text.slice(from, to);
    if (HIDDEN.test(value)) continue;
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
