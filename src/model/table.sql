select array['schemas'::text, n.nspname, 'tables', c.relname] as path,
       case when c.relrowsecurity and c.relforcerowsecurity then 'forced'
            when c.relrowsecurity then 'enabled'
            when c.relforcerowsecurity then 'disabled forced'
            else 'disabled' end as row_security,
       (select d.description from pg_description d
         where d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid = 0) as comment
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend d
                    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
