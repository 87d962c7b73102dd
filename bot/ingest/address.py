"""Guard against reaching anything private: every address is checked after its name is resolved, and pinned.

The connection goes to the very addresses that were checked: the resolver here is the only one the fetcher has, and
its answers are not cached, so a name that resolves differently the second time is checked the second time.
"""

import re
import socket
from collections.abc import Set as AbstractSet
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.model import CorrobotError

# Public by their numbers, yet private by their use: NAT64 and 6to4 can carry a private IPv4 address through a
# gateway, Teredo too; 168.63.129.16 is Azure's wire server.
_REFUSED = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "224.0.0.0/3",
        "::/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fec0::/10",
        "ff00::/8",
    )
)
_LOCAL_NAME = re.compile(r"(?:.*\.)?(?:localhost|local|localdomain|internal|intranet|lan|home\.arpa)")
_NUMERIC_LABEL = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet."""
    try:
        ip: IPv4Address | IPv6Address = ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        return False
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_link_local or ip.is_loopback or ip.is_unspecified:
        return False
    return not any(ip in network for network in _REFUSED if network.version == ip.version)


def is_allowed(host: str, port: int | None, allow_hosts: AbstractSet[str]) -> bool:
    """Tell whether a host is exempt from the ban; an entry is a host, or host:port."""
    return host in allow_hosts or f"{host}:{port}" in allow_hosts


def check_url(url: str, allow_hosts: AbstractSet[str]) -> URL:
    """Return the address to fetch, or refuse it: only http and https, no credentials, no private or disguised host."""
    url = url.strip()
    if _UNSAFE.search(url):
        raise _refused(url, "holds blanks, control characters or backslashes; copy the link again")
    try:
        parsed = URL(url)
        host, port = (parsed.raw_host or "").lower().rstrip("."), parsed.port
    except ValueError as error:
        raise _refused(url, "is no valid address; copy the link again") from error
    if parsed.scheme not in ("http", "https"):
        raise _refused(url, "is no http or https address")
    if not host:
        raise _refused(url, "names no host; copy the link again")
    if parsed.user is not None or parsed.password is not None:
        raise _refused(url, "carries a user name or password; give the address without it")
    if is_allowed(host, port, allow_hosts):
        return parsed.with_fragment(None)
    if "%" in host or _LOCAL_NAME.fullmatch(host):
        raise _refused(url, "is an address of a private network; paste the text instead")
    try:
        literal = str(ip_address(host))
    except ValueError:
        # Browsers read 2130706433, 0177.0.0.1, 0x7f.1 and 127.1 as IPv4 addresses: a name never ends in a number.
        if _NUMERIC_LABEL.fullmatch(host.rsplit(".", 1)[-1]) or "." not in host:
            raise _refused(url, "hides its host as a number or has no domain; give the usual address") from None
        return parsed.with_fragment(None)
    if not is_public(literal):
        raise _refused(url, "is an address of a private network; paste the text instead")
    return parsed.with_fragment(None)


def _refused(url: str, why: str) -> CorrobotError:
    shown = re.sub(r"//[^/@\s]*@", "//", url)[:200]
    return CorrobotError("refused_address", f"{shown!r} {why}", url)


class GuardedResolver(AbstractResolver):
    """Resolve names and refuse a name where any of its addresses is not public."""

    def __init__(self, inner: AbstractResolver, allow_hosts: AbstractSet[str]) -> None:
        self._inner = inner
        self._allow_hosts = allow_hosts

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the checked addresses; the connector connects to these and to no others."""
        found = await self._inner.resolve(host, port, family)
        if not is_allowed(host.lower().rstrip("."), port, self._allow_hosts):
            for address in found:
                if not is_public(address["host"]):
                    why = "leads to a private network; paste the text instead"
                    raise CorrobotError("refused_address", f"{host!r} {why}", host)
        return found

    async def close(self) -> None:
        """Close the resolver underneath."""
        await self._inner.close()
