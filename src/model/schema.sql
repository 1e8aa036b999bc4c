select array['schemas'::text, n.nspname] as path,
       (select d.description from pg_description d
         where d.objoid = n.oid and d.classoid = 'pg_namespace'::regclass and d.objsubid = 0) as comment
  from pg_namespace n
 where n.nspname !~ '^pg_'
   and n.nspname <> 'information_schema'
   and not exists (select from pg_depend d
                    where d.classid = 'pg_namespace'::regclass and d.objid = n.oid and d.deptype = 'e')
