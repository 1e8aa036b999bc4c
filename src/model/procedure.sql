-- only where exists: pg_proc where prokind = 'p' and oid >= 16384
select n.nspname as "schemas/", p.proname || '(' || oidvectortypes(p.proargtypes) || ')' as "procedures/",
       pg_get_function_arguments(p.oid) as arguments,
       l.lanname as language,
       case when p.prosecdef then 'definer' else 'invoker' end as security,
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
 where p.prokind = 'p'
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_proc'::regclass and x.objid = p.oid and x.deptype in ('e', 'i'))
