select e.extname as "extensions/",
       e.extversion as version,
       n.nspname as schema,
       said.description as comment
  from pg_extension e
  join pg_namespace n on n.oid = e.extnamespace
  left join pg_description said
    on said.objoid = e.oid and said.classoid = 'pg_extension'::regclass and said.objsubid = 0
