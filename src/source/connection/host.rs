//! The servers to try, with libpq's defaults.

use std::fmt;
use std::net::IpAddr;
use std::path::Path;

use super::settings::PORT;
use super::values::Values;
use crate::error::{Error, Result};

/// One server to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// Host name or address, or the directory of a unix socket when it begins with `/`.
    pub name: String,
    /// Address to use instead of resolving `name`.
    pub address: Option<IpAddr>,
    /// TCP port, or the number in the socket's name.
    pub port: u16,
}

impl Host {
    /// Whether this is a directory with a unix socket.
    #[must_use]
    pub fn is_socket(&self) -> bool {
        self.name.starts_with(['/', '@'])
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.contains(':') {
            write!(f, "[{}]:{}", self.name, self.port)
        } else {
            write!(f, "{}:{}", self.name, self.port)
        }
    }
}

/// Those that the keys `host`, `hostaddr` and `port` name, in their order.
pub(super) fn hosts(values: &Values) -> Result<Vec<Host>> {
    let list = |key| -> Vec<&str> {
        values
            .get(key)
            .map_or_else(Vec::new, |text: &String| text.split(',').map(str::trim).collect())
    };
    let (names, addresses, ports) = (list("host"), list("hostaddr"), list("port"));
    let count = names.len().max(addresses.len()).max(1);
    if !names.is_empty() && !addresses.is_empty() && names.len() != addresses.len() {
        return Err(Error::input("`host` and `hostaddr` name different numbers of servers"));
    }
    if ports.len() > 1 && ports.len() != count {
        return Err(Error::input("`host` and `port` name different numbers of servers"));
    }
    (0..count)
        .map(|index| {
            let port = match ports.get(index).or(ports.first()).copied().unwrap_or_default() {
                "" => PORT,
                text => text
                    .parse()
                    .ok()
                    .filter(|port| *port > 0)
                    .ok_or_else(|| Error::input(format!("`{text}` is no port number")))?,
            };
            let said = |list: &[&str]| list.get(index).copied().unwrap_or_default().to_owned();
            let address: Option<IpAddr> = match said(&addresses).as_str() {
                "" => None,
                text => Some(text.parse().map_err(|_| {
                    Error::input(format!("`{text}` is no IP address"))
                        .help("give host names in `host`, not in `hostaddr`")
                })?),
            };
            let name = match (said(&names), address) {
                (name, _) if !name.is_empty() => name,
                (_, Some(address)) => address.to_string(),
                _ => default_host(port),
            };
            Ok(Host { name, address, port })
        })
        .collect()
}

/// The directories of unix sockets: Debian builds put them below /var/run, upstream ones into /tmp.
pub(super) const SOCKETS: &[&str] = if cfg!(unix) { &["/var/run/postgresql", "/tmp"] } else { &[] };

fn default_host(port: u16) -> String {
    let socket = |directory: &&&str| Path::new(directory).join(format!(".s.PGSQL.{port}")).exists();
    SOCKETS.iter().find(socket).map_or("localhost", |name| name).to_owned()
}
