select 'type' as class, n.nspname::text as schema, t.typname::text as name
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
 where t.typcategory <> 'A' and t.typrelid = 0
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
union all
select 'type', n.nspname::text, c.relname::text
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('m', 'f', 'c', 'r', 'v', 'p')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
union all
select distinct 'function', n.nspname::text, p.proname::text
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
union all
select 'collation', n.nspname::text, c.collname::text
  from pg_collation c
  join pg_namespace n on n.oid = c.collnamespace
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
union all
select 'operator class', n.nspname::text, o.opcname::text
  from pg_opclass o
  join pg_namespace n on n.oid = o.opcnamespace
 where o.opcdefault
