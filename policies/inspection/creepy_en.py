"""What sentences that come too near sound like in English."""

from collections.abc import Mapping

from policies.inspection.creepy import Creepy

VIEWED_EN = (
    r"(?:look(?:ed|ing) at|view(?:ed|ing)|brows(?:ed|ing)|visit(?:ed|ing)|check(?:ed|ing) out|"
    r"click(?:ed|ing)|open(?:ed|ing)|"
    r"search(?:ed|ing) for|hover(?:ed|ing)|scroll(?:ed|ing)|linger(?:ed|ing)|read(?:ing)?|stud(?:ied|"
    r"ying)|ey(?:ed|eing)|"
    r"compar(?:ed|ing)|spen[td] (?:[\w-]+ ){1,3}(?:on|looking|reading|browsing)|came back to|"
    r"returned to|on (?:this|that|our|the) (?:\w+ )?page)"
)
WHEN_EN = (
    r"(?:last night|yesterday|this morning|this afternoon|this evening|tonight|just now|earlier today|"
    r"moments? ago|a (?:minute|moment) ago|"
    r"(?:\d+|two|three|four|five|ten|few) (?:minutes|hours|seconds|days) ago|at (?:\d{1,2}(?::\d{2})?|"
    r"midnight|noon)(?: ?[ap]\.?m\.?)?|"
    r"\d{1,2}:\d{2}|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|at night|in the middle of the night|late at night|"
    r"\d{1,2} ?[ap]\.?m\b)"
)
COUNT_EN = (
    r"(?:\d+|two|three|four|five|six|seven|ten|several|many|a dozen|countless) (?:times|pages|visits|"
    r"minutes|hours|days|nights)|\b(?:twice|again and again|over and over|repeatedly|every (?:day|"
    r"night|evening))"
)
RELATION_EN = (
    r"(?:director|boss|manager|ceo|cfo|colleagues?|co-?workers?|team(?:mates?)?|staff|employees?|"
    r"assistant|wife|husband|partner|spouse|"
    r"girlfriend|boyfriend|fianc[eé]e?|mother|father|mom|mum|dad|parents|son|daughter|kids?|"
    r"child(?:ren)?|sister|brother|friends?|"
    r"neighbou?rs?|roommate|flatmate|ex|family)"
)
HAVE = r"(?:(?:have|has|had|'ve|'s) )?"

CREEPY_EN: Mapping[Creepy, tuple[str, ...]] = {
    "watched": (
        (
            r"(?<!if )(?<!when )(?<!time )\byou(?:'ve| have)? (?:usually |always |often |tend to )?(?:buy|order|"
            r"purchase|bought|"
            r"ordered|purchased|reorder|shop|visit)(?: [\w-]+){0,4}? (?:every (?:\w+ )?(?:days?|weeks?|months?|"
            r"\w+day)|"
            r"(?:once|twice|(?:\w+ )?times) an? (?:day|week|month|year))\b"
        ),
        r"\byou were (?:up|awake|online|still up|here|back) (?:at|until|till|all|late|again)\b",
        rf"\b(?:you|your)\b[^.!?\n]{{0,30}}\b{VIEWED_EN}\b[^.!?\n]{{0,50}}?(?:{WHEN_EN}|{COUNT_EN})",
        rf"(?:{WHEN_EN}|{COUNT_EN})[^.!?\n]{{0,20}}\byou {HAVE}(?:\w+ )?(?:were |been )?{VIEWED_EN}\b",
        (
            rf"\byou(?:'ve| have|'d| had|'re| were| are)?(?: \w+)? (?:been )?{VIEWED_EN} (?:at )?(?:this|that|"
            rf"our|the) (?:same )?(?:\w+ )?(?:page|site|screen|checkout|article|price list|pricing|"
            rf"cancell?ation)\b"
        ),
        r"\bwe(?:'ve| have|'re| are| were| can| could)?(?: just| also)? (?:saw|seen|see|notice[ds]?|"
        r"noticing|spotted|spot|observed?|detected?|track(?:ed|ing)?|"
        r"watch(?:ed|ing)|caught|recorded|monitor(?:ed|ing)?|could tell|can tell|"
        r"know(?: that)?) (?:that )?(?:you|your)(?:'ve|'re| are| were| have| had|'d)?(?: \w+)?(?= (?:look|"
        r"view|brows|visit|check|click|open|search|hover|scroll|linger|stud|ey|compar|spen|return|came|on|"
        r"at|in|near|read|left|add|abandon|hesitat|interest|activity|behavio|location|history|cart|eye|"
        r"stand|walk|pass|been|haven|didn|almost|up|awake|shopp|want|like|bought|order))",
        r"\bwe (?:saw|noticed|spotted|detected|tracked|observed|watched) (?:that )?you\b",
        (
            r"\bwe(?:'ve| have|'re| are) (?:been )?(?:watching|tracking|monitoring) (?:you|your|what you)\b|"
            r"\b(?:because|since|as|now that) you (?:opened|clicked|read) (?:on )?(?:our|my|this|that)\b"
        ),
        (
            r"\b(?:your|based on your) (?:browsing|search|viewing|click|location|tracking|"
            r"activity) (?:history|data|behaviou?r|records?|logs?)\b|\bour (?:tracking|records|logs|cookies|"
            r"sensors) (?:show|say|tell|indicate|reveal)"
        ),
        (
            r"\byou (?:didn't|did not|haven't|have not|never) (?:finish(?:ed)?|open(?:ed)?|click(?:ed)?|read|"
            r"watch(?:ed)?)\b|\byou (?:hesitated|hovered|almost (?:bought|ordered|checked out))\b"
        ),
    ),
    "located": (
        (
            r"(?:^|[.!?] )(?:standing|walking|passing|sitting|waiting|strolling) (?:right )?(?:in front|"
            r"outside|by|past|near|at)\b"
        ),
        r"\byou (?:just )?(?:left|entered|exited) (?:our|the) (?:\w+ )?(?:shop|store|site|page|app|branch|mall)\b",
        r"(?<!if )(?<!when )(?<!whenever )(?<!while )(?<!next time )(?<!once )\byou(?:'re| are|"
        r" seem to be| appear to be| must be)(?: \w+)? (?:standing|near(?:by)?|close (?:to|by)|outside|"
        r"in front of|around the corner|"
        r"walking (?:past|by|near|through)|passing|driving|sitting (?:in|at|near)|inside (?:our|the)|"
        r"only \d+|just \d+|\d+ (?:m|metres|meters|steps|minutes) (?:from|away)|"
        r"at (?:our|the) (?:\w+ )?(?:store|shop|branch|mall|station|airport|office)|in (?:our|"
        r"the) (?:\w+ )?(?:store|shop|branch|mall|neighbou?rhood|area)|right (?:here|outside|by))",
        r"\byour (?:current |exact |present |real-time |phone'?s? |device'?s? )?(?:location|"
        r"whereabouts|position|gps)\b|"
        r"\bwhere you (?:are|stand) (?:right )?now\b|\bsince you(?:'re| are) (?:in|near|at|around|passing|"
        r"close)\b|"
        r"\b(?:steps|metres|meters|minutes|yards) (?:away )?from where you(?:'re| are)\b|"
        r"\bwe see you(?:'re| are)? (?:in|at|near|outside)\b|\byou (?:just )?(?:walked|drove|came|"
        r"went) (?:in|into|past|by|out)\b",
    ),
    "others": (
        rf"\b(?:your|the) (?:\w+ )?{RELATION_EN}(?:,? \w+,?)? (?:also |just |recently |already )?(?:have |"
        rf"has |had |'s |was |were |is |are )?(?:also |just |already |been )?"
        r"(?:look|view|brows|visit|click|open|search|bought|buy|order|purchas|download|ask(?:ed|"
        r"ing) (?:us|about)|sign(?:ed)? up|book|register|subscrib|add|sav|read|attend|contact|"
        r"recommend)\w*",
        (
            r"\b(?:someone|somebody|others?|people|others) (?:in|at|from) your (?:company|office|team|"
            r"household|family|building|street|home)\b[^.!?\n]{0,20}\b(?:look|view|bought|order|visit|"
            r"download|ask|sign|read)\w*"
        ),
    ),
    "scored": (
        (
            r"\byou(?:'re| are) (?:in|among|one of) (?:our|the) (?:top|bottom|best|worst|most (?:valuable|"
            r"profitable))\b|\b(?:top|bottom) \d+ ?% of (?:our |all )?(?:customers|spenders|shoppers|buyers)"
        ),
        r"\b(?:risk|likelihood|probability|chances?|odds) (?:of|that) (?:you )?(?:leaving|churn\w*|"
        r"cancell?ing|buying|you|unsubscribing|not returning)|\bchurn\b|\bpropensity\b|\blead scor\w+|"
        r"\b(?:engagement|loyalty|customer|propensity|interest|intent) score\b|\byour score\b|"
        r"\b(?:our|the) (?:\w+ )?(?:model|algorithm|system|ai|data|analysis|prediction)s? (?:predicts?|"
        r"says?|shows?|suggests?|thinks?|indicates?|tells? us|ranks?|scores?|estimates?)\b|"
        r"\byou(?:'re| are)(?: \w+)?(?: \d+ ?%)? (?:likely|unlikely|about) to (?:buy|leave|churn|cancel|purchase|"
        r"order|unsubscribe)|\b(?:lifetime|customer) value\b|\b(?:high|low)[- ]value customers?\b|"
        r"\byou (?:fall|belong|are) in(?:to)? (?:our|the|a) [\w -]{0,24}segment\b|\bflagged (?:you|your)\b",
    ),
    "reproached": (
        (
            r"\byou(?:'ve| have)? been (?:inactive|away|absent|quiet|silent|missing|gone|avoiding)\b|"
            r"\byou(?:'ve| have)? (?:stopped|quit|ignored|given up on|neglected|gone (?:quiet|"
            r"silent))\b(?! by| in)"
        ),
        r"\b(?:sad|sorry|hurt) (?:to (?:see|have lost|lose) you|that you|you (?:left|haven't))",
        r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|many|several|a few|few|"
        r"so many) (?:days|weeks|months|years|nights) (?:without|since|and (?:not|no)|have (?:passed|"
        r"gone)|ago you)\b[^.!?\n]{0,20}(?:you|visit|order|purchase|login|saw)|"
        r"(?<!if )(?<!when )\bit(?:'s| has| is)(?: already)? been (?:\d+|a (?:long )?while|a long time|"
        r"too long|so long|"
        r"ages|forever|weeks|months|years|one|two|three|six|several|some time|over)\b",
        (
            r"\byou (?:haven't|have not|have yet to|didn't|did not|'ve not|never|still haven't|"
            r"no longer)(?: \w+)? (?:visit|been|come|came|order|shop|bought|buy|log|sign|return|stop|drop|"
            r"repl|respond|answer|purchas|use|written)\w*"
        ),
        (
            r"\bwe(?:'ve| have)?(?: really| truly| so)? miss(?:ed|ing)? (?:you|seeing you|your)\b|"
            r"\bwhere (?:have|were|are) you (?:been|gone)|\bwhere did you go\b|\b(?:did|"
            r"have) you forg[eo]t\w*|\byou forgot\b|\bforg[eo]t(?:ten)? (?:something|about us|us|me)\b|"
            r"\blong time,? no see\b|\bhaven't (?:seen|heard from) you\b"
        ),
        (
            r"\bwhy (?:haven't|did|have|don't|are) you(?: \w+)? (?:left|leave|leaving|stop\w*|abandon\w*|"
            r"ignor\w*|visit\w*|come|came|order\w*)|\bdon't (?:leave|abandon|give up on|ignore) us\b|"
            r"\bplease come back\b|\b(?:makes|made) us (?:sad|cry)|\bwe(?:'re| are) (?:so )?(?:sad|"
            r"heartbroken|hurt|lonely|worried)\b|\bwithout you\b|\byour (?:long )?absence\b"
        ),
    ),
    "felt": (
        (
            r"\byou (?:were|seemed|sounded|are|have been|appeared|felt|looked)(?: \w+)? (?:angry|upset|"
            r"frustrated|unhappy|annoyed|disappointed|furious|irritated|cross|mad|sad|stressed|lonely|rude|"
            r"dissatisfied)\b|\byour (?:anger|frustration|bad mood|outburst|temper)\b|\byou (?:complained|"
            r"shouted|yelled|cried)\b"
        ),
    ),
    "gift": (
        (
            rf"\b(?:did|does|do|has|have|is|was|hope|sure|how did|how does|how was)\b[^.!?\n]{{0,16}}\b(?:your|"
            rf"the) (?:\w+ )?{RELATION_EN}\b[^.!?\n]{{0,14}}\b(?:like|love|enjoy|happy|pleased|surpris|wear|"
            rf"get|receiv|appreciat|think)\w*"
        ),
        (
            rf"\b(?:you (?:bought|got|ordered|purchased|picked|chose|gave|sent)|purchase|"
            rf"bought)\b[^.!?\n]{{0,30}}\b(?:for|to) your (?:\w+ )?{RELATION_EN}\b|\b(?:gift|present|necklace|"
            rf"ring|flowers|surprise) (?:\w+ )?for your (?:wife|husband|girlfriend|boyfriend|partner|"
            rf"fianc[eé]e?|mistress|ex)\b|\byour (?:wife|husband|girlfriend|boyfriend|mistress)\b"
        ),
    ),
    "aged": (
        (
            r"\b(?:at|of|for) your age\b|\b(?:now that|since|because) you(?:'re| are| have turned|"
            r"'ve turned) (?:\d{2}|in your)|\byou(?:'ve| have)? (?:just )?turned \d{2}\b|\bturning \d{2}\b|"
            r"\b(?:women|men|people|someone|customers) (?:over \d{2}|in their \d0s|your age|"
            r"of your age)(?: like you)?\b|\bas (?:a|an) \d{2}[- ]year[- ]old\b|\byou(?:'re|"
            r" are) not getting any younger\b"
        ),
    ),
    "home": (
        (
            r"(?<!do )(?<!if )(?<!when )(?<!where )(?<!whether )\byou live (?:in|near|at|on|by|close|around)\b|"
            r"\bas an? [\w ]{2,20} resident\b|^living in [\w ]{2,20}\?|"
            r"\b(?:for|to) (?:all |those |people |residents |customers |everyone |"
            r"anyone )(?:of you )?(?:who live|living|"
            r"resident) in\b|[.!?] living in [\w ]{2,20}\?"
        ),
        (
            r"\b(?:near|close to|around the corner from|next to|from|by|outside) your (?:home|house|flat|"
            r"apartment|office|workplace|street|doorstep|work)\b(?! without)|\byour (?:home|street) address\b|"
            r"\bwhere you (?:live|work)\b"
        ),
    ),
    "guessed": (
        (
            r"\byou (?:seem|appear|look) (?:to (?:be|have|like|need|want|prefer)|like you|tired|busy|bored|"
            r"stressed|interested|undecided)|\byou must be (?:tired|busy|stressed|lonely|wondering|struggling|"
            r"a (?:parent|mother|father|student))|\bwe(?:'ve| have)? (?:guess|assume|infer|suspect|figured|"
            r"worked out|deduced|inferred|concluded)(?:ed)?\b[^.!?\n]{0,12}\byou"
        ),
    ),
}
