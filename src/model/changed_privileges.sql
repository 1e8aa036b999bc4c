-- only where exists: pg_extension where oid >= 16384
-- only where exists: pg_class where oid < 16384 and relacl is not null and relnamespace = 'pg_catalog'::regnamespace and not exists (select from pg_init_privs where objoid = pg_class.oid and classoid = 'pg_class'::regclass and objsubid = 0 and initprivs = relacl)
-- only where exists: pg_proc where oid < 16384 and proacl is not null and not exists (select from pg_init_privs where objoid = pg_proc.oid and classoid = 'pg_proc'::regclass and initprivs = proacl)
-- only where exists: pg_type where oid < 16384 and typacl is not null
-- only where exists: pg_namespace where oid < 16384 and nspacl is not null and nspname = 'pg_catalog' and not exists (select from pg_init_privs where objoid = pg_namespace.oid and classoid = 'pg_namespace'::regclass and initprivs = nspacl)
-- only where exists: pg_language where oid < 16384 and lanacl is not null
-- only where exists: pg_attribute where attrelid < 16384 and attacl is not null and not exists (select from pg_init_privs where objoid = attrelid and classoid = 'pg_class'::regclass and objsubid = attnum and initprivs = attacl)
-- only where exists: pg_shdepend where classid = 'pg_class'::regclass and objsubid < 0 and dbid = (select oid from pg_database where datname = current_database())
with member (class, object, extension) as (
       select d.classid, d.objid, e.extname
         from pg_extension e
         join pg_depend d on d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid and d.deptype = 'e'),
     own (class, object, extension) as (
       select * from member
       union all
       select b.class, b.object, null
         from (select 'pg_class'::regclass::oid, oid from pg_class
                where oid < 16384 and relnamespace = 'pg_catalog'::regnamespace
               union all select 'pg_proc'::regclass, oid from pg_proc where oid < 16384 and proacl is not null
               union all select 'pg_type'::regclass, oid from pg_type where oid < 16384 and typacl is not null
               union all select 'pg_namespace'::regclass, oid from pg_namespace where nspname = 'pg_catalog'
               union all select 'pg_language'::regclass, oid from pg_language where oid < 16384 and lanacl is not null
              ) b (class, object)
        where not exists (select from member m where m.class = b.class and m.object = b.object)),
     granted (extension, class, object, part, kind, owner, acl) as (
       select o.extension, o.class, o.object, 0, case c.relkind when 'S' then 's' else 'r' end, c.relowner, c.relacl
         from own o join pg_class c on c.oid = o.object where o.class = 'pg_class'::regclass
       union all select o.extension, o.class, o.object, a.attnum, 'c', 0, a.attacl
         from own o join pg_attribute a on a.attrelid = o.object where o.class = 'pg_class'::regclass
       -- The system columns of tables belong to PostgreSQL, too.
       union all select null, 'pg_class'::regclass, a.attrelid, a.attnum, 'c', 0, a.attacl
         from pg_attribute a join pg_class c on c.oid = a.attrelid
        where a.attnum < 0 and a.attacl is not null and a.attrelid >= 16384 and c.relpersistence <> 't'
          and not exists (select from member m where m.class = 'pg_class'::regclass and m.object = a.attrelid)
       union all select o.extension, o.class, o.object, 0, 'f', p.proowner, p.proacl
         from own o join pg_proc p on p.oid = o.object where o.class = 'pg_proc'::regclass
       union all select o.extension, o.class, o.object, 0, 'T', t.typowner, t.typacl
         from own o join pg_type t on t.oid = o.object where o.class = 'pg_type'::regclass
       union all select o.extension, o.class, o.object, 0, 'n', n.nspowner, n.nspacl
         from own o join pg_namespace n on n.oid = o.object where o.class = 'pg_namespace'::regclass
       union all select o.extension, o.class, o.object, 0, 'l', l.lanowner, l.lanacl
         from own o join pg_language l on l.oid = o.object where o.class = 'pg_language'::regclass
       union all select o.extension, o.class, o.object, 0, 'F', w.fdwowner, w.fdwacl
         from own o join pg_foreign_data_wrapper w on w.oid = o.object where o.class = 'pg_foreign_data_wrapper'::regclass
       union all select o.extension, o.class, o.object, 0, 'S', s.srvowner, s.srvacl
         from own o join pg_foreign_server s on s.oid = o.object where o.class = 'pg_foreign_server'::regclass),
     -- What initdb or the extension's script granted is remembered, nothing where it granted nothing.
     changed as (
       select g.extension, g.class, g.object, g.part, g.kind,
              coalesce(g.acl, acldefault(g.kind::"char", g.owner)) as acl,
              coalesce(i.initprivs, acldefault(g.kind::"char", g.owner)) as usual
         from granted g
         left join pg_init_privs i on i.classoid = g.class and i.objoid = g.object and i.objsubid = g.part
        where g.acl is not null or i.initprivs is not null)
select c.extension as "extensions/", o.type || ' ' || o.identity as "changed_privileges/",
       case c.kind
         when 'r' then '{*arwdDxtm}'  -- since 17
         when 'r' then '{*arwdDxt}'   -- before 17
         when 's' then '{*rwU}' when 'c' then '{*arwx}' when 'f' then '{*X}' when 'n' then '{*UC}' else '{*U}' end::text[]
         || array(select item::text from unnest(c.acl) as item where not item = any (c.usual))
       || array(select '-' || item::text from unnest(c.usual) as item where not item = any (c.acl)) as grants
  from changed c
 cross join lateral pg_identify_object(c.class, c.object, c.part) o
 where not (c.acl @> c.usual and c.acl <@ c.usual)
   -- It may be gone by now.
   and o.identity is not null
