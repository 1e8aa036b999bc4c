-- only where exists: pg_publication
select p.pubname as "publications/",
       case when not p.puballtables then array(
         select quote_ident(n.nspname) || '.' || quote_ident(c.relname)
                  || coalesce((select ' (' || string_agg(quote_ident(a.attname), ', ' order by a.attnum) || ')'
                                 from pg_attribute a
                                where a.attrelid = c.oid and a.attnum = any (r.columns::int2[])), '')
                  || coalesce(' where ' || pg_get_expr(r.condition, c.oid), '')
           from (select (select prrelid from (select t.*) as row) as relation,
                        -- Columns of the catalog that older servers lack come from the stand-ins.
                        (select prattrs from (select t.*) as row) as columns,
                        (select prqual from (select t.*) as row) as condition,
                        t.prpubid
                   from pg_publication_rel t
                  cross join (select null::int2vector as prattrs, null::pg_node_tree as prqual) as older) r
           join pg_class c on c.oid = r.relation
           join pg_namespace n on n.oid = c.relnamespace
          where r.prpubid = p.oid) end as tables,
       -- 6237 is pg_publication_namespace, which servers before 15 do not have.
       array(select n.nspname
               from pg_depend whole
               join pg_depend part on part.classid = whole.classid and part.objid = whole.objid
                                  and part.refclassid = 'pg_namespace'::regclass
               join pg_namespace n on n.oid = part.refobjid
              where whole.classid = 6237 and whole.refclassid = 'pg_publication'::regclass
                and whole.refobjid = p.oid) as schemas,
       array_remove(array[case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
                          case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end],
                    null) as publish,
       p.puballtables as all_tables,
       p.pubviaroot as via_partition_root,
       case to_jsonb(p) ->> 'pubgencols' when 's' then 'stored' else 'none' end as generated_columns,
       case when p.pubowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(p.pubowner) end as owner,
       said.description as comment
  from pg_publication p
  left join pg_description said
    on said.objoid = p.oid and said.classoid = 'pg_publication'::regclass and said.objsubid = 0
 where not exists (select from pg_depend x
                    where x.classid = 'pg_publication'::regclass and x.objid = p.oid and x.deptype = 'e')
