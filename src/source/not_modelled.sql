-- only where exists: pg_extension where oid >= 16384
-- only where exists: pg_operator where oprcode = 0
-- only where exists: pg_amop where amopfamily < 16384 and oid >= 16384
-- only where exists: pg_amproc where amprocfamily < 16384 and oid >= 16384
-- only where exists: pg_seclabel
-- only where exists: pg_shseclabel
-- only where exists: pg_parameter_acl -- since 15
-- only where exists: pg_largeobject_metadata
-- Kinds that schemavet does not read, with how many there are: what came after initdb (oid 16384 and up) and belongs
-- to no extension; and what was changed of what does belong to one.
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
union all
-- What its script granted is remembered; nothing is where it granted nothing.
select 'changed extension privilege', count(*)
  from (select classid, objid from pg_depend where deptype = 'e') m
  join (select 'pg_class'::regclass as class, oid, relacl as acl from pg_class where oid >= 16384
        union all select 'pg_proc'::regclass, oid, proacl from pg_proc where oid >= 16384
        union all select 'pg_type'::regclass, oid, typacl from pg_type where oid >= 16384
        union all select 'pg_namespace'::regclass, oid, nspacl from pg_namespace where oid >= 16384
        union all select 'pg_language'::regclass, oid, lanacl from pg_language where oid >= 16384) o
    on o.class = m.classid and o.oid = m.objid
  left join pg_init_privs i on i.classoid = m.classid and i.objoid = m.objid and i.objsubid = 0
 where array(select unnest(o.acl)::text order by 1) <> array(select unnest(i.initprivs)::text order by 1)
    or (o.acl is null) <> (i.initprivs is null)
having count(*) > 0
union all
select 'extension table object', count(*)
  from (select objid from pg_depend where classid = 'pg_class'::regclass and deptype = 'e') m
  join (select tgrelid as relation from pg_trigger where not tgisinternal
        union all select polrelid from pg_policy
        union all select ev_class from pg_rewrite where rulename <> '_RETURN'
        union all select i.indrelid from pg_index i
                   where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
       ) o on o.relation = m.objid
having count(*) > 0
