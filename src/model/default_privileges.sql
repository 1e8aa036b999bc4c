-- only where exists: pg_default_acl
select d.defaclrole::regrole::text || coalesce(' in ' || quote_ident(n.nspname), '') || ' on '
               || case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
                       when 'T' then 'types' when 'n' then 'schemas' when 'L' then 'large objects' end as "default_privileges/",
       case d.defaclobjtype
         when 'r' then '{*arwdDxtm}'  -- since 17
         when 'r' then '{*arwdDxt}'   -- before 17
         when 'S' then '{*rwU}' when 'f' then '{*X}' when 'n' then '{*UC}' when 'L' then '{*rw}' else '{*U}' end::text[]
         || array(select unnest(d.defaclacl)::text except select unnest(base.acl)::text)
         || array(select '-' || gone.item
              from (select unnest(base.acl)::text except select unnest(d.defaclacl)::text) as gone (item)) as grants
  from pg_default_acl d
  left join pg_namespace n on n.oid = d.defaclnamespace
 cross join lateral (select case when d.defaclnamespace = 0 and d.defaclobjtype in ('r', 'S', 'f', 'T', 'n', 'L')
                                 then acldefault(case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end,
                                                 d.defaclrole) else '{}' end as acl) as base
