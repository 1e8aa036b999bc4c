select array['schemas'::text, n.nspname, 'enums', t.typname] as path,
       array(select e.enumlabel from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder) as labels,
       (select r.rolname from pg_roles r join pg_database b on b.datname = current_database()
         where r.oid = t.typowner and r.oid <> b.datdba and r.rolname <> 'pg_database_owner') as owner,
       array(select unnest(t.typacl)::text except select unnest(acldefault('T', t.typowner))::text)
         || case when t.typacl is null then '{}' else array(select '-' || gone.item
              from (select unnest(acldefault('T', t.typowner))::text except select unnest(t.typacl)::text) as gone (item))
            end as grants,
       (select d.description from pg_description d
         where d.objoid = t.oid and d.classoid = 'pg_type'::regclass and d.objsubid = 0) as comment
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
 where t.typtype = 'e'
   and not exists (select from pg_depend d
                    where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
