"""Which addresses may be asked: public hosts by http or https, on the schemes' own ports, without credentials.

`checked` judges what stands in the address before anything is sent; `refusal` judges the numbers that a name
resolved to, when the connection is made. The special ranges are those of the IANA registries that `ipaddress` knows
(https://www.iana.org/assignments/iana-ipv4-special-registry), and a few that it calls global.
"""

import re
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import httpx

from flows.errors import MalformedAddressError, RefusedAddressError

LONGEST_ADDRESS = 4096
PORTS = {"http": 80, "https": 443}
PRIVATE_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "home.arpa", "corp")

GLOBAL_UNICAST = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")
SPECIAL = tuple(
    map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "3fff::/20"))
)  # IETF protocols, 6to4 relays, Teredo and the like, documentation

_NAME = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*", re.ASCII)


def checked(url: str) -> httpx.URL:
    """Return `url` parsed, without its fragment; every later step uses this value, so that no second parser disagrees.

    Raises MalformedAddressError or RefusedAddressError.
    """
    address = _parse(url)
    if address.scheme not in PORTS:
        raise RefusedAddressError(shown(url), "is neither http nor https")
    if not address.raw_host:
        raise MalformedAddressError(shown(url), "names no host")
    if address.userinfo:
        raise RefusedAddressError(shown(url), "carries a user name or password")
    if address.port not in (None, PORTS[address.scheme]):
        raise RefusedAddressError(shown(url), f"asks for port {address.port}, not the one of {address.scheme}")
    _check_host(shown(url), address.raw_host.decode("ascii").lower())
    return address.copy_with(fragment=None)


def refusal(number: str) -> str | None:
    """Return why nothing may be sent to the IP address `number`, or None if it is a public one."""
    address = _plain(ip_address(number))
    if isinstance(address, IPv6Address) and address not in GLOBAL_UNICAST:
        return f"{number} is not a public address"
    if not address.is_global or address.is_multicast or any(address in network for network in SPECIAL):
        return f"{number} is not a public address"
    return None


def shown(url: str) -> str:
    """Return `url` fit for a message: printable, without credentials, at most 200 characters."""
    text = re.sub(r"//[^/?#]*@", "//", url)
    return "".join(sign if sign.isprintable() else "?" for sign in text[:200])


def _parse(url: str) -> httpx.URL:
    if len(url) > LONGEST_ADDRESS:
        raise MalformedAddressError(shown(url), f"is longer than {LONGEST_ADDRESS} characters")
    if "\\" in url:
        raise MalformedAddressError(shown(url), "holds a backslash, which programs read in different ways")
    try:
        return httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError) as error:  # ValueError: what httpx lets through of idna and ipaddress
        raise _malformed(url, error) from None


def _malformed(url: str, error: Exception) -> MalformedAddressError | RefusedAddressError:
    # httpx refuses octal numbers such as 0177.0.0.1, which the system would read as loopback.
    kind = RefusedAddressError if "IPv4" in str(error) or "IPv6" in str(error) else MalformedAddressError
    return kind(shown(url), "is no address")


def _check_host(url: str, host: str) -> None:
    name = host.removesuffix(".")
    if number := _as_number(name):
        if reason := refusal(number):
            raise RefusedAddressError(url, reason)
        return
    if not _NAME.fullmatch(name):
        raise MalformedAddressError(url, "names no valid host")
    last = name.rpartition(".")[2]
    if last.isdigit() or last.startswith("0x"):
        raise RefusedAddressError(url, "names a number where a host is due")
    if "." not in name or name.endswith(tuple(f".{private}" for private in PRIVATE_NAMES)):
        raise RefusedAddressError(url, f"{name} is a name of a private network")


def _as_number(host: str) -> str | None:
    """Return the IP address that `host` writes in any form that resolvers read (127.1, 0x7f000001), if it does."""
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 one stands for (mapped, 6to4, NAT64), else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
