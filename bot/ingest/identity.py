"""What makes two links or two texts the same article: a canonical address and a hash of the words."""

import hashlib
import re
import unicodedata
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_\w*|fbclid|gclid|gclsrc|dclid|msclkid|yclid|twclid|igshid|igsh|mc_[ce]id|_hs\w+|hsctatracking|mkt_tok|ml_subscriber\w*"
    r"|at_\w+|ns_\w+|cmpid|cmp|icid|ncid|ocid|ito|partner|ref|ref_src|ref_url|referrer|source|src|sh|smid|smtyp|sr_share|soc_\w+|share\w*"
    r"|spm|s_cid|cid|campaign\w*|feature|taid|xtor|wt[._]\w+|amp|outputtype|output|guccounter|guce_\w+|_ga|_gl|rss|feedtype|fb_\w+"
    r"|intcmp|int_\w+|linkid|mod|reflink|sfns|si|trk\w*|tpcc|via|vero_\w+|wickedid|zanpid|__twitter_impression)",
    re.IGNORECASE,
)
_ARCHIVE = re.compile(r"https?://(?:web\.)?archive\.org/web/\d{1,14}(?:[a-z]{2}_)?/(.+)", re.IGNORECASE | re.DOTALL)
_AMP_CACHE = re.compile(r"https?://[\w-]+\.cdn\.ampproject\.org/[a-z]+/(?:s/)?(.+)", re.IGNORECASE | re.DOTALL)
_GOOGLE_AMP = re.compile(r"https?://(?:www\.)?google\.[a-z.]+/amp/(?:s/)?(.+)", re.IGNORECASE | re.DOTALL)
_MOBILE = re.compile(r"^(?:m|mobile|amp|touch|wap)\.(?=[^.]+\.[^.]+)")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_AMP_PATH = re.compile(r"(?:/amp|\.amp)(?:/|\.html?)?$|^/amp(?=/)", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def host_of(url: str) -> str | None:
    """Return the host of an http or https address, lowercased, else None."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    return (
        host.rstrip(".")
        if host and parts.scheme.lower() in _DEFAULT_PORTS and not re.search(r"\s", url.strip())
        else None
    )


def canonical_url(url: str) -> str:
    """Write an address the one way that all links to the same article share; other strings stay as they are.

    The scheme becomes https; www., mobile and AMP hosts become the plain one: the result is a name, never fetched.
    """
    url = url.strip()
    for wrapper in (_ARCHIVE, _AMP_CACHE, _GOOGLE_AMP):
        if match := wrapper.fullmatch(url):
            inner = match[1]
            return canonical_url(inner if re.match(r"https?:", inner, re.IGNORECASE) else "https://" + inner)
    host = host_of(url)
    if not host:
        return url
    parts = urlsplit(url)
    host = _MOBILE.sub("", host.removeprefix("www.")).removeprefix("www.")
    host = host.encode("idna").decode("ascii") if not host.isascii() and _encodable(host) else host
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme.lower()]) else f":{parts.port}"
    if ":" in host:
        host = f"[{host}]"
    path = quote(unquote(parts.path, errors="surrogateescape"), safe="/:@!$&'()*+,;=~-._", errors="surrogateescape")
    path = _INDEX.sub("/", _AMP_PATH.sub("", re.sub(r"/{2,}", "/", path)))
    path = path.rstrip("/")
    query = sorted(
        (key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(key)
    )
    return urlunsplit(("https", host + port, path or "/", urlencode(query), ""))


def without_tracking(url: str) -> str:
    """Return an address without fragment and tracking parameters; unlike a canonical one it can be fetched and shown."""
    parts = urlsplit(url)
    fields = parts.query.split("&")
    kept = [field for field in fields if not _TRACKING.fullmatch(unquote(field.split("=")[0]))]
    return urlunsplit(parts._replace(query="&".join(kept), fragment=""))


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are of one host, its www., mobile and AMP names included, or of a cache's copy of it."""
    hosts = {host_of(canonical_url(url)) for url in (one, other)}
    return len(hosts) == 1 and None not in hosts


def _encodable(host: str) -> bool:
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return True


def content_hash(text: str) -> str:
    """Hash the words of a text: sha256 over NFKC text, lower case, white space and invisible marks made even."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"[\xad\u200b-\u200f\u2060\ufeff]", "", text)
    words = " ".join(text.split())
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
