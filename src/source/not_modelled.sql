-- only where exists: pg_operator where oprcode = 0
-- only where exists: pg_amop where amopfamily < 16384 and oid >= 16384
-- only where exists: pg_amproc where amprocfamily < 16384 and oid >= 16384
-- only where exists: pg_largeobject_metadata
-- only where exists: pg_operator where oprnamespace = 11 and oid >= 16384
-- only where exists: pg_proc where pronamespace = 11 and oid >= 16384
-- only where exists: pg_type where typnamespace = 11 and oid >= 16384
-- only where exists: pg_class where relnamespace = (select to_regnamespace('information_schema')) and oid >= 16384
-- only where exists: pg_proc where pronamespace = (select to_regnamespace('information_schema')) and oid >= 16384
-- only where exists: pg_type where typnamespace = (select to_regnamespace('information_schema')) and oid >= 16384
-- Kinds that schemavet does not read, with how many there are: what came after initdb (oid 16384 and up) and belongs
-- to no extension.
with member as (select classid, objid from pg_depend where deptype in ('e', 'i')),
     found (kind, class, oid) as (
       -- It has no function and holds the place of a commutator or negator that was promised.
       select 'shell operator', 'pg_operator'::regclass, oid from pg_operator where oprcode = 0
       union all select 'built-in operator family member', 'pg_amop'::regclass, o.oid from pg_amop o
                  where o.amopfamily < 16384
                    and not exists (select from pg_opclass c where c.opcfamily = o.amopfamily
                                       and c.opcintype = o.amoplefttype and c.oid >= 16384)
       union all select 'built-in operator family member', 'pg_amproc'::regclass, p.oid from pg_amproc p
                  where p.amprocfamily < 16384
                    and not exists (select from pg_opclass c where c.opcfamily = p.amprocfamily
                                       and c.opcintype = p.amproclefttype and c.oid >= 16384)
       -- Somebody put it into pg_catalog (11).
       union all select 'object in pg_catalog', 'pg_operator'::regclass, oid from pg_operator where oprnamespace = 11
       union all select 'object in pg_catalog', 'pg_proc'::regclass, oid from pg_proc where pronamespace = 11
       union all select 'object in pg_catalog', 'pg_type'::regclass, oid from pg_type
                  where typnamespace = 11 and typcategory <> 'A'
       union all select 'object in information_schema', 'pg_class'::regclass, oid from pg_class
                  where relnamespace = (select to_regnamespace('information_schema')) and relkind not in ('i', 'I', 'c')
       union all select 'object in information_schema', 'pg_proc'::regclass, oid from pg_proc
                  where pronamespace = (select to_regnamespace('information_schema'))
       union all select 'object in information_schema', 'pg_type'::regclass, oid from pg_type
                  where typnamespace = (select to_regnamespace('information_schema')) and typcategory <> 'A'
                    and typrelid not in (select c.oid from pg_class c where c.relkind <> 'c')
       -- They are data, and may be as many: no more of them are looked at than a count is of use.
       union all (select 'large object', 'pg_largeobject'::regclass, oid from pg_largeobject_metadata limit 10000)
       union all select 'granted large object', 'pg_largeobject'::regclass, oid
                   from (select oid, lomacl from pg_largeobject_metadata limit 10000) as few where lomacl is not null)
select kind, count(*)
  from found f
 where oid >= 16384
   and not exists (select from member m where m.classid = f.class and m.objid = f.oid)
 group by kind
