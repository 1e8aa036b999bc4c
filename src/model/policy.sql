-- opens tables
select n.nspname as "schemas/", c.relname as "tables/", p.polname as "policies/",
       case p.polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
            when 'd' then 'delete' end as "for",
       array(select case r.role when 0 then 'public' else pg_get_userbyid(r.role) end
               from unnest(p.polroles) as r (role)) as "to",
       case when p.polpermissive then 'permissive' else 'restrictive' end as "as",
       pg_get_expr(p.polqual, p.polrelid) as using,
       pg_get_expr(p.polwithcheck, p.polrelid) as with_check,
       said.description as comment
  from pg_policy p
  join pg_class c on c.oid = p.polrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_description said on said.objoid = p.oid and said.classoid = 'pg_policy'::regclass and said.objsubid = 0
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
