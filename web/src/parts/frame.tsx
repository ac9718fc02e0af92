import type { ReactNode } from 'react';
import type { ReadSessionAnswer } from '../generated/app-api.ts';
import { useSession } from './use-session.ts';

function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M16 5 4.5 11v2.5h23V11zM7.5 15.5h3v8h-3zm7 0h3v8h-3zm7 0h3v8h-3zM5 25.5h22V28H5z" />
    </svg>
  );
}

/** Where to come back to after signing in. */
const here = () => encodeURIComponent(location.pathname + location.search);

function Account({ session }: { session: ReadSessionAnswer }) {
  const { user, csrf } = session;
  if (!user)
    return (
      <a className="button quiet small" href={`/login?return_to=${here()}`}>
        Sign in
      </a>
    );
  return (
    <div className="account">
      <span className="who" title={user.email}>
        <span>{user.name}</span>
        <span className="muted">{user.organisation}</span>
      </span>
      <form method="post" action="/logout">
        <input type="hidden" name="csrf" value={csrf ?? ''} />
        <input type="hidden" name="return_to" value="/" />
        <button type="submit" className="button quiet small">
          Sign out
        </button>
      </form>
    </div>
  );
}

/** The reader's own pages: those of a role are there for whoever has it. */
function OwnPages({ user }: { user: NonNullable<ReadSessionAnswer['user']> }) {
  const pages = [
    { href: '/applications', name: 'Applications' },
    ...(user.administrator
      ? [
          { href: '/installations', name: 'Installations' },
          { href: '/keys', name: 'Keys' },
        ]
      : []),
    ...(user.developer || user.administrator ? [{ href: '/developer', name: 'Developer' }] : []),
  ];
  return pages.map(({ href, name }) => (
    <a key={href} href={href} aria-current={location.pathname === href ? 'page' : undefined}>
      {name}
    </a>
  ));
}

/** What stands around every page: the way home, the way to the reader's own pages, and who is signed in. */
export function Frame({ children }: { children: ReactNode }) {
  const session = useSession();
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <header className="bar">
        <nav aria-label="Portico">
          <a className="brand" href="/">
            <Mark />
            Portico
          </a>
          {session.data?.user && <OwnPages user={session.data.user} />}
        </nav>
        {session.data && <Account session={session.data} />}
      </header>
      <main id="main" className="page" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
