create function unaccent(text) returns text language sql stable strict parallel safe as 'select $1';
create function unaccent(regdictionary, text) returns text language sql stable strict parallel safe as 'select $2';
