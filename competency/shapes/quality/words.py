"""Words by which languages are told apart: the small ones that every text is full of.

They are listed by hand. A word may stand for several languages; what counts is which language has
clearly more of a text's words than the one that the text is tagged with.
"""

from __future__ import annotations

from functools import cache

NAMES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "gl": "Galician",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nb": "Norwegian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sq": "Albanian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
}

# Languages that share so many small words that a short text cannot settle which of them it is.
KIN = ("da nb", "cs sk", "hr sl sr", "es gl ca pt", "ru uk bg be mk sr")

# What else a tag may say for a language that is listed.
SAME = {"no": "nb", "nn": "nb", "bs": "hr", "ms": "id", "iw": "he", "in": "id"}

_WORDS = {
    "ar": """في من على إلى عن أن التي الذي مع هذا هذه أو لا ما بين كل عند غير قد كما لم هو هي
        ذلك بعد قبل خلال يجب ثم حتى إذا كان""",
    "bg": """и на за в с от да се не по при или като до със който която които това са е чрез
        след преди към между без през техните свои може трябва""",
    "ca": """el la els les un una de del dels i a al als en amb per que no és o com més seva
        seves seu seus aquest aquesta aquests quan són cal pot entre sobre segons sense
        també ha l' d' s' n' treball clients coneixements informació altres diferents cada
        ser""",
    "cs": """a v ve na s se z ze do k ke o od po pro při za je jsou nebo není že jak jako které
        který která podle mezi bez nad také být může musí jejich své svých svou před tak""",
    "cy": """y yr yn i o a ac ar at am gan gyda i'r o'r a'r mewn wrth dros drwy trwy neu sydd
        mae bod eu ei eich ein pan sut beth nad nid os hyn hynny rhwng gweithio gwaith
        dylai eraill gwybodaeth sgiliau cwsmeriaid defnyddio gwahanol hun rhaid gall
        ynghylch er mwyn wneud bydd wedi dy ym yng nghyd fel drwy'r i'w unrhyw pob""",
    "da": """og i at det en et den de til er som på med for af ikke der han hun kan skal vil
        har om fra ved eller efter deres sin sine mellem hvor hvordan under over andre
        egne arbejde kunder viden færdigheder information bruge forskellige nye man hvad
        gennem samt sit inden bliver mod hver""",
    "de": """der die das den dem des ein eine einen einem einer eines und oder in im ins zu zum
        zur mit von vom für auf aus bei nach über unter durch ist sind wird werden kann
        können nicht auch sich als wie an am um ihre ihren ihrer sowie zwischen ohne gegen
        wenn dass arbeit kunden kenntnisse fähigkeiten informationen verfahren einsetzen
        anwenden eigenen eigene verschiedene andere anderen sie er es ihr man mehr neue
        neuen beim sollte müssen muss damit dabei sein seine entsprechend mithilfe
        erkennen bewerten""",
    "el": """και το του της τα των τη την τον ο η οι σε στο στη στην στα με για από που να δεν
        είναι ως ή ένα μια τους στους στις κατά μεταξύ πρέπει""",
    "en": """the of and to a in is for on with as are by from that this be or an at it not
        which their has have when how what who can must should other others its they them
        these those through between within about into where while than any all was were
        will your you does work works skills knowledge customers service services
        information use uses using ensure needs good new team staff people methods results
        required appropriate relevant different make set out up also such before after
        next without during only each both more own""",
    "es": """el la los las un una unos de del y en a al que con por para se no es su sus como o
        más lo son entre sobre según sin este esta estos cuando cómo debe puede está
        también trabajo clientes servicio conocimientos habilidades información
        necesidades equipo utilizar uso otros otras diferentes nuevas todos cada gestión
        así desde hasta ser tiene""",
    "et": """ja on ei et kui ning või see mis oma ta ka kes seda selle välja mida vahel üle
        võib peab kuidas nende tema jaoks vastavalt koos kohta""",
    "eu": """eta da du dira ez edo bat dute bere beren egin dituzten den behar dago zein hau
        hori izan arabera artean baina ere dela""",
    "fi": """ja on ei että se joka jotka sekä tai kun niin myös ovat voi sen mukaan kanssa
        siitä tämä mitä miten hän niiden omaa omia välillä ilman kuin olla""",
    "fr": """le la les un une des de du et à au aux en dans pour par sur avec que qui est sont
        ne pas se ce cette ces son sa ses leur leurs ou où plus il elle ils elles comme
        entre sans selon être d l qu afin lors sous vers chez peut doit l' d' qu' n' s' c'
        travail clients service connaissances compétences besoins mise œuvre informations
        équipe utiliser assurer méthodes résultats nécessaires différents tous toutes très
        bien nouvelles propres gestion fait lui eux autres aussi""",
    "ga": """an na agus ar ag i le do de go is a ní nach bhfuil tá sé sí siad atá seo sin nó
        mar leis ina idir chun faoi lena gach d' b' san den don gcuid cén nuair""",
    "gl": """o a os as un unha de do da dos das e en no na nos nas que con por para se non é
        súa súas seu seus como ou máis ao aos entre sobre segundo sen cando pode debe este
        esta""",
    "hr": """i u na za s sa od do po iz o se je su ne ili da kao koji koja koje što kako prema
        između bez svoje svojih može treba nije biti te kod pri""",
    "hu": """a az és egy nem hogy is van meg vagy ha ki mint által azok ezek ez szerint között
        kell lehet más saját alapján során valamint illetve""",
    "id": """yang dan di ke dari untuk dengan pada dalam ini itu tidak adalah atau oleh akan
        dapat harus secara kepada serta mereka sebagai telah ada lain antara""",
    "is": """og að í á er til við með sem af um fyrir frá ekki eða það hann hún þeir þess sínum
        þegar hvernig milli eftir eru hafa getur""",
    "it": """il lo la gli le un una di del della dei delle degli e ed a al alla ai alle in nel
        nella nei con per che non è sono si da dal dalla su sul come o più suo sua suoi
        loro anche tra fra secondo senza quando può deve questo questa l' d' dell' all'
        nell' un' lavoro clienti servizio conoscenze competenze informazioni gruppo
        utilizzare uso altri altre diversi nuove ogni propri proprio attraverso essere""",
    "lt": """ir į su iš yra kad ar ne bei kaip dėl apie pagal nuo iki tarp per prie kuris kuri
        kurie savo jų gali turi būti""",
    "lv": """un ir ar no uz par ka kas vai lai pie pēc pret starp bez kā arī savu viņu nav tiek
        var jābūt saskaņā""",
    "nb": """og i å det en et den de til er som på med for av ikke der han hun kan skal vil har
        om fra ved eller etter deres sin sine mellom hvor hvordan under over andre egne
        arbeid kunder kunnskap ferdigheter informasjon bruke ulike nye man hva gjennom
        samt sitt innen blir mot hver""",
    "nl": """de het een en van in op te voor met aan dat is zijn niet die ook bij door uit naar
        om of als worden wordt kan kunnen moet over onder tussen zonder wanneer haar hun
        welke deze dit heeft hebben hoe tot werk klanten kennis vaardigheden informatie
        gebruik gebruiken eigen andere anderen verschillende nieuwe zich wat ze hij alle
        binnen zodat moeten maken gebruikt zoals meer""",
    "pl": """i w na z do się nie że o jest są oraz po od przez dla jak lub przy za ich który
        która które między bez pod może musi być swoje swoich jego według pracy klientów
        wiedzy umiejętności informacji potrzeb swojej pracę innych różnych zasady sposób
        zgodnie danych tym tego jej jako również podczas zna potrafi""",
    "pt": """o a os as um uma de do da dos das e em no na nos nas que com por para se não é seu
        sua seus suas como ou mais ao aos à são entre sobre segundo sem quando pode deve
        este trabalho clientes serviço conhecimentos competências informações informação
        equipa utilizar uso outros outras diferentes novas cada gestão pelo pela até ser
        tem também""",
    "ro": """și să la de în cu pe din care nu este sunt sau un o ale al a cel cea pentru prin
        între fără după când lor către poate trebuie mai într ca ei""",
    "ru": """и в на с по для от к из о об не что как или при за до который которая которые их
        его её они это между без под может должен также если свои""",
    "sk": """a v vo na s so z zo do k o od po pre pri za je sú alebo nie že ako ktoré ktorý
        ktorá podľa medzi bez nad tiež byť môže musí ich svoje svojich pred""",
    "sl": """in v na za s z od do po iz o se je so ne ali da kot ki kako med brez pri svoje
        lahko mora ni biti ter tudi če""",
    "sq": """dhe në të e i me për nga që një nuk është ose si duke janë mund duhet tij saj tyre
        ndërmjet pa kur këtë u s' edhe apo s""",
    "sv": """och i att det en ett den de till är som på med för av inte kan ska skall vill har
        om från vid eller efter sin sina deras mellan hur när under över andra egna utan
        arbete kunder kunskap kunskaper information använda olika nya man vad genom samt
        sitt inom blir mot varje arbetet så""",
    "tr": """ve bir bu için ile da de olarak olan veya gibi daha en çok her kadar göre ne sonra
        önce arasında değil nasıl olmalıdır kendi""",
    "uk": """і в у на з до не що та як або для від по за при який яка які їх його вони це між
        без під може також якщо свої про""",
    "vi": """và của là các có cho trong được với không một những để khi về từ người đã theo này
        trên hoặc đến bằng như""",
}


@cache
def languages_of() -> dict[str, tuple[str, ...]]:
    """Return for each listed word the languages that it is a small word of."""
    found: dict[str, list[str]] = {}
    for language, words in _WORDS.items():
        for word in set(words.split()):
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


@cache
def kin_of(language: str) -> frozenset[str]:
    """Return the languages that one may be taken for, itself among them."""
    families = [family.split() for family in KIN if language in family.split()]
    return frozenset({language, *(name for family in families for name in family)})
