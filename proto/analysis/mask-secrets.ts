/** What stands in the place of a secret. Means nothing in Markdown, JSON or a shell. */
export const masked = '‹masked›';

/** What names of settings and parameters have in them whose values are secrets whatever they look like. */
const secretWord =
  'passw(?:or)?d|passphrase|passwd|pwd|secret|token|api[_.-]?key|access[_.-]?key|private[_.-]?key|account[_.-]?key|signing[_.-]?key|encryption[_.-]?key|credentials?|signature';

const secretKey = new RegExp(`authorization|cookie|${secretWord}`, 'i');

/** Tokens that are counted or sorted, not kept: `gen_ai.usage.input_tokens`, `token_type`, `tokenizer`. */
const harmlessKey =
  /tokens$|tokens[._-]|token[._-]?(?:count|type|usage|limit|length|index)|tokeni[sz]|secret[._-]?name$|cookie[._-]?(?:count|consent)/i;

/** Whether what stands under this key is not to be passed on. */
export const isSecretKey = (key: string): boolean => secretKey.test(key) && !harmlessKey.test(key);

type Replacement = (match: string, ...groups: string[]) => string;

interface Rule {
  pattern: RegExp;
  replacement: Replacement;
}

/** Each takes time linear in the text: what repeats is bounded or cannot be read in two ways. The first rules say most, later ones find what is left. */
const rules: readonly Rule[] = [
  {
    pattern: /-----BEGIN ([A-Z ]{0,30})PRIVATE KEY-----(?! ‹)[^-]*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
    replacement: (_, kind = '') => `-----BEGIN ${kind}PRIVATE KEY----- ${masked}`,
  },
  // To the end of the line: a cookie header holds many, and a scheme nobody knows may be of several words.
  { pattern: /\b((?:set-)?cookie2?["']?\s{0,3}[:=]\s{0,3}["']?)([^\r\n"']+)/gi, replacement: (_, name = '') => name + masked },
  {
    pattern:
      /\b((?:proxy-)?authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:(?:basic|bearer|digest|negotiate|token|apikey|aws4-hmac-sha256)\s{1,3})?)([^\r\n"']+)/gi,
    replacement: (_, name = '') => name + masked,
  },
  // scheme://user:password@host, and scheme://token@host
  {
    pattern: /\b([a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@"'?#]{0,200}:)([^\s/"'?#]{1,400})@/gi,
    replacement: (_, before = '') => `${before}${masked}@`,
  },
  { pattern: /\b([a-z][a-z0-9+.-]{1,30}:\/\/)([^\s/:@"'?#]{20,400})@/gi, replacement: (_, before = '') => `${before}${masked}@` },
  { pattern: /(\s(?:-u|--user)[= ]{1,3}["']?[^\s:"']{1,100}:)([^\s"']{1,400})/g, replacement: (_, before = '') => before + masked },
  // name=value and "name": "value", as in settings, connection strings, query strings and JSON
  {
    pattern: new RegExp(
      String.raw`((?<![\w.-])[\w.-]{0,64}?(?:${secretWord})[\w.-]{0,32}|(?<![\w.-])sig)(\\?["']?\s{0,3}[=:]\s{0,3})(\\?"[^"\r\n]*"|'[^'\r\n]*'|[^\s"'&;,)}\]]+)`,
      'gi',
    ),
    replacement: (match, key = '', between = '') => (namesSecret(key) ? `${key}${between}${masked}` : match),
  },
  {
    pattern: /\b(bearer|basic)(\s{1,3})([a-z0-9._~+/-]{8,}={0,2})/gi,
    replacement: (match, scheme = '', space = '', token = '') => (looksRandom(token) ? `${scheme}${space}${masked}` : match),
  },
  // JSON Web Tokens
  { pattern: /\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g, replacement: () => masked },
  // Access keys of AWS, tokens of GitHub, GitLab, Slack, Stripe, OpenAI and its like, Google, npm, SendGrid
  {
    pattern:
      /\b(?:(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|xox[abeoprs]-[\w-]{10,}|[rs]k_(?:live|test)_\w{10,}|sk-[\w-]{20,}|AIza[\w-]{35}|npm_\w{30,}|SG\.[\w-]{16,}\.[\w-]{16,})/g,
    replacement: () => masked,
  },
];

/** A file is not the name of a setting, as in `token.ts:12:5`. */
const sourceFile = /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|scala|cs|fs|php|exs?|vue|svelte|sql)$/i;

const namesSecret = (key: string): boolean => key.toLowerCase() === 'sig' || (isSecretKey(key) && !sourceFile.test(key));

/** "Basic authentication" is no secret: random text has digits, padding, or capitals behind small letters. */
const looksRandom = (token: string): boolean => /\d|=|[a-z][A-Z]/.test(token);

/**
 * `text` with what looks like a secret masked: authorization and cookie headers, bearer and basic tokens, JSON Web Tokens, keys and tokens of well-known services, passwords in URLs and connection
 * strings, private keys, and the values of names such as `api_key`. Rather one too many than one too few; what looks like nothing known is not found.
 */
export const maskSecrets = (text: string): string => {
  let shown = text;
  for (const { pattern, replacement } of rules) shown = shown.replaceAll(pattern, replacement);
  return shown;
};

/** The value of an attribute, masked as a whole where its key says that it is a secret. */
export const maskAttribute = (key: string, value: string): string => (isSecretKey(key) ? masked : maskSecrets(value));
