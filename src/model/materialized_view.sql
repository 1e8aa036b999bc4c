-- only where exists: pg_class where relkind = 'm'
-- opens tables
select n.nspname as "schemas/", c.relname as "materialized_views/",
       pg_get_viewdef(c.oid) as definition,
       (select jsonb_object_agg(o.name, o.value)
          from (select split_part(o, '=', 1), substr(o, strpos(o, '=') + 1) from unnest(c.reloptions) as o
                union all
                select 'toast.' || split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)
                  from pg_class t, unnest(t.reloptions) as o
                 where t.oid = c.reltoastrelid) as o (name, value)) as options,
       case c.relreplident when 'f' then 'full' when 'n' then 'nothing' else 'default' end as replica_identity,
       m.amname as method,
       s.spcname as tablespace,
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
       (select jsonb_object_agg(a.attname, to_jsonb('{*arwx}' || a.attacl::text[]))
          from pg_attribute a
         where a.attrelid = c.oid and a.attacl is not null and not a.attisdropped) as column_grants,
       (select jsonb_object_agg(a.attname, a.settings)
          from (select a.attname,
                       jsonb_strip_nulls(jsonb_build_object(
                         'storage', case when a.attstorage <> t.typstorage then
                           case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'x' then 'extended'
                                             else 'main' end end,
                         'compression', case to_jsonb(a) ->> 'attcompression' when 'p' then 'pglz' when 'l' then 'lz4' end,
                         'statistics', nullif(a.attstattarget::int, -1)::text))
                       || case when a.attoptions is null then '{}' else
                            (select jsonb_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1))
                               from unnest(a.attoptions) as o) end as settings
                  from pg_attribute a
                  join pg_type t on t.oid = a.atttypid
                 where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) a
         where a.settings <> '{}') as column_settings
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_am m on m.oid = c.relam
  left join pg_tablespace s on s.oid = c.reltablespace
  left join pg_description said on said.objoid = c.oid and said.classoid = 'pg_class'::regclass and said.objsubid = 0
 where c.relkind = 'm'
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_class'::regclass and x.objid = c.oid and x.deptype = 'e')
