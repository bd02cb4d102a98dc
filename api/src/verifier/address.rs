//! Classification of IP addresses: public or special-purpose.
//!
//! Follows IANA's special-purpose address registries (RFC 6890 and its updates), denying by default: addresses not
//! known to be globally reachable are rejected with their purpose. A few special blocks are globally reachable (AS112,
//! AMT, TURN anycast) but useless for claims, so they are rejected with their surroundings.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Special purpose of an IP address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// 0.0.0.0 and `::`.
    Unspecified,
    /// The rest of 0.0.0.0/8 (RFC 791, section 3.2).
    ThisNetwork,
    /// 127.0.0.0/8 and `::1`.
    Loopback,
    /// RFC 1918.
    Private,
    /// 100.64.0.0/10 (RFC 6598).
    Shared,
    /// 169.254.0.0/16 (RFC 3927) and `fe80::/10`.
    LinkLocal,
    /// 192.0.0.0/24 (RFC 6890) and `2001::/23` (RFC 2928).
    Protocol,
    /// RFC 5737, RFC 3849 and RFC 9637.
    Documentation,
    /// 198.18.0.0/15 (RFC 2544) and `2001:2::/48` (RFC 5180).
    Benchmarking,
    /// 168.63.129.16, the platform address of a cloud provider.
    CloudPlatform,
    /// 224.0.0.0/4 and `ff00::/8`.
    Multicast,
    /// 255.255.255.255.
    Broadcast,
    /// 240.0.0.0/4, and unallocated IPv6.
    Reserved,
    /// `fc00::/7` (RFC 4193).
    UniqueLocal,
    /// `fec0::/10` (RFC 3879).
    SiteLocal,
    /// `100::/64` (RFC 6666).
    Discard,
    /// `2001::/32` (RFC 4380).
    Teredo,
    /// `2002::/16` and 192.88.99.0/24 (RFC 3056, RFC 7526).
    SixToFour,
    /// `::ffff:0:0/96` (RFC 4291, section 2.5.5.2).
    Mapped,
    /// `::/96` (RFC 4291, section 2.5.5.1).
    Compatible,
    /// `64:ff9b:1::/48` (RFC 8215).
    LocalTranslation,
    /// `64:ff9b::/96` (RFC 6052) with an embedded address that is itself rejected.
    Translated,
}

impl fmt::Display for Special {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Unspecified => "the unspecified address",
            Self::ThisNetwork => "an address of \"this network\"",
            Self::Loopback => "a loopback address",
            Self::Private => "a private address",
            Self::Shared => "a carrier-grade NAT address",
            Self::LinkLocal => "a link-local address",
            Self::Protocol => "an address reserved for protocols",
            Self::Documentation => "a documentation address",
            Self::Benchmarking => "a benchmarking address",
            Self::CloudPlatform => "a cloud platform address",
            Self::Multicast => "a multicast address",
            Self::Broadcast => "the broadcast address",
            Self::Reserved => "a reserved address",
            Self::UniqueLocal => "a unique local address",
            Self::SiteLocal => "a site-local address",
            Self::Discard => "a discard-only address",
            Self::Teredo => "a Teredo address",
            Self::SixToFour => "a 6to4 address",
            Self::Mapped => "an IPv4-mapped address",
            Self::Compatible => "an IPv4-compatible address",
            Self::LocalTranslation => "a local NAT64 address",
            Self::Translated => "a NAT64 address of a non-public address",
        })
    }
}

/// Returns the special purpose of an address, or `None` for public ones.
pub fn special(address: IpAddr) -> Option<Special> {
    match address {
        IpAddr::V4(address) => special_v4(address),
        IpAddr::V6(address) => special_v6(address),
    }
}

fn special_v4(address: Ipv4Addr) -> Option<Special> {
    Some(match address.octets() {
        [0, 0, 0, 0] => Special::Unspecified,
        [0, ..] => Special::ThisNetwork,
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Special::Private,
        [100, 64..=127, ..] => Special::Shared,
        [127, ..] => Special::Loopback,
        [168, 63, 129, 16] => Special::CloudPlatform,
        [169, 254, ..] => Special::LinkLocal,
        [192, 0, 0, _] => Special::Protocol,
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => Special::Documentation,
        [192, 31, 196, _] | [192, 52, 193, _] | [192, 175, 48, _] => Special::Protocol,
        [192, 88, 99, _] => Special::SixToFour,
        [198, 18..=19, ..] => Special::Benchmarking,
        [224..=239, ..] => Special::Multicast,
        [255, 255, 255, 255] => Special::Broadcast,
        [240..=255, ..] => Special::Reserved,
        _ => return None,
    })
}

fn special_v6(address: Ipv6Addr) -> Option<Special> {
    Some(match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Special::Unspecified,
        [0, 0, 0, 0, 0, 0, 0, 1] => Special::Loopback,
        [0, 0, 0, 0, 0, 0xffff, ..] => Special::Mapped,
        [0, 0, 0, 0, 0, 0, ..] => Special::Compatible,
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => return translated(high, low),
        [0x64, 0xff9b, 1, ..] => Special::LocalTranslation,
        [0x100, 0, 0, 0, ..] => Special::Discard,
        [0xfc00..=0xfdff, ..] => Special::UniqueLocal,
        [0xfe80..=0xfebf, ..] => Special::LinkLocal,
        [0xfec0..=0xfeff, ..] => Special::SiteLocal,
        [0xff00..=0xffff, ..] => Special::Multicast,
        [0x2001, 0, ..] => Special::Teredo,
        [0x2001, 2, 0, ..] => Special::Benchmarking,
        [0x2001, 0..=0x1ff, ..] => Special::Protocol,
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Special::Documentation,
        [0x2002, ..] => Special::SixToFour,
        [0x2620, 0x4f, 0x8000, ..] => Special::Protocol,
        // Global unicast (RFC 4291, section 2.4).
        [0x2000..=0x3fff, ..] => return None,
        _ => Special::Reserved,
    })
}

/// NAT64 addresses, used by networks without IPv4. The embedded address has to be public.
fn translated(high: u16, low: u16) -> Option<Special> {
    let [a, b] = high.to_be_bytes();
    let [c, d] = low.to_be_bytes();
    special_v4(Ipv4Addr::new(a, b, c, d)).map(|_| Special::Translated)
}

#[cfg(test)]
mod tests;
