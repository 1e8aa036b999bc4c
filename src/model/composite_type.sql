-- only where exists: pg_class where relkind = 'c'
select n.nspname as "schemas/", c.relname as "composite_types/",
       'exact' as attribute_order,
       case when t.typowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(t.typowner) end as owner,
       case when t.typacl is not null then
         '{*U}' || array(select item::text from unnest(t.typacl) as item where not item = any (acldefault('T', t.typowner)))
         || array(select '-' || item::text from unnest(acldefault('T', t.typowner)) as item
                    where not item = any (t.typacl)) end as grants,
       said.description as comment
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = c.reltype
  left join pg_description said on said.objoid = c.reltype and said.classoid = 'pg_type'::regclass and said.objsubid = 0
 where c.relkind = 'c'
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_type'::regclass and x.objid = c.reltype and x.deptype = 'e')
