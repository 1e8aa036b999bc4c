create function similarity(text, text) returns real language sql immutable strict parallel safe as 'select 0::real';
create function word_similarity(text, text) returns real language sql immutable strict parallel safe as 'select 0::real';
create function strict_word_similarity(text, text) returns real language sql immutable strict parallel safe as 'select 0::real';
create function show_trgm(text) returns text[] language sql immutable strict parallel safe as 'select array[$1]';
create function similarity_op(text, text) returns boolean language sql stable strict parallel safe as 'select false';
create function similarity_dist(text, text) returns real language sql immutable strict parallel safe as 'select 1::real';
create function word_similarity_op(text, text) returns boolean language sql stable strict parallel safe as 'select false';
create operator % (leftarg = text, rightarg = text, procedure = similarity_op, commutator = %);
create operator <-> (leftarg = text, rightarg = text, procedure = similarity_dist, commutator = <->);
create operator <% (leftarg = text, rightarg = text, procedure = word_similarity_op);
-- Enough for an index to be made on a table without rows.
create operator class gin_trgm_ops for type text using gin as
    operator 1 % (text, text),
    function 2 pg_catalog.gin_extract_tsvector(tsvector, internal, internal),
    function 3 pg_catalog.gin_extract_tsquery(tsvector, internal, smallint, internal, internal, internal, internal),
    function 4 pg_catalog.gin_tsquery_consistent(internal, smallint, tsvector, integer, internal, internal, internal, internal),
    storage integer;
