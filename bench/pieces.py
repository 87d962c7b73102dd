"""The pieces that the inputs of bench.fuzz are put together from: what each parser understands, and what it stumbles on."""


def _cut(*lines: str) -> list[str]:
    return [piece for line in lines for piece in line.split(" ")]


def _tags(names: str) -> list[str]:
    return [f"{sign}{name}>" for name in names.split(" ") for sign in ("<", "</")]


NUMBERS = _cut(
    "0 1 12 977 2,400 1.5 ½ ⅔ ⁵ × ^ % $ € £ US$ C$ m bn million billion hundred thousand dozen dozens twelve twenty-one",
    "half third a an and to or between from at least up more than nearly about - – — −  . , : ; ( ) ' \" km miles feet",
    "tonnes people killed injured per cent one in three 5-4 3:2 6'2\" 10:05 p.m. GMT +44 A-1 2nd 1990s degrees C F",
)
DATES = _cut(
    "March 3 3rd 2014 2024-05-03 03/05/2024 Monday Tuesday last next this week month year yesterday today ago two days",
    "in on since until the of , . - / : T Z 10:05 1990s spring early late mid- Feb. 29 30 31 February 0905 GMT +01:00",
)
HEADERS = _cut(
    "Title: Outlet: Author: Published: URL: 2022-03-23 https://tide.example/a \n \n\n \r\n \r \ufeff \u2028 \0"
)
HEADERS += [
    "title :",
    "By ",
    "Ann Hale",
    "KYIV (AP) — ",
    "READ MORE: ",
    "12 people died.",
    " ",
    "&",
    "#",
    "**",
    "](",
    "```",
]
MARKUP = _tags(
    "html head body title h1 p div span a nav article table tr td ul li br script style time meta section form"
)
MARKUP += _cut("<!-- --> <![CDATA[ ]]> &amp; &#0; &#xD800; < > ' \" [ ] { } \0 <base<p <p/> </ ='")
MARKUP += [
    "<p class='byline'>By Ann Hale</p>",
    '<meta property="og:title" content="',
    '">',
    "<base href='",
    '"articleBody":"',
]
MARKUP += [
    '<script type="application/ld+json">',
    '{"@type":"NewsArticle",',
    '"datePublished":"2024-05-03"',
    "<img srcset=",
]
MARKUP += [
    "<time datetime='2024-05-03'>",
    "Twelve people died when the ferry sank off Halden on Monday, the coast guard said. ",
]
FEED = _tags("rss channel item title link guid pubDate description source feed entry id updated summary author")
FEED += ["<?xml version='1.0'?>", '<rss version="2.0">', "<feed xmlns='http://www.w3.org/2005/Atom'>", "<!DOCTYPE r ["]
FEED += [
    '<!ENTITY a "b">',
    "]>",
    "&a;",
    "http://tide.example/1",
    "Mon, 06 May 2024 10:00:00 GMT",
    '{"version":',
    "}",
    "[",
]
FEED += [
    '"https://jsonfeed.org/version/1.1"',
    ',"items":[',
    "{",
    '"url":"/a","title":"x"',
    "]",
    "<![CDATA[",
    "]]>",
    "1e999",
]
OPML = _cut(
    "<opml> </opml> <body> </body> <outline /> </outline> > <head> </head> &#x1F; ]> [ ] } null 1e999 <!DOCTYPE"
)
OPML += [
    ' text="A" ',
    ' xmlUrl="',
    'https://tide.example/rss" ',
    'type="rss" ',
    '{"name":',
    '"A"',
    ',"feeds":',
    "<outline ",
]
OPML += [
    '["https://tide.example/rss"]',
    "<?xml version='1.0'?>",
    "<opml version='2.0'><body>",
    "</body></opml>",
    "{",
    ",",
]
PRESSED = _cut(
    "corrobot : page list compare paste read rule export audit forget mine watch figures timeline quotes why agrees stopped",
    "articles stories links text check article source member 0 1 999999999 999999999999999999 9999999999999999999999 ٣ ² -1",
    "\n  :1:0 corrobot:forget:article: corrobot:rule: corrobot:page:figures: corrobot:read:links: corrobot:forget:member:",
)
