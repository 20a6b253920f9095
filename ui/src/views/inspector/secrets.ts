/**
 * Guesses which values a reader would not want on a projector: by the name that stands before them
 * or by how they look. It only decides what is masked until clicked; nothing is changed or dropped.
 * False alarms cost one click, so the rules lean towards masking.
 */
export interface SecretPiece {
  readonly text: string;
  readonly secret: boolean;
}

const SECRET_WORDS = new Set(
  (
    'key keys apikey apikeys accesskey secretkey privatekey token tokens secret secrets password passwords passwd ' +
    'passphrase pass pw credential credentials creds auth authorization cookie session dsn bearer pat'
  ).split(' '),
);
/** A name with one of these speaks of something public, or of where the secret lies. */
const HARMLESS_WORDS = new Set(
  (
    'public file files path dir folder name length ttl expiry expires enabled disabled version algorithm alg type ' +
    'server servers sha sha1 sha256 sha384 sha512 md5 checksum digest commit revision signature certificate ' +
    'integrity fingerprint hash'
  ).split(' '),
);
const HARMLESS_VALUES = /^(?:true|false|yes|no|on|off|none|null|\d{1,4}|)$/i;
const KNOWN_FORMS =
  /^(?:gh[oprsu]_|github_pat_|glpat-|xox[abprs]-|sk-|pk_live_|AKIA|ASIA|AIza|npm_|pypi-|hf_|dckr_pat_|eyJ[\w-]+\.eyJ)/;
const PRIVATE_PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const URL_CREDENTIALS = /\b[a-z][a-z0-9+.-]{0,15}:\/\/[^\s/@:]*:([^\s/@]+)@/gi;
/** No look-behind in these: it is a syntax error in the WebKit of older macOS. */
const VALUE = String.raw`("[^"]*"|'[^']*'|[^\s"';|&-][^\s"';|&]*)`;
/** `NAME=value`, `--name=value`. */
const ASSIGNMENT = new RegExp(String.raw`(?:^|[^\w.-])-{0,2}([A-Za-z_][\w.-]*)=${VALUE}`, 'g');
/** `--name value`. */
const OPTION = new RegExp(String.raw`(?:^|\s)--?([A-Za-z][\w.-]*)[ \t]+${VALUE}`, 'g');

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function nameIsSecret(words: readonly string[]): boolean {
  return words.some((word) => SECRET_WORDS.has(word)) && !words.some((word) => HARMLESS_WORDS.has(word));
}

function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

function looksRandom(value: string): boolean {
  if (!/^[A-Za-z0-9+/=_-]{20,}$/.test(value)) return false;
  if (/^[0-9a-f]{32,}$/i.test(value)) return true;
  const longestRun = Math.max(...value.split(/[/_-]/).map((part) => part.length));
  if (longestRun < 16) return false;
  return /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && bitsPerCharacter(value) >= 3.5;
}

/** Whether `value`, known by `name`, is masked as a whole. */
export function looksSecret(name: string, value: string): boolean {
  if (HARMLESS_VALUES.test(value)) return false;
  if (KNOWN_FORMS.test(value) || PRIVATE_PEM.test(value)) return true;
  const words = wordsOf(name);
  if (nameIsSecret(words)) return true;
  const harmless = words.some((word) => HARMLESS_WORDS.has(word)) || name.startsWith('moby.buildkit.');
  return !harmless && looksRandom(value);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function assignments(text: string): Range[] {
  const found: Range[] = [];
  for (const match of [...text.matchAll(ASSIGNMENT), ...text.matchAll(OPTION)]) {
    const name = match[1] ?? '';
    const written = match[2] ?? '';
    const quoted = /^["']/.test(written);
    const value = quoted ? written.slice(1, -1) : written;
    if (!looksSecret(name, value)) continue;
    const end = match.index + match[0].length - (quoted ? 1 : 0);
    found.push({ start: end - value.length, end });
  }
  return found;
}

function urlPasswords(text: string): Range[] {
  return [...text.matchAll(URL_CREDENTIALS)].map((match) => {
    const end = match.index + match[0].length - 1;
    return { start: end - (match[1] ?? '').length, end };
  });
}

/**
 * Cuts `text` into what is shown and what is masked. `name` is the variable, label or key whose
 * value it is; assignments and URLs inside the text are looked at as well.
 */
export function secretPieces(name: string, text: string): SecretPiece[] {
  if (looksSecret(name, text)) return [{ text, secret: true }];
  const ranges = [...assignments(text), ...urlPasswords(text)].sort((a, b) => a.start - b.start);
  const pieces: SecretPiece[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    if (start < at) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), secret: false });
    pieces.push({ text: text.slice(start, end), secret: true });
    at = end;
  }
  if (at < text.length || pieces.length === 0) pieces.push({ text: text.slice(at), secret: false });
  return pieces;
}

/** `NAME=value` as Docker keeps environment lines; a line without `=` has an empty value. */
export function splitEnvironment(line: string): { name: string; value: string; assigned: boolean } {
  const at = line.indexOf('=');
  return at < 0
    ? { name: line, value: '', assigned: false }
    : { name: line.slice(0, at), value: line.slice(at + 1), assigned: true };
}
