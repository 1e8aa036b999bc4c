-- only where exists: pg_ts_parser where oid >= 16384
select n.nspname as "schemas/", p.prsname as "text_search_parsers/",
       p.prsstart::text as start,
       p.prstoken::text as gettoken,
       p.prsend::text as "end",
       case when p.prsheadline <> 0 then p.prsheadline::text end as headline,
       p.prslextype::text as lextypes,
       said.description as comment
  from pg_ts_parser p
  join pg_namespace n on n.oid = p.prsnamespace
  left join pg_description said
    on said.objoid = p.oid and said.classoid = 'pg_ts_parser'::regclass and said.objsubid = 0
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_ts_parser'::regclass and x.objid = p.oid and x.deptype = 'e')
