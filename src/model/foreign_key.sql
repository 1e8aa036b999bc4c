with unusual as (
  -- At each end there are two.
  select t.tgconstraint, t.tgfoid in ('"RI_FKey_check_ins"'::regproc, '"RI_FKey_check_upd"'::regproc) as checks,
         case when count(*) < 2 or min(t.tgenabled) <> max(t.tgenabled) then 'mixed'
              when min(t.tgenabled) = 'D' then 'disabled' when min(t.tgenabled) = 'R' then 'replica' else 'always' end as enabled
    from pg_trigger t
   where t.tgenabled <> 'O' and t.tgisinternal and t.tgconstraint <> 0
   group by 1, 2)
select n.nspname as "schemas/", c.relname as "tables/", k.conname as "foreign_keys/",
       pg_get_constraintdef(k.oid) as definition,
       coalesce(here.enabled, 'origin') as enabled,
       coalesce(there.enabled, 'origin') as actions_enabled,
       case when k.conparentid <> 0 and not k.conislocal then
         to_jsonb(here.enabled is not distinct from above.enabled
                  and k.convalidated = (select u.convalidated from pg_constraint u where u.oid = k.conparentid))
       else 'null' end as inherited,
       said.description as comment
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join unusual here on here.tgconstraint = k.oid and here.checks
  left join unusual above on above.tgconstraint = k.conparentid and above.checks
  left join unusual there on there.tgconstraint = k.oid and not there.checks
  left join pg_description said
    on said.objoid = k.oid and said.classoid = 'pg_constraint'::regclass and said.objsubid = 0
 where k.contype = 'f'
   and c.relkind in ('r', 'p')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   -- Not the copies that a partitioned table at the other end brings with it.
   and not exists (select from pg_constraint p where p.oid = k.conparentid and p.conrelid = k.conrelid)
