-- only where exists: pg_statistic_ext
-- opens tables
select n.nspname as "schemas/", s.stxname as "statistics/",
       substr(pg_get_statisticsobjdef(s.oid), length(format('CREATE STATISTICS %I.%I ', n.nspname, s.stxname)) + 1) as definition,
       nullif((to_jsonb(s) ->> 'stxstattarget')::int, -1) as target,
       case when s.stxowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(s.stxowner) end as owner,
       said.description as comment
  from pg_statistic_ext s
  join pg_namespace n on n.oid = s.stxnamespace
  left join pg_description said
    on said.objoid = s.oid and said.classoid = 'pg_statistic_ext'::regclass and said.objsubid = 0
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   -- Those of another session's table are put into its schema of permanent objects.
   and not exists (select from pg_class c where c.oid = s.stxrelid and c.relpersistence = 't')
   and not exists (select from pg_depend x
                    where x.classid = 'pg_statistic_ext'::regclass and x.objid = s.oid and x.deptype = 'e')
