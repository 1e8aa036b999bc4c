-- Of a stub for an extension that a throw-away server lacks, version and comment cannot be told.
select e.extname as "extensions/",
       case when e.extversion = 'stub' then 'null' else to_jsonb(e.extversion) end as version,
       n.nspname as schema,
       array(select o.type || ' ' || o.identity
               from pg_depend d
              cross join lateral pg_identify_object(d.classid, d.objid, d.objsubid) o
              where d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid and d.deptype = 'x'
                and o.identity is not null
              order by (o.type || ' ' || o.identity) collate "C") as dependents,
       case when e.extversion = 'stub' then 'null' else to_jsonb(said.description) end as comment
  from pg_extension e
  join pg_namespace n on n.oid = e.extnamespace
  left join pg_description said
    on said.objoid = e.oid and said.classoid = 'pg_extension'::regclass and said.objsubid = 0
