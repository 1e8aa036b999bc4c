-- only where exists: pg_proc where prokind = 'a' and oid >= 16384
select n.nspname as "schemas/", p.proname || '(' || oidvectortypes(p.proargtypes) || ')' as "aggregates/",
       nullif(pg_get_function_arguments(p.oid), oidvectortypes(p.proargtypes)) as arguments,
       format_type(p.prorettype, null) as returns,
       a.aggtransfn::regproc::text as state_function,
       format_type(a.aggtranstype, null) as state_type,
       a.agginitval as initial_state,
       case when a.aggfinalfn <> 0 then a.aggfinalfn::regproc::text end as final_function,
       a.aggfinalextra as final_extra,
       case when a.aggfinalmodify <> case a.aggkind when 'n' then 'r' else 'w' end
            then case a.aggfinalmodify when 'w' then 'read_write' when 's' then 'shareable' else 'read_only' end
            end as final_modify,
       a.aggtransspace as state_space,
       case when a.aggcombinefn <> 0 then a.aggcombinefn::regproc::text end as combine_function,
       array_remove(array[case when a.aggserialfn <> 0 then a.aggserialfn::regproc::text end,
                          case when a.aggdeserialfn <> 0 then a.aggdeserialfn::regproc::text end], null) as serialization,
       array_remove(array[case when a.aggmtransfn <> 0 then a.aggmtransfn::regproc::text end,
                          case when a.aggminvtransfn <> 0 then a.aggminvtransfn::regproc::text end,
                          case when a.aggmfinalfn <> 0 then a.aggmfinalfn::regproc::text end,
                          case when a.aggmtranstype <> 0 then format_type(a.aggmtranstype, null) end,
                          case when a.aggminitval is not null then quote_literal(a.aggminitval) end,
                          case when a.aggmtransspace <> 0 then 'msspace = ' || a.aggmtransspace end,
                          case when a.aggmfinalextra then 'mfinalfunc_extra' end,
                          case when a.aggmtransfn <> 0 and a.aggmfinalmodify <> 'r'
                               then 'mfinalfunc_modify = ' || case a.aggmfinalmodify when 's' then 'shareable' else 'read_write' end
                               end], null) as moving,
       case when a.aggsortop <> 0 then a.aggsortop::regoperator::text end as sort_operator,
       case a.aggkind when 'o' then 'ordered-set' when 'h' then 'hypothetical-set' else 'normal' end as variety,
       case p.proparallel when 's' then 'safe' when 'r' then 'restricted' else 'unsafe' end as parallel,
       case when p.proowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(p.proowner) end as owner,
       case when p.proacl is not null then
         '{*X}' || array(select item::text from unnest(p.proacl) as item where not item = any (acldefault('f', p.proowner)))
         || array(select '-' || item::text from unnest(acldefault('f', p.proowner)) as item
                    where not item = any (p.proacl)) end as grants,
       said.description as comment
  from pg_aggregate a
  join pg_proc p on p.oid = a.aggfnoid
  join pg_namespace n on n.oid = p.pronamespace
  left join pg_description said on said.objoid = p.oid and said.classoid = 'pg_proc'::regclass and said.objsubid = 0
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_proc'::regclass and x.objid = p.oid and x.deptype in ('e', 'i'))
