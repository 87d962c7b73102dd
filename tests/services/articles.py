"""Articles of tests, in words of our own: a ferry of which three outlets tell different things, and something else."""

HERALD = """Outlet: Harbour Herald
Title: Ferry sinks off Vostmark
Published: 2024-05-02

The ferry Selma Lund sank off Vostmark on Thursday, and 12 people were killed, the coast guard said.
Another 31 people were injured when the ship struck a rock near the lighthouse.
"""
TIMES = """Outlet: Island Times
Title: Many dead as ferry Selma Lund goes down
Published: 2024-05-02

The Selma Lund, a ferry bound for Vostmark, went down on Thursday; 18 people were killed, the harbour office said.
The ferry had struck a rock near the lighthouse of Vostmark.
"""
POST = """Outlet: Northern Post
Title: Ferry disaster at Vostmark
Published: 2024-05-02

A ferry, the Selma Lund, sank near the lighthouse of Vostmark on Thursday. At least 12 people were killed, police said.
"""
FROST = """Outlet: Farm Weekly
Title: Frost ruins apricot harvest
Published: 2024-05-02

Growers in the Lerida valley lost 40 percent of their apricots to frost, the growers' union Almendra said on Tuesday.
"""
GERMAN = """Outlet: Hafenblatt
Title: Fähre gesunken
Published: 2024-05-02

Die Fähre ist am Donnerstag vor der Insel gesunken, und dabei sind nach Angaben der Küstenwache zwölf Menschen ums
Leben gekommen. Die Ursache des Unglücks ist noch nicht bekannt, doch die Ermittler sprechen von einem Felsen.
"""
