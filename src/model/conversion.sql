-- only where exists: pg_conversion where oid >= 16384
select n.nspname as "schemas/", c.conname as "conversions/",
       pg_encoding_to_char(c.conforencoding)::text as "from",
       pg_encoding_to_char(c.contoencoding)::text as "to",
       c.conproc::text as function,
       c.condefault as "default",
       case when c.conowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(c.conowner) end as owner,
       said.description as comment
  from pg_conversion c
  join pg_namespace n on n.oid = c.connamespace
  left join pg_description said
    on said.objoid = c.oid and said.classoid = 'pg_conversion'::regclass and said.objsubid = 0
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_conversion'::regclass and x.objid = c.oid and x.deptype = 'e')
