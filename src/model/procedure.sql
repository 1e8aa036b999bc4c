select array['schemas'::text, n.nspname, 'procedures', p.proname || '(' || oidvectortypes(p.proargtypes) || ')'] as path,
       pg_get_function_arguments(p.oid) as arguments,
       l.lanname as language,
       case when p.prosecdef then 'definer' else 'invoker' end as security,
       coalesce((select jsonb_object_agg(split_part(s, '=', 1), substr(s, strpos(s, '=') + 1))
                   from unnest(p.proconfig) as s), '{}') as settings,
       -- The text of a body in the standard's form is found in the definition alone (PostgreSQL 14).
       case when p.prosrc = '' and l.lanname = 'sql'
            then coalesce(substring(pg_get_functiondef(p.oid) from '\n(BEGIN ATOMIC.*)$'), '')
            else p.prosrc end as body,
       (select r.rolname from pg_roles r join pg_database b on b.datname = current_database()
         where r.oid = p.proowner and r.oid <> b.datdba and r.rolname <> 'pg_database_owner') as owner,
       array(select unnest(p.proacl)::text except select unnest(acldefault('f', p.proowner))::text)
         || case when p.proacl is null then '{}' else array(select '-' || gone.item
              from (select unnest(acldefault('f', p.proowner))::text except select unnest(p.proacl)::text) as gone (item))
            end as grants,
       (select d.description from pg_description d
         where d.objoid = p.oid and d.classoid = 'pg_proc'::regclass and d.objsubid = 0) as comment
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  join pg_language l on l.oid = p.prolang
 where p.prokind = 'p'
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_proc'::regclass and x.objid = p.oid and x.deptype in ('e', 'i'))
