-- only where exists: pg_ts_config where oid >= 16384
select n.nspname as "schemas/", c.cfgname as "text_search_configurations/",
       case when pn.nspname <> 'pg_catalog' then quote_ident(pn.nspname) || '.' else '' end || quote_ident(p.prsname) as parser,
       m.mappings,
       case when c.cfgowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(c.cfgowner) end as owner,
       said.description as comment
  from pg_ts_config c
  join pg_namespace n on n.oid = c.cfgnamespace
  join pg_ts_parser p on p.oid = c.cfgparser
  join pg_namespace pn on pn.oid = p.prsnamespace
  left join (select m.config, jsonb_object_agg(coalesce(t.alias, m.token::text), m.dictionaries) as mappings
               from (select mapcfg as config, cfgparser as parser, maptokentype as token,
                            jsonb_agg(mapdict::regdictionary::text order by mapseqno) as dictionaries
                       from pg_ts_config_map
                       join pg_ts_config on pg_ts_config.oid = mapcfg
                      where mapcfg >= 16384
                      group by 1, 2, 3) m
               -- A parser is asked for the names of its token types. Any code may stand there, and what is not meant for it
               -- can end the server: only that of PostgreSQL's own parser is run.
               left join (select s.oid as parser, type.tokid, type.alias
                            from pg_ts_parser s
                           cross join lateral ts_token_type(s.oid) as type
                           where s.prslextype = 'prsd_lextype'::regproc) t on t.parser = m.parser and t.tokid = m.token
              group by 1) m on m.config = c.oid
  left join pg_description said
    on said.objoid = c.oid and said.classoid = 'pg_ts_config'::regclass and said.objsubid = 0
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_ts_config'::regclass and x.objid = c.oid and x.deptype = 'e')
