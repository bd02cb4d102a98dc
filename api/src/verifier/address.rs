//! Which addresses are on the public internet.
//!
//! By IANA's registries of special-purpose addresses (RFC 6890 and its updates), deny by default: what is not known to
//! be reached globally is refused, with the name of what it is. That some special blocks are reached globally (AS112,
//! AMT, TURN's anycast) helps no claim, so they are refused along with their surroundings.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What an address is that is not on the public internet.
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
    /// 168.63.129.16, by which a cloud talks to its machines.
    CloudPlatform,
    /// 224.0.0.0/4 and `ff00::/8`.
    Multicast,
    /// 255.255.255.255.
    Broadcast,
    /// 240.0.0.0/4, and all of IPv6 that is not handed out.
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
    /// `64:ff9b::/96` (RFC 6052) in front of an address that is refused itself.
    Translated,
}

impl fmt::Display for Special {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Unspecified => "the unspecified address",
            Self::ThisNetwork => "an address of \"this network\"",
            Self::Loopback => "a loopback address",
            Self::Private => "a private address",
            Self::Shared => "an address of a carrier's shared network",
            Self::LinkLocal => "a link-local address",
            Self::Protocol => "an address set aside for protocols",
            Self::Documentation => "an address for documentation",
            Self::Benchmarking => "an address for benchmarks",
            Self::CloudPlatform => "an address of a cloud's platform",
            Self::Multicast => "a multicast address",
            Self::Broadcast => "the broadcast address",
            Self::Reserved => "a reserved address",
            Self::UniqueLocal => "a unique local address",
            Self::SiteLocal => "a site-local address",
            Self::Discard => "an address that discards",
            Self::Teredo => "a Teredo address",
            Self::SixToFour => "a 6to4 address",
            Self::Mapped => "an IPv4-mapped address",
            Self::Compatible => "an IPv4-compatible address",
            Self::LocalTranslation => "an address of a local translator",
            Self::Translated => "a translated address that is not public",
        })
    }
}

/// What an address is, unless it is on the public internet.
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
        // All that is handed out (RFC 4291, section 2.4).
        [0x2000..=0x3fff, ..] => return None,
        _ => Special::Reserved,
    })
}

/// A network without IPv4 reaches it through these. What is behind has to be public itself.
fn translated(high: u16, low: u16) -> Option<Special> {
    let [a, b] = high.to_be_bytes();
    let [c, d] = low.to_be_bytes();
    special_v4(Ipv4Addr::new(a, b, c, d)).map(|_| Special::Translated)
}

#[cfg(test)]
mod tests {
    use ipnet::{Ipv4Net, Ipv6Net};
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Option<Special> {
        special(text.parse().expect(text))
    }

    #[test]
    fn each_kind_is_told_by_name_at_both_ends_of_its_block() {
        for (first, last, kind) in [
            ("0.0.0.0", "0.0.0.0", Special::Unspecified),
            ("0.0.0.1", "0.255.255.255", Special::ThisNetwork),
            ("10.0.0.0", "10.255.255.255", Special::Private),
            ("100.64.0.0", "100.127.255.255", Special::Shared),
            ("127.0.0.0", "127.255.255.255", Special::Loopback),
            ("168.63.129.16", "168.63.129.16", Special::CloudPlatform),
            ("169.254.0.0", "169.254.255.255", Special::LinkLocal),
            ("172.16.0.0", "172.31.255.255", Special::Private),
            ("192.0.0.0", "192.0.0.255", Special::Protocol),
            ("192.0.2.0", "192.0.2.255", Special::Documentation),
            ("192.88.99.0", "192.88.99.255", Special::SixToFour),
            ("192.168.0.0", "192.168.255.255", Special::Private),
            ("198.18.0.0", "198.19.255.255", Special::Benchmarking),
            ("198.51.100.0", "198.51.100.255", Special::Documentation),
            ("203.0.113.0", "203.0.113.255", Special::Documentation),
            ("224.0.0.0", "239.255.255.255", Special::Multicast),
            ("240.0.0.0", "255.255.255.254", Special::Reserved),
            ("255.255.255.255", "255.255.255.255", Special::Broadcast),
            ("::", "::", Special::Unspecified),
            ("::1", "::1", Special::Loopback),
            ("::2", "::ffff:ffff", Special::Compatible),
            ("::ffff:0.0.0.0", "::ffff:255.255.255.255", Special::Mapped),
            ("64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", Special::Translated),
            ("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", Special::LocalTranslation),
            ("100::", "100::ffff:ffff:ffff:ffff", Special::Discard),
            ("2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", Special::Teredo),
            ("2001:1::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", Special::Protocol),
            ("2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", Special::Benchmarking),
            ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", Special::Documentation),
            ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Special::SixToFour),
            ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", Special::Documentation),
            ("5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Special::Reserved),
            ("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Special::UniqueLocal),
            ("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Special::LinkLocal),
            ("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Special::SiteLocal),
            ("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Special::Multicast),
        ] {
            assert_eq!((of(first), of(last)), (Some(kind), Some(kind)), "{first} to {last}");
        }
    }

    #[test]
    fn what_lies_beside_a_block_is_public() {
        for public in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "168.63.129.15",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "64:ff9b::1.1.1.1",
            "2001:200::",
            "2001:db7:ffff::1",
            "2001:db9::1",
            "2003::1",
            "2606:4700:4700::1111",
            "3fff:1000::1",
        ] {
            assert_eq!(of(public), None, "{public}");
        }
    }

    /// The blocks of both registries that are not reached globally, as IANA lists them: another spelling of the rule.
    const V4: [&str; 17] = [
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32",
        "255.255.255.255/32",
    ];
    const V6: [&str; 17] = [
        "::/96",
        "::ffff:0:0/96",
        "64:ff9b:1::/48",
        "64:ff9b::a00:0/104",
        "64:ff9b::7f00:0/104",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "4000::/2",
        "8000::/1",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
        "5f00::/16",
    ];

    proptest! {
        #[test]
        fn nothing_in_a_block_of_v4_passes(block in 0..V4.len(), offset: u32) {
            let net: Ipv4Net = V4[block].parse().expect("a network");
            let address = Ipv4Addr::from(u32::from(net.network()) | (offset & u32::from(net.hostmask())));
            prop_assert!(special(address.into()).is_some(), "{address}");
        }

        #[test]
        fn nothing_in_a_block_of_v6_passes(block in 0..V6.len(), offset: u128) {
            let net: Ipv6Net = V6[block].parse().expect("a network");
            let address = Ipv6Addr::from(u128::from(net.network()) | (offset & u128::from(net.hostmask())));
            prop_assert!(special(address.into()).is_some(), "{address}");
        }

        #[test]
        fn what_the_standard_library_knows_as_special_is_refused(bits: u32) {
            let address = Ipv4Addr::from(bits);
            let is_known = address.is_loopback() || address.is_private() || address.is_link_local()
                || address.is_multicast() || address.is_broadcast() || address.is_documentation() || address.is_unspecified();
            prop_assert!(!is_known || special(address.into()).is_some(), "{address}");
        }

        #[test]
        fn no_spelling_of_v4_in_v6_passes_what_v4_would_not(bits: u32) {
            let v4 = Ipv4Addr::from(bits);
            let [a, b, c, d] = v4.octets();
            let (high, low) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
            for v6 in [
                v4.to_ipv6_mapped(),
                Ipv6Addr::new(0, 0, 0, 0, 0, 0, high, low),
                Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low),
                Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1),
            ] {
                prop_assert!(special(v4.into()).is_none() || special(v6.into()).is_some(), "{v6}");
            }
        }

        #[test]
        fn v6_passes_only_where_it_is_handed_out(bits: u128) {
            let address = Ipv6Addr::from(bits);
            let [first, ..] = address.segments();
            prop_assert!(special(address.into()).is_some() || (0x2000..=0x3fff).contains(&first), "{address}");
        }
    }
}
