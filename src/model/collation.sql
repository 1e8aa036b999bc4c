select array['schemas'::text, n.nspname, 'collations', c.collname] as path,
       case c.collprovider when 'c' then 'libc' when 'i' then 'icu' when 'b' then 'builtin' else c.collprovider::text
            end as provider,
       coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', c.collcollate::text) as locale,
       nullif(c.collctype::text, c.collcollate::text) as ctype,
       c.collisdeterministic as deterministic,
       to_jsonb(c) ->> 'collicurules' as rules,
       (select r.rolname from pg_roles r join pg_database b on b.datname = current_database()
         where r.oid = c.collowner and r.oid <> b.datdba and r.rolname <> 'pg_database_owner') as owner,
       (select d.description from pg_description d
         where d.objoid = c.oid and d.classoid = 'pg_collation'::regclass and d.objsubid = 0) as comment
  from pg_collation c
  join pg_namespace n on n.oid = c.collnamespace
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_collation'::regclass and x.objid = c.oid and x.deptype = 'e')
