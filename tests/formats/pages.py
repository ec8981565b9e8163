"""Pages invented for these tests: essays, and the furniture of sites that don't exist."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A page as its site shows it, and what a teacher would say about each line."""

    name: str
    head: tuple[str, ...]
    question: str | None
    essay: tuple[str, ...]
    tail: tuple[str, ...]
    between: tuple[str, ...] = ()
    """Furniture between the question and the essay."""

    @property
    def lines(self) -> list[str]:
        asked = [self.question] if self.question else []
        return [*self.head, *asked, *self.between, *self.essay, *self.tail]


WOLSEY = (
    "Wolsey's foreign policy was shaped less by principle than by the narrow resources of the English crown. Between "
    "1515 "
    "and 1518 he tried to win for his master, by conferences and ceremony, the standing that war had failed to buy "
    "him.",
    "The Treaty of London is the best evidence for this reading. It cost little, it brought two cardinals and twenty "
    "ambassadors to St Paul's, and for a season it made Henry the arbiter of a Europe that was in fact far richer than "
    "he was.",
    "Yet the policy failed whenever money was asked for. The Amicable Grant of 1525 was refused in Suffolk and in "
    "Kent, and "
    "a minister who could not tax could not fight; the peace of 1526 followed from that and not from any love of "
    "peace.",
    "So he served his king, but never paid for it.",
)
CHARTISM = (
    "Chartism drew its crowds from hunger, and the years of its petitions were the years of dear bread. In Stockport "
    "and "
    "Bolton the looms stood idle in 1842, and it was there that the plug drawers marched.",
    "Leadership",
    "O'Connor held the movement together and broke it too. His newspaper sold 36,000 copies a week, his speeches "
    "promised "
    "what no petition could deliver, and his land plan took the savings of 70,000 people without housing more than "
    "250.",
    "The government had little to fear from it in the end. Railways brought troops to Manchester in a morning, the "
    "middle "
    "class had its vote already, and by 1848 the special constables outnumbered the meeting on Kennington Common.",
)
WEIMAR = (
    "The constitution of 1919 has been blamed for much that it did not do. Proportional representation gave small "
    "parties "
    "their seats, but the Nazis had twelve of them in 1928 and no electoral law made that number grow to 230.",
    "Article 48 is a harder case for its defenders. Ebert used it 136 times and the republic lived; Hindenburg used it "
    "to "
    "govern without a majority after 1930, and by then the Reichstag met so rarely that nobody missed it.",
    "What destroyed the republic was the choice of those who could have used its powers to defend it. Papen and "
    "Hindenburg "
    "were not trapped by any paragraph; they opened a door that the law had left them free to keep shut.",
)
CIVIL_RIGHTS = (
    "Federal power was slow to move and hard to stop once it had begun. Truman's order of 1948 desegregated the "
    "forces, but "
    "it was the court in 1954, and not Congress, that first told the states of the South that they were wrong.",
    "Local people had been pushing for years before anybody in Washington noticed. The women of Montgomery had planned "
    "their boycott since 1953, and the 381 days it lasted were paid for in walked miles and lost wages.",
    "Presidents acted when not acting became more costly, as Kennedy did after the pictures from Birmingham reached "
    "Moscow "
    "and Lagos. Johnson went further, and the acts of 1964 and 1965 are his monument; but the streets had written the "
    "draft.",
)
POOR_LAW = (
    "The old Poor Law was paid for by the parish and judged by the parish, and so it differed from one valley to the "
    "next. "
    "Allowances on the Speenhamland scale rose with the price of bread and fell with it, at least before 1815.",
    "Privacy was no part of the new system after 1834. Families were divided at the door, inmates wore the union's "
    "clothes, "
    "and a man could not contact us, as one guardian wrote to his board, without giving up the little that he owned.",
    "It would be wrong to share this view without a reservation. Many northern unions never built the house at all, "
    "and "
    "outdoor relief was still given to four in five paupers in 1850, whatever the commissioners had related in their "
    "reports.",
)
RUSSIA_1905 = (
    "The revolution of 1905 was four risings that never met. Workers in the capital, peasants in the black earth, "
    "sailors "
    "at Odessa and liberals at their banquets wanted different things, and the tsar had only to give one of them "
    "enough.",
    "Witte saw this sooner than his master did. The October Manifesto gave the liberals a parliament to argue in, and "
    "with "
    "the middle class gone from the barricades the Semenovsky regiment could clear the Presnya district in a week.",
    "'Give us bread and land,'",
    "'and take your books away'",
    "The song, sung at Tambov, is a better guide to the villages than any party's programme. Redemption payments ended "
    "in "
    "1907 and the burning of manors stopped within the year, which tells us what most of the revolution had been "
    "about.",
    "Bibliography",
    "A. Ascher, The Revolution of 1905 (Stanford, 1988)",
    "S. Harcave, First Blood (London, 1965), pp. 12-40",
)

PAGES = (
    Page(
        "tutoring answer",
        ("Home > A Level > History > Article",),
        "How far was Wolsey's foreign policy determined by a lack of money in the years 1515 to 1529? [25 marks]",
        WOLSEY,
        (
            "Answered by Rohan P. • History tutor",
            "1,204 Views",
            "Find more tutors for A Level History",
            "Similar questions on the Tudors",
            "Why did Somerset fall in 1549?",
            "Was there a mid-Tudor crisis?",
            "Need help with History?",
            "© 2025 Larkhill Tutors Ltd",
        ),
    ),
    Page(
        "essay bank",
        ("Skip to main content", "EssayBarn", "Search", "Essays", "Pricing", "Log in", "Sign up"),
        "To what extent was economic distress the main cause of Chartism?",
        CHARTISM,
        (
            "Cite this essay",
            "To export a reference to this essay, choose a style below:",
            "Order an essay from our writers",
            "Popular essays",
            "The Corn Laws and their repeal",
            "Terms and conditions",
            "Privacy policy",
            "Cookie settings",
        ),
        between=("Published: 3 March 2021",),
    ),
    Page(
        "school blog",
        ("Menu", "Home", "About", "Archive", "Contact"),
        "“The weaknesses of the Weimar constitution destroyed the republic.” Assess the validity of this view.",
        WEIMAR,
        (
            "Share this post",
            "Facebook Twitter WhatsApp",
            "3 comments",
            "Priya says:",
            "This was so helpful for my mock exam, thank you! Could you write one on the foreign policy of the "
            "republic as well?",
            "Leave a reply",
            "Your email address will not be published. Required fields are marked *",
            "Powered by WordPress",
        ),
        between=("Posted on 14 May 2022 by Mr Harcourt", "4 min read"),
    ),
    Page(
        "revision hub without a question",
        ("We use cookies to give you the best experience on our site.", "Accept all cookies", "Manage cookies"),
        None,
        CIVIL_RIGHTS,
        ("Was this page helpful?", "Yes", "No", "Back to top", "Newsletter", "Follow us on Instagram"),
    ),
    Page(
        "words that furniture uses, in an essay",
        ("History GCSE and A Level | Essays | Poor Law",),
        "Explain why the Poor Law Amendment Act was passed in 1834.",
        POOR_LAW,
        ("34 people found this helpful", "Report this answer", "Similar questions", "How did the workhouse change?"),
    ),
    Page(
        "bibliography and verse",
        ("Log in", "Register"),
        "Why did Nicholas II survive the revolution of 1905?",
        RUSSIA_1905,
        (
            "Last updated: 9 January 2020",
            "You might also like",
            "Bloody Sunday in ten sources",
            "Contact us",
            "Terms of use",
        ),
    ),
    Page(
        "forum thread",
        ("Forums", "Members", "Sign in"),
        "Evaluate the view that federal government did more than protest for civil rights in the years 1945 to 1968. "
        "(20)",
        CIVIL_RIGHTS,
        ("12 likes", "Reply", "Share", "Report", "7 replies", "Join the discussion", "Powered by OpenBoard"),
    ),
    Page(
        "marketplace",
        ("Resources", "Basket", "My account"),
        "Discuss the view that Wolsey was a servant of the king and nothing more.",
        WOLSEY,
        (
            "★★★★★ (12)",
            "Download PDF",
            "Add to basket",
            "More resources like this",
            "Customers also bought",
            "Registered office: 1 Mill Lane, Hexham",
            "All rights reserved",
        ),
    ),
    Page(
        "newspaper-like",
        ("Advertisement", "Subscribe to our newsletter", "Education"),
        "Was the Weimar Republic doomed from the start?",
        WEIMAR,
        (
            "Advertisement",
            "Most popular articles",
            "Ten facts about Ebert",
            "About us",
            "Contact",
            "Careers",
            "Privacy",
        ),
        between=("By Helen Okoro",),
    ),
    Page(
        "question bank",
        ("Past papers", "AQA", "Edexcel", "OCR"),
        "‘Chartism was never a threat to government.’ How far do you agree with this statement? (30 marks)",
        CHARTISM,
        ("Previous question", "Next question", "All questions", "Help", "+44 20 7946 0018", "hello@example.org"),
        between=("Model answer",),
    ),
    Page(
        "video site",
        ("Toggle navigation",),
        "How significant was the leadership of Witte in the years 1892 to 1906?",
        RUSSIA_1905,
        ("2.3k views", "Share this on Twitter", "Recommended videos and articles", "Get the app", "Cookie policy"),
    ),
    Page(
        "tail questions without a heading",
        ("Home / Subjects / History",),
        "Account for the passing of the Poor Law Amendment Act.",
        POOR_LAW,
        (
            "How far was Peel a reformer?",
            "To what extent did Gladstone pacify Ireland? [30 marks]",
            "Browse more questions on Victorian Britain",
            "Log in",
            "Facebook",
        ),
    ),
    Page(
        "candidate's details on a page",
        ("Candidate 4021 - Centre 12345", "Name: Jo Example", "Date: 12/03/2025"),
        "How successful was Wolsey as a domestic reformer?",
        WOLSEY,
        (),
    ),
)
