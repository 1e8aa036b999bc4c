-- only where exists: pg_ts_template where oid >= 16384
select n.nspname as "schemas/", t.tmplname as "text_search_templates/",
       case when t.tmplinit <> 0 then t.tmplinit::text end as init,
       t.tmpllexize::text as lexize,
       said.description as comment
  from pg_ts_template t
  join pg_namespace n on n.oid = t.tmplnamespace
  left join pg_description said
    on said.objoid = t.oid and said.classoid = 'pg_ts_template'::regclass and said.objsubid = 0
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_ts_template'::regclass and x.objid = t.oid and x.deptype = 'e')
