select array['schemas'::text, n.nspname, 'statistics', s.stxname] as path,
       regexp_replace(pg_get_statisticsobjdef(s.oid), '^CREATE STATISTICS .*?( \(| ON )', '\1') as definition,
       nullif((to_jsonb(s) ->> 'stxstattarget')::int, -1) as target,
       (select r.rolname from pg_roles r join pg_database b on b.datname = current_database()
         where r.oid = s.stxowner and r.oid <> b.datdba and r.rolname <> 'pg_database_owner') as owner,
       (select d.description from pg_description d
         where d.objoid = s.oid and d.classoid = 'pg_statistic_ext'::regclass and d.objsubid = 0) as comment
  from pg_statistic_ext s
  join pg_namespace n on n.oid = s.stxnamespace
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_statistic_ext'::regclass and x.objid = s.oid and x.deptype = 'e')
