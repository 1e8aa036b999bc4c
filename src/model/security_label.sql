-- only where exists: pg_seclabel
-- only where exists: pg_shseclabel where classoid = 'pg_database'::regclass
select l.provider || ' on ' || o.type || coalesce(' ' || o.identity, '') as "security_labels/",
       l.label
  from pg_seclabel l
 cross join lateral pg_identify_object(l.classoid, l.objoid, l.objsubid) o
 where l.classoid <> 'pg_largeobject'::regclass and o.identity is not null
union all
select l.provider || ' on database', l.label
  from pg_shseclabel l
 where l.classoid = 'pg_database'::regclass
   and l.objoid = (select oid from pg_database where datname = current_database())
