import { PASSWORD } from './house.ts';

/** A browser without JavaScript: keeps cookies, follows nothing by itself, sends the forms it is shown. */
export function makeVisitor(base: string) {
  const jar = new Map<string, string>();

  async function go(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, base), {
      redirect: 'manual',
      ...init,
      headers: { ...(cookie && { cookie }), ...init.headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  const fieldOf = (page: string, name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';

  const post = (path: string, fields: Record<string, string>) => go(path, { method: 'POST', body: new URLSearchParams(fields) });

  return {
    jar,
    go,
    post,
    fieldOf,
    async signIn(email: string, password = PASSWORD, path = '/login') {
      const page = await (await go(path)).text();
      return post('/login', { csrf: fieldOf(page, 'csrf'), return_to: fieldOf(page, 'return_to'), email, password });
    },
    /** Signs in at the page of an agent's portal, and presses one of its buttons. */
    async atPortal(path: string, fields: { login: string; password?: string; decision?: string; csrf?: string }) {
      const page = await (await go(path)).text();
      const action = /action="([^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? path;
      return post(action, { csrf: fieldOf(page, 'csrf'), password: PASSWORD, decision: 'approve', ...fields });
    },
    /** A call as the pages make it: with a body it is a change. */
    async callPages(path: string, json?: unknown) {
      if (json === undefined) return go(path);
      const { csrf } = (await (await go('/app/session')).json()) as { csrf: string };
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf };
      return go(path, { method: 'POST', body: JSON.stringify(json), headers });
    },
    /** Opens the consent page and presses one of its buttons. */
    async decide(path: string, decision: 'approve' | 'deny') {
      const page = await (await go(path)).text();
      const action = /action="(\/(?:dotloop|spark)[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
      return post(action, { csrf: fieldOf(page, 'csrf'), decision });
    },
  };
}
export type Visitor = ReturnType<typeof makeVisitor>;
