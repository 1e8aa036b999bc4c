#!/bin/sh
# Rails: a spec of db/structure.sql, which `rails db:migrate` writes; the database itself.
. "$(dirname "$0")/../common.sh"

# Ruby and Rails: those of this machine, or Debian's, unpacked into the cache; nothing is installed.
if ! ruby -e 'require "rails"; require "active_record"; require "pg"' 2>/dev/null; then
  { command -v apt-get && command -v dpkg; } >/dev/null || not_run "no Ruby with rails and pg, nor Debian's packages"
  if [ ! -d ruby ]; then
    mkdir -p debs
    (cd debs
     apt-get install --simulate --no-install-recommends ruby-railties ruby-activerecord ruby-pg ruby-minitest |
       sed -n 's/^Inst \([^ ]*\) .*/\1/p' | xargs apt-get download -q) >apt.log 2>&1 && [ -n "$(ls debs)" ] ||
      { cat apt.log >&2; not_run "apt-get could not fetch Ruby and Rails"; }
    for package in debs/*.deb; do dpkg -x "$package" ruby.new; done
    mv ruby.new ruby
  fi
  root=$work/ruby/usr
  machine=$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || echo "$(uname -m)-linux-gnu")
  version=$(basename "$(ls -d "$root"/lib/ruby/[0-9]*)")
  RUBYLIB=$root/lib/ruby/vendor_ruby:$root/lib/ruby/$version
  RUBYLIB=$RUBYLIB:$root/lib/$machine/ruby/$version:$root/lib/$machine/ruby/vendor_ruby/$version
  GEM_PATH=$root/share/rubygems-integration/all:$root/share/rubygems-integration/$version
  GEM_PATH=$GEM_PATH:$root/lib/$machine/rubygems-integration/$version
  LD_LIBRARY_PATH=$root/lib/$machine
  PATH=$root/bin:$PATH
  export RUBYLIB GEM_PATH LD_LIBRARY_PATH PATH
fi
# Rails reads the host of a URL only where no directory of sockets can stand: it is told by PGHOST.
rails() { env -u DATABASE_URL ruby bin/rails "$@"; }
server

expect 0 rails db:migrate
expect 0 schemavet snapshot --database db/structure.sql --output spec.yaml
expect 0 schemavet validate spec.yaml --database env:DATABASE_URL

# A hotfix that no migration knows.
by_hand 'drop index index_books_on_author_id'
expect 1 schemavet validate spec.yaml --database env:DATABASE_URL
by_hand 'create index index_books_on_author_id on books (author_id)'
expect 0 schemavet validate spec.yaml --database env:DATABASE_URL

# A migration that the spec does not know yet.
cat >db/migrate/20240115142305_longer_emails.rb <<'RUBY'
class LongerEmails < ActiveRecord::Migration[6.1]
  def change
    change_column :authors, :email, :string, limit: 320, null: false
  end
end
RUBY
expect 0 rails db:migrate
expect 1 schemavet validate spec.yaml --database db/structure.sql
