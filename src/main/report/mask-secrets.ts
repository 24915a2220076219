/** Field names whose values never leave the case in a report: session tokens, keys, passwords. */
const SECRET =
  /("(?:sessionToken|secretAccessKey|SessionToken|SecretAccessKey|password|newPassword|oldPassword|authorizationToken|x-amz-security-token|X-Amz-Security-Token|federationToken|signinToken)"\s*:\s*")((?:[^"\\]|\\.)*)(")/g;

/** The text with the values of secret fields replaced by their length; everything else is unchanged. */
export function maskSecrets(text: string): string {
  return text.replace(
    SECRET,
    (_, head: string, value: string, tail: string) => `${head}[masked, ${value.length} characters]${tail}`,
  );
}
