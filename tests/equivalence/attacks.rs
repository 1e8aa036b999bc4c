//! Texts that try to be more than an expression, and what they are after.

/// `evil` calls itself immutable, so whoever plans an expression runs it; its lock survives every rollback.
pub(crate) const VICTIM: &str = "create table public.victim (id int); insert into public.victim values (1);
    create function public.evil() returns boolean language plpgsql immutable as
        $$ begin perform pg_catalog.pg_advisory_lock(4711); return true; end $$;
    create function public.evil_rows() returns setof int language plpgsql volatile as
        $$ begin perform pg_catalog.pg_advisory_lock(4711); insert into public.victim values (2); return; end $$;";

/// Among what these texts want to reach are the table `victim`, the table `accounts` and its sequence.
pub(crate) const TEXTS: &[&str] = &[
    "true); drop table public.victim; select (true",
    "true)) as x; drop table public.victim; select from (select (true",
    "true); commit; drop table public.victim; begin; select (true",
    "true; drop table public.victim",
    "true; drop table public.victim; --",
    "true) from public.victim; --",
    "true), (true",
    "true) from public.accounts) as x; delete from public.victim; --",
    "true -- ) ; drop table public.victim",
    "true /* ) ; drop table public.victim; select ( ",
    "true */ ; drop table public.victim; /*",
    "'a' = 'a'); drop table public.victim; select ('",
    "$x$ ) $x$ = $x$ ) ; drop table public.victim; select ( $x$); delete from public.victim; select (true",
    "E'\\') ; drop table public.victim; --' = ''",
    "E'a'\n'\\'' ) ; drop table public.victim; select ( '",
    "1e'\\' ) ; drop table public.victim; select ( ' = ''",
    "U&'\\0027) ; drop table public.victim; --' = ''",
    "true -- \r ) ; drop table public.victim; select (\n true",
    "true\u{a0}$$ ) ; drop table public.victim; select ( $$",
    "true) from public.victim where (true",
    "true) order by (1",
    "true) limit (1",
    "true) into public.stolen from (select 1) as x where (true",
    "true) union select (true",
    "true) for update of accounts; select (true",
    "select true into public.stolen",
    "(with gone as (delete from public.victim returning id) select true from gone)",
    "with gone as (delete from public.victim returning id) select true from gone",
    "with gone as (insert into public.victim values (3) returning id) select true from gone",
    "public.evil()",
    "exists (select public.evil())",
    "(select true from public.evil_rows())",
    "1 in (select public.evil_rows())",
    "nextval('public.accounts_seq') > 0",
    "set_config('role', 'postgres', false) = ''",
    "drop table public.victim",
    "delete from public.victim",
    "insert into public.victim values (4)",
    "values (true)",
    "copy public.victim to program 'true'",
    "prepare x as select 1",
    "do $$ begin drop table public.victim; end $$",
    "$1",
    "\u{0}",
    "",
    ")",
    "(",
];
