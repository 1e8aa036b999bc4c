-- Of a stub for an extension that a throw-away server lacks, version and comment cannot be told.
select e.extname as "extensions/",
       case when e.extversion <> 'stub' then to_jsonb(e.extversion) end as version,
       n.nspname as schema,
       case when e.extversion <> 'stub' then coalesce(to_jsonb(said.description), 'null') end as comment
  from pg_extension e
  join pg_namespace n on n.oid = e.extnamespace
  left join pg_description said
    on said.objoid = e.oid and said.classoid = 'pg_extension'::regclass and said.objsubid = 0
