select n.nspname as "schemas/", c.relname as "sequences/",
       format_type(s.seqtypid, null) as type,
       s.seqstart as start,
       s.seqincrement as increment,
       s.seqmin as minimum,
       s.seqmax as maximum,
       s.seqcache as cache,
       s.seqcycle as cycle,
       quote_ident(t.relname) || '.' || quote_ident(a.attname) as owned_by,
       case when c.relpersistence <> coalesce(t.relpersistence, 'p') then             -- since 15
         case c.relpersistence when 'u' then 'unlogged' else 'permanent' end end as persistence, -- since 15
       null as persistence,                                                           -- before 15
       -- One that a column owns has the owner of its table.
       case when t.oid is null and c.relowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(c.relowner) end as owner,
       case when c.relacl is not null then
         '{*rwU}' || array(select item::text from unnest(c.relacl) as item where not item = any (acldefault('s', c.relowner)))
         || array(select '-' || item::text from unnest(acldefault('s', c.relowner)) as item
                    where not item = any (c.relacl)) end as grants,
       said.description as comment,
       (select jsonb_object_agg(a.attname, to_jsonb('{*arwx}' || a.attacl::text[]))
          from pg_attribute a
         where a.attrelid = c.oid and a.attacl is not null) as column_grants
  from pg_sequence s
  join pg_class c on c.oid = s.seqrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_depend d
    on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0
   and d.refclassid = 'pg_class'::regclass and d.deptype = 'a'
  left join pg_class t on t.oid = d.refobjid
  left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
  left join pg_description said on said.objoid = c.oid and said.classoid = 'pg_class'::regclass and said.objsubid = 0
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend d
                    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('e', 'i'))
