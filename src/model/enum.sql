select n.nspname as "schemas/", t.typname as "enums/",
       array(select e.enumlabel from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder) as labels,
       case when t.typowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(t.typowner) end as owner,
       case when t.typacl is not null then
         '{*U}' || array(select item::text from unnest(t.typacl) as item where not item = any (acldefault('T', t.typowner)))
         || array(select '-' || item::text from unnest(acldefault('T', t.typowner)) as item
                    where not item = any (t.typacl)) end as grants,
       said.description as comment
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  left join pg_description said on said.objoid = t.oid and said.classoid = 'pg_type'::regclass and said.objsubid = 0
 where t.typtype = 'e'
   and not exists (select from pg_depend d
                    where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
