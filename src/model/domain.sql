select array['schemas'::text, n.nspname, 'domains', t.typname] as path,
       format_type(t.typbasetype, t.typtypmod) as type,
       not t.typnotnull as nullable,
       case when t.typdefault not like 'NULL::%' then pg_get_expr(t.typdefaultbin, 0) end as "default",
       case when t.typcollation <> b.typcollation then t.typcollation::regcollation::text end as collation,
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
  join pg_type b on b.oid = t.typbasetype
 where t.typtype = 'd'
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_type'::regclass and x.objid = t.oid and x.deptype = 'e')
