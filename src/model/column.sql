with sequence as (
  select d.refobjid, d.refobjsubid, d.deptype, p.relname, p.relpersistence, p.relacl, p.relowner, s.*
    from pg_sequence s
    join pg_depend d on d.objid = s.seqrelid and d.classid = 'pg_class'::regclass
                    and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
    join pg_class p on p.oid = s.seqrelid)
select c.nspname as "schemas/", case when c.relkind <> 'f' then c.relname end as "tables/",
       case when c.relkind = 'f' then c.relname end as "foreign_tables/", a.attname as "columns/",
       format_type(a.atttypid, a.atttypmod) as type,
       not a.attnotnull as nullable,
       k.text as not_null_constraint, -- since 18
       k.comment as not_null_comment, -- since 18
       null as not_null_comment,      -- before 18
       case when a.attgenerated <> '' then null
            -- Null is what there is without a default, unless the type has one of its own.
            when d.text like 'NULL::%' and t.typtype <> 'd' then null
            -- Where it owns several, the name says more.
            when own.defaults = array[d.text]
            then 'serial ' || d.text
            else d.text end as "default",
       -- From 17 on, a partition's column has that of the table above.
       case when not c.relispartition then -- since 17
         case a.attidentity when 'a' then 'always' when 'd' then 'by default' end
       end                                 -- since 17
       as identity,
       case when a.attgenerated <> '' then d.text end as generated,
       case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end as generation,
       case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end as collation,
       case when a.attidentity <> '' then nullif(concat_ws(' ',
         case when q.seqstart <> case when q.seqincrement > 0 then q.seqmin else q.seqmax end then 'start ' || q.seqstart end,
         case when q.seqincrement <> 1 then 'increment ' || q.seqincrement end,
         -- The largest value of the column's type, as a dump counts from it.
         case when q.seqmin <> case when q.seqincrement > 0 then 1 else -(9223372036854775807 >> (64 - 8 * a.attlen)) - 1 end
              then 'minvalue ' || q.seqmin end,
         case when q.seqmax <> case when q.seqincrement > 0 then 9223372036854775807 >> (64 - 8 * a.attlen) else -1 end
              then 'maxvalue ' || q.seqmax end,
         case when q.seqcache <> 1 then 'cache ' || q.seqcache end,
         case when q.seqcycle then 'cycle' end,
         case when q.relpersistence <> c.relpersistence then                     -- since 15
           case q.relpersistence when 'u' then 'unlogged' else 'logged' end end, -- since 15
         null), '') end as identity_options,
       case when a.attidentity <> '' then
         (select jsonb_build_object('name', q.relname, 'numbered',
                   starts_with(q.relname, usual.name) and substr(q.relname, length(usual.name) + 1) ~ '^\d+$'
                   and exists (select from pg_class taken
                                where taken.relnamespace = c.relnamespace and taken.relname = usual.name))
            from (select left(c.relname, greatest(29, 58 - octet_length(a.attname))) || '_' ||
                         left(a.attname, greatest(29, 58 - octet_length(c.relname))) || '_seq') as usual (name)
           where q.relname <> usual.name) end as identity_sequence,
       case when a.attidentity <> '' then
         (select r.description from pg_description r
           where r.objoid = q.seqrelid and r.classoid = 'pg_class'::regclass and r.objsubid = 0) end as identity_comment,
       case when q.relacl is not null then
         '{*rwU}' || array(select item::text from unnest(q.relacl) as item where not item = any (acldefault('s', q.relowner)))
         || array(select '-' || item::text from unnest(acldefault('s', q.relowner)) as item
                    where not item = any (q.relacl)) end as identity_grants,
       case when a.attstorage <> t.typstorage then
         case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'x' then 'extended' when 'm' then 'main'
              end end as storage,
       case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end as compression, -- since 14
       null as compression,                                                              -- before 14
       nullif(a.attstattarget::int, -1) as statistics,
       case when a.attoptions is not null then
         (select jsonb_object_agg(split_part(p, '=', 1), substr(p, strpos(p, '=') + 1))
            from unnest(a.attoptions) as p) end as options,
       case when a.attfdwoptions is not null then
         (select jsonb_object_agg(split_part(p, '=', 1), substr(p, strpos(p, '=') + 1))
            from unnest(a.attfdwoptions) as p) end as fdw_options,
       case when a.attacl is not null then '{*arwx}' || a.attacl::text[] end as grants,
       a.attislocal and a.attinhcount > 0 as merged,
       o.description as comment
  from pg_attribute a
  -- What is sorted by the hundred thousand has short texts in it, not names of 64 bytes each.
  join (select c.oid, n.nspname::text, c.relname::text, c.relkind, c.relpersistence, c.relnamespace, c.relispartition
          from pg_class c
          join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p', 'f')
           and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        offset 0) c on c.oid = a.attrelid
  join pg_type t on t.oid = a.atttypid
  left join pg_description o
    on o.objoid = a.attrelid and o.classoid = 'pg_class'::regclass and o.objsubid = a.attnum
  left join pg_attrdef e on e.adrelid = a.attrelid and e.adnum = a.attnum
  -- Only the expression of a generated column has other columns in it; to name those, the server opens the table.
  left join lateral (select pg_get_expr(e.adbin, case when a.attgenerated <> '' then e.adrelid else 0 end) as text
                     offset 0) d on e.adbin is not null
  left join sequence q on q.deptype = 'i' and q.refobjid = a.attrelid and q.refobjsubid = a.attnum
  left join (select refobjid, refobjsubid, array_agg(format('nextval(%L::regclass)', seqrelid::regclass)) as defaults
               from sequence
              where deptype = 'a'
              group by 1, 2) own on own.refobjid = a.attrelid and own.refobjsubid = a.attnum
  left join (select n.conrelid, n.conkey[1] as attnum, remark.description as comment,                                   -- since 18
                    nullif(concat_ws(' ',                                                                               -- since 18
                      -- Partitions have theirs from above, under whatever name.
                      case when n.conname <> o.relname || '_' || p.attname || '_not_null'                               -- since 18
                            and (n.coninhcount = 0 or n.conislocal and not o.relispartition)                            -- since 18
                            and n.conname <> all (coalesce(above.names, '{}'))                                          -- since 18
                            -- Where the usual name is taken, by that of another table's column, a number is behind it; -- since 18
                            -- a long one is cut in ways that are not told here.                                        -- since 18
                            and not (n.conname ~ '_not_null\d*$'                                                        -- since 18
                                 and (regexp_replace(n.conname, '_not_null\d*$', '') = o.relname || '_' || p.attname    -- since 18
                                      or octet_length(n.conname) > 56                                                    -- since 18
                                         and octet_length(o.relname || p.attname || substring(n.conname, '\d*$')) > 53)) -- since 18
                           then quote_ident(n.conname) end,                                                             -- since 18
                      case when n.connoinherit then 'no inherit' end,                                                   -- since 18
                      case when not n.convalidated then 'not valid' end,                                                -- since 18
                      -- A dump declares anew what is valid below one that is not.
                      case when n.coninhcount > 0 and n.conislocal and not o.relispartition                             -- since 18
                            and not (n.convalidated and above.any_not_valid) then 'also inherited' end), '') as text    -- since 18
               from pg_constraint n                                                                                     -- since 18
               join pg_class o on o.oid = n.conrelid                                                                    -- since 18
               join pg_attribute p on p.attrelid = n.conrelid and p.attnum = n.conkey[1]                                -- since 18
               left join lateral (                                                                                      -- since 18
                 select array_agg(m.conname) as names, bool_or(not m.convalidated) as any_not_valid                     -- since 18
                   from pg_inherits i                                                                                   -- since 18
                   join pg_attribute u on u.attrelid = i.inhparent and u.attname = p.attname                            -- since 18
                   join pg_constraint m on m.conrelid = i.inhparent and m.contype = 'n' and m.conkey[1] = u.attnum      -- since 18
                  where n.coninhcount > 0 and i.inhrelid = n.conrelid) above on true                                    -- since 18
               left join pg_description remark                                                                          -- since 18
                 on remark.objoid = n.oid and remark.classoid = 'pg_constraint'::regclass and remark.objsubid = 0       -- since 18
              where n.contype = 'n') k on k.conrelid = a.attrelid and k.attnum = a.attnum                               -- since 18
 where a.attnum > 0 and not a.attisdropped
 order by a.attrelid, a.attnum
