import type { ReadLoopAnswer } from '../generated/app-api.ts';
import { Moment } from '../parts/moment.tsx';
import { Group, Nothing, Panel } from '../parts/panel.tsx';

type Folder = ReadLoopAnswer['folders'][number];
type Document = Folder['documents'][number];

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

function sizeOf(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const format = {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    unitDisplay: power ? 'short' : 'long',
    maximumFractionDigits: 1,
  } as const;
  return new Intl.NumberFormat(undefined, format).format(bytes / 1000 ** power);
}

const KINDS: Record<string, string> = {
  'application/pdf': 'PDF',
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'image/gif': 'GIF',
  'image/webp': 'WebP',
};

function DocumentRow({ loopId, document: { id, folderId, name, type, size, updated } }: { loopId: number; document: Document }) {
  const href = `/app/loops/${loopId}/folders/${folderId}/documents/${id}`;
  return (
    <li className="document">
      <a href={href} target="_blank" rel="noopener">
        {name}
        <span className="unseen"> (opens in a new tab)</span>
      </a>
      <span className="muted">
        {KINDS[type] ?? 'File'} · {sizeOf(size)} · <Moment at={updated} />
      </span>
      <a className="action" href={`${href}?download`} download={name} aria-label={`Download ${name}`}>
        Download
      </a>
    </li>
  );
}

/** The folders with their papers. */
export function Documents({ loop: { id, folders } }: { loop: ReadLoopAnswer }) {
  const count = folders.reduce((sum, { documents }) => sum + documents.length, 0);
  return (
    <Panel title="Documents" aside={count || undefined}>
      {folders.length === 0 && <Nothing>This loop has no folders yet.</Nothing>}
      {folders.map((folder) => (
        <Group key={folder.id} title={folder.name}>
          {folder.documents.length === 0 ? (
            <Nothing>Empty folder.</Nothing>
          ) : (
            <ul className="rows">
              {folder.documents.map((document) => (
                <DocumentRow key={document.id} loopId={id} document={document} />
              ))}
            </ul>
          )}
        </Group>
      ))}
    </Panel>
  );
}
