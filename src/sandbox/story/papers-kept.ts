import { systemActor } from '../../access/actor.ts';
import { PAPER_NAMES, type PaperName } from '../papers.ts';
import type { Stage } from '../stage.ts';

/** Keeps every paper before the first document needs one: files side by side, because each waits for the disk. */
export function keepPapers(stage: Stage): void {
  const { documents } = stage.domain;
  stage.at('2005-01-01T00:00:01Z', async () => {
    await Promise.all(PAPER_NAMES.map((name) => stage.papers[name].keep()));
    for (const name of PAPER_NAMES)
      stage.blobs.set(name, await documents.keepForTemplates(systemActor(stage.orgId), stage.papers[name]));
  });
}

/** @throws Error when the papers were not kept yet */
export function blobOf(stage: Stage, paper: PaperName): number {
  const id = stage.blobs.get(paper);
  if (id === undefined) throw new Error(`Paper '${paper}' was not kept yet`);
  return id;
}
