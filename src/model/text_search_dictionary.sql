-- only where exists: pg_ts_dict where oid >= 16384
select n.nspname as "schemas/", d.dictname as "text_search_dictionaries/",
       case when tn.nspname <> 'pg_catalog' then quote_ident(tn.nspname) || '.' else '' end || quote_ident(t.tmplname) as template,
       coalesce(d.dictinitoption, '') as options,
       case when d.dictowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(d.dictowner) end as owner,
       said.description as comment
  from pg_ts_dict d
  join pg_namespace n on n.oid = d.dictnamespace
  join pg_ts_template t on t.oid = d.dicttemplate
  join pg_namespace tn on tn.oid = t.tmplnamespace
  left join pg_description said on said.objoid = d.oid and said.classoid = 'pg_ts_dict'::regclass and said.objsubid = 0
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_ts_dict'::regclass and x.objid = d.oid and x.deptype = 'e')
