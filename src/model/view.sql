-- opens tables
select n.nspname as "schemas/", c.relname as "views/",
       pg_get_viewdef(c.oid) as definition,
       (select jsonb_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1))
          from unnest(c.reloptions) as o) as options,
       case when c.relowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(c.relowner) end as owner,
       case when c.relacl is not null then
         '{*arwdDxtm}' ||  -- since 17
         '{*arwdDxt}' ||   -- before 17
         array(select item::text from unnest(c.relacl) as item where not item = any (acldefault('r', c.relowner)))
         || array(select '-' || item::text from unnest(acldefault('r', c.relowner)) as item
                    where not item = any (c.relacl)) end as grants,
       said.description as comment,
       (select jsonb_object_agg(a.attname, d.description)
          from pg_description d
          join pg_attribute a on a.attrelid = d.objoid and a.attnum = d.objsubid
         where d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid > 0) as column_comments,
       (select jsonb_object_agg(a.attname, pg_get_expr(d.adbin, 0))
          from pg_attrdef d
          join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
         where d.adrelid = c.oid) as column_defaults,
       (select jsonb_object_agg(a.attname, to_jsonb('{*arwx}' || a.attacl::text[]))
          from pg_attribute a
         where a.attrelid = c.oid and a.attacl is not null and not a.attisdropped) as column_grants
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_description said on said.objoid = c.oid and said.classoid = 'pg_class'::regclass and said.objsubid = 0
 where c.relkind = 'v'
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend d
                    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
