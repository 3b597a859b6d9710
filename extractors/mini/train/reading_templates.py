"""Phrasings of Wikidata's relations as questions, of our own.

`{}` is the one end that is given: in `FOR_TAIL` the head ("Who wrote {}?"), in `FOR_HEAD` the
tail ("What did {} write?").
"""

from __future__ import annotations

__all__ = ["FOR_HEAD", "FOR_TAIL"]


def _table(lines: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for line in lines.strip().splitlines():
        relation, _, phrasings = line.strip().partition(" ")
        found[relation] = tuple(part.strip() for part in phrasings.split("|"))
    return found


#: Questions whose answer is the tail, by relation.
FOR_TAIL = _table(
    """
    P131 Where is {}?|In which district or state is {}?|Where is {} located?|What region is {} in?
    P17 In which country is {}?|What country does {} belong to?|Which country is {} in?
    P27 What nationality is {}?|Which country is {} from?|Of what country is {} a citizen?
    P150 Which place lies within {}?|What part does {} have?
    P800 What is {} known for?|Which work is by {}?|What did {} create?
    P527 What is a part of {}?|What does {} consist of?|Who belongs to {}?
    P361 What is {} part of?|What does {} belong to?
    P577 When was {} released?|When did {} come out?|In what year was {} published?
    P175 Who performed {}?|Who sang {}?|Which artist recorded {}?|By whom was {} performed?
    P463 What group was {} a member of?|Which band did {} play in?|To what did {} belong?
    P1344 What did {} take part in?|In which event did {} compete?
    P710 Who took part in {}?|Who fought in {}?
    P495 Where does {} come from?|Which country produced {}?
    P569 When was {} born?|What is the birth date of {}?|In what year was {} born?
    P264 Which label released {}?|What record company was {} with?
    P161 Who starred in {}?|Which actor appears in {}?|Who acted in {}?|Who was in the cast of {}?
    P1441 In which work does {} appear?|Where is the character {} from?
    P571 When was {} founded?|When was {} created?|When did {} begin?|What year was {} established?
    P30 On which continent is {}?|What continent is {} on?
    P570 When did {} die?|In what year did {} die?|What was the date of the death of {}?
    P206 On which river is {}?|Which sea or lake does {} lie on?|What water is {} next to?
    P607 In which war did {} fight?|What conflict was {} in?
    P3373 Who is the brother or sister of {}?|Who was a sibling of {}?
    P40 Who is the child of {}?|Who was the son or daughter of {}?
    P127 Who owns {}?|Who is the owner of {}?|To whom does {} belong?
    P19 Where was {} born?|What is the birthplace of {}?|In which city was {} born?
    P178 Who developed {}?|Which company made {}?|What studio developed {}?
    P706 On which mountain or island is {}?|Where does {} lie?
    P674 Which character is in {}?|Who appears in {}?
    P50 Who wrote {}?|Who is the author of {}?|By whom was {} written?
    P26 Who was {} married to?|Who is the wife or husband of {}?|Whom did {} marry?
    P140 What religion does {} follow?|What faith did {} have?
    P69 Where did {} study?|Which school did {} go to?|Where was {} educated?|Where did {} graduate?
    P156 What came after {}?|What followed {}?|Who succeeded {}?
    P155 What came before {}?|What preceded {}?
    P170 Who created {}?|Who is the creator of {}?|Who made {}?
    P54 Which team did {} play for?|What club was {} with?
    P276 Where did {} take place?|Where was {} held?|What is the location of {}?
    P22 Who was the father of {}?|Who is {}'s father?|Whose son or daughter was {}?
    P108 Who employed {}?|Where did {} work?|Which company did {} work for?
    P166 What award did {} win?|Which prize did {} receive?|What honour was {} given?
    P162 Who produced {}?|Who was the producer of {}?
    P585 When did {} happen?|When did {} take place?|What was the date of {}?
    P6 Who heads the government of {}?|Who is the mayor or premier of {}?
    P1412 What language did {} speak?|In which language did {} write?
    P400 On what platform does {} run?|Which console is {} for?
    P57 Who directed {}?|Who was the director of {}?|By whom was {} directed?
    P86 Who composed {}?|Who wrote the music of {}?
    P749 What is the parent company of {}?|Which group owns {}?
    P355 What subsidiary does {} have?|Which company is owned by {}?
    P35 Who is the head of state of {}?|Who rules {}?
    P123 Who published {}?|Which company was the publisher of {}?
    P403 Where does {} flow into?|What does {} empty into?|Where is the mouth of {}?
    P118 In which league does {} play?|What league is {} in?
    P241 In which service was {}?|What branch of the military did {} serve in?
    P31 What is {}?|What kind of thing is {}?
    P179 Which series is {} part of?|What series does {} belong to?
    P580 When did {} start?|When did {} begin?
    P582 When did {} end?|When was {} over?
    P176 Who makes {}?|Which company built {}?|Who manufactured {}?
    P20 Where did {} die?|In which city did {} die?|What was the place of death of {}?
    P937 Where did {} work?|In which city was {} active?
    P112 Who founded {}?|Who was the founder of {}?|Who started {}?|Who set up {}?
    P102 Which party did {} belong to?|What party was {} a member of?
    P37 What is the official language of {}?|Which language is spoken in {}?
    P137 Who operates {}?|Who runs {}?
    P58 Who wrote the script of {}?|Who was the screenwriter of {}?
    P576 When was {} dissolved?|When did {} cease to exist?|When was {} demolished?
    P159 Where is {} based?|Where are the headquarters of {}?|In which city is {} based?
    P449 On which network was {} shown?|What channel aired {}?
    P272 Which studio produced {}?|What company made {}?
    P172 What is the ethnicity of {}?|To which people does {} belong?
    P136 What genre is {}?|What style of music does {} play?
    P1376 What is {} the capital of?|Of which state is {} the capital?
    P36 What is the capital of {}?|Which city is the capital of {}?
    P488 Who chairs {}?|Who is the chairman of {}?|Who leads {}?
    P25 Who was the mother of {}?|Who is {}'s mother?
    P364 In which language was {} made?|What is the original language of {}?
    P740 Where was {} formed?|Where did {} form?
    P676 Who wrote the words of {}?|Who wrote the lyrics for {}?
    P1056 What does {} make?|What does {} produce?
    P551 Where did {} live?|Where does {} reside?
    P840 Where is {} set?|Where does {} take place?
    P39 What post did {} hold?|What office was {} in?
    """
)

#: Questions whose answer is the head, by relation.
FOR_HEAD = _table(
    """
    P175 What did {} sing?|Which song is by {}?
    P569 Who was born on {}?|Who was born in {}?
    P571 What was founded in {}?|What began in {}?
    P161 In which film does {} appear?|What did {} star in?
    P570 Who died on {}?|Who died in {}?
    P19 Who was born in {}?|Who is from {}?
    P178 What did {} develop?|Which game was made by {}?
    P50 What did {} write?|Which book is by {}?
    P57 What did {} direct?|Which film was directed by {}?
    P69 Who studied at {}?|Who graduated from {}?
    P170 What did {} create?|Which work was created by {}?
    P166 Who won {}?|Who received {}?|Who was given {}?
    P162 What did {} produce?|Which record was produced by {}?
    P86 What did {} compose?|For what did {} write the music?
    P112 What did {} found?|Which company was founded by {}?
    P159 Which company is based in {}?|What has its headquarters in {}?
    P36 Which state has {} as its capital?|Whose capital is {}?
    P127 What does {} own?|What belongs to {}?
    P403 Which river flows into {}?|What empties into {}?
    P54 Who played for {}?|Which player was with {}?
    P577 What was released on {}?|What came out in {}?
    P20 Who died in {}?
    P108 Who worked for {}?|Who was employed by {}?
    P22 Who is the child of {}?|Whose father was {}?
    P26 Who was the spouse of {}?|Who married {}?
    P607 Who fought in {}?
    P123 What did {} publish?|Which title was published by {}?
    P264 Who recorded for {}?|Which record came out on {}?
    """
)
