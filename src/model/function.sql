select n.nspname as "schemas/", p.proname || '(' || oidvectortypes(p.proargtypes) || ')' as "functions/",
       pg_get_function_arguments(p.oid) as arguments,
       pg_get_function_result(p.oid) as returns,
       l.lanname as language,
       case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as volatility,
       case when p.prosecdef then 'definer' else 'invoker' end as security,
       p.proisstrict as strict,
       p.proleakproof as leakproof,
       case p.proparallel when 's' then 'safe' when 'r' then 'restricted' else 'unsafe' end as parallel,
       p.prokind = 'w' as window,
       case when p.procost <> case when l.lanname in ('c', 'internal') then 1 else 100 end then p.procost::text end as cost,
       case when p.prorows <> case when p.proretset then 1000 else 0 end then p.prorows::text end as rows,
       case when p.prosupport <> 0 then p.prosupport::regproc::text end as support,
       (select jsonb_object_agg(split_part(s, '=', 1), substr(s, strpos(s, '=') + 1))
          from unnest(p.proconfig) as s) as settings,
       coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) as body, -- since 14
       p.prosrc as body,                                           -- before 14
       p.probin as library,
       array(select format_type(t, null) from unnest(p.protrftypes) as t) as transforms,
       case when p.proowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(p.proowner) end as owner,
       case when p.proacl is not null then
         '{*X}' || array(select item::text from unnest(p.proacl) as item where not item = any (acldefault('f', p.proowner)))
         || array(select '-' || item::text from unnest(acldefault('f', p.proowner)) as item
                    where not item = any (p.proacl)) end as grants,
       said.description as comment
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  join pg_language l on l.oid = p.prolang
  left join pg_description said on said.objoid = p.oid and said.classoid = 'pg_proc'::regclass and said.objsubid = 0
 where p.oid >= 16384
   and p.prokind in ('f', 'w')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend d
                    where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype in ('e', 'i'))
