do $schemavet$
declare
    newest oid := (select max(oid) from pg_catalog.pg_class);
begin
    execute :statement;
    update pg_catalog.pg_class set reloptions = array[:options]
     where oid > newest and relam = (select oid from pg_catalog.pg_am where amname = :method);
end
$schemavet$
