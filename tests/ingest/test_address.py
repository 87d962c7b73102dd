"""No private address is reached, in whatever form it is written."""

import pytest

from bot.ingest.address import check_url, is_public
from bot.model import CorrobotError


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "192.0.2.1",
        "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
        "2002:7f00:1::1", "2001::1", "2001:db8::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254",
        "fec0::1", "ff02::1", "100::1", "nonsense", "",
    ],
)  # fmt: skip
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/",
        "http://0177.0.0.1/", "http://127.0.0.1./", "http://localhost/", "http://LOCALHOST:8080/",
        "http://a.localhost/", "http://printer.local/", "http://metadata.google.internal/", "http://intranet/",
        "http://[::1]/", "http://[::ffff:169.254.169.254]/", "http://[fe80::1%25eth0]/",
        "http://169.254.169.254/latest/meta-data/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/",
        "https://user:secret@example.org/", "https://user@example.org/", "ftp://example.org/",
        "file:///etc/passwd", "gopher://example.org/", "javascript:alert(1)", "data:text/html,x", "http://",
        "http:///path", "//example.org/", "", "http://example.org\\@127.0.0.1/", "http://exa mple.org/",
        "http://example.org/\r\nHost: a", "http://example.org:99999/", "http://[::1", "http://1.2.3.4.5/",
    ],
)  # fmt: skip
def test_refused_urls(url: str) -> None:
    with pytest.raises(CorrobotError) as caught:
        check_url(url, frozenset())
    assert caught.value.code == "refused_address"
    assert "\n" not in caught.value.message and "secret" not in caught.value.message


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/a",
        "https://EXAMPLE.org:8443/a?b=c",
        "https://bücher.example/a",
        "http://8.8.8.8/",
        "http://[2606:4700:4700::1111]/",
    ],
)
def test_public_urls_pass(url: str) -> None:
    assert check_url(url + "#part", frozenset()).fragment == ""


def test_allowed_hosts_are_exempt_by_host_or_host_and_port() -> None:
    assert check_url("http://127.0.0.1:81/", frozenset({"127.0.0.1"})).port == 81
    assert check_url("http://localhost:81/", frozenset({"localhost:81"})).port == 81
    for url in ("http://localhost:82/", "http://127.0.0.1/", "http://u:p@localhost:81/"):
        with pytest.raises(CorrobotError):
            check_url(url, frozenset({"localhost:81"}))
