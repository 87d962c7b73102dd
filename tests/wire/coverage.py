"""What outlets tell in the wire tests, in words of our own: made-up ferries, outlets and places."""

HEADED = """Outlet: Harbour Herald
Title: Ferry accident off Vostmark
Published: 2024-05-02

Police said 12 people were killed when the ferry Selma Lund sank off Vostmark on Thursday.
The ferry had struck a rock near the lighthouse, and boats of the coast guard searched the bay until dark.
"""
POLICE = "Police said 12 people were killed when the ferry Selma Lund sank off Vostmark on Thursday."
NAVY = "The navy said 18 people were killed when the ferry Selma Lund sank off Vostmark on Thursday."
PASTED = (
    "Doctors said 31 people were injured when the ferry Selma Lund sank off Vostmark on Thursday.\n"
    "The hospital of Vostmark called in all its nurses after the ferry accident."
)
MENTIONED = (
    "Growers in the Lerida valley lost 40 percent of their apricots to frost, their union said on Tuesday. It had"
    " counted trees in 60 orchards of the valley since the weekend. The union asked the regional government for help,"
    " and said that the harvest of last year had been the best in a decade. No vines were hurt by the frost, it said."
)


def page(title: str, site: str, *paragraphs: str, published: str = "2024-05-02") -> str:
    """Return an article as a web page."""
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:site_name" content="{site}"><meta property="og:title" content="{title}">'
        f'<meta property="og:type" content="article"><meta property="article:published_time"'
        f' content="{published}T18:00:00Z"></head><body><article><h1>{title}</h1>{body}</article></body></html>'
    )


NAVY_PAGE = page(
    "Many dead in ferry accident off Vostmark",
    "Island Times",
    NAVY,
    "The ferry had left the harbour in the morning with families on their way to the islands, and it struck a rock"
    " near the lighthouse in thick fog, sailors told this newspaper.",
    "The company that runs the Selma Lund promised an inquiry. It said in a short statement that the ship had passed"
    " every inspection of the last ten years, and that its captain knew the waters well.",
)
BRIDGE_PAGE = page(
    "Bridge at Orlow closed after crack is found",
    "Valley Post",
    "The mayor of Orlow said on Friday that the bridge over the river will stay closed for 3 weeks after engineers"
    " found a crack in one of its pillars.",
    "Some 4,500 cars cross the bridge every day, the town said. Drivers have to take the road through the forest,"
    " which adds 25 kilometres to the way to the hospital.",
    "Engineers will measure the pillar every night, and the town promised to tell people more at a meeting on Monday.",
    published="2024-05-03",
)
