//! Network prefixes of clients, so that rate limits count customers instead of single IP addresses.

use std::net::{IpAddr, Ipv6Addr};

/// Returns the prefix of one customer: the /64 of an IPv6 address (RFC 6177), or the IPv4 address itself.
pub fn client_prefix(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        IpAddr::V4(_) => address,
    }
}

/// Returns the prefix of one assignment: the /48 of an IPv6 address, or the /24 of an IPv4 address. Providers assign
/// that much to a customer without review.
pub fn assignment_prefix(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            IpAddr::from([a, b, c, 0])
        }
    }
}

/// Formats the [assignment](assignment_prefix) of an address with its length, such as `203.0.113.0/24`.
pub fn network_of(address: IpAddr) -> String {
    let length = if address.is_ipv4() { 24 } else { 48 };
    format!("{}/{length}", assignment_prefix(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_customer_share_a_prefix() {
        let parse = |text: &str| text.parse::<IpAddr>().expect("an address");
        for (address, client, assignment) in [
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", "2001:db8:1::"),
            ("2001:db8:1:3::", "2001:db8:1:3::", "2001:db8:1::"),
            ("203.0.113.9", "203.0.113.9", "203.0.113.0"),
        ] {
            assert_eq!(client_prefix(parse(address)), parse(client), "{address}");
            assert_eq!(assignment_prefix(parse(address)), parse(assignment), "{address}");
        }
    }
}
