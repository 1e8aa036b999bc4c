select array['schemas'::text, n.nspname] as path,
       (select r.rolname from pg_roles r join pg_database b on b.datname = current_database()
         where r.oid = n.nspowner and r.oid <> b.datdba and r.rolname <> 'pg_database_owner') as owner,
       array(select unnest(n.nspacl)::text except select unnest(coalesce(i.initprivs, acldefault('n', n.nspowner)))::text)
         || case when n.nspacl is null then '{}' else array(select '-' || gone.item
              from (select unnest(coalesce(i.initprivs, acldefault('n', n.nspowner)))::text except select unnest(n.nspacl)::text) as gone (item))
            end as grants,
       (select d.description from pg_description d
         where d.objoid = n.oid and d.classoid = 'pg_namespace'::regclass and d.objsubid = 0
           and not (n.nspname = 'public' and d.description = 'standard public schema')) as comment
  from pg_namespace n
  left join pg_init_privs i on i.classoid = 'pg_namespace'::regclass and i.objoid = n.oid and i.objsubid = 0
 where n.nspname !~ '^pg_'
   and n.nspname <> 'information_schema'
   and not exists (select from pg_depend d
                    where d.classid = 'pg_namespace'::regclass and d.objid = n.oid and d.deptype = 'e')
