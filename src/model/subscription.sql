-- only where exists: pg_subscription
-- Ordinary roles may not read all of it: not the connection string, and in PostgreSQL 13 neither its oid.
select s.subname as "subscriptions/",
       s.subpublications as publications,
       s.subenabled as enabled,
       s.subslotname as slot_name,
       s.subsynccommit as synchronous_commit,                                         -- since 14
       s.subbinary as binary,                                                         -- since 14
       false as binary,                                                               -- before 14
       case s.substream::text when 'p' then 'parallel' when 't' then 'on' when 'true' then 'on' else 'off' end as streaming, -- since 14
       'off' as streaming,                                                            -- before 14
       s.subtwophasestate <> 'd' as two_phase,                                        -- since 15
       s.subdisableonerr as disable_on_error,                                         -- since 15
       false as two_phase, false as disable_on_error,                                 -- before 15
       s.subpasswordrequired as password_required,                                    -- since 16
       s.subrunasowner as run_as_owner,                                               -- since 16
       s.suborigin as origin,                                                         -- since 16
       -- Before, the owner was it whose rights counted, and every origin was taken.
       true as password_required, false as run_as_owner, 'any' as origin,             -- before 16
       s.subfailover as failover,                                                     -- since 17
       false as failover,                                                             -- before 17
       case when s.subowner <> b.datdba then nullif(pg_get_userbyid(s.subowner), 'pg_database_owner') end as owner,
       said.description as comment
  from pg_subscription s
  join pg_database b on b.oid = s.subdbid and b.datname = current_database()
  -- Comments are of this database alone, so the names are too.
  left join (select distinct v.subname, d.description
               from pg_description d
               join pg_stat_subscription v on v.subid = d.objoid
              where d.classoid = 'pg_subscription'::regclass) said on said.subname = s.subname
