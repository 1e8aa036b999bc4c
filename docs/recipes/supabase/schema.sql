create table public.authors (
  id         uuid primary key references auth.users on delete cascade,
  email      varchar(255) not null unique,
  created_at timestamptz not null default now()
);

create table public.books (
  id        bigint generated always as identity primary key,
  title     text not null,
  author_id uuid not null references public.authors on delete cascade
);
create index books_author_id_idx on public.books (author_id);

alter table public.books enable row level security;
create policy "authors write their books" on public.books
  for all to authenticated using (author_id = (select auth.uid()));
