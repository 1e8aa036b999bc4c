//! Connecting: passwords, TLS, and what is said when it does not work.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use schemavet::source::connection::{Connection, Settings};
use schemavet::source::ephemeral::{Cluster, Options};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn none(_: &str) -> Option<String> {
    None
}

/// Connects; the whole story of the error where that fails, `encrypted` or `plain` where not.
async fn connect(text: &str) -> String {
    connect_in(text, &none).await
}

/// The same where this is the environment.
async fn connect_in(text: &str, environment: &dyn Fn(&str) -> Option<String>) -> String {
    let settings = match Settings::parse(text, environment) {
        Ok(settings) => settings,
        Err(error) => return format!("{} {}", error.exit_code(), error.report()),
    };
    match Connection::open(&settings).await {
        Ok(connection) => {
            let sql = "select ssl from pg_stat_ssl where pid = pg_backend_pid()";
            let rows = connection.client.query_typed(sql, &[]).await.expect("query");
            if rows[0].get(0) { "encrypted".to_owned() } else { "plain".to_owned() }
        }
        Err(error) => format!("{} {}", error.exit_code(), error.report()),
    }
}

#[track_caller]
fn says(said: &str, expected: &[&str]) {
    for part in expected {
        assert!(said.contains(part), "`{part}` is not in: {said}");
    }
    assert!(!said.contains("s3cret"), "{said}");
}

/// A server that also listens at a loopback port.
async fn cluster() -> Result<(Cluster, u16), Box<dyn std::error::Error>> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let options = Options { port: Some(port), ..Options::default() };
    let cluster = Cluster::start_with(&options).await?;
    Ok((cluster, port))
}

/// Lets in whom `line` of `pg_hba.conf` lets in, and `postgres` by the socket.
async fn admit(cluster: &Cluster, line: &str) -> Outcome {
    fs::write(cluster.data().join("pg_hba.conf"), format!("local all postgres trust\n{line}\n"))?;
    let before = load_time(cluster).await?;
    let admin = Connection::open(&cluster.settings("postgres")).await?;
    admin.client.batch_execute("select pg_reload_conf()").await?;
    // The signal is on its way; a new session tells whether it has arrived.
    let deadline = Instant::now() + Duration::from_secs(10);
    while load_time(cluster).await? == before {
        assert!(Instant::now() < deadline, "the server does not reload");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(())
}

async fn load_time(cluster: &Cluster) -> Result<String, Box<dyn std::error::Error>> {
    let session = Connection::open(&cluster.settings("postgres")).await?;
    let rows = session.client.query_typed("select pg_conf_load_time()::text", &[]).await?;
    Ok(rows.first().ok_or("no row")?.try_get(0)?)
}

/// Makes an authority, a server's certificate for `name` signed by it, and another authority.
fn certificates(directory: &Path) -> Outcome {
    let run = |arguments: &str| -> Outcome {
        let output =
            Command::new("openssl").args(arguments.split(' ')).current_dir(directory).output()?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    };
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2";
    for name in ["ca", "other"] {
        run(&format!("req -x509 {key} -keyout {name}.key -out {name}.crt -subj /CN={name}"))?;
    }
    run(&format!("req {key} -keyout server.key -out server.csr -subj /CN=ignored"))?;
    fs::write(directory.join("san"), "subjectAltName=DNS:localhost\n")?;
    run(
        "x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile san -out server.crt",
    )?;
    fs::write(directory.join("index"), "")?;
    let ca = "[ca]\ndefault_ca = a\n[a]\ndatabase = index\ndefault_md = sha256\ncertificate = ca.crt\nprivate_key = ca.key\n\
              crl_extensions = e\n[e]\nauthorityKeyIdentifier = keyid\n";
    fs::write(directory.join("ca.cnf"), ca)?;
    run("ca -config ca.cnf -gencrl -crldays 2 -out none.crl")?;
    run("ca -config ca.cnf -revoke server.crt")?;
    run("ca -config ca.cnf -gencrl -crldays 2 -out server.crl")?;
    run(&format!("req {key} -keyout app.key -out app.csr -subj /CN=app"))?;
    run(
        "x509 -req -in app.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile san -out app.crt",
    )?;
    run("x509 -req -in app.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -out old.crt")?;
    run("pkey -in app.key -aes256 -passout pass:s3cret -out closed.key")?;
    run(&format!(
        "req -x509 {key} -keyout own.key -out own.crt -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    ))
}

/// Puts a key and certificate into the data directory, as the server's user.
fn install(cluster: &Cluster, from: &Path, name: &str) -> Outcome {
    let owner = fs::metadata(cluster.data())?;
    for kind in ["key", "crt"] {
        let target = cluster.data().join(format!("server.{kind}"));
        fs::copy(from.join(format!("{name}.{kind}")), &target)?;
        fs::set_permissions(&target, fs::Permissions::from_mode(0o600))?;
        chown(&target, Some(owner.uid()), Some(owner.gid()))?;
    }
    Ok(())
}

#[tokio::test]
async fn a_server_that_lets_us_in_or_not() -> Outcome {
    let (cluster, port) = cluster().await?;
    let admin = Connection::open(&cluster.settings("postgres")).await?;
    admin
        .client
        .batch_execute(
            "set password_encryption = 'scram-sha-256'; create role app login password 's3cret'",
        )
        .await?;
    admit(&cluster, "host all app 127.0.0.1/32 scram-sha-256").await?;

    let at = format!("host=127.0.0.1 port={port} dbname=postgres user=app");
    assert_eq!(connect(&format!("{at} password=s3cret")).await, "plain");
    assert_eq!(connect(&format!("postgres://app:s3cret@127.0.0.1:{port}/postgres")).await, "plain");
    says(
        &connect(&format!("{at} password=s3cret!")).await,
        &[
            "3 error: cannot connect to 127.0.0.1:",
            "/postgres as app: FATAL: password authentication failed",
            "(28P01)",
            "PGPASSWORD",
        ],
    );
    says(&connect(&at).await, &["password missing", "set PGPASSWORD", "~/.pgpass"]);
    let files = tempfile::tempdir()?;
    let file = files.path().join("passwords");
    let by_file = format!("{at} passfile={}", file.display());
    says(&connect(&by_file).await, &["password missing"]);
    for (line, expected) in [
        (format!("127.0.0.1:{port}:*:app:s3cret"), "plain"),
        (format!("127.0.0.1:{port}:*:app:s3cret!"), "check the password of `app` in /"),
        (format!("127.0.0.1:{port}:*:other:s3cret"), "password missing"),
    ] {
        fs::write(&file, line)?;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600))?;
        says(&connect(&by_file).await, &[expected]);
    }
    let said = connect(&format!("{at} password=s3cret sslmode=require")).await;
    says(&said, &["server does not support TLS", "sslmode=prefer"]);
    let said = connect(&format!("postgres://app:s3cret@127.0.0.1:{port}/nowhere")).await;
    says(
        &said,
        &["database \"nowhere\" does not exist", "(3D000)", "create the database `nowhere`"],
    );
    let said = connect(&format!("postgres://nobody:s3cret@127.0.0.1:{port}/postgres")).await;
    says(&said, &["no pg_hba.conf entry", "let the server's pg_hba.conf admit `nobody`"]);

    // The first server is away: the next one serves.
    let away = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let text = format!("postgres://app:s3cret@127.0.0.1:{away},127.0.0.1:{port}/postgres");
    assert_eq!(connect(&text).await, "plain");
    let text = format!("host=127.0.0.1 port={away} password=s3cret");
    says(&connect(&text).await, &["Connection refused", "start the server"]);
    let said = connect("host=/nowhere").await;
    says(&said, &["3 error", "the unix socket /nowhere/.s.PGSQL.5432"]);
    let said = connect("host=no-such-host.invalid").await;
    says(&said, &["check the host name `no-such-host.invalid`"]);

    // One that accepts and then says nothing.
    let silent = TcpListener::bind("127.0.0.1:0")?;
    let text = format!("host=127.0.0.1 port={} connect_timeout=1", silent.local_addr()?.port());
    says(&connect(&text).await, &["no answer in 1 s", "connect_timeout"]);
    Ok(())
}

#[tokio::test]
async fn tls_by_every_mode() -> Outcome {
    let files = tempfile::tempdir()?;
    certificates(files.path())?;
    let (cluster, port) = cluster().await?;
    install(&cluster, files.path(), "server")?;
    let admin = Connection::open(&cluster.settings("postgres")).await?;
    admin.client.batch_execute("create role app login").await?;
    admin.client.batch_execute("alter system set ssl = on").await?;
    admit(&cluster, "host all app 127.0.0.1/32 trust").await?;

    let root = |name: &str| files.path().join(name).display().to_string();
    let (ca, other) = (root("ca.crt"), root("other.crt"));
    let by = |host: &str, rest: &str| {
        format!("host={host} hostaddr=127.0.0.1 port={port} dbname=postgres user=app {rest}")
    };
    for (host, rest, expected) in [
        ("localhost", "sslmode=disable".to_owned(), "plain"),
        ("localhost", "sslmode=allow".to_owned(), "plain"),
        ("localhost", String::new(), "encrypted"),
        ("localhost", "sslmode=require".to_owned(), "encrypted"),
        ("localhost", format!("sslmode=verify-full sslrootcert={ca}"), "encrypted"),
        ("127.0.0.1", format!("sslmode=verify-ca sslrootcert={ca}"), "encrypted"),
        // With a root, require is verify-ca, as in libpq; prefer falls back to plain.
        ("127.0.0.1", format!("sslmode=require sslrootcert={ca}"), "encrypted"),
        ("localhost", format!("sslmode=prefer sslrootcert={other}"), "plain"),
    ] {
        assert_eq!(connect(&by(host, &rest)).await, expected, "{host} {rest}");
    }
    let said = connect(&by("127.0.0.1", &format!("sslmode=verify-full sslrootcert={ca}"))).await;
    says(&said, &["3 error", "not valid for name", "subject alternative name"]);
    for mode in ["verify-full", "verify-ca", "require"] {
        let said = connect(&by("localhost", &format!("sslmode={mode} sslrootcert={other}"))).await;
        says(&said, &["3 error", "invalid peer certificate", "sslrootcert the authority"]);
    }
    let said = connect(&by("localhost", "sslrootcert=system")).await;
    says(&said, &["error"]);
    let said = connect(&by("localhost", "sslmode=verify-full sslrootcert=/nowhere.crt")).await;
    says(&said, &["2 error: cannot read the root certificates in `/nowhere.crt`"]);

    // The usual file counts where none is named.
    let home = files.path().display().to_string();
    let environment = |name: &str| (name == "HOME").then(|| home.clone());
    let usual = files.path().join(".postgresql");
    fs::create_dir(&usual)?;
    let full = by("localhost", "sslmode=verify-full");
    says(&connect_in(&full, &environment).await, &["2 error: no root certificates"]);
    let required = by("localhost", "sslmode=require");
    fs::write(usual.join("root.crt"), "broken")?;
    says(&connect_in(&required, &environment).await, &["2 error: no usable root certificate"]);
    assert_eq!(connect_in(&by("localhost", "sslmode=prefer"), &environment).await, "plain");
    for (authority, expected) in
        [("other.crt", "sslrootcert the authority"), ("ca.crt", "encrypted")]
    {
        fs::copy(files.path().join(authority), usual.join("root.crt"))?;
        for text in [&required, &full] {
            says(&connect_in(text, &environment).await, &[expected]);
        }
    }

    // So does what was revoked.
    for (revoked, expected) in [("none.crl", "encrypted"), ("server.crl", "3 error")] {
        fs::copy(files.path().join(revoked), usual.join("root.crl"))?;
        let said = connect_in(&required, &environment).await;
        says(&said, &[expected]);
        assert_eq!(said.contains("that is not revoked"), revoked == "server.crl", "{said}");
        let named = by(
            "localhost",
            &format!("sslmode=verify-ca sslrootcert={ca} sslcrl={}", root(revoked)),
        );
        says(&connect(&named).await, &[expected]);
    }
    let said =
        connect(&by("localhost", &format!("sslmode=require sslrootcert={ca} sslcrl=/nowhere.crl")))
            .await;
    says(&said, &["2 error: cannot read the revoked certificates in `/nowhere.crl`"]);

    servers_that_ask_who_we_are(&cluster, port, files.path()).await?;
    servers_that_insist(&cluster, port, files.path()).await
}

async fn servers_that_ask_who_we_are(cluster: &Cluster, port: u16, files: &Path) -> Outcome {
    let admin = Connection::open(&cluster.settings("postgres")).await?;
    fs::copy(files.join("ca.crt"), cluster.data().join("ca.crt"))?;
    admin.client.batch_execute("alter system set ssl_ca_file = 'ca.crt'").await?;
    admit(cluster, "hostssl all app 127.0.0.1/32 cert").await?;
    let with = |rest: &str| {
        format!("host=127.0.0.1 port={port} dbname=postgres user=app sslmode=require {rest}")
    };
    let file = |name: &str| files.join(name).display().to_string();
    let pair = |certificate: &str, key: &str| {
        with(&format!("sslcert={} sslkey={}", file(certificate), file(key)))
    };
    for (key, mode) in [("app", 0o600), ("ca", 0o600), ("closed", 0o600), ("other", 0o644)] {
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(files.join(format!("{key}.key")), permissions)?;
    }
    fs::set_permissions(files.join("san"), fs::Permissions::from_mode(0o644))?;
    assert!(Command::new("mkfifo").arg(files.join("pipe")).status()?.success());
    for certificate in ["app.crt", "old.crt"] {
        assert_eq!(connect(&pair(certificate, "app.key")).await, "encrypted", "{certificate}");
    }
    for (settings, expected) in [
        (with(""), "name in sslcert and sslkey a certificate for `app`"),
        (pair("other.crt", "other.key"), "others may read it"),
        (pair("nowhere.crt", "app.key"), "cannot read the client certificate in"),
        (pair("app.crt", "nowhere.key"), "name in sslkey the PEM file"),
        (pair("app.crt", "san"), "others may read it"),
        (pair("app.crt", "closed.key"), "it is encrypted"),
        (pair("app.crt", "ca.key"), "name in sslkey the key of `/"),
        (pair("app.crt", "pipe"), "it is no plain file"),
        (pair("san", "app.key"), "there is none"),
    ] {
        says(&connect(&settings).await, &["error: ", expected]);
    }
    // One that the server does not believe.
    fs::set_permissions(files.join("other.key"), fs::Permissions::from_mode(0o600))?;
    let said = connect(&pair("other.crt", "other.key")).await;
    says(&said, &["3 error: ", "name in sslcert and sslkey a certificate for `app`"]);
    Ok(())
}

async fn servers_that_insist(cluster: &Cluster, port: u16, files: &Path) -> Outcome {
    let by = |host: &str, rest: &str| {
        format!("host={host} hostaddr=127.0.0.1 port={port} dbname=postgres user=app {rest}")
    };
    // A self-signed certificate that is its own root, as in PostgreSQL's manual; and a server that
    // insists on TLS, or on none.
    install(cluster, files, "own")?;
    admit(cluster, "hostssl all app 127.0.0.1/32 trust").await?;
    let own = files.join("own.crt").display().to_string();
    let full = format!("sslmode=verify-full sslrootcert={own}");
    assert_eq!(connect(&by("localhost", &full)).await, "encrypted");
    says(&connect(&by("127.0.0.1", &full)).await, &["subject alternative name"]);
    assert_eq!(connect(&by("localhost", "sslmode=allow")).await, "encrypted");
    says(
        &connect(&by("localhost", "sslmode=disable")).await,
        &["no encryption", "use sslmode=require"],
    );
    admit(cluster, "hostnossl all app 127.0.0.1/32 trust").await?;
    assert_eq!(connect(&by("localhost", "sslmode=prefer")).await, "plain");
    says(&connect(&by("localhost", "sslmode=require")).await, &["SSL encryption", "pg_hba.conf"]);
    // One that will not have us either way says so twice.
    admit(cluster, "").await?;
    for (mode, first) in
        [("prefer", "before that, with TLS: "), ("allow", "before that, without TLS: ")]
    {
        let said = connect(&by("localhost", &format!("sslmode={mode}"))).await;
        says(
            &said,
            &["3 error", first, "SSL encryption", "no encryption", "pg_hba.conf admit `app`"],
        );
    }
    Ok(())
}
