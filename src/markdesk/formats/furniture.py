"""What the lines around an essay on a web page look like: the tables behind the classifier in ``blocks``.

Every pattern is tried on one line of at most 400 characters and none nests repetitions, so that a hostile line costs
no more than an honest one. A pattern says what a whole line is; words such as "privacy" in a sentence never match.
"""

import re
from enum import Enum

MOST_WORDS = 30
"""A line longer than this is somebody's sentence, and furniture only if it begins like a cookie notice."""


class Furniture(Enum):
    """How sure a line is to be the site's and not the student's."""

    NONE = 0
    WEAK = 1
    """Could be a student's sub-heading ("Terms", "Views"): only among other furniture, above or below the essay."""
    LINE = 2
    """The site's, whatever stands around it."""
    SECTION = 3
    """The site's, and what follows it belongs to the site or to other people."""


_SOCIAL = (
    "facebook|twitter|instagram|linkedin|youtube|tiktok|pinterest|whats ?app|reddit|tumblr|telegram|snapchat|discord"
    "|threads|bluesky|mastodon|messenger"
)
_PIECE = "(?:page|post|article|essay|answer|story|question|resource|blog|guide|link)"
_THINGS = (
    "answers?|questions?|posts?|articles?|essays?|tutors?|courses?|resources?|lessons?|pages?|blogs?|guides?|quizzes"
    "|topics?|categories|stories|content|documents?|study ?notes|revision notes|flash ?cards?|downloads?|subjects?"
    "|threads?|discussions?|products?|books|exemplars?|model answers?|links"
)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)


_SECTION = _any(
    r"(?:answered|asked|answer (?:given|written|provided|from)) by\b.{1,100}$",
    rf"(?:related|similar|recommended|suggested)(?: [\w'’&-]{{1,20}}){{0,6}} (?:{_THINGS})\W{{0,4}}$",
    rf"(?:most )?(?:popular|recent|latest|trending|top)(?: [\w'’-]{{1,20}})?(?: a[ -]level)? (?:{_THINGS})\W{{0,4}}$",
    rf"(?:see|view|find|show|browse|explore|discover|read|try)(?: our| all)? (?:similar|more|other"
    rf"|related)\b.{{0,50}}\b(?:{_THINGS})\b[^.!?]{{0,50}}$",
    rf"(?:more|other)\b.{{0,40}}\b(?:{_THINGS}) (?:like this|from|by|in|on|about|you|for you)\b.{{0,60}}$",
    r"(?:you (?:might|may|will|['’]ll) (?:also )?(?:like|love|enjoy|be interested)|(?:people|readers|students"
    r"|customers|others|users) (?:also|who)\b).{0,50}$",
    r"about the (?:author|tutor|writer|contributor|teacher)s?\W{0,3}$",
    r"(?:leave|post|add|write)(?: us)? (?:a|your|the first) (?:reply|comment|response)\b.{0,40}$",
    r"(?:join|start) the (?:discussion|conversation)\b.{0,30}$",
    r"\d[\d,]* (?:comments?|responses?|replies|thoughts)(?: (?:on|to)\b.{0,200})?\W{0,3}$",
    r"(?:comments?|responses?|replies|reviews?)\s?(?:\(\d+\)|: ?\d+)$",
    r"(?:no comments yet|comments are closed|be the first to (?:comment|reply|review))\b.{0,40}$",
    r"(?:read|up|watch) next\W{0,3}$|next up\W{0,3}$|(?:next|previous) (?:article|post|essay|question"
    r"|topic)\s?[:»«>-].{0,80}$",
    r"(?:examiner|marker|teacher|tutor|moderator|assessor)s?(?:['’]s?)? (?:comment(?:s|ary)?|feedback|report|remarks"
    r"|notes?|mark)(?:\W{0,3}$| ?: .{1,200}$)",
    r"(?:what went well|even better if|www|ebi|(?:peer|self|teacher|tutor)[ -](?:assessment|feedback|marking))\b"
    r"[^.!?]{0,30}$",
    r"how to cite\b.{0,30}$|cite this (?:work|page|essay|article|source)\b.{0,40}$",
)
_LINE = _any(
    r"\d[\d,.]*\s?[km]?\+? (?:views?|reads?|likes?|shares|upvotes?|downloads?|followers|claps|people (?:found"
    r"|like)\b.{0,40})$",
    r"(?:views?|reads|likes|shares|downloads|hits): ?\d[\d,.]*\s?[km]?$",
    rf"share(?: this| it)?(?: {_PIECE})?(?: (?:on|via|to|with) (?:{_SOCIAL}|email|friends|your friends|others|a friend"
    rf"|x)\b.{{0,40}})?\W{{0,3}}$",
    rf"(?:like|tweet|pin|print|email|save|report|bookmark|rate|flag|download|copy"
    rf"|embed)(?: this)?(?: {_PIECE})\W{{0,3}}$",
    r"(?:was|is) (?:this|it)\b.{0,30}\b(?:helpful|useful)\b.{0,20}$",
    r"did (?:you|this)(?: \w{1,12})? (?:find|help)\b.{0,40}$",
    r"(?:this )?(?:page|article|entry|post|document) (?:was )?last (?:edited|updated|modified|reviewed)\b.{0,60}$",
    r"we(?:['’]re| are) here to help\W{0,3}$",
    r"(?:need|want|looking for|struggling with|stuck on|stuck with)\b.{0,60}\b(?:help|tutors?|essays?|homework|grades?"
    r"|support|feedback|more)\b.{0,40}[?!]",
    r"(?:contact|email|telephone|phone|whats ?app) us\b.{0,160}$|(?:call|message|ring|text) us (?:on|at|now|today"
    r"|via)\b.{0,60}$|(?:find|follow|join|like) us(?: on\b.{0,60}| here| now|\W{0,3})$",
    r"(?:get in touch|talk to us|help cent(?:re|er)|customer (?:service|support|reviews?)|live chat|faqs?)\W{0,3}$",
    r"(?:accept|reject|allow|manage|decline)(?: all| our)? cookies?\b.{0,30}$",
    r"cookies? (?:policy|preferences?|settings|notice|consent|declaration)\b.{0,60}$",
    r"privacy (?:policy|notice|statement|settings|preferences|cent(?:re|er))\b.{0,100}$",
    r"(?:terms|conditions) (?:(?:and|&|of) (?:conditions|use|service|sale)|apply)\b.{0,100}$",
    r"(?:©|\(c\) ?(?:19|20)\d\d|copyright (?:©|\(c\)|(?:19|20)\d\d))",
    r".{0,160}\ball rights reserved\b",
    r"(?:log|sign) ?(?:in|out|up)(?:$|\W{1,3}(?:log|sign|register|join)\b.{0,30}$| (?:to|with|for|now|here"
    r"|free)\b.{0,40}$)",
    r"(?:my account|create (?:an |your |a free )?account|register(?: now| free| here)?|join (?:now|free|for free)"
    r"|forgot(?:ten)? (?:your )?password)\W{0,3}$",
    r"(?:get started|start (?:your )?free trial|try (?:it )?(?:for )?free|free trial|go premium|upgrade(?: now"
    r"| to .{1,60})?|buy now|order now|(?:place|get) (?:an? |your )?(?:order|quote)|add to (?:cart|basket)|see pricing"
    r"|get the app|download (?:our|the) app)\b.{0,30}$",
    r"(?:book|request|find|hire|choose|meet) (?:a|an|your|our)\b.{0,30}\b(?:tutors?|lessons?|session|demo|call|writer"
    r"|teachers?)\b.{0,30}$",
    r"order (?:an|your|a custom)\b.{0,30}\b(?:essay|paper|coursework)\b.{0,30}$",
    r"download (?:now|pdf|as\b.{0,12}|the (?:pdf|app|essay)|this\b.{0,20})\W{0,3}$",
    r"(?:read more|continue reading|load more|show (?:more|less)|see (?:more|all)|view all|all (?:answers|questions"
    r"|posts|articles|essays))\b.{0,24}$",
    r"(?:back to (?:top|the top|all\b.{0,20}|results|search)|skip to (?:main |the )?(?:content|navigation)"
    r"|toggle navigation|main menu|open menu|close menu)\W{0,3}$",
    r"(?:advert(?:isement)?s?|sponsored(?: content| links?)?|promoted|report (?:this )?ad|remove ads)\W{0,3}$",
    r"(?:subscribe|sign up)\b.{0,60}\b(?:newsletter|mailing list|updates|emails?|today|now|channel)\b.{0,30}$",
    r"(?:our |join our |weekly )?newsletters?\b(?: sign ?up)?\W{0,3}$",
    r"(?:posted|published|uploaded|written|submitted|updated|last (?:updated|modified|edited)|date published"
    r"|added)(?: (?:by (?-i:[A-Z])[^.!?;]{0,70}|(?:on |at |in |: ?)?[^.!?;]{0,40}\b(?:20\d\d|ago|yesterday"
    r"|today)\b.{0,40})|:.{1,60})$",
    r"\d+ ?-? ?min(?:ute)?s?(?: |-)read(?:ing time)?$|(?:reading|read) time:? .{0,20}$",
    r"last edit(?:ed)?\b.{1,40} ago$|(?:\d+|an?|one) (?:minute|hour|day|week|month|year)s? ago$",
    r"(?:powered by|designed by|website by|hosted (?:by|on)|built with|theme by) (?-i:[A-Z]).{0,40}$",
    r"(?:this site|protected by) .{0,20}recaptcha\b",
    r"(?:tags?|filed under|categor(?:y|ies)|posted in|tagged(?: with| as)?)\s?: ?.{1,120}$",
    r"(?:registered (?:office|charity|company|in england)|company (?:no|number|registration)|vat (?:no|number"
    r"|reg))\b.{0,120}$",
    r".{1,40} (?:says|wrote|replied|commented)\s?:$",
    r"(?:rating|rated|average rating|\d(?:\.\d)? (?:out of|/) 5(?: stars)?|[★☆⭐]{2,})\W.{0,30}$|[★☆⭐ ]{3,}.{0,20}$",
    r"(?:essay|item|document|question|post|product) (?:id|ref(?:erence)?|code|info(?:rmation)?)\s?[:#]? ?[\w-]{0,16}$",
    r"(?:dmca|removal request|request (?:essay )?removal|report (?:this|abuse|a problem|content|essay))\b.{0,40}$",
    r"(?:app store|google play|get it on google play|download on the app store)$",
    rf"(?:\s|[|,·•/&:+-]|logo|icon|share|follow|us|on|{_SOCIAL}|email|e-mail|print|copy link|rss"
    rf"|x\b)*(?:{_SOCIAL})(?:\s|[|,·•/&:+-]|logo|icon|{_SOCIAL}|email|e-mail|print|copy link|rss|x\b)*$",
)
_NAV_WORD = (
    r"home(?: ?page)?|menu|search|about(?: us)?|blogs?|contacts?|help|support|pricing|prices|shop|store|login|account"
    r"|register|subjects?|courses?|revision|resources|gcses?|a[ -]?levels?|as[ -]?levels?|ks[345]|key stage [345]|ib"
    r"|ap|university|english|maths|history|geography|politics|science|sociology|psychology|economics|religious studies"
    r"|law|essays?|essay bank|tutors?|tutoring|teachers|students|parents|schools|for (?:schools|parents|teachers"
    r"|students|tutors)|become a tutor|past papers|exam boards?|aqa|ocr|edexcel|eduqas|wjec|news|events|forums?"
    r"|community|careers|jobs|press|team|privacy|cookies?|legal|terms|accessibility|site ?map|disclaimer|gdpr|faqs?"
    r"|feedback|how it works|reviews|study notes|model answers|sample (?:answers?|essays?)|example essays?|topics"
    r"|quizzes|flashcards|videos|podcasts?|categories|archives?|tags|comments|reply|share|like|tweet|print|save|follow"
    r"|subscribe|cite|report|close|next|previous|prev|more|filters?|sort by|question|answer|sample answer|model answer"
    r"|answers|questions|library|dashboard|modern slavery(?: (?:act|statement))?|log ?in|sign ?(?:in|up|out)|log ?out"
    r"|newsletter|history revision|download|all|file|edit|view|insert|format|tools|members?|membership|donate|settings"
    r"|profile|notifications|upload|explore|popular|trending|latest|my account|basket"
)
_WEAK = _any(
    rf"(?:{_NAV_WORD})\W{{0,4}}$",
    r"(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d.{0,6})?$|\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d\d$",
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,? \d{1,2}.{0,20}\b20\d\d.{0,12}$",
    r"\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6},? 20\d\d.{0,10}$",
    r"(?:tel(?:ephone)?|phone|call|fax)?[:. ]{0,3}(?:\+\d|\(?0\d)[\d ()-]{8,18}$",
    r"[\w.+-]{1,40}@[\w-]{1,40}\.[\w.]{2,20}$",
    r"by (?-i:[A-Z])\w{1,20}(?: (?-i:[A-Z])[\w'’.-]{0,20}){0,3}\W{0,2}$",
    r"(?-i:[A-Z])\w{1,20} (?-i:[A-Z])\.$",
    r"(?:[\w.'’-]{1,20},? ){0,5}(?:tutor|editor|contributor|examiner|blogger|copywriter|admin)\W{0,2}$",
    r"(?:grade|mark|score|level|word ?count|exam board|board|subject|qualification)\s?:.{0,30}$",
    r"[<>«»‹›←→▸▾▼▲✓✔×☰⋮…|•·*+=_~-]{1,40}$",
    r"(?:want|need|looking|ready|stuck|struggling|got|enjoyed?|liked?|loved?|spotted|found)\b.{0,80}\?(?: .{0,40})?$",
    r"(?:show|hide|view|see|open|close|expand|read|edit|flag|report)(?: the| an?| full| this| your)? (?:mark scheme"
    r"|answers?|essays?|error|entry|mistake|solution|comments?|details|transcript)\W{0,2}$",
    r"[★☆⭐] ?\d.{0,40}$|\d[\d,.]{0,9}[km]? (?-i:[a-z]{3,20}s)$",
    r"sent from my .{1,40}$|this e-?mail and any\b.{1,200}$|(?:hi|hello|dear) [^.!?]{1,30},$",
    r"(?:back|return) to .{2,30}$|‹ ?back$|(?:you are here|jump to)\s?:.{1,80}$|.{1,20}\blast updated\b.{0,40}$",
    r"(?:next|previous|prev)\s?[:»›>]\s?\S.{1,60}$|[£$€] ?\d{1,4}(?:\.\d\d)?$",
    r"(?-i:[A-Z])\w{1,14}(?: \w{1,12}){0,2}\s?(?::\s?|\()\d[\d,.]{0,9} ?[km]?b?\)?$|#\d{1,5}$|[♥❤👍] ?\d{1,6}$",
    r"page \d+(?: of \d+)?$|\d+ ?/ ?\d+$",
    rf"(?:next|previous|prev|older|newer) {_PIECE}s?\W{{0,4}}$",
)
_SITE_SENTENCE = _any(
    r"(?:we|this (?:web ?)?site|our (?:web ?)?sites?|this page) (?:and our partners )?(?:use"
    r"|store)s?\b.{0,40}\bcookies\b",
    r"by (?:using|continuing|clicking|browsing|visiting|signing|subscribing|accessing)\b.{0,80}\b(?:you (?:agree"
    r"|accept|consent|confirm)|cookies)\b",
    r"(?:sign up|subscribe|register|join) (?:to|for|now|today|our|us|over|thousands|and)\b.{0,80}\b(?:newsletter"
    r"|updates|free|tips|students|email|inbox|lesson)",
    r"(?:disclaimer|please note|note)?\W{0,3}this (?:essay|answer|dissertation|is not an example) (?:has been|was|is"
    r"|of)\b.{0,40}\b(?:by a|by one of|by our|our|example)\b",
    r"if you (?:are|need|want|would like|['’]re|have|found|enjoyed|liked)\b.{0,120}\b(?:please|click|contact|our|essay"
    r"|tutor|help|share)\b",
    r"your (?:email address|comment|email)\b.{0,30}\b(?:not be published|awaiting|will not)\b",
    r"required fields are marked\b",
    r"(?:our|the) (?:expert |professional |qualified |team of )?(?:tutors|writers|team|examiners)\b.{0,80}\b(?:you"
    r"|your)\b",
    r"welcome to\b.{0,100}\b(?:our|site|website|library|collection|essays|revision|you|students|archive)\b",
    r"(?:hi|hello|hey)\W{1,3}(?:i['’]m|i am|my name is)\b",
    r"(?:get|unlock|browse|explore|download|search)\b.{0,60}\b(?:your|our)\b.{0,60}\b(?:essays|answers|resources|notes"
    r"|tutors|lessons|feedback)\b",
    r"(?:all|the) (?:content|materials?|essays)\b.{0,40}\b(?:on|in) (?:this|our) (?:web ?)?site\b",
    r"(?:is|are) (?:a )?(?:registered|trading name|trademark)\b",
)
_PROMOTION = re.compile(
    r"\b(?:tutors?|tutoring|tutored|lessons?|our|your|you|we|us|click|sign ?up|subscribe|website|site|blog"
    r"|essay writing|writers?|students?|exams?|a[ -]levels?|gcses?|revision|revise|free|experience|degree|graduate"
    r"|university|grades?|thanks?|helped|helpful|essays?|plagiarism|homework|coursework|comment|email|studied|studying"
    r"|teach|teaching)\b",
    re.I,
)
_YEAR = re.compile(r"\b1[0-9]{3}\b")
_TRAIL = re.compile(r"\s*[>›»→▸/|]\s*|\s+[·•‧-]\s+|\s*[·•‧]\s*")
_NAV_PART = re.compile(rf"(?:{_NAV_WORD})$", re.I)
_BULLET = re.compile(r"^[\s▸▾►▶»›•·*→←✓✔☰|–—-]{1,6}")

_ANSWER = re.compile(
    r"(?:(?:candidate|student|pupil|model|sample|verified|example|best|top|accepted|full[ -]mark|expert)(?:['’]s)?"
    r" (?:response|answer|essay)s?(?: \d{1,2}| [a-e])?|(?:response|answer)s?)(?: ?\(.{1,20}\))?\W{0,2}$",
    re.I,
)
_VISITOR = re.compile(
    r"\b(?:you|your|you['’](?:re|ve|ll|d)|I['’](?:d|m|ve)|thanks?|thank you|sir|miss|mock|AO\d|marks? scheme|exam|exams"
    r"|exam boards?|taught|teach(?:es|ing)|tutor(?:s|ed|ing)?|read history|revision|a[ -]levels?|gcses?"
    r"|my (?:class|school|students|pupils)|these young people)\b",
    re.I,
)
_ADDRESSES = re.compile(
    r"(?:book|get|join|find|try|sign|click|tap|tell|start|subscribe|donate|support|follow|discover|download|send|share"
    r"|buy|order|upload|ask|see|visit|e-?mail|enter|leave|create|unlock|congratulations)\b.{0,120}"
    r"\b(?:you|your|our|us|free|today|now|here|team)\b",
    re.I,
)
_ADVERT = re.compile(
    r"(?:advert(?:isement)?s?|sponsored(?: content| links?)?|promoted"
    r"|(?:article |story )?continue[sd]?(?: reading)? below.{0,20}"
    r"|ad)\W{0,3}$",
    re.I,
)
_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\((?:[^()\s]{0,2000})(?: \"[^\"]{0,200}\")?\)")

_DETAILS = _any(
    r"(?:candidate|centre|center|student|pupil)(?: (?:name|no\.?|number|id|ref(?:erence)?))?\s?(?:[:#=–—-]|\d).{0,80}$",
    r"(?:full |first |last )?(?:name|surname|forename)s?\s?:.{1,80}$",
    r"(?:teacher|tutor|tutor group|teaching group|school|college|sixth form)\s?:.{1,60}$",
    r"(?:class|form|set|group|year)\s?: ?[^.!?]{0,12}\d[^.!?]{0,12}$",
    r"(?:date|date (?:submitted|set|due)|due(?: date)?|deadline|submitted|handed in)\s?:? .{0,6}\d.{0,30}$",
)
_WORD_COUNT = re.compile(r"(?:total )?(?:word ?count|words)\s?[:=–—-]\s?\d[\d,. ]{0,8}(?:words)?\W{0,2}$", re.I)


def site_sentence(line: str) -> bool:
    """Whether a block of any length begins as a site talking to its visitor does (cookies, offers, disclaimers)."""
    return bool(_SITE_SENTENCE.match(line[:400]))


def bare(text: str) -> str:
    """The text as the rules look at it: spaces plain, the signs of Markdown's headings and links off."""
    if len(text) < 2000:
        text = _MARKDOWN_LINK.sub(r"\1", text)
    text = " ".join(text.split()) if "\u00a0" in text or "\u202f" in text else text.strip()
    return text.lstrip("#").strip() if text.startswith("#") and text.lstrip("#")[:1] == " " else text


def markdown_link_share(text: str) -> float:
    """How much of a line of Markdown is inside links, 0 to 1."""
    if len(text) >= 2000 or "](" not in text:
        return 0.0
    linked = sum(len(link[1]) for link in _MARKDOWN_LINK.finditer(text))
    return linked / max(1, len(_MARKDOWN_LINK.sub(r"\1", text)))


def names_an_answer(line: str) -> bool:
    """Whether a line above an essay only says that an essay comes: ``Candidate response``, ``Model answer``."""
    return len(line) <= 40 and bool(_ANSWER.match(line))


def addresses_visitors(text: str) -> bool:
    """Whether a short block below an essay speaks to its reader: ``Book your free call today.``"""
    return len(text.split()) < 25 and bool(_ADDRESSES.match(text)) and not _YEAR.search(text)


def is_advert(line: str) -> bool:
    """Whether a line only marks a gap for an advert, so that the essay may go on below it."""
    return len(line) <= 60 and bool(_ADVERT.match(line))


def talks_to_visitors(text: str) -> bool:
    """Whether a block speaks of lessons, exams and its reader, as replies and biographies do, and names no year."""
    return bool(_VISITOR.search(text[:2000])) and not _YEAR.search(text[:2000])


def is_promotion(text: str) -> bool:
    """Whether a sentence talks to a visitor about tutors, lessons and essays, and names no year of history."""
    words = text[:2000]
    return len(set(map(str.lower, _PROMOTION.findall(words)))) >= 3 and not _YEAR.search(words)


def is_details(line: str) -> bool:
    """Whether a line is about the candidate and not the essay: ``Candidate 4021``, ``Name: ...``."""
    return len(line) <= 120 and bool(_DETAILS.match(line) or _WORD_COUNT.match(line))


def is_word_count(line: str) -> bool:
    """Whether a line says how long the essay is: ``Word count: 1,482``."""
    return len(line) <= 60 and bool(_WORD_COUNT.match(line))


def furniture(line: str) -> Furniture:
    """How sure a line is to be the site's. ``line`` is trimmed."""
    if len(line) > 400 or site_sentence(line):
        return Furniture.LINE if site_sentence(line) else Furniture.NONE
    bare = _BULLET.sub("", line) or line
    if len(bare.split()) > MOST_WORDS:
        return Furniture.NONE
    if _SECTION.match(bare):
        return Furniture.SECTION
    if _LINE.match(bare):
        return Furniture.LINE
    parts = [part for part in _TRAIL.split(bare) if part]
    if len(parts) >= 2 and all(len(part.split()) <= 8 for part in parts[:-1]):
        known = sum(1 for part in parts if _NAV_PART.match(part) or _SECTION.match(part) or _LINE.match(part))
        if known * 2 >= len(parts) or (known and _NAV_PART.match(parts[0]) and len(parts) >= 3):
            return Furniture.LINE
    if _WEAK.match(bare) or _run_of_menu_words(bare):
        return Furniture.WEAK
    return Furniture.NONE


def _run_of_menu_words(line: str) -> bool:
    """``Home About Essays Contact Login``: a menu that was copied as one line."""
    words = line.split()
    return 3 <= len(words) <= 15 and all(_NAV_PART.match(word) for word in words)
