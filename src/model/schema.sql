select n.nspname as "schemas/",
       case when e.objid is not null then null
            when n.nspowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then nullif(pg_get_userbyid(n.nspowner), 'pg_database_owner') end as owner,
       case when n.nspacl is null or e.objid is not null then '{}' else
         array(select item::text from unnest(n.nspacl) as item
               where not item = any (coalesce(i.initprivs, acldefault('n', n.nspowner))))
         || array(select '-' || item::text from unnest(coalesce(i.initprivs, acldefault('n', n.nspowner))) as item
                    where not item = any (n.nspacl)) end as grants,
       (select d.description from pg_description d
         where d.objoid = n.oid and d.classoid = 'pg_namespace'::regclass and d.objsubid = 0 and e.objid is null
           and not (n.nspname = 'public' and d.description = 'standard public schema')) as comment
  from pg_namespace n
  left join pg_depend e on e.classid = 'pg_namespace'::regclass and e.objid = n.oid and e.deptype = 'e'
  left join pg_init_privs i on i.classoid = 'pg_namespace'::regclass and i.objoid = n.oid and i.objsubid = 0
 where n.nspname !~ '^pg_'
   and n.nspname <> 'information_schema'
   -- That of an extension is here for what is the users' own in it.
   and (e.objid is null
        or exists (select from pg_depend d
                    where d.refclassid = 'pg_namespace'::regclass and d.refobjid = n.oid and d.deptype = 'n'
                      and not exists (select from pg_depend m
                                       where m.classid = d.classid and m.objid = d.objid and m.deptype in ('e', 'i'))))
