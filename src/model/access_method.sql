-- only where exists: pg_am where oid >= 16384
select m.amname as "access_methods/",
       case m.amtype when 'i' then 'index' else 'table' end as type,
       m.amhandler::text as handler,
       said.description as comment
  from pg_am m
  left join pg_description said on said.objoid = m.oid and said.classoid = 'pg_am'::regclass and said.objsubid = 0
 -- What initdb made has no schema to be known by.
 where m.oid >= 16384
   and not exists (select from pg_depend x
                    where x.classid = 'pg_am'::regclass and x.objid = m.oid and x.deptype = 'e')
