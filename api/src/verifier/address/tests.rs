use ipnet::{Ipv4Net, Ipv6Net};
use proptest::prelude::*;

use super::*;

fn of(text: &str) -> Option<Special> {
    special(text.parse().expect(text))
}

#[test]
fn each_block_is_classified_from_first_to_last_address() {
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
fn addresses_next_to_a_block_are_public() {
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

/// Blocks of both registries that are not globally reachable, as listed by IANA: an independent statement of the rule.
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
    fn no_address_in_a_v4_block_is_public(block in 0..V4.len(), offset: u32) {
        let net: Ipv4Net = V4[block].parse().expect("a network");
        let address = Ipv4Addr::from(u32::from(net.network()) | (offset & u32::from(net.hostmask())));
        prop_assert!(special(address.into()).is_some(), "{address}");
    }

    #[test]
    fn no_address_in_a_v6_block_is_public(block in 0..V6.len(), offset: u128) {
        let net: Ipv6Net = V6[block].parse().expect("a network");
        let address = Ipv6Addr::from(u128::from(net.network()) | (offset & u128::from(net.hostmask())));
        prop_assert!(special(address.into()).is_some(), "{address}");
    }

    #[test]
    fn special_addresses_of_the_standard_library_are_rejected(bits: u32) {
        let address = Ipv4Addr::from(bits);
        let is_known = address.is_loopback() || address.is_private() || address.is_link_local()
            || address.is_multicast() || address.is_broadcast() || address.is_documentation() || address.is_unspecified();
        prop_assert!(!is_known || special(address.into()).is_some(), "{address}");
    }

    #[test]
    fn a_rejected_v4_address_is_rejected_in_every_v6_form(bits: u32) {
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
    fn v6_addresses_are_public_only_in_global_unicast(bits: u128) {
        let address = Ipv6Addr::from(bits);
        let [first, ..] = address.segments();
        prop_assert!(special(address.into()).is_some() || (0x2000..=0x3fff).contains(&first), "{address}");
    }
}
