-- only where exists: pg_event_trigger
select e.evtname as "event_triggers/",
       e.evtevent as event,
       e.evttags as tags,
       e.evtfoid::regproc::text as function,
       case e.evtenabled when 'O' then 'origin' when 'R' then 'replica' when 'A' then 'always' when 'D' then 'disabled'
            end as enabled,
       case when e.evtowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(e.evtowner) end as owner,
       said.description as comment
  from pg_event_trigger e
  left join pg_description said
    on said.objoid = e.oid and said.classoid = 'pg_event_trigger'::regclass and said.objsubid = 0
 where not exists (select from pg_depend x
                    where x.classid = 'pg_event_trigger'::regclass and x.objid = e.oid and x.deptype = 'e')
