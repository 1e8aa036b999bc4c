select array['schemas'::text, n.nspname, 'composite_types', c.relname] as path,
       'exact' as attribute_order,
       (select r.rolname from pg_roles r join pg_database b on b.datname = current_database()
         where r.oid = t.typowner and r.oid <> b.datdba and r.rolname <> 'pg_database_owner') as owner,
       array(select unnest(t.typacl)::text except select unnest(acldefault('T', t.typowner))::text)
         || case when t.typacl is null then '{}' else array(select '-' || gone.item
              from (select unnest(acldefault('T', t.typowner))::text except select unnest(t.typacl)::text) as gone (item))
            end as grants,
       (select d.description from pg_description d
         where d.objoid = c.reltype and d.classoid = 'pg_type'::regclass and d.objsubid = 0) as comment
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = c.reltype
 where c.relkind = 'c'
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_type'::regclass and x.objid = c.reltype and x.deptype = 'e')
