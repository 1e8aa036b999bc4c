-- only where exists: pg_cast where oid >= 16384
select '(' || format_type(c.castsource, null) || ' as ' || format_type(c.casttarget, null) || ')' as "casts/",
       case c.castmethod when 'f' then 'function' when 'i' then 'inout' else 'binary' end as method,
       case when c.castfunc <> 0 then c.castfunc::regprocedure::text end as function,
       case c.castcontext when 'i' then 'implicit' when 'a' then 'assignment' else 'explicit' end as context,
       said.description as comment
  from pg_cast c
  left join pg_description said on said.objoid = c.oid and said.classoid = 'pg_cast'::regclass and said.objsubid = 0
 -- What initdb made has no schema to be known by. A range type brings a cast along.
 where c.oid >= 16384
   and not exists (select from pg_type t join pg_namespace n on n.oid = t.typnamespace
                    where t.oid in (c.castsource, c.casttarget) and n.nspname ~ '^pg_temp_')
   and not exists (select from pg_depend x
                    where x.classid = 'pg_cast'::regclass and x.objid = c.oid and x.deptype in ('e', 'i'))
