const SECRET_NAME = /secret|password|token|authorization|signature|credential(?!s(Expired|Missing))/i;
const SECRET_TEXT: [RegExp, string][] = [
  // Query-string and header forms of SigV4, and the bearer token of the browser host.
  [/(X-Amz-(?:Signature|Credential|Security-Token)=)[^&\s"']+/gi, '$1***'],
  [/(Signature=)[0-9a-f]{16,}/gi, '$1***'],
  [/(Bearer\s+)[\w.~+/-]+=*/gi, '$1***'],
  [/((?:secret_?access_?key|session_?token|aws_secret_access_key|aws_session_token)["']?\s*[:=]\s*["']?)[^\s"',}]+/gi, '$1***'],
];

const redactText = (text: string): string => SECRET_TEXT.reduce((t, [pattern, by]) => t.replace(pattern, by), text);

/** A copy fit for the log: secrets blanked, errors as their stack with causes, depth bounded. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (value instanceof Error) {
    const cause = value.cause === undefined ? '' : `\n  cause: ${String(redact(value.cause, depth + 1))}`;
    return redactText(value.stack ?? String(value)) + (depth < 4 ? cause : '');
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 3) return '…';
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, SECRET_NAME.test(name) && typeof item === 'string' ? '***' : redact(item, depth + 1)]),
  );
}
