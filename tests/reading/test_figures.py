"""What is read out of one sentence: event, group, place, voice, status, role, event in the world."""

from typing import Any

import pytest

from bot.model import Figure
from tests.conftest import Read

# sentence, printed, the fields that must hold
TABLE: list[tuple[str, str, dict[str, Any]]] = [
    (
        "At least 12 sailors were killed in the storm.",
        "At least 12",
        {"event": "killed", "group": "sailors", "unit": "person"},
    ),
    ("Nine sailors died and 14 were injured.", "14", {"event": "injured"}),
    ("The storm killed nine people, injuring 14.", "14", {"event": "injured"}),
    ("The storm left nine people dead.", "nine", {"event": "killed", "group": "people"}),
    ("The death toll rose to 30.", "30", {"event": "killed", "role": "level"}),
    ("The toll rose by 12.", "12", {"role": "change"}),
    ("Officials put the death toll at 30.", "30", {"event": "killed"}),
    ("The army counted 30 civilian casualties.", "30", {"event": "killed or injured", "group": "civilians"}),
    ("Thirty people were killed or wounded.", "Thirty", {"event": "killed or injured", "group": "people"}),
    ("Thirty people are dead or missing.", "Thirty", {"event": "killed or missing"}),
    ("5 wounded in harbor blast", "5", {"event": "injured"}),
    ("Gunfire at harbor market kills 2, wounds 5", "5", {"event": "injured"}),
    ("2 Dead, 1 Wounded in Harbor Blast", "1", {"event": "injured"}),
    ("Nine club-goers were hurt.", "Nine", {"event": "injured", "group": "goers", "qualifiers": ()}),
    ("It left seven members of the police hurt.", "seven", {"event": "injured", "group": "officers"}),
    ("Five cooks were injured, two of them critically.", "Five", {"event": "injured", "qualifiers": ()}),
    (
        "Wardens put the march, to open a three-day fair, at roughly 300 people.",
        "roughly 300",
        {"event": "gathered", "group": "people"},
    ),
    (
        "Police said 12 sailors were hurt. Witnesses said there were 20.",
        "20",
        {"event": "injured", "group": "sailors", "voice": "witnesses"},
    ),
    ("The firm cut deaths, to please its owners, at 12 plants.", "12", {"group": "plants", "running": False}),
    ("Hundreds walked to the square to protest.", "Hundreds", {"event": "gathered"}),
    ("Three boats began to sink.", "Three", {"event": "sunk"}),
    ("Nine sailors continue to be killed each day.", "Nine", {"event": "killed"}),
    ("Two sailors began shooting.", "Two", {"event": "begun"}),
    ("Divers found six AK 47 rifles.", "six", {"group": "rifles", "qualifiers": ()}),
    ("The court set an 80,000-pound ($115,000) cap.", "$115,000", {"event": "cap", "unit": "USD"}),
    ("The boat had about 20 km (12 miles) of cable.", "12 miles", {"event": "cable", "bound": "about"}),
    ("Two gunmen are still at large.", "Two", {"event": "at large"}),
    ("“No, not $20 million: we are asking for $30” million, she said.", "$30” million", {"value": 30e6}),
    ("“No, not $20 million: we are asking for $30” million, she said.", "$20 million", {"status": "denied"}),
    ("Hundreds, if not thousands, were killed.", "thousands", {"status": "reported"}),
    ("Norton left with 13 medals and 43 cups.", "43", {"event": "left", "group": "cups"}),
    ("The four gunmen who killed Norton fled with 40 rifles.", "40", {"event": "fled"}),
    ("As many as 2,000 people marched in the streets of Athens.", "As many as 2,000", {"place": "Athens"}),
    ("Acme, founded in 1926, cut 90 jobs.", "90", {"anchor": None, "period": None}),
    ("Nine sailors drowned on Monday. The tower that fell in 2021 killed 27 people.", "27", {"anchor": "2021"}),
    ("The death toll topped 1,000 on Sunday.", "1,000", {"event": "killed", "bound": "more_than"}),
    ("Enrollment fell from 412 to 187.", "187", {"event": None, "group": "enrollment", "role": "level"}),
    ("Homicides in the city fell to 142.", "142", {"group": "homicides"}),
    ("Homicides in the city fell to 142 last year.", "142", {"group": "homicides"}),
    ("The tally of infections touched 1,118.", "1,118", {"event": "infected"}),
    ("Passenger numbers climbed to 1.9 million.", "1.9 million", {"group": "passengers"}),
    ("Police put the crowd at 300.", "300", {"event": "gathered"}),
    ("A crowd of 300 marched.", "300", {"event": "gathered"}),
    ("A 12,000-strong crowd marched.", "12,000", {"group": "crowds"}),
    ("The firm has a staff of 350.", "350", {"event": "employed"}),
    ("The bloc won 84 of 151 seats.", "84", {"event": "won", "group": "seats"}),
    ("The navy detected 12, 15 and 19 ships.", "15", {"event": "detected", "group": "ships"}),
    ("It was beaten by 311 votes to 298.", "298", {"group": "votes"}),
    ("A total of 19 flights were scrapped.", "19", {"event": "scrapped", "group": "flights"}),
    ("The storm swept away 11 climbers; four dug themselves out.", "four", {"group": "climbers", "role": "part"}),
    ("Thirty people, most of them women and children, were killed.", "Thirty", {"role": "level"}),
    ("Thirty people were killed and scores wounded.", "scores", {"event": "injured"}),
    (
        "Nine towns need aid; the mayor put the figure at 12.",
        "12",
        {"event": "needed", "group": "towns", "role": "level"},
    ),
    ("The number of dead climbed past 300.", "300", {"event": "killed"}),
    ("Twelve sailors were among the 30 people hurt.", "30", {"role": "level"}),
    ("The blast killed 38 and injured 112.", "112", {"event": "injured", "type": "count"}),
    ("They confirmed six deaths and 45 hospitalizations.", "45", {"event": "hospitalized"}),
    (
        "At least 14 people, including four children, died and more than 60 others are being treated in hospital.",
        "more than 60",
        {"group": "people"},
    ),
    ("Gunmen killed 10 villagers and abducted more than 50.", "more than 50", {"event": "abducted", "role": "level"}),
    ("Floods forced some 3,000 to flee.", "some 3,000", {"event": "displaced"}),
    ("Winds prompted the evacuation of 1,450 residents.", "1,450", {"event": "displaced"}),
    ("He spoke of the attack that wounded four other officers.", "four", {"role": "level", "event": "injured"}),
    ("Ada Norton was hurt in a crash that injured three others.", "three", {"role": "part"}),
    (
        "He is charged over a raid that left two sailors dead and eight others injured.",
        "eight",
        {"role": "level", "event": "injured"},
    ),
    ("1 dead, 5 injured in harbor blast", "1", {"event": "killed"}),
    ("16 shot, 1 killed at harbor", "16", {"event": "shot"}),
    ("There were no casualties.", "no", {"event": "killed or injured", "low": 0, "high": 0}),
    ("No one was hurt in the blast.", "No one", {"event": "injured", "high": 0}),
    ("Thirty people, including three children, were hurt.", "three", {"role": "level"}),
    ("He and three others were hurt.", "three", {"role": "part"}),
    ("The blast killed one and injured 250 others.", "250", {"role": "level", "event": "injured"}),
    ("The names of three victims were released.", "three", {"role": "part"}),
    ("The injured were revised from eight to six.", "eight", {"role": "former"}),
    ("Initial reports said that 40 people were hurt.", "40", {"role": "former"}),
    ("The storm destroyed 40 homes.", "40", {"event": "destroyed", "group": "homes"}),
    ("Thirty houses were damaged, as well as seven bridges.", "seven", {"event": "damaged", "group": "bridges"}),
    ("The old port is a town of 9,000 people.", "9,000", {"event": "inhabited"}),
    ("Two suspects being held were freed.", "Two", {"event": "arrested"}),
    ("Nine sailors are held without bail.", "Nine", {"event": "arrested"}),
    ("Nine hostages being held walked.", "Nine", {"event": "walked"}),
    ("Nine of the sailors accused fled.", "Nine", {"event": "charged"}),
    ("Nine sailors were gunned down.", "Nine", {"event": "shot"}),
    ("Nine sailors were injured by gunfire.", "Nine", {"event": "shot"}),
    ("Two brothers were convicted.", "Two", {"group": "brothers"}),
    (
        "Omar Hale was sentenced to seven years in prison.",
        "seven years",
        {"type": "duration", "event": "sentence", "subject": "omar hale"},
    ),
    ("Several clerks declined to speak.", "Several", {"event": "declined"}),
    ("A jury convicted a man of two counts of theft.", "two", {"event": "convicted", "group": "counts"}),
    ("Divers recovered 80 percent of the haul.", "80 percent", {"type": "percent", "event": "recovered"}),
    ("It has a 17-inch screen.", "17-inch", {"type": "measure", "event": "size"}),
    ("They sought more than a $90,000 cap.", "$90,000", {"type": "money", "event": "cap"}),
    ("Five women were inside the church.", "Five", {"event": "inside", "group": "women"}),
    ("Divers found at least 16 boxes.", "at least 16", {"event": "found", "group": "boxes"}),
    ("The two towns have yet to argue.", "two", {"event": "argued", "group": "towns"}),
    ("Several clerks to challenge the bank came.", "Several", {"event": "come"}),
    ("Divers took samples from nine boats.", "nine", {"event": "taken"}),
    ("Talks between two towns failed.", "two", {"event": "talk"}),
    ("Four divers who killed a shark were early.", "Four", {"event": "early"}),
    ("Nine people suffered serious injuries.", "Nine", {"event": "injured"}),
    ("The blast killed six children and two adults.", "six", {"role": "level", "group": "children"}),
    ("Two officers and a deputy were hurt.", "Two", {"role": "part"}),
    ("Two people were killed. Ten others were injured.", "Ten", {"role": "level", "event": "injured"}),
    ("Two others were hurt when at least two gunmen attacked.", "at least two", {"event": "attacked"}),
    ("Nine sailors were taken to a hospital.", "Nine", {"event": "hospitalized"}),
    ("Police confiscated 14 rifles.", "14", {"event": "seized", "group": "rifles"}),
    ("Ada Norton, a mother of 13, was hurt.", "13", {"event": "had", "group": "children", "subject": "ada norton"}),
    ("Some 20,000 people took to the streets.", "Some 20,000", {"event": "gathered", "group": "people"}),
    ("The rally was attended by 20,000.", "20,000", {"event": "gathered"}),
    ("He lives at 9780 Harbour near the quay.", "9780", {"type": "identifier"}),
    ("Traffic on the 55 Freeway stopped.", "55", {"type": "identifier"}),
    ("The cable is 40 kilometers long.", "40 kilometers", {"event": "length", "subject": "cable"}),
    (
        "The camp is 25 km from the border.",
        "25 km",
        {"event": "distance", "subject": "camp from border"},
    ),
    ("He carried a .40-caliber pistol.", ".40-caliber", {"event": "caliber", "subject": "handgun"}),
    ("The director was paid $3 million.", "$3 million", {"event": "pay"}),
    ("The jury deliberated for 40 hours.", "40 hours", {"type": "duration", "event": "deliberation"}),
    ("Acme has 40 percent of the market.", "40 percent", {"event": "market share"}),
    ("Nine people were seriously injured.", "Nine", {"event": "injured", "qualifiers": ("seriously",)}),
    ("Acme will buy Bolt for $40 million.", "$40 million", {"type": "money", "event": "price"}),
    ("Thieves stole $40 million worth of pearls.", "$40 million", {"event": "stolen"}),
    ("A 5.6-magnitude quake shook the coast.", "5.6-magnitude", {"event": "magnitude"}),
    ("That brings the total injured by gunfire to 17.", "17", {"event": "shot"}),
    ("Nine men and a boy were found shot to death.", "Nine", {"event": "killed", "group": "men"}),
    ("Police found four victims with gunshot wounds.", "four", {"event": "injured", "group": "victims"}),
    ("Four suspects killed the clerk.", "Four", {"event": None, "group": "suspects"}),
    ("Four men rammed a car into the store.", "Four", {"event": "rammed", "group": "men"}),
    ("It took about 40 firefighters to quench the blaze.", "about 40", {"event": "quenched"}),
    ("There were no dead or wounded.", "no", {"event": "killed or injured", "high": 0}),
    ("Ada Norton was shot nine times.", "nine", {"event": "hit", "subject": "ada norton"}),
    ("It hurt Ada Norton, 29, of Dover, who was hit nine times.", "nine", {"event": "hit", "subject": "ada norton"}),
    ("Ada Norton died. Seven bullets hit Ms. Norton.", "Seven", {"event": "hit", "subject": "ada norton"}),
    ("Ada Norton came home. She was shot nine times.", "nine", {"event": "hit", "subject": "ada norton"}),
    ("Ada Norton has nine grandchildren.", "nine", {"event": "had", "subject": "ada norton"}),
    ("The town has a population of about 900.", "about 900", {"event": "inhabited"}),
    ("About 900 people live in the village.", "About 900", {"event": "inhabited"}),
    ("It is a camp of about 900 refugees.", "about 900", {"event": "displaced", "group": "refugees"}),
    ("More than 100 people joined in a vigil.", "More than 100", {"event": "gathered"}),
    ("Police put the march at roughly 30,000 people.", "roughly 30,000", {"event": "gathered"}),
    ("Nine sailors were shot over a span of 80 hours.", "Nine", {"anchor": "other:a1:0"}),
    ("Nine sailors were shot, and help came within 20 minutes.", "Nine", {"anchor": None}),
    ("He was charged with four counts of theft.", "four", {"event": "charged", "group": "counts"}),
    ("The judge delayed the release of the two suspects.", "two", {"event": "released"}),
    ("Nine sailors, who lost their lives, were mourned.", "Nine", {"event": "killed"}),
    ("Nine sailors lost their boats.", "Nine", {"event": "lost"}),
    ("Some 40 sailors had been taken into custody.", "Some 40", {"event": "arrested"}),
    ("Police held 40 sailors.", "40", {"event": "arrested"}),
    ("The gunman held 40 sailors.", "40", {"event": "held"}),
    ("Nine houses burned.", "Nine", {"event": "burned"}),
    ("Rescuers are looking for 21 people.", "21", {"event": "missing"}),
    ("Police are looking for 21 gunmen.", "21", {"event": "looked"}),
    ("Officials raised the number of houses destroyed by the fire to 214.", "214", {"event": "destroyed"}),
    ("The number of women suing the harbour has climbed to 23.", "23", {"event": "sued", "group": "women"}),
    ("Some 900 houses were still without power.", "Some 900", {"event": "without power"}),
    ("Nine people had been arrested since the unrest began on July 21.", "Nine", {"anchor": None}),
    ("She sank a 3-pointer before the break.", "3", {"type": "identifier"}),
    ("A jury convicted the man of two counts of theft.", "two", {"type": "count"}),
    ("He is a man of 19 children.", "19", {"type": "count"}),
    ("It followed a blackout that lasted nine hours.", "nine hours", {"event": "outage"}),
    ("He was freed after 19 hours underground.", "19 hours", {"event": "trapped"}),
    ("Omar Hale fell 60 feet at the harbour.", "60 feet", {"event": "fall", "role": "level"}),
    ("Acme will buy Bolt for $40 a share.", "$40", {"event": "offer a share"}),
    ("Bolt closed at $40 a share.", "$40", {"event": "share price"}),
    ("It is a cash deal valued at $40 million.", "$40 million", {"event": "price"}),
    ("At $40 million, the fine is the largest yet.", "$40 million", {"event": "fine"}),
    ("Damage was put at $US40 million.", "$US40 million", {"unit": "USD"}),
    ("Acme was fined $40 million.", "$40 million", {"event": "fine"}),
    ("Acme will pay $40 million to settle the case.", "$40 million", {"event": "fine"}),
    ("The fine was $40 million.", "$40 million", {"event": "fine"}),
    ("The pearls are worth an estimated $40 million.", "an estimated $40 million", {"event": "worth"}),
    ("The quake struck nine km (6 miles) east of Dover.", "nine km", {"event": "distance"}),
    ("The quake began one mile below ground level.", "one mile", {"event": "depth", "subject": "quake"}),
    ("Nine people had received treatment after being injured.", "Nine", {"event": "injured"}),
    ("A ferry sank with 190 people aboard.", "190", {"event": "aboard", "group": "people"}),
    ("Acme Corp. employs 1,900 people.", "1,900", {"event": "employed", "subject": "acme"}),
    ("16 shot, 1 fatally, at harbor", "1", {"event": "killed"}),
    ("Two men, ages 47 and 48, were hurt.", "48", {"type": "age"}),
    ("Children aged 3, 5 and 9 were hurt.", "9", {"type": "age"}),
    # where
    ("Ada Dover spoke. Nine people were hurt in central Paris.", "Nine", {"place": "Paris"}),
    ("WARSAW - A fire on the outskirts of Kielce killed nine people.", "nine", {"place": "Kielce"}),
    ("Nine people were hurt in Augusta, Georgia.", "Nine", {"place": "Augusta"}),
    ("Nine songs of iTunes were sold on Market Street.", "Nine", {"place": None}),
    # who says so
    ("Harbor blast, five hurt: media\n\nA blast shook the harbor.", "five", {"event": "injured", "voice": "media"}),
    ("Ann Hale added that early information indicated that nine were hurt.", "nine", {"voice": "Ann Hale"}),
    ('"They ran," Ann Hale said. "At least six people were hurt."', "At least six", {"voice": "Ann Hale"}),
    (
        '"They ran," Ann Hale said. Omar Hale disagreed: "At least six people were hurt."',
        "At least six",
        {"voice": None},
    ),
    ("Court records show that Omar Hale posted $40,000 bail.", "$40,000", {"event": "bail", "voice": "court records"}),
    ("Police said that nine people were killed.", "nine", {"voice": "police"}),
    ("Nine people were killed, according to the United Nations.", "Nine", {"voice": "UN"}),
    ("Harbor Master Ann Hale said that nine people were killed.", "nine", {"voice": "Ann Hale"}),
    ("Nine people, Ann Hale said, were killed.", "Nine", {"voice": "Ann Hale"}),
    ("“Nine people were killed,” Ann Hale said.", "Nine", {"voice": "Ann Hale"}),
    ("Officials in Lagos said that nine people were killed.", "nine", {"voice": "officials of Lagos"}),
    (
        "Ann Hale noted that the Red Cross said nine people were killed.",
        "nine",
        {"voice": "Red Cross", "attribution": ("Ann Hale", "Red Cross")},
    ),
    # where
    ("Nine people were killed in Lagos.", "Nine", {"place": "Lagos", "place_from": "clause"}),
    ("In Lagos, where rain had fallen, nine people were killed.", "nine", {"place": "Lagos"}),
    (
        "The mayor of Lagos spoke. He said nine people were killed in that city.",
        "nine",
        {"place": "Lagos", "place_from": "resolved"},
    ),
    (
        "Lagos is under water. Nine people were killed in the entire country.",
        "Nine",
        {"place": "Nigeria", "place_from": "resolved"},
    ),
    (
        "Thirteen members of the Security Council abstained in the vote.",
        "Thirteen",
        {"event": "abstained", "place": None},
    ),
    # how sure
    ("The repair could cost $40 million.", "$40 million", {"type": "money"}),
    ("Ann Hale confirmed that nine people were killed.", "nine", {"status": "confirmed"}),
    ("The Red Cross estimates that nine people were killed.", "nine", {"status": "estimated", "bound": "exact"}),
    ("Nine people may be killed if it rains.", "Nine", {"status": "projected"}),
    # when
    ("As of March 22, nine people were killed.", "nine", {"as_of": "--03-22"}),
    # another event
    (
        "A ferry sank on Monday and nine people died. A similar accident in 2009 killed 40 people.",
        "40",
        {"anchor": "2009"},
    ),
    (
        "A ferry sank on Monday and nine people died. In another accident 40 people were killed.",
        "nine",
        {"anchor": None},
    ),
]


def test_the_day_a_toll_moved_is_its_as_of_date(read: Read) -> None:
    text = "A ferry sank off Lagos on Monday. The death toll rose to 21 on Wednesday."
    figure = figure_of(read(text, published="2024-05-02"), "21")
    assert (figure.as_of, figure.period, figure.anchor) == ("2024-05-01", None, None)


def test_surnames_and_months_are_no_places(read: Read) -> None:
    text = "Two boats sank in Lagos in August. Ann Stirling ran the harbour, Stirling said. Nine sailors died."
    assert figure_of(read(text), "Nine").place == "Lagos"


def test_a_town_before_the_noun_is_the_place(read: Read) -> None:
    figure = figure_of(read("He served in Kabul and killed five Dallas officers."), "five")
    assert (figure.place, figure.place_from) == ("Dallas", "clause")


def figure_of(figures: list[Figure], printed: str) -> Figure:
    """Return the figure that is printed so."""
    found = next((f for f in figures if f.printed == printed), None)
    assert found is not None, [f.printed for f in figures]
    return found


@pytest.mark.parametrize(("text", "printed", "fields"), TABLE, ids=[r[0] for r in TABLE])
def test_reads(read: Read, text: str, printed: str, fields: dict[str, Any]) -> None:
    figure = figure_of(read(text), printed)
    assert {k: getattr(figure, k) for k in fields} == fields


def test_a_bureau_is_not_where_it_happened(read: Read) -> None:
    text = "CLEVELAND (Reuters) - A fire at a Cincinnati hotel hurt nine people. Four clerks were inside."
    assert figure_of(read(text), "Four").place == "Cincinnati"
    assert figure_of(read("CLEVELAND (Reuters) - A fire at a hotel hurt nine people."), "nine").place == "Cleveland"


def test_the_published_date_settles_days(read: Read) -> None:
    figure = figure_of(read("Nine people were killed on Monday.", published="2022-03-23"), "Nine")
    assert figure.period == ("2022-03-21", "2022-03-21")


def test_a_day_told_by_the_way_is_not_the_figures(read: Read) -> None:
    text = "The storm that struck on Friday wrecked 90 homes, said engineers who finished their count on Sunday."
    assert figure_of(read(text, published="2022-03-23"), "90").period == ("2022-03-18", "2022-03-18")


def test_another_event_is_not_the_articles_own(read: Read) -> None:
    figures = read("A ferry sank on Monday and nine people died. In another accident 40 people were killed.")
    assert figure_of(figures, "40").anchor is not None


def test_a_figure_repeated_is_one_with_two_spans(read: Read) -> None:
    text = "Police said that nine people were killed in Lagos. It rained. Police said that nine people were killed in Lagos."
    figures = [f for f in read(text) if f.type == "count"]
    assert [len(f.spans) for f in figures] == [2]


def test_every_span_is_the_quote(read: Read, engine: object) -> None:
    text = "As of March 22, over 2,300 sailors were killed in Lagos. It cost $4.5m, or 3 % of the budget, in 2019."
    for f in read(text):
        assert text[f.start : f.end] == f.printed
        assert f.sentence[0] <= f.start < f.end <= f.sentence[1]


def test_the_caveat_is_kept(read: Read) -> None:
    figure = figure_of(read("The UN counts 900 dead, but the true number is likely higher."), "900")
    assert figure.caveat


def test_reading_does_not_depend_on_what_was_read_before(read: Read) -> None:
    text = "Police said that nine people were killed in Lagos on Monday."
    first = read(text)
    read("In Paris, 40 people were hurt, Ann Hale said.")
    assert read(text) == first


def test_figures_of_other_languages_are_not_read(engine: object) -> None:
    from bot.model import Article
    from bot.services.engine import Engine

    assert isinstance(engine, Engine)
    assert engine.read(Article("a", "a", "Neun Menschen starben.", language="de")).figures == ()


def test_some_of_those_told_are_not_another_count_of_them(read: Read) -> None:
    found = read("Police said 12 sailors were hurt. Officials said there were three in critical condition.")
    assert [f.printed for f in found if f.type == "count"] == ["12"]
