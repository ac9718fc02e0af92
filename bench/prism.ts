import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askFirst, doorOf, type Headers, SEEN } from './bodies.ts';
import { BASE, type Case, REAPIT } from './cases.ts';
import type { Counterpart, StartedPeer, Surroundings } from './peer.ts';
import { freePort, type Program, startProgram } from './programs.ts';

export const PRISM = 'bench/peers/node_modules/@stoplight/prism-cli/dist/index.js';

/** The doors whose documents it serves, and what their addresses begin with. */
const PREFIX = { dotloop: BASE, reapit: REAPIT } as const;
type Served = keyof typeof PREFIX;
const CASES = ['loop', 'page1', 'reapit-contact', 'reapit-page1'];
/** The document asks for it, Portico does without. */
const VERSION: Headers = { 'api-version': '2020-01-31' };

type Operation = { responses: { 200: { content: Record<string, { example?: unknown }> } } };
type Document = { paths: Record<string, { get?: Operation }> };

/** `/contacts/{id}` is the template of `/contacts/BEN1`; what follows a question mark, or a last slash, is no matter. */
const isTemplateOf = (path: string) => (template: string) =>
  new RegExp(`^${template.replace(/\/$/, '').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path.split('?')[0] ?? '');

/** The door's own document with the operations that are asked for, and Portico's answers as their examples. */
async function examplesOf(door: Served, cases: readonly Case[], { porticoUrl, credentials }: Surroundings): Promise<Document> {
  const document = (await (await fetch(`${porticoUrl}/openapi/${door}.json`)).json()) as Document;
  const paths: Document['paths'] = {};
  for (const asked of cases) {
    const path = (asked.paths[0] ?? '').slice(PREFIX[door].length);
    const template = Object.keys(document.paths).find(isTemplateOf(path));
    const get = template && document.paths[template]?.get;
    if (!get) throw new Error(`The document of ${door} lacks ${path}`);
    for (const content of Object.values(get.responses[200].content))
      content.example = JSON.parse(await askFirst(porticoUrl, asked, credentials[door]));
    paths[template.replace(/\/$/, '')] = { get };
  }
  return { ...document, paths };
}

async function serve(document: string): Promise<Program> {
  const port = await freePort();
  return startProgram({
    command: [process.execPath, PRISM, 'mock', '-m', 'false', '-h', '127.0.0.1', '-p', String(port), '-v', 'silent', document],
    env: { NODE_ENV: 'production' },
    url: `http://127.0.0.1:${port}`,
    probe: '/',
  });
}

/** Prism, which answers the examples of an OpenAPI document: what is valid is checked, who calls and what there is are not. */
export async function startPrism(at: Surroundings): Promise<StartedPeer> {
  const programs: Program[] = [];
  const counterparts = new Map<string, Counterpart>();
  for (const door of Object.keys(PREFIX) as Served[]) {
    const cases = at.cases.filter((one) => doorOf(one) === door && CASES.includes(one.name));
    const file = join(at.folder, `prism-${door}.json`);
    await writeFile(file, JSON.stringify(await examplesOf(door, cases, at)));
    const program = await serve(file);
    programs.push(program);
    for (const asked of cases)
      counterparts.set(asked.name, {
        url: program.url,
        headers: { ...at.credentials[door], ...VERSION },
        asked: { method: 'GET', paths: asked.paths.map((path) => path.slice(PREFIX[door].length)) },
        seen: (answer) => SEEN[door](answer as never),
      });
  }
  return {
    counterparts,
    stop: async () => {
      for (const program of programs) await program.stop();
    },
  };
}
