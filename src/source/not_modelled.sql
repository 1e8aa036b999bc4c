-- Kinds that schemavet does not read, with how many there are: what came after initdb (oid 16384 and up) and belongs
-- to no extension.
with member as (select classid, objid from pg_depend where deptype in ('e', 'i')),
     found (kind, class, oid) as (
       select 'base type', 'pg_type'::regclass, oid from pg_type where typtype = 'b' and typcategory <> 'A'
       union all select 'conversion', 'pg_conversion'::regclass, oid from pg_conversion
       union all select 'cast', 'pg_cast'::regclass, oid from pg_cast
       union all select 'transform', 'pg_transform'::regclass, oid from pg_transform
       union all select 'operator', 'pg_operator'::regclass, oid from pg_operator
       union all select 'operator class', 'pg_opclass'::regclass, oid from pg_opclass
       union all select 'operator family', 'pg_opfamily'::regclass, oid from pg_opfamily
       union all select 'access method', 'pg_am'::regclass, oid from pg_am
       union all select 'text search configuration', 'pg_ts_config'::regclass, oid from pg_ts_config
       union all select 'text search dictionary', 'pg_ts_dict'::regclass, oid from pg_ts_dict
       union all select 'text search parser', 'pg_ts_parser'::regclass, oid from pg_ts_parser
       union all select 'text search template', 'pg_ts_template'::regclass, oid from pg_ts_template
       union all select 'security label', classoid, objoid from pg_seclabel
       union all select 'security label', classoid, objoid from pg_shseclabel
                  where classoid <> 'pg_database'::regclass
                     or objoid = (select oid from pg_database where datname = current_database())
       union all select 'parameter privilege', 'pg_parameter_acl'::regclass, oid from pg_parameter_acl -- since 15
       -- They are data, and may be as many: no more of them are looked at than a count is of use.
       union all (select 'large object', 'pg_largeobject'::regclass, oid from pg_largeobject_metadata limit 10000)
       union all select 'granted large object', 'pg_largeobject'::regclass, oid
                   from (select oid, lomacl from pg_largeobject_metadata limit 10000) as few where lomacl is not null)
select kind, count(*)
  from found f
 where oid >= 16384
   and not exists (select from member m where m.classid = f.class and m.objid = f.oid)
 group by kind
