"""Tongue words: the commonest words of a language, by which a sentence in it is told."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


ENGLISH = _listed(
    "a an and are as at be been but by can come did do does don't enjoy find for from get go had has have here "
    "how i if in into is it it's its just let like made make may more most my new no not now of off on one only "
    "or our out over please see so some take than that the their them then there these they this those to too try "
    "until up us was we were what when where which who will with would you you'll you're you've your yours "
)
"""What English sentences are held together by."""
EUROPEAN = _listed(
    "ahora anche anda angebot aquí att até au auch auf aux av avec bei bir bonjour bu ce ces cette che chez cho "
    "com como compra con các của dan dans dari das de degli dei del della delle dem dengan der descubre desde di "
    "din ditt dla du découvrez een ein eine einem einen einer el entdecken er est esta este está fino för für gli "
    "gracias grazie hasta het ihr ihre ihren ikke il ile ini inte ist için je jest jetzt jouw jusqu'au la las le "
    "les lo los là mais med merci met mit muy más một na nicht nie niet noch non nos nossa nosso nostra nostro "
    "notre nous nu nuestra nuestro nuestros nur não o obrigado och oferta offre og onze oraz para pero più por "
    "pour på que questa questo qui sans scopri seu sie sind się som sono sont su sua sus también til très tua tuo "
    "tus uma una und une uno unos uns unser unsere untuk usted uw van ve você von voor vos votre vous và wij wir "
    "yang zijn zu är è "
)
"""The same of Spanish, French, German and other languages in Latin letters, without what English writes alike."""
ROMAJI = _listed(
    "anata ano arigato arigatou aru ashita atarashii de deshita desu desune desuyo ga goran gozaimasu hajimete "
    "irasshaimase iru itadaki itadakimasu kara konnichiwa kono kudasai kyou made masen mashita masu mo nai ni "
    "ohayou oishii okyakusama onegai raishuu sama shimasu shite shouhin sono sugoi suru takai totemo wa watashi "
    "wo yasui "
)
"""Japanese in Latin letters."""
