"""Cues of English: how marketers put what they want, as patterns."""

import re

POLITE = (
    r"^(?:(?:ok(?:ay)?|yes|yep|sure|great|good|fine|perfect|thanks|thank you|please|now|then|and|so|hey|hi|hello|just"
    r"|also|well|right"
    r"|go ahead and|can you|could you|would you|will you|can i|could we|can we|i want (?:you )?to|i(?:'d"
    r"| would) like (?:you )?to"
    r"|i need (?:you )?to|let's|let us|you may|you can|you should|you must)[,!.]? )*"
)

THING = r"(?:drafts?|directives?|instructions?|rules?|changes?|versions?|proposals?|ones?|block|stops?|wording)"

OBJECT = (
    rf"(?:it|this|that|these|those|them|all(?: of (?:it|them))?|everything|both|dir-\d+\S*"
    rf"|(?:the|my|our|this|that|all|every|these|those) (?:[\w-]+ ){{0,3}}?{THING}|{THING} [\w.-]+|version \d+"
    rf"|to version \d+)"
)

ACTS: tuple[tuple[str, str], ...] = (
    (
        "approve",
        "approve|activate|enact|enable|publish|deploy|launch|ratify|sign off(?: on)?|okay|confirm|apply|switch "
        "on|turn on|ship|push",
    ),
    ("reject", "reject|decline|discard|throw away|delete|cancel|bin"),
    ("retire", "retire|withdraw|deactivate|disable|switch off|turn off|remove|take back|drop"),
    ("roll_back", "roll ?back|revert|undo|go back|restore"),
    ("lift", "lift|resume|restart|start sending|unpause|unfreeze|continue sending"),
)

LIVE = re.compile(
    rf"\b(?:put|make|set|bring|get|take|turn|push) {OBJECT} (?:live|on|in(?:to)? (?:force|effect|production|action)"
    rf"|active|effective)\b"
    r"|\bgo(?:ing)? live with \S+|^(?:make it so|go live|ship it|lgtm|approved?|do it|consider it approved"
    r"|approval,? please|i approve)(?: now"
    r"| please)*$"
    r"|\bi (?:hereby )?approve\b"
)

WHO_CAN = re.compile(
    r"\b(?:who|how|where|when|can|may)\b.*\b(?P<act>approve|reject|retire|roll ?back|lift|activate|publish)\b"
)

STOP = re.compile(
    POLITE + r"(?:emergency stop|stop|halt|pause|freeze|suspend|kill|shut (?:down|off)|hold|cease)"
    r"(?:(?: all| every| the| any| sending| our| it| them)* (?:everything|all|sending|messages?|messaging|campaigns?"
    r"|deliver(?:y|ies)|sends"
    r"|outbound|communications?|emails?|mails?|sms|texts?|push(?:es)?(?: notifications?)?|line(?: messages?)?|calls?)"
    r"|(?= now|$))+"
    r"(?: right| now| immediately| at once| please| asap| today| this minute| instantly| urgently|!)*$"
)

HELP = re.compile(
    POLITE
    + (
        r"(?:help(?: me)?|what can (?:you|i|we)\b.*|what do you (?:do|know)|who are you|how does (?:this|it) work"
        r"|commands?|options|menu"
        r"|what (?:should|could) i (?:ask|say)|what (?:kinds? of |sorts? of )?(?:questions|things) (?:can|could"
        r"|may) i ask.*|(?:i\'m new here,? )?what is this(?: place| desk)?|how do i (?:start|begin)|hello|hi|hey"
        r"|good (?:morning|afternoon|evening)|thanks|thank you|\?)$"
    )
)

SIMULATE = re.compile(
    r"\bsimulat|\bwhat[- ]if\b|\bdry[- ]run\b|\brun the numbers\b|\b(?:impact|effects?|consequences?)\b"
    r"|\bwhat (?:(?:would|will) \S+ (?:change|do|cost)|(?:does|do) \S+ (?:change|cost))\b"
    r"|\bwhat(?:'d| would| will|s)? happens?\b|\b(?:who(?:'d)?|whom|how many|which|what|how much)\b.*\b(?:would|will|'d"
    r"|could|might)\b.*\b(?:los[et]|lose|loses|gain|stop getting|no longer"
    r"|be affected|cut off|lock out|leave out|exclude|get fewer|get less|miss|drop out|be cut|be reached|be blocked"
    r"|be excluded|change|still get)\b"
    r"|\bwho(?: would|'d| will)? los(?:es?|ing)\b|\bwho gains?\b|\bwho is affected\b|^try (?:it|this|that|dir-\d+"
    r"|out)\b|\btest (?:it|this|that|dir-\d+)\b"
)

TRIES = re.compile(
    POLITE + r"(?:simulat\w*|try|test|dry[- ]run|run|show|tell|see|check|calculate|estimate|impact|effects?|what)\b"
)

IMAGINED = (
    re.compile(r"\b(?:if|suppose|imagine|assuming)\b (?P<text>.+)"),
    re.compile(r"\bwhat[- ]if[:,]? (?P<text>.+)"),
    re.compile(r"\b(?:under|with|by|from|of|because of)\b (?P<text>.+)"),
    re.compile(r"^(?:.*?\b)?(?:simulate|try(?: out)?|test|dry[- ]run)\b[:,]? (?P<text>.+)"),
)

INTRODUCED = re.compile(
    r"^(?:(?:a|an|the|this|that|my|our|following|new|such|rule|directive|instruction|draft|policy|what|like|as|that"
    r"|says|saying"
    r"|which|were|was|is|would|i|we|you|they|have|had|to|just|(?:approved?|put|used?|add(?:ed)?|introduced?|wrote"
    r"|write|gave|give) (?=(?:a|an|the|this|that|my)\b))\b[:,]?\s*)+"
)

TAIL = re.compile(
    r",? (?:who|what|how many|which customers|how much)\b.*$|,? (?:please|then|now|today|first|for me|instead)$"
    r"|\b(?:is|were|was|be)? ?(?:approved|in force|put in force|active|live)$"
)

PAST = {
    "limited": "limit",
    "capped": "cap",
    "banned": "ban",
    "stopped": "stop",
    "allowed": "allow",
    "excluded": "exclude",
    "sent": "send",
    "never sent": "never send",
    "did not send": "do not send",
    "didn't send": "don't send",
    "required": "require",
    "used": "use",
    "kept": "keep",
    "forbade": "forbid",
    "blocked": "block",
    "avoided": "avoid",
}

COMPARE = re.compile(
    r"\bcompar|\bdiff(?:erence|erences|er|ers)?\b|\bversus\b|\bvs\.?(?= |$)|\bside by side\b|\bwhich (?:one "
    r"|of (?:them|the two) )?is (?:better|stricter|softer|gentler|looser|tighter)\b"
)

PAIRED = re.compile(
    r"\b(?:two|both|them|drafts|directives|instructions|versions|previous|before|last|earlier|other|old)\b"
)

NOT_SENT = (
    r"(?:get|gets|getting|got|gotten|receiv\w*|hear\w*|sees?|seen|sent|send|given|contacted|messaged|reached|told|held"
    r"|skipped|silent|quiet|blocked"
    r"|excluded|left|have|had|nothing|no|missing|miss|missed|any|without|suppressed|ignored|emailed|called|texted"
    r"|in the dark|offered|shown|notified)"
)

WHY = (
    re.compile(
        r"\bwhy(?:'s| is it that)? (?:did|does|do|has|have|had|is|was|were|are|will|can|would|should|could|won't"
        r"|can't)(?:n't| not)? (?P<who>.+?) "
        rf"(?:not |never |still |ever |just |only |been |being |be |always )*{NOT_SENT}\b"
    ),
    re.compile(
        r"\bwhy(?:'s| was| were| is| are| did| has| have)?(?:n't| not)?(?: we| there| been)* (?:nothing|no [\w-]+"
        r"|anything|a message|messages|send|sent|email|contact|reach|message)\b"
        r".*?\b(?:for|to|with|contact|reach|email|message) (?P<who>.+)"
    ),
    re.compile(
        r"\bwhy (?:don't|do not|didn't|did not|can't|cannot|aren't|haven't|couldn't) we (?:[\w-]+ ){0,4}?(?:to|contact"
        r"|email|reach|message|send|call|text) (?P<who>.+)"
    ),
    re.compile(
        rf"\b(?:explain|tell me|reasons?|know|understand)(?: me)?(?: to me)?(?: why| that"
        rf"| for which)? (?P<who>.+?) (?:did|does|do|has|have"
        rf"|had|is|was|were|are|will|can|would|should|could)?(?:n't| not)? ?(?:not |never |still |ever |been "
        rf"|be )*{NOT_SENT}\b"
    ),
    re.compile(
        r"\bwhat (?:messages? |did we |was |has |were |did |have we |has been |do we |will "
        r"|would )+(?P<who>.+?) (?:get|got|receive[ds]?|been sent|sent|getting|see|seen|been offered)\b"
    ),
    re.compile(
        r"\b(?:what (?:did|have|do|would) we (?:send|sent|show|shown|tell|say)|what was sent|what happened"
        r"|what's (?:up|wrong|going on)|what is (?:wrong|going on)|what went wrong)(?: to| with| for)? (?P<who>.+)"
    ),
    re.compile(r"\b(?:last|latest|recent) (?:decisions?|messages?) (?:for|to|of|about) (?P<who>.+)"),
)

AGAIN = re.compile(
    r"^(?:and|what about|how about|and what about|same for|and for) (?P<who>(?!also\b|exclude|only|not\b"
    r"|no\b)[\w@.'+-]+(?: [\w.'-]+){0,2})$"
)

CALLED = re.compile(
    r"^(?:(?:the|our|my|a|this|that|customer|client|user|member|subscriber|household|account|contact|person|shopper"
    r"|number|id|named|called|mr|mrs|ms|dr)\b[.: ]*)+"
)

LATER = re.compile(
    r",? (?:this (?:week|month|morning|afternoon|time|year)|last (?:week|month|night)|today|yesterday|lately|recently"
    r"|again|so far|at all|anything|any|a|from us"
    r"|in (?:the )?.{1,20}|on \w+|since .{1,20}|for .{1,20}|these days|right now|now|yet|either)$"
)

NOBODY = frozenset(
    [
        "we",
        "they",
        "it",
        "this",
        "that",
        "these",
        "those",
        "everyone",
        "everybody",
        "nobody",
        "someone",
        "anyone",
        "customers",
        "people",
        "nothing",
        "anything",
        "i",
        "you",
        "us",
        "the",
        "so",
        "many",
        "our",
        "message",
        "messages",
        "email",
        "emails",
        "mail",
        "a",
        "an",
        "any",
        "there",
        "all",
        "no",
        "most",
        "some",
        "half",
        "others",
        "users",
    ]
)

SHE = frozenset(["he", "she", "him", "her", "they", "them"])

WOULD_CARE = (
    r"(?:care(?:s)? (?:about|for)|(?:be |is |are |was |were )?(?:most |really |possibly |probably )?(?:interested|keen"
    r"|excited) (?:in|on|about|by)|like|likes|love|loves|enjoy|enjoys|want|wants"
    r"|appreciate|buy|buys|come to|attend|visit|join|respond to|react to|be into|is into|are into|go for|be (?:right"
    r"|suited|a fit|a good fit) for|benefit from|welcome|be happy about"
    r"|be glad (?:of|about)|fit|be in the mood for|need|use)"
)

AUDIENCE = (
    re.compile(
        r"\b(?:for|to) whom (?:would|is|are|could|might) (?P<topic>.+?) (?:be )?(?:an? )?(?:interesting|right|good"
        r"|relevant|attractive|appealing|fit|made|something)\b"
    ),
    re.compile(
        rf"\b(?:who|whom|which (?:of our |of the )?(?:customers?|people|members|households|shoppers|ones)"
        rf"|customers? (?:who|that)|people (?:who|that)|those who|anyone who|everyone who"
        rf"|somebody who)\b(?: else)?(?: do you (?:think|believe|expect|suppose))?(?: would| might| could| will| may"
        rf"| should| do| does|'d|'ll| is likely to"
        rf"| are likely to| among our customers)*(?: also| really| most| probably"
        rf"| actually)* {WOULD_CARE} (?P<topic>.+)"
    ),
    re.compile(
        r"\b(?:customers?|people|members|audience|households|segment|shoppers|group|crowd|anyone|somebody"
        r"|target group)\b.*? (?:interested in|into|keen on|for|fond of|like|love|suited (?:to|for)|near|similar to"
        r"|close to) (?P<topic>.+)"
    ),
    re.compile(
        r"\bwho(?:m)?(?: should| could| would| can| do)? (?:we|i) (?:invite to|tell about|target (?:for|with)|ask to"
        r"|address (?:for|with)|approach (?:for|with|about)|reach (?:for|with)) (?P<topic>.+)"
    ),
    re.compile(r"\bwho (?:is|are|would be) (?P<topic>.+?) for$"),
    re.compile(r"\b(?:interest|demand) (?:in|for) (?P<topic>.+)"),
)

LOOKS_FOR_PEOPLE = re.compile(
    r"^(?:who|whom|which|find|show|list|give|get|look|search|are there|is there|do we have|how many|how much|what"
    r"|identify|pick|select|tell me|i need|i'm looking)\b"
)

CHANGED = re.compile(
    r"\b(?:what|which|anything|everything|something|show|list|tell|give|get|any|did|has|have|how)\b.*\b(?:chang(?:e|ed"
    r"|es)|new"
    r"|different|happened|happen|updates?|updated|news|done|going on)\b|\bchange ?log\b|\bhistory of\b"
    r"|\bwhat's new\b|\b(?:changes|news|updates) (?:this|last|since|in|of|from|today|yesterday|to the rules|over)\b"
    r"|^(?:recent|latest) (?:changes|updates)\b|\bweekly (?:summary|review|report)\b"
)

STOPS = re.compile(
    r"\b(?:is|are|was|were|did|what|which|anything|show|list|any|do we|has|have|why|who|somebody)\b.*\b(?:stopped"
    r"|halted|paused|frozen"
    r"|silenced|suspended|stop switch|emergency|stops)\b|\bstop (?:state|status|switch)\b|\b(?:are|is) (?:we|it"
    r"|anything) (?:still )?(?:sending|running|live)\b"
)

FINDINGS = re.compile(
    r"\bfindings?\b|\bconflict|\bcontradict|\b(?:anything|something|what(?:'s| is)|is there anything) (?:is )?(?:wrong"
    r"|off|odd|strange|broken)\b|\b(?:problems?|issues?|mistakes?|errors?|flaws?|gaps?) (?:with|in|among"
    r"|of)\b.*\brules?\b"
    r"|\binconsisten|\b(?:dead|useless|unused|redundant|overlapping|duplicate) rules?\b|\brules?\b.*\b(?:never (?:fire"
    r"|apply|match|act)|no effect|overlap|clash)|\bcheck (?:the |our |my |all )*(?:rules|policies|book)\b|\bare (?:the"
    r"|our) rules (?:ok|okay|fine|sound|consistent)\b"
)

LOOK = (
    r"(?:list|show|see|give|what|which|display|are there|is there|any|all|my|tell|find|view|open|how many|get|latest"
    r"|recent|pending|who)"
)

DIRECTIVES = re.compile(
    rf"\b{LOOK}\b.*\b(?:directives?|drafts?|instructions?)\b|\b(?:waiting|pending|open)\b.*\bapprov"
    rf"|\bapprov\w*\b.*\b(?:waiting|pending|queue)\b|^(?:directives|drafts|instructions)$"
    r"|\bwhat (?:did|have|has) (?:we|been|anybody|somebody)? ?(?:reject|retire|approve|withdraw|decline)"
)

RULES = re.compile(
    r"^(?:may|can|are|am|is) (?:we|i|it|one|they)\b.*\b(?:send|email|text|call|push|message|contact|allowed|use|offer"
    r"|write)\b"
    r"|\b(?:are|am|is) (?:we|i|one) (?:not )?(?:allowed|permitted|supposed) to\b"
    rf"|\b(?:{LOOK}|do we have|explain|read|remind)\b.*\b(?:rules?|polic(?:y|ies)|limits?|caps?|restrictions?"
    rf"|constraints?|quiet hours|guardrails?|book)\b"
    r"|\b(?:how (?:often|many|much|late|early)|when) (?:may|can|are|do|is|could|should) (?:we|i|emails?|messages?"
    r"|customers?)\b.*\b(?:send|sent|email|contact|get|message|discount|allowed|call)\b|^(?:the )?(?:rules|policies"
    r"|policy book)$|^(?:the |our )?(?:rules|limits|policies) (?:for|on|about) (?:[\w-]+ ?){1,3}$"
    r"|\bwhat(?:'s| is| are we)? (?:not )?(?:allowed|forbidden|permitted|banned)\b"
)

EXPLAIN = re.compile(
    r"\bexplain|\bmeans?\b|\bmeaning\b|\bread (?:it|this|that|dir-\d+)?\s?back\b|\bdescribe\b|\bshow\b"
    r"|\btell me (?:more )?about\b|\bstatus\b|\bwhat became\b|\bwho (?:wrote|approved|rejected|gave)\b|\bapproved\b"
    r"|\bin force\b|\bwhat (?:does|is|was|do|about)\b|\bopen\b|\bwhy\b|\bdetails?\b|\bsee\b|\bdo(?:es)?\b|\bdecided\b"
    r"|\bhow\b"
)

GIVES = re.compile(
    r"^(?:please )?(?:(?:a |the |my |here is (?:a |the |my )?|this is (?:a |the |my )?)?(?:new |next )?(?:directive"
    r"|instruction|rule)|"
    r"(?:give|add|create|record|draft|keep|note|make|write|save|set up|enter|i(?:'d| would) like to give"
    r"|i want to give) (?:a |an |the |this |this as a |as a )?(?:new |further |another )?(?:directive|instruction"
    r"|rule)s?)"
    r"(?: that says| saying| that reads| as follows| for me| to the effect that| that)?\s*[:,\-–]?\s+(?P<text>.+)"
)

COLON = re.compile(r"^(?:please )?(?:new )?(?:directive|instruction|rule|give|draft)\s*:\s*(?P<text>.+)", re.DOTALL)

CHANGES_IT = re.compile(
    POLITE
    + (
        r"(?:no[,.]? |actually[,.]? |rather[,.]? |better[,.]? |sorry[,.]? |hmm[,.]? |but )*(?:make|change|set|raise"
        r"|lower|increase|reduce|cut|turn|switch|move|extend|shorten|bump|correct|say|let it be|relax|tighten|loosen)\b"
        r" (?:(?:it|that|this|them)\b|the (?:[\w-]+ ){0,2}?(?:cap|limit|ceiling|discount|number|count|time|hour|hours"
        r"|window|start|end|figure|percentage|wording|channel|maximum|minimum|gap|age|date|phrase|word)\b|dir-\d+\b)"
    )
)

INSTEAD = re.compile(
    r"\binstead$|^[^,]{1,30}\binstead of\b|^(?:no,|(?:actually|rather|sorry|correction|i mean(?:t)?|it should (?:be"
    r"|read|say)|on second thoughts?)\b)|^not .{1,40}\bbut\b"
)

ALSO = re.compile(
    r"^(?:and |also |plus |but )*(?:and|also|plus|but|except|unless|excluding|without|apart from|not)(?: [^\s,]+){1,6}$"
)

SHORT = 90

ABOUT = re.compile(
    r"\b(?:discounts?|caps?|frequency|quiet hours|hours|times?|windows?|consents?|phrases?|words?|tones?|length"
    r"|budgets?|stock|ages?|minors|alcohol|claims?|links?|prices?|holdout|approvals?|reviews?|labels?|languages?"
    r"|privacy|model|gaps?|weekends?|holidays?|sundays?|vips?|complain\w*|consent)\b"
)
