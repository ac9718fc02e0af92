import fc from 'fast-check';
import { hostileText } from './hostile.ts';
import type { Header } from './shot.ts';

export type Form = { readonly header: Header; readonly body: Uint8Array };

const CONTENTS = [
  Buffer.from('%PDF-1.4\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'),
  Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1]),
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0xff, 0xff, 0xff, 0xff]),
  Buffer.from('PK\u0003\u0004'),
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  Buffer.from('GIF89a'),
  Buffer.alloc(0),
  Buffer.alloc(70_000, 'x'),
];

/** Line ends and quotes of a name would end the header of its part; some are let through, to see what a parser makes of it. */
const nameOf = (text: string) => text.toWellFormed().replaceAll('"', '%22');

const part = fc.record({
  name: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('file', 'name', 'folderId') }, { weight: 1, arbitrary: hostileText }),
  file: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<string | null>('contract.pdf', 'a/../b.exe', null) },
    { weight: 1, arbitrary: hostileText },
  ),
  type: fc.constantFrom('application/pdf', 'image/jpeg', 'text/html', 'multipart/mixed; boundary=b', ';;;', ''),
  content: fc.constantFrom(...CONTENTS),
});

const ENDS = ['whole', 'whole', 'whole', 'whole', 'cut', 'no end', 'no boundary', 'other boundary', 'nothing'] as const;

/** Forms with files: whole, cut off, without or with another boundary than their header says, with any parts in any order. */
export const form: fc.Arbitrary<Form> = fc
  .tuple(
    fc.array(part, { minLength: 0, maxLength: 4 }),
    fc.constantFrom('b0undary', '-', 'a'.repeat(70), "'()+_,-./:=?"),
    fc.constantFrom(...ENDS),
  )
  .map(([parts, boundary, end]) => {
    const written = parts.flatMap(({ name, file, type, content }) => [
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="${nameOf(name)}"${file === null ? '' : `; filename="${nameOf(file)}"`}\r\n${type ? `content-type: ${type}\r\n` : ''}\r\n`,
      ),
      content,
      Buffer.from('\r\n'),
    ]);
    const whole = Buffer.concat([...written, Buffer.from(end === 'no end' ? '' : `--${boundary}--\r\n`)]);
    const told = end === 'no boundary' ? '' : `; boundary="${end === 'other boundary' ? 'another' : boundary}"`;
    const body = end === 'nothing' ? Buffer.alloc(0) : end === 'cut' ? whole.subarray(0, Math.floor(whole.length / 2)) : whole;
    return { header: ['content-type', `multipart/form-data${told}`], body };
  });
