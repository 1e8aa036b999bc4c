select array['event_triggers'::text, e.evtname] as path,
       e.evtevent as event,
       coalesce(e.evttags, '{}') as tags,
       e.evtfoid::regproc::text as function,
       case e.evtenabled when 'O' then 'origin' when 'R' then 'replica' when 'A' then 'always' when 'D' then 'disabled'
            end as enabled,
       (select r.rolname from pg_roles r join pg_database b on b.datname = current_database()
         where r.oid = e.evtowner and r.oid <> b.datdba and r.rolname <> 'pg_database_owner') as owner,
       (select d.description from pg_description d
         where d.objoid = e.oid and d.classoid = 'pg_event_trigger'::regclass and d.objsubid = 0) as comment
  from pg_event_trigger e
 where not exists (select from pg_depend x
                    where x.classid = 'pg_event_trigger'::regclass and x.objid = e.oid and x.deptype = 'e')
