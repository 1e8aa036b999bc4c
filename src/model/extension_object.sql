-- only where exists: pg_extension where oid >= 16384
-- opens tables
with own (relation, extension) as (
       select d.objid, e.extname
         from pg_extension e
         join pg_depend d on d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid and d.deptype = 'e'
                         and d.classid = 'pg_class'::regclass)
select f.extension as "extensions/", o.type || ' ' || o.identity as "objects/", f.definition,
       case f.enabled when 'O' then 'origin' when 'R' then 'replica' when 'A' then 'always' when 'D' then 'disabled'
            end as enabled
  from (select w.extension, 'pg_trigger'::regclass as class, t.oid,
               p.what || substr(pg_get_triggerdef(t.oid), length('CREATE ' || p.what || 'TRIGGER ' || quote_ident(t.tgname)) + 2)
                 as definition,
               t.tgenabled as enabled
          from own w join pg_trigger t on t.tgrelid = w.relation,
       lateral (select case when t.tgconstraint <> 0 then 'CONSTRAINT ' else '' end) p (what)
         where not t.tgisinternal
        union all
        select w.extension, 'pg_rewrite'::regclass, r.oid,
               ltrim(substr(pg_get_ruledef(r.oid), length('CREATE RULE ' || quote_ident(r.rulename) || ' AS') + 1), E' \n'),
               r.ev_enabled
          from own w join pg_rewrite r on r.ev_class = w.relation
         where r.rulename <> '_RETURN'
        union all
        select w.extension, 'pg_policy'::regclass, p.oid,
               concat_ws(' ', case when p.polpermissive then 'permissive' else 'restrictive' end, 'for',
                 case p.polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
                      when 'd' then 'delete' end, 'to',
                 (select string_agg(name, ', ' order by name collate "C")
                    from (select case r.role when 0 then 'public' else quote_ident(pg_get_userbyid(r.role)) end as name
                            from unnest(p.polroles) as r (role)) n),
                 'using (' || pg_get_expr(p.polqual, p.polrelid) || ')',
                 'with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'),
               'O'
          from own w join pg_policy p on p.polrelid = w.relation
        union all
        select w.extension, 'pg_class'::regclass, i.indexrelid,
               p.what || 'on' || substr(pg_get_indexdef(i.indexrelid),
                 length('CREATE ' || p.what || 'INDEX ' || quote_ident(x.relname) || ' ON') + 1), 'O'
          from own w join pg_index i on i.indrelid = w.relation
          join pg_class x on x.oid = i.indexrelid,
       lateral (select case when i.indisunique then 'UNIQUE ' else '' end) p (what)
         where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
       ) f
 cross join lateral pg_identify_object(f.class, f.oid, 0) o
 where o.identity is not null
