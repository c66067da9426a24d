import pytest

from tests.core.checks.judged import found, photo, said

LONELY = [  # the text, and the mark without its other half
    ('He said "we won and left.', '"'), ("He said “we won and left.", "“"), ("We won,” he said.", "”"),
    ("Er sagte: „Wir haben gewonnen.", "„"), ("Wir haben gewonnen“, sagte er.", "“"),
    ("Il a dit « nous avons gagné.", "«"),
    ("Nous avons gagné », dit-il.", "»"), ("Он сказал: «Мы победили.", "«"), ("Мы победили», — сказал он.", "»"),
    ("彼は「勝ったと言った。", "「"), ("勝った」と言った。", "」"), ("他说“我们赢了。", "“"), ("《红楼梦的作者", "《"),
    ("Ann Lee (left walks home.", "("), ("Ann Lee left) walks home.", ")"), ("The [sic walk.", "["), ("A {brace", "{"),
    ('Presiden mengatakan "kita menang.', '"'), ("Dijo: «Ganamos.", "«"), ("قال «فزنا", "«"),
    ("대통령(왼쪽이 말했다.", "("),
    ("“We won, she said, “and left.”", "“"), ("Przemówił: „Wygraliśmy.", "„"), ("Hij zei: “We winnen.", "“"),
    ("He (and she (the other) left.", "("),
]  # fmt: skip
WHOLE = [
    'He said "we won" and left.', "He said “we won” and left.", "Er sagte: „Wir haben gewonnen.“",
    "»Wir haben gewonnen«, sagte er.",
    "Il a dit « nous avons gagné ».", "Он сказал: «Мы победили».", "ООО «Завод «Север» открыто.",
    "彼は「勝った『と』」と言った。",
    "他说：“我们赢了。”", "《红楼梦》", "Przemówił: „Wygraliśmy”.", 'He is 5\'10" tall.', 'A 24" screen',
    "rock 'n' roll of the '90s",
    "The dogs' home isn't O'Brien's.", "a) one b) two 3) three", "1) one\n2) two", "Nice :) and sad :(",
    "Nice ;-) really",
    "Ann Lee (left) and Bo Hall (right) [both in blue]", '“He said ‘no’ to us,” she said.',
    'She said “it was "fine" then.”',
    "“One paragraph.\n“And a second one.”", '"One paragraph.\n\n"And a second one."', "« Un.\n« Deux. »",
    "Hon sade ”vi vann” och gick.", "‘We won,’ he said.", "قال «فزنا»", "대통령(왼쪽)이 “이겼다”고 말했다.",
    "(AP Photo/Ann Lee)",
    "»Ein ›Zitat‹ im Zitat«", "ii) second", "Das »Haus« und «casa»", '"Score 3-2" says the sign', "d'Alembert l'homme",
]  # fmt: skip


@pytest.mark.parametrize(("text", "mark"), LONELY)
def test_a_mark_without_its_other_half_is_told(text, mark):
    assert said("unbalanced-quotes", text) == [mark]


@pytest.mark.parametrize("text", WHOLE)
def test_quotations_as_each_language_writes_them_are_left_alone(text):
    assert said("unbalanced-quotes", text) == []


def test_a_credits_bracket_counts_too():
    assert [each.field for each in found("unbalanced-quotes", photo("a.jpg", credit="(AP Photo/Ann Lee"))] == ["credit"]
