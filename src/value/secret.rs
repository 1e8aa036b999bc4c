//! Passwords, which no output shows.

/// What stands in the place of one: they are all alike then.
const HIDDEN: &str = "(hidden)";

/// How names of parameters and options end that hold a password or its like: those of wrappers and, after a dot, those
/// that applications make up.
const SECRETS: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passcode",
    "secret",
    "token",
    "credentials",
    "private_key",
    "api_key",
    "apikey",
    "access_key",
    "secret_key",
    "service_key",
    "service_role_key",
    "encryption_key",
    "jwt",
];

/// The value of a parameter or option, hidden where it is, or holds, a password.
pub(super) fn hidden_if_secret(name: &str, value: String) -> String {
    if is_secret(name, &value) { HIDDEN.to_owned() } else { value }
}

fn is_secret(name: &str, value: &str) -> bool {
    let (name, value) = (name.to_lowercase(), value.to_lowercase());
    let userinfo = value.split_once("://").and_then(|(_, rest)| {
        rest.split(['/', '?']).next()?.rsplit_once('@').map(|(userinfo, _)| userinfo)
    });
    SECRETS.iter().any(|secret| name.ends_with(secret))
        || userinfo.is_some_and(|userinfo| userinfo.contains(':'))
        || value.replace(' ', "").contains("password=")
        || value.replace(' ', "").contains("pwd=")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_hidden() {
        for (name, value, hidden) in [
            ("password", "x", true),
            ("sslpassword", "x", true),
            ("app.settings.jwt_secret", "x", true),
            ("AWS_Access_Key", "x", true),
            ("url", "https://me:x@example.org/", true),
            ("conninfo", "host=h PassWord = x", true),
            ("driver_string", "DSN=a;PWD=x", true),
            ("user", "x", false),
            ("password_required", "false", false),
            ("password_encryption", "md5", false),
            ("url", "https://example.org:80/a@b:c", false),
            ("sslkey", "/etc/key", false),
        ] {
            let shown = hidden_if_secret(name, value.to_owned());
            assert_eq!(shown != value, hidden, "{name} = {value}");
        }
    }
}
