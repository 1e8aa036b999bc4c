-- Kinds that schemavet does not read, with how many there are: what came after initdb (oid 16384 and up) and belongs
-- to no extension.
with member as (select classid, objid from pg_depend where deptype in ('e', 'i')),
     found (kind, class, oid) as (
       select 'foreign table', 'pg_class'::regclass, oid from pg_class where relkind = 'f'
       union all select 'base type', 'pg_type'::regclass, oid from pg_type where typtype = 'b' and typcategory <> 'A'
       -- Its oid is hidden from ordinary roles in PostgreSQL 13.
       union all select 'subscription', 'pg_subscription'::regclass, 16384 from pg_subscription
                  where subdbid = (select oid from pg_database where datname = current_database())
       union all select 'foreign data wrapper', 'pg_foreign_data_wrapper'::regclass, oid from pg_foreign_data_wrapper
       union all select 'foreign server', 'pg_foreign_server'::regclass, oid from pg_foreign_server
       union all select 'conversion', 'pg_conversion'::regclass, oid from pg_conversion
       union all select 'cast', 'pg_cast'::regclass, oid from pg_cast
       union all select 'transform', 'pg_transform'::regclass, oid from pg_transform
       union all select 'operator', 'pg_operator'::regclass, oid from pg_operator
       union all select 'operator class', 'pg_opclass'::regclass, oid from pg_opclass
       union all select 'operator family', 'pg_opfamily'::regclass, oid from pg_opfamily
       union all select 'access method', 'pg_am'::regclass, oid from pg_am
       union all select 'language', 'pg_language'::regclass, oid from pg_language
       union all select 'text search configuration', 'pg_ts_config'::regclass, oid from pg_ts_config
       union all select 'text search dictionary', 'pg_ts_dict'::regclass, oid from pg_ts_dict
       union all select 'text search parser', 'pg_ts_parser'::regclass, oid from pg_ts_parser
       union all select 'text search template', 'pg_ts_template'::regclass, oid from pg_ts_template)
select kind, count(*)
  from found f
 where oid >= 16384
   and not exists (select from member m where m.classid = f.class and m.objid = f.oid)
 group by kind
