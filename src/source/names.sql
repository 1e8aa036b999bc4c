with own as (
  select oid, nspname::text as schema from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')
select 'type' as class, schema, typname::text as name
  from pg_type join own on own.oid = typnamespace
 where typcategory <> 'A' and typrelid = 0
union all
select 'type', schema, relname::text
  from pg_class join own on own.oid = relnamespace
 where relkind in ('m', 'f', 'c', 'r', 'v', 'p')
union all
select distinct 'function', schema, proname::text from pg_proc join own on own.oid = pronamespace
union all
select 'collation', schema, collname::text from pg_collation join own on own.oid = collnamespace
union all
select 'operator class', nspname::text, opcname::text
  from pg_opclass join pg_namespace n on n.oid = opcnamespace
 where opcdefault
union all
select distinct 'operator family', schema, opfname::text from pg_opfamily join own on own.oid = opfnamespace
union all
select 'text search parser', schema, prsname::text from pg_ts_parser join own on own.oid = prsnamespace
union all
select 'text search template', schema, tmplname::text from pg_ts_template join own on own.oid = tmplnamespace
union all
select 'text search dictionary', schema, dictname::text from pg_ts_dict join own on own.oid = dictnamespace
union all
select distinct 'operator', schema, oprname::text from pg_operator join own on own.oid = oprnamespace
