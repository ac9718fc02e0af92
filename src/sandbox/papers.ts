import { createHash } from 'node:crypto';
import type { Files, ReceivedFile } from '../kernel/files.ts';
import { PAPER_PRINTS } from './data/paper-prints.ts';
import { PAPER_TEXTS } from './data/paper-texts.ts';

export type PaperName = keyof typeof PAPER_TEXTS;
export const PAPER_NAMES = Object.keys(PAPER_TEXTS) as PaperName[];

const PAGE = { width: 612, height: 792, margin: 72 } as const;
const LINE_LENGTH = 82;

function wrapped(paragraph: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line && line.length + word.length >= LINE_LENGTH) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}

/** One page in Helvetica. The bytes depend on the text alone: no time of today and no random id goes in. */
export async function drawPaper(name: PaperName): Promise<Uint8Array> {
  // 200 ms to load, and only the first telling in a folder needs it.
  const { PDFDocument, StandardFonts } = await import('@cantoo/pdf-lib');
  const { title, day, text } = PAPER_TEXTS[name];
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const date = new Date(`${day}T12:00:00Z`);
  pdf.setTitle(title);
  pdf.setProducer('Portico sandbox');
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
  const plain = pdf.embedStandardFont(StandardFonts.Helvetica);
  const bold = pdf.embedStandardFont(StandardFonts.HelveticaBold);
  const page = pdf.addPage([PAGE.width, PAGE.height]);
  let y = PAGE.height - PAGE.margin;
  const write = (line: string, size: number, font = plain) => {
    page.drawText(line, { x: PAGE.margin, y, size, font });
    y -= size * 1.5;
  };
  write(title, 16, bold);
  write(`Allen Realty · ${day} · made-up paper of the Portico sandbox`, 9);
  y -= 14;
  for (const paragraph of text) {
    for (const line of wrapped(paragraph)) write(line, 11);
    y -= 8;
  }
  y -= 40;
  write('________________________________          ____________________', 11);
  write('Signature                                                          Date', 9);
  return pdf.save();
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function* once(bytes: Uint8Array) {
  yield bytes;
}

/**
 * The papers as files that were received. Hash and size are known beforehand, so a paper is drawn and written only where the store
 * does not have it: never again after the first telling.
 */
export function paperFiles(files: Files, orgId: number): Record<PaperName, ReceivedFile> {
  const ensure = async (name: PaperName) => {
    const print = PAPER_PRINTS[name];
    const there = await files.open(orgId, print.sha256);
    there?.stream.destroy();
    if (there?.size === print.size) return;
    const bytes = await drawPaper(name);
    if (sha256(bytes) !== print.sha256) throw new Error(`Paper '${name}' no longer has the bytes that data/paper-prints.ts says`);
    await (await files.receive(orgId, once(bytes), { limit: bytes.length })).keep();
  };
  const fileOf = (name: PaperName): ReceivedFile => {
    let keeping: Promise<void> | undefined;
    return {
      ...PAPER_PRINTS[name],
      sniffedType: 'application/pdf',
      keep: () => (keeping ??= ensure(name)),
      discard: async () => {},
    };
  };
  return Object.fromEntries(PAPER_NAMES.map((name) => [name, fileOf(name)])) as Record<PaperName, ReceivedFile>;
}
