/** `=?utf-8?B?w7wucGRm?=`: how .NET's HttpClient writes a name beside its `filename*`, which the form parser then passes over. */
const ENCODED_WORD = /^=\?utf-8\?b\?([a-z0-9+/=]+)\?=$/i;

const decoded = (name: string) => {
  const [, base64] = ENCODED_WORD.exec(name) ?? [];
  return base64 === undefined ? name : Buffer.from(base64, 'base64').toString('utf8');
};

/** The last path component of a sent file name, without control characters, to 255 characters; undefined when nothing is left. */
export function fileName(sent: string | undefined): string | undefined {
  const [last = ''] = decoded(sent ?? '')
    .split(/[/\\]/)
    .slice(-1);
  const name = [...last.toWellFormed().replace(/\p{Cc}/gu, '')].slice(0, 255).join('');
  return name.trim() === '' || name === '.' || name === '..' ? undefined : name;
}
