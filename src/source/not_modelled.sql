-- Kinds that schemavet does not read, with how many there are: what came after initdb (oid 16384 and up) and belongs
-- to no extension.
with member as (select classid, objid from pg_depend where deptype in ('e', 'i')),
     found (kind, class, oid) as (
       select 'foreign table', 'pg_class'::regclass, oid from pg_class where relkind = 'f'
       -- Its oid is hidden from ordinary roles in PostgreSQL 13.
       union all select 'subscription', 'pg_subscription'::regclass, 16384 from pg_subscription
                  where subdbid = (select oid from pg_database where datname = current_database())
       union all select 'foreign data wrapper', 'pg_foreign_data_wrapper'::regclass, oid from pg_foreign_data_wrapper
       union all select 'foreign server', 'pg_foreign_server'::regclass, oid from pg_foreign_server
       union all select 'language', 'pg_language'::regclass, oid from pg_language
       -- It has no function and holds the place of a commutator or negator that was promised.
       union all select 'shell operator', 'pg_operator'::regclass, oid from pg_operator where oprcode = 0
       union all select 'built-in operator family member', 'pg_amop'::regclass, o.oid from pg_amop o
                  where o.amopfamily < 16384
                    and not exists (select from pg_opclass c where c.opcfamily = o.amopfamily
                                       and c.opcintype = o.amoplefttype and c.oid >= 16384)
       union all select 'built-in operator family member', 'pg_amproc'::regclass, p.oid from pg_amproc p
                  where p.amprocfamily < 16384
                    and not exists (select from pg_opclass c where c.opcfamily = p.amprocfamily
                                       and c.opcintype = p.amproclefttype and c.oid >= 16384))
select kind, count(*)
  from found f
 where oid >= 16384
   and not exists (select from member m where m.classid = f.class and m.objid = f.oid)
 group by kind
