/** The last path component of a sent file name, without control characters, to 255 characters; undefined when nothing is left. */
export function fileName(sent: string | undefined): string | undefined {
  const [last = ''] = (sent ?? '').split(/[/\\]/).slice(-1);
  const name = [...last.toWellFormed().replace(/\p{Cc}/gu, '')].slice(0, 255).join('');
  return name.trim() === '' || name === '.' || name === '..' ? undefined : name;
}
