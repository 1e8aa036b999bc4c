-- All that was made in this database since initdb (oid 16384 and up), with the statement that drops it, in the order in
-- which it goes. What belongs to an extension or to another object goes with that. $1: whether `public` was there.
-- A partitioned table depends on itself, by its key.
with part as (select classid, objid from pg_catalog.pg_depend
               where deptype in ('e', 'i') and (classid, objid) <> (refclassid, refobjid)),
     housed (class, oid, namespace) as (
       select 'pg_class'::regclass, oid, relnamespace from pg_class where relkind in ('r', 'p', 'v', 'm', 'S', 'f')
       union all select 'pg_proc'::regclass, oid, pronamespace from pg_proc
       union all select 'pg_type'::regclass, oid, typnamespace from pg_type
                  where typrelid = 0 or typrelid in (select oid from pg_class where relkind = 'c')
       union all select 'pg_collation'::regclass, oid, collnamespace from pg_collation
       union all select 'pg_conversion'::regclass, oid, connamespace from pg_conversion
       union all select 'pg_operator'::regclass, oid, oprnamespace from pg_operator
       union all select 'pg_opfamily'::regclass, oid, opfnamespace from pg_opfamily
       union all select 'pg_opclass'::regclass, oid, opcnamespace from pg_opclass
       union all select 'pg_statistic_ext'::regclass, oid, stxnamespace from pg_statistic_ext
       union all select 'pg_ts_config'::regclass, oid, cfgnamespace from pg_ts_config
       union all select 'pg_ts_dict'::regclass, oid, dictnamespace from pg_ts_dict
       union all select 'pg_ts_parser'::regclass, oid, prsnamespace from pg_ts_parser
       union all select 'pg_ts_template'::regclass, oid, tmplnamespace from pg_ts_template),
     found (step, class, oid) as (
       select 1, 'pg_event_trigger'::regclass, oid from pg_event_trigger
       union all select 2, 'pg_publication'::regclass, oid from pg_publication
       union all select 4, 'pg_namespace'::regclass, oid from pg_namespace
                  where nspname !~ '^pg_(toast_)?temp_' and nspname <> 'pg_toast' and not (nspname = 'public' and $1)
       union all select 5, class, oid from housed
                  where namespace in (to_regnamespace('public'), to_regnamespace('pg_catalog'), to_regnamespace('information_schema'))
       union all select 6, 'pg_cast'::regclass, oid from pg_cast
       union all select 6, 'pg_transform'::regclass, oid from pg_transform
       -- An index with options of an operator class must be gone before the extension of that class.
       union all select 7, 'pg_extension'::regclass, oid from pg_extension
       union all select 8, 'pg_foreign_server'::regclass, oid from pg_foreign_server
       union all select 9, 'pg_foreign_data_wrapper'::regclass, oid from pg_foreign_data_wrapper
       union all select 10, 'pg_language'::regclass, oid from pg_language
       union all select 10, 'pg_am'::regclass, oid from pg_am),
     -- `alter default privileges`: what was granted is revoked, what was revoked is granted again.
     privilege as (
       select d.defaclrole::regrole::text as role, n.nspname as schema, d.defaclobjtype as kind,
              d.defaclacl as present,
              case when d.defaclnamespace = 0 then
                pg_catalog.acldefault(case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end, d.defaclrole) end as original
         from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
        where n.nspname is null or n.nspname in ('public', 'pg_catalog')),
     change as (
       select p.role, p.schema, p.kind, 'revoke' as verb, a.grantee, a.privilege_type, '' as option
         from privilege p, pg_catalog.aclexplode(p.present) a
       union all
       select p.role, p.schema, p.kind, 'grant', a.grantee, a.privilege_type,
              case when a.is_grantable then ' with grant option' else '' end
         from privilege p, pg_catalog.aclexplode(p.original) a)
select step, what, sql
  from (
    select f.step, o.type || ' ' || o.identity as what,
           case o.type
             when 'function' then 'drop routine if exists ' || o.identity || ' cascade'
             when 'procedure' then 'drop routine if exists ' || o.identity || ' cascade'
             when 'aggregate' then 'drop routine if exists ' || o.identity || ' cascade'
             when 'statistics object' then 'drop statistics if exists ' || o.identity
             when 'transform' then 'drop ' || replace(pg_catalog.pg_describe_object(f.class, f.oid, 0), 'transform for', 'transform if exists for') || ' cascade'
             else 'drop ' || replace(o.type, '-', ' ') || ' if exists ' || o.identity || ' cascade'
           end as sql
      from found f, pg_catalog.pg_identify_object(f.class, f.oid, 0) o
     where f.oid >= 16384
       and not exists (select from part where part.classid = f.class and part.objid = f.oid)
    union all
    select 3, 'subscription ' || subname,
           format('alter subscription %1$I disable; alter subscription %1$I set (slot_name = none); drop subscription %1$I', subname)
      from pg_subscription where subdbid = (select oid from pg_database where datname = pg_catalog.current_database())
    union all
    select 11, 'large object ' || oid, format('select pg_catalog.lo_unlink(%s)', oid) from pg_largeobject_metadata
    union all
    select case verb when 'revoke' then 12 else 13 end,
           'default privileges of ' || role || coalesce(' in schema ' || quote_ident(schema), ''),
           format('alter default privileges for role %s %s %s %s on %s %s %s', role,
                  case when schema is null then '' else format('in schema %I', schema) end, verb, privilege_type,
                  case kind when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' when 'T' then 'types'
                            when 'L' then 'large objects' else 'schemas' end,
                  case verb when 'revoke' then 'from' else 'to' end,
                  case grantee when 0 then 'public' else grantee::regrole::text end || option)
      from change) every
 order by step, what
