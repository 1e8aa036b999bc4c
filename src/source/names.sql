-- only where exists: pg_extension where oid >= 16384
with member as (
  select classid, objid from pg_depend where refclassid = 'pg_extension'::regclass and deptype = 'e')
select o.class, n.nspname::text, o.name::text
  from (
    select 'type' as class, t.typnamespace as schema, t.typname as name
      from member join pg_type t on classid = 'pg_type'::regclass and t.oid = objid
    union all
    select 'type', t.typnamespace, t.typname                                                 -- since 14
      from member join pg_range r on classid = 'pg_type'::regclass and r.rngtypid = objid    -- since 14
      join pg_type t on t.oid = r.rngmultitypid                                              -- since 14
    union all                                                                                -- since 14
    select 'type', c.relnamespace, c.relname
      from member join pg_class c on classid = 'pg_class'::regclass and c.oid = objid
     where c.relkind in ('m', 'f', 'c', 'r', 'v', 'p')
    union all
    select distinct 'function', p.pronamespace, p.proname
      from member join pg_proc p on classid = 'pg_proc'::regclass and p.oid = objid
    union all
    select 'collation', c.collnamespace, c.collname
      from member join pg_collation c on classid = 'pg_collation'::regclass and c.oid = objid
    union all
    select 'operator class', c.opcnamespace, c.opcname
      from member join pg_opclass c on classid = 'pg_opclass'::regclass and c.oid = objid
     where c.opcdefault
    union all
    select distinct 'operator family', f.opfnamespace, f.opfname
      from member join pg_opfamily f on classid = 'pg_opfamily'::regclass and f.oid = objid
    union all
    select 'text search parser', p.prsnamespace, p.prsname
      from member join pg_ts_parser p on classid = 'pg_ts_parser'::regclass and p.oid = objid
    union all
    select 'text search template', t.tmplnamespace, t.tmplname
      from member join pg_ts_template t on classid = 'pg_ts_template'::regclass and t.oid = objid
    union all
    select 'text search dictionary', d.dictnamespace, d.dictname
      from member join pg_ts_dict d on classid = 'pg_ts_dict'::regclass and d.oid = objid
    union all
    select distinct 'operator', o.oprnamespace, o.oprname
      from member join pg_operator o on classid = 'pg_operator'::regclass and o.oid = objid
  ) o
  join pg_namespace n on n.oid = o.schema
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
