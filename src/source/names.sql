-- only where exists: pg_am where oid >= 16384
-- only where exists: pg_extension where oid >= 16384
-- only where exists: pg_collation where oid >= 16384
-- only where exists: pg_event_trigger
-- only where exists: pg_foreign_data_wrapper
-- only where exists: pg_language where oid >= 16384
-- only where exists: pg_opclass where oid >= 16384
-- only where exists: pg_operator where oid >= 16384
-- only where exists: pg_opfamily where oid >= 16384
-- only where exists: pg_proc where prokind = 'a' and oid >= 16384
-- only where exists: pg_proc where oid >= 16384 and prosupport <> 0
-- only where exists: pg_proc where oid >= 16384 and proname ~ '^(suppress_redundant_updates|tsvector_update)_trigger'
-- only where exists: pg_ts_dict where oid >= 16384
-- only where exists: pg_ts_parser where oid >= 16384
-- only where exists: pg_ts_template where oid >= 16384
-- only where exists: pg_type where typtype = 'b' and typarray <> 0 and oid >= 16384
-- only where exists: pg_type where typtype = 'r' and oid >= 16384
-- Names of what belongs to extensions. Of what is built in, those that others have, too: without a schema they mean that.
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
    select distinct 'operator class', c.opcnamespace, c.opcname
      from member join pg_opclass c on classid = 'pg_opclass'::regclass and c.oid = objid
    union all
    select 'default operator class', c.opcnamespace, c.opcname || ' using ' || m.amname
      from member join pg_opclass c on classid = 'pg_opclass'::regclass and c.oid = objid
      join pg_am m on m.oid = c.opcmethod
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
    union all
    select distinct 'function', b.pronamespace, b.proname
      from pg_proc p join pg_proc b on b.proname = p.proname and b.proargtypes = p.proargtypes
     where p.oid >= 16384 and b.oid < 16384
    union all
    select distinct 'collation', b.collnamespace, b.collname
      from pg_collation c join pg_collation b on b.collname = c.collname
     where c.oid >= 16384 and b.oid < 16384
    union all
    select distinct 'operator class', b.opcnamespace, b.opcname
      from pg_opclass c join pg_opclass b on b.opcname = c.opcname and b.opcmethod = c.opcmethod
     where c.oid >= 16384 and b.oid < 16384
    union all
    select distinct 'operator family', b.opfnamespace, b.opfname
      from pg_opfamily f join pg_opfamily b on b.opfname = f.opfname and b.opfmethod = f.opfmethod
     where f.oid >= 16384 and b.oid < 16384
    union all
    select distinct 'operator', b.oprnamespace, b.oprname
      from pg_operator o
      join pg_operator b on b.oprname = o.oprname and b.oprleft = o.oprleft and b.oprright = o.oprright
     where o.oid >= 16384 and b.oid < 16384
    union all
    select distinct 'text search parser', b.prsnamespace, b.prsname
      from pg_ts_parser p join pg_ts_parser b on b.prsname = p.prsname
     where p.oid >= 16384 and b.oid < 16384
    union all
    select distinct 'text search template', b.tmplnamespace, b.tmplname
      from pg_ts_template t join pg_ts_template b on b.tmplname = t.tmplname
     where t.oid >= 16384 and b.oid < 16384
    union all
    select distinct 'text search dictionary', b.dictnamespace, b.dictname
      from pg_ts_dict d join pg_ts_dict b on b.dictname = d.dictname
     where d.oid >= 16384 and b.oid < 16384
  ) o
  join pg_namespace n on n.oid = o.schema
