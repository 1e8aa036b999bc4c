create type citext;
create function citextin(cstring) returns citext language internal immutable strict parallel safe as 'textin';
create function citextout(citext) returns cstring language internal immutable strict parallel safe as 'textout';
create function citextrecv(internal) returns citext language internal stable strict parallel safe as 'textrecv';
create function citextsend(citext) returns bytea language internal stable strict parallel safe as 'textsend';
create type citext (input = citextin, output = citextout, receive = citextrecv, send = citextsend, internallength = variable,
    storage = extended, category = 'S', preferred = false, collatable = true);
create cast (citext as text) without function as implicit;
create cast (citext as varchar) without function as implicit;
create cast (text as citext) without function as assignment;
create cast (varchar as citext) without function as assignment;
create function citext_eq(citext, citext) returns boolean language sql immutable strict parallel safe as 'select lower($1::text) = lower($2::text)';
create function citext_ne(citext, citext) returns boolean language sql immutable strict parallel safe as 'select lower($1::text) <> lower($2::text)';
create function citext_lt(citext, citext) returns boolean language sql immutable strict parallel safe as 'select lower($1::text) < lower($2::text)';
create function citext_le(citext, citext) returns boolean language sql immutable strict parallel safe as 'select lower($1::text) <= lower($2::text)';
create function citext_gt(citext, citext) returns boolean language sql immutable strict parallel safe as 'select lower($1::text) > lower($2::text)';
create function citext_ge(citext, citext) returns boolean language sql immutable strict parallel safe as 'select lower($1::text) >= lower($2::text)';
create function citext_cmp(citext, citext) returns integer language sql immutable strict parallel safe as 'select bttextcmp(lower($1::text), lower($2::text))';
create function citext_hash(citext) returns integer language sql immutable strict parallel safe as 'select hashtext(lower($1::text))';
create operator = (leftarg = citext, rightarg = citext, procedure = citext_eq, commutator = =, negator = <>, restrict = eqsel, join = eqjoinsel, hashes, merges);
create operator <> (leftarg = citext, rightarg = citext, procedure = citext_ne, commutator = <>, negator = =);
create operator < (leftarg = citext, rightarg = citext, procedure = citext_lt, commutator = >, negator = >=);
create operator <= (leftarg = citext, rightarg = citext, procedure = citext_le, commutator = >=, negator = >);
create operator > (leftarg = citext, rightarg = citext, procedure = citext_gt, commutator = <, negator = <=);
create operator >= (leftarg = citext, rightarg = citext, procedure = citext_ge, commutator = <=, negator = <);
create operator class citext_ops default for type citext using btree as
    operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 citext_cmp(citext, citext);
create operator class citext_ops default for type citext using hash as operator 1 =, function 1 citext_hash(citext);
