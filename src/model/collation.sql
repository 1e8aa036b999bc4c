-- only where exists: pg_collation where oid >= 16384
select n.nspname as "schemas/", c.collname as "collations/",
       case c.collprovider when 'c' then 'libc' when 'i' then 'icu' when 'b' then 'builtin' else c.collprovider::text
            end as provider,
       coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', c.collcollate::text) as locale,
       nullif(c.collctype::text, c.collcollate::text) as ctype,
       c.collisdeterministic as deterministic,
       to_jsonb(c) ->> 'collicurules' as rules,
       case when c.collowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(c.collowner) end as owner,
       said.description as comment
  from pg_collation c
  join pg_namespace n on n.oid = c.collnamespace
  left join pg_description said
    on said.objoid = c.oid and said.classoid = 'pg_collation'::regclass and said.objsubid = 0
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_collation'::regclass and x.objid = c.oid and x.deptype = 'e')
