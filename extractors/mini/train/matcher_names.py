"""Other words for relations of Wikidata, so that a relation is read and not known by its label.

Each property has names that say the same, and names that say it the other way round: who
*directed* a film is its *director*.
"""

from __future__ import annotations

__all__ = ["inverses", "synonyms"]

#: Property: names of the same direction | names of the other direction.
_WORDS = """
P6: mayor, prime minister, led by, governed by | head of government of, mayor of, governs
P17: in country, located in, nation | includes, has place
P19: born in, birthplace, was born at | birthplace of, is place of birth of, native
P20: died in, deathplace | place of death of
P22: has father, son of, daughter of, child of | father of
P25: has mother, child of | mother of
P26: married to, husband, wife, married | spouse of, married
P27: citizen of, nationality, from country | has citizen, citizens
P30: on continent, part of continent | contains country
P31: is a, type, kind | example, has instance
P35: president, monarch, ruled by, king | president of, rules, head of state of
P36: has capital, capital city, seat of government | is capital of
P37: language, has official language | official language of
P39: position, office, served as, held office, title, job | held by, office holder
P40: has child, son, daughter, parent of, father of, mother of | parent, child of
P50: written by, writer, writers | wrote, author of, has written, works written
P54: plays for, played for, team, club, member of team | has player, player, players
P57: directed by, film director, filmmaker | directed, director of, has directed
P58: written by, screenplay by, screenwriters | wrote screenplay of, wrote
P59: in constellation, lies in | contains object
P65: discovered at, found at, observatory | site of discovery of, where was discovered
P69: studied at, alma mater, attended, graduated from, educated in, education | alumni, students
P86: music by, composed by, score by | composed, wrote music of, composer of
P98: edited by, editors | edited, editor of
P102: party, belongs to party, political party | has member, party members
P106: profession, works as, job, is a | professionals
P108: works for, worked at, works at, employed by | employs, employer of, employee
P110: illustrated by, artwork by | illustrated, drew, illustrator of
P112: founder, established by, created by | founded, founder of, established
P118: plays in league, in league | has club, teams in league
P123: published by, publishing house | published, publisher of
P127: owner, belongs to | owns, owner of
P131: located in, is in, in region, lies in | contains, has municipality
P136: kind, style, type of work, style of music | genre of
P137: operated by, run by | operates, operator of
P140: faith, belief | adherents
P144: adapted from, inspired by, adaptation of, source | adapted into, basis of
P150: contains, divided into, has district | part of, district of
P155: preceded by, after, sequel of | followed by, precedes
P156: sequel, succeeded by, next | preceded by, sequel of
P159: headquartered in, based in, has headquarters in, seat | headquarters of
P161: starring, stars, actor, cast, featuring, played by | acted in, starred in, appeared in
P162: produced by, film producer, record producer | produced, producer of
P166: won, received award, was awarded, honour, prize | awarded to, winner, recipient
P170: created by, made by, painted by, artist | created, made, painted, creator of
P171: belongs to genus, in family, genus | includes species
P172: ethnicity, people | members of ethnicity
P175: sung by, singer, artist, by, recorded by, band | performed, sang, recorded, released
P176: made by, built by, maker, manufactured by, produced by | manufactures, built, makes
P178: developed by, software developer, made by | developed, developer of
P179: in series, series | series has part
P180: shows, portrays, about | depicted in, shown in
P190: twin town, sister city, twinned with | sister city, twinned with
P194: parliament, legislature | legislature of
P206: on river, lies on, on the shore of, on lake | on its banks lies
P241: served in, branch of service, fought in | has soldier
P264: released by, label, signed to, on label | signed, released
P272: produced by, studio, production studio, made by | produced, production company of
P276: location, held in, took place in, where, located at | site of, venue of, hosted
P279: kind of, is a kind of, type of | has kind, includes
P287: designer, architect, designed by | designed, designer of
P291: published in, publication place | place of publication of
P306: runs on, supports system | runs
P361: belongs to, is part of, component of, from album | contains, has part, includes
P364: in language, spoken language, original language | language of film
P400: available on, released for, runs on, console | has game
P403: flows into, river mouth, empties into, ends in | receives river
P407: language, written in, in language | language of
P410: rank, held the rank of, military title | held by
P412: voice, sings as, vocal range | voice of
P449: aired on, broadcast by, network, shown on | aired, broadcast
P450: flew on, mission, space mission, flight | crew, had crew member
P463: member, belongs to, joined, part of group | has member, includes, members
P488: chaired by, president, leader, head | chairs, president of, leads
P495: country, made in, produced in, from country, origin | origin of
P527: contains, includes, consists of, has member | is part of, belongs to
P551: lives in, lived in, home | home of, residents
P569: born on, born, birthday, birth date | birth of
P570: died on, died, day of death, death date | death of
P571: founded in, established, created in, date of foundation, founded on | saw foundation of
P576: dissolved, closed, ended, abolished in | saw end of
P577: released, published, release date, published in, date, year, came out | year of
P580: began, started, from, beginning, start date | start of
P582: ended, until, end date | end of
P585: date, year, happened in, when, on date | when happened
P607: fought in, war, battle, took part in war | fought by, participants
P611: order, monk of | has monk
P641: plays, kind of sport, discipline | played by
P658: track, song, contains song | track of, on album
P674: character, has character, features character | appears in, character in
P676: lyricist, words by, lyrics written by | wrote lyrics of, lyricist of
P706: located on, on island, in mountains | has place
P710: participants, took part, belligerent, competitor | took part in, participated in
P737: influences, inspired by | influenced, inspired
P740: formed in, founded at, band from | place of origin of
P749: parent company, owned by, part of company, subsidiary of | parent company of, owns
P355: has subsidiary, owns, division | subsidiary of, owned by
P800: famous work, known for, wrote, created | by, work of
P807: split from, broke away from | split into
P825: dedicated to, in honour of | has dedication
P840: set in, takes place in, setting | setting of
P870: instruments, for instrument, played on | used in
P885: source, rises in, begins in, river source | source of
P915: filmed in, shot in, filmed at | place of filming of
P921: about, topic, subject, deals with, theme | topic of, described in
P937: worked in, active in | workplace of
P974: has tributary, fed by, receives | tributary of, flows into
P1001: jurisdiction, valid in, responsible for | has law, has office
P1056: produces, makes, product, sells | produced by, product of
P1142: ideology, political position, supports | ideology of
P1158: landed at, landing site, landed in | landing site of
P1198: unemployment, rate of unemployment | rate of
P1336: claims, claimed territory | claimed by
P1344: took part in, participated in, competed in | participant, had participant
P1347: casualty, fate in war | fate of
P1365: succeeded, replaced, successor of, came after | replaced by, predecessor of
P1366: successor, succeeded by, was replaced by | replaced, successor of
P1376: is capital of, capital city of | capital, has capital
P1387: alignment, left or right | alignment of
P1411: nominated for, nominee for, nomination, shortlisted for | nominee, nominees
P1412: speaks, language, native language, wrote in | spoken by, speakers
P1420: also known as, synonym, other name of species | synonym of
P1441: appears in, character of, from work | has character, characters
P1532: represents, plays for country, nationality in sport | represented by
P1654: wings, kind of wing | wing configuration of
P1843: common name, known as, called | name of species
P2094: class, weight class, competes in | class of
P2130: budget, price, costs | cost of
P2341: native to, found in, people of | home of people
P2715: elected at, election | elected
P2974: lives in, habitat, found in | habitat of
P3015: backup crew, reserve | backup of
P3137: higher peak, parent mountain | parent peak of
P3373: brother, sister, sibling of, brother or sister | brother, sister of, siblings
P3450: season of, league season, edition of | has season
P3461: called terrorist by, banned by | designates as terrorist
P3602: ran in, candidate in, stood for election | candidate, has candidate
P3730: promoted to, rank above | rank below
P4185: symbol, attribute, shown with | symbol of
P4320: climber of race, best climber | best climber of
P4552: in mountains, part of range, belongs to mountains, range | has mountain, contains peak
P4614: in basin, basin, drains into | basin of
P4661: reservoir, lake, creates lake | created by dam, formed by
P4791: commander, commanded by, led by | commanded, commander of
P6087: coached by, coach, trainer, manager | coach of, coached, trains
P61: discovered by, inventor, invented by, discoverer | discovered, invented
P138: called after, name from | gave its name to
P4969: derived from it, basis of, successor | based on, derived from
P2283: made with, uses | used by
P4428: implements, implements standard | implemented by
P880: processor, chip | processor of
P437: distributed as, distributed on, format | format of
P2094: weight class, class of competition | class of
P413: plays as, position in team, field position | played by
P177: spans, bridge over, goes over | crossed by
"""


def synonyms(number: str) -> tuple[str, ...]:
    """Return names of a property (its Wikidata number) beside its label.

    >>> synonyms("P57")
    ('directed by', 'film director', 'filmmaker')
    """
    return _TABLE.get(number, ((), ()))[0]


def inverses(number: str) -> tuple[str, ...]:
    """Return names of a property's inverse.

    >>> inverses("P57")
    ('directed', 'director of', 'has directed')
    """
    return _TABLE.get(number, ((), ()))[1]


def _read(words: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    found = {}
    for line in words.strip().splitlines():
        number, _, names = line.partition(": ")
        same, _, other = names.partition(" | ")
        found[number] = tuple(same.split(", ")), tuple(other.split(", "))
    return found


_TABLE = _read(_WORDS)
