"""Given names that are nearly always those of men, and of women, in English texts."""

from __future__ import annotations

__all__ = ["FEMALE", "MALE"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Names of men, in lower case.
MALE = _words(
    """
    aaron abdul abraham adam adolf adrian ahmed al alan albert alberto alejandro alex alexander
    alfred ali allan allen alvin anders andre andreas andrei andrew andy angelo anthony antoine
    antonio archibald arnold arthur augustus austin barry bart ben benjamin bernard bill billy
    bob bobby boris brad bradley brandon brendan brian bruce bruno bryan carl carlo carlos cecil
    cedric charles charlie chester chris christian christopher chuck clarence claude clement
    clifford clint clive colin conrad craig curtis cyril damien dan daniel danny darren dave
    david dean dennis derek dick diego dmitri dominic don donald douglas duncan dwight earl ed
    eddie edgar edmund eduardo edward edwin elias elliott emil enrique eric erik ernest ernst
    erwin ethan eugene evan felix ferdinand fernando floyd francesco francis francisco francois
    frank franklin franz fred freddie frederick friedrich fritz gabriel gareth gary gavin geoff
    geoffrey george gerald gerard giacomo gilbert giovanni giuseppe glenn gordon graham grant
    greg gregory gus gustav guy hans harold harry harvey hassan hector heinrich helmut henri
    henry herbert herman horace howard hubert hugh hugo ian ibrahim igor isaac ivan jack jacob
    jacques jake james jamie jan jared jason javier jay jean jeff jeffrey jeremy jerome jerry
    jesus jim jimmy joachim joe joel johan johann john johnny jon jonathan jorge jose josef
    joseph josh joshua juan julian julio julius justin karl keith ken kenneth kevin klaus konrad
    kurt kyle lance larry lars laurence lawrence lee leo leon leonard leonardo leopold lester
    lewis lionel lloyd lorenzo louis lucas ludwig luigi luis luke malcolm manuel marc marcel
    marco marcus mario mark marshall martin marvin mathew matt matthew maurice max maximilian
    mehmet michael michel miguel mikhail mike miles milton mitchell mohamed mohammad mohammed
    muhammad murray nathan nathaniel neil nelson nicholas nick nicolas nigel nikolai noah norman
    oliver olivier omar oscar otto owen pablo paolo patrick paul pedro percy perry pete peter
    phil philip philippe pierre rafael ralph ramon randy raul ray raymond reginald rene ricardo
    richard rick ricky rob robert roberto robin rodney rodrigo roger roland ronald ron ronnie
    rory ross roy rudolf rudolph rupert russell ryan salvador salvatore sam samuel scott sean
    sebastian sergei sergio seth shane shaun sidney simon spencer stan stanley stefan stephen
    steve steven stewart stuart sylvester ted terence terry theodore thomas tim timothy todd tom
    tommy tony travis trevor umberto vernon victor vincent vincenzo vladimir wallace walter
    warren wayne werner wilfred wilhelm will willard william willie winston wolfgang xavier yuri
    zachary
    """
)
#: Names of women, in lower case.
FEMALE = _words(
    """
    abigail ada adele adelaide agatha agnes aisha alexandra alexis alice alicia alison allison
    amanda amber amelia amy ana anastasia andrea angela angelina anita ann anna anne annie
    antonia april ashley audrey aurora barbara beatrice becky belinda bella bernadette bertha
    beth betsy betty bianca blanche bonnie brenda bridget brigitte britney brooke camilla
    candice carla carmen carol carole caroline carolyn carrie catharine catherine cecilia
    charlene charlotte chelsea cheryl chloe christina christine claire clara claudia clementine
    colleen constance cora courtney cynthia daisy daniela danielle daphne darlene dawn deborah
    debra delia denise diana diane dolores donna dora doris dorothea dorothy edith edna eileen
    elaine eleanor elena elisabeth eliza elizabeth ella ellen elsa elsie emily emma erica erika
    erin esther ethel eugenia eva eve evelyn faith fatima faye felicity fiona flora florence
    frances freda gabriela gabrielle gail georgia georgina geraldine gertrude gina gladys glenda
    gloria grace greta gretchen gwen gwendolyn hannah harriet hazel heather heidi helen helena
    helene henrietta hilary hilda holly hope ida inez ingrid irene iris irma isabel isabella
    isabelle ivy jacqueline jane janet janice jasmine jean jeanne jenna jennifer jenny jessica
    jill joan joanna joanne jocelyn josephine joy joyce juanita judith judy julia juliana julie
    juliet june karen kate katharine katherine kathleen kathryn kathy katie kay kelly kim
    kimberly kirsten kristen kristin kristina kylie lana laura lauren leah lena leslie lillian
    lily linda lisa lois lola lorraine louisa louise lucia lucille lucinda lucy lydia lynn mabel
    madeleine madonna maggie mandy marcia margaret margarita margot maria marian marianne marie
    marilyn marion marjorie marlene marsha martha mary matilda maud maureen maxine may megan
    melanie melinda melissa mercedes meredith mia michelle mildred millicent minnie miranda
    miriam molly monica muriel myra myrtle nadia nancy naomi natalia natalie natasha nell nellie
    nicole nina nora norma olga olive olivia ophelia pamela patricia patsy patti paula pauline
    pearl peggy penelope penny petra phoebe phyllis polly priscilla rachel ramona rebecca regina
    renee rhonda rita roberta rosa rosalie rosalind rose rosemary rosie roxanne ruby ruth
    sabrina sadie sally samantha sandra sara sarah sharon sheila shelley sherry shirley simone
    sonia sophia sophie stacy stella stephanie sue susan susanna susie suzanne sybil sylvia
    tamara tammy tanya tara teresa thelma theresa tina tracy trudy ursula valerie vanessa vera
    veronica victoria viola violet virginia vivian wanda wendy whitney wilhelmina winifred
    yolanda yvette yvonne zelda zoe
    """
)
