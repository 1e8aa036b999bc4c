select array['schemas'::text, n.nspname, 'materialized_views', c.relname] as path,
       pg_get_viewdef(c.oid) as definition,
       coalesce((select jsonb_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1))
                   from unnest(c.reloptions) as o), '{}') as options,
       (select r.rolname from pg_roles r join pg_database b on b.datname = current_database()
         where r.oid = c.relowner and r.oid <> b.datdba and r.rolname <> 'pg_database_owner') as owner,
       array(select unnest(c.relacl)::text except select unnest(acldefault('r', c.relowner))::text)
         || case when c.relacl is null then '{}' else array(select '-' || gone.item
              from (select unnest(acldefault('r', c.relowner))::text except select unnest(c.relacl)::text) as gone (item))
            end as grants,
       (select d.description from pg_description d
         where d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid = 0) as comment,
       coalesce((select jsonb_object_agg(a.attname, d.description)
                   from pg_description d
                   join pg_attribute a on a.attrelid = d.objoid and a.attnum = d.objsubid
                  where d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid > 0), '{}') as column_comments
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 where c.relkind = 'm'
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_class'::regclass and x.objid = c.oid and x.deptype = 'e')
