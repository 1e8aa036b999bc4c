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
union all
select distinct 'operator family', n.nspname::text, x.opfname::text
  from pg_opfamily x
  join pg_namespace n on n.oid = x.opfnamespace
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
union all
select distinct 'text search parser', n.nspname::text, x.prsname::text
  from pg_ts_parser x
  join pg_namespace n on n.oid = x.prsnamespace
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
union all
select distinct 'text search template', n.nspname::text, x.tmplname::text
  from pg_ts_template x
  join pg_namespace n on n.oid = x.tmplnamespace
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
union all
select distinct 'text search dictionary', n.nspname::text, x.dictname::text
  from pg_ts_dict x
  join pg_namespace n on n.oid = x.dictnamespace
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
union all
select distinct 'operator', n.nspname::text, x.oprname::text
  from pg_operator x
  join pg_namespace n on n.oid = x.oprnamespace
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
