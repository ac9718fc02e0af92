-- Rate limits of several instances. Unlogged: a crash may forget the counts of the running minute.
create unlogged table rate_window (
  key text primary key,
  ends_at timestamptz not null,
  n int not null
);
