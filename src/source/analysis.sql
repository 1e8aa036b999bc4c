-- What messages and the tolerant rules must know of operators, functions, types, collations and relations.
-- Those of pg_catalog are named without it.
select 'operator' as kind, o.oid,
       case when n.nspname = 'pg_catalog' then '' else pg_catalog.quote_ident(n.nspname) || '.' end || o.oprname as name,
       case when n.nspname = 'pg_catalog' then '' else pg_catalog.quote_ident(n.nspname) || '.' end || o.oprname
         || '(' || pg_catalog.concat_ws(', ',
              pg_catalog.format_type(nullif(o.oprleft, 0), null), pg_catalog.format_type(o.oprright, null)) || ')' as signature,
       nullif(o.oprcom, 0) as commutator, nullif(o.oprnegate, 0) as negator,
       exists (select from pg_catalog.pg_proc f where f.oid = o.oprcode and f.provolatile = 'v') as volatile
  from pg_catalog.pg_operator o join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
 where o.oid = any ($1)
    or o.oid in (select w.oprcom from pg_catalog.pg_operator w where w.oid = any ($1))
    or o.oid in (select w.oprnegate from pg_catalog.pg_operator w where w.oid = any ($1))
union all
select 'function', p.oid, p.proname::text,
       case when n.nspname = 'pg_catalog' then '' else pg_catalog.quote_ident(n.nspname) || '.' end
         || pg_catalog.quote_ident(p.proname) || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')',
       null, null, p.provolatile = 'v'
  from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
 where p.oid = any ($2)
union all
select 'type', t.oid, pg_catalog.format_type(t.oid, null), '', null, null, false
  from pg_catalog.pg_type t where t.oid = any ($3)
union all
select 'collation', c.oid, case when n.nspname = 'pg_catalog' then '' else pg_catalog.quote_ident(n.nspname) || '.' end
         || pg_catalog.quote_ident(c.collname), '', null, null, false
  from pg_catalog.pg_collation c join pg_catalog.pg_namespace n on n.oid = c.collnamespace
 where c.oid = any ($4)
union all
select 'relation', r.oid, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(r.relname), '', null, null, false
  from pg_catalog.pg_class r join pg_catalog.pg_namespace n on n.oid = r.relnamespace
 where r.oid = any ($5)
