from captioner.ui import wrapped


def test_a_line_ends_where_it_does_though_emoji_stand_before(qapp):
    text = "😀" * 6 + " one two three four five six seven eight nine ten"
    lines = wrapped._broken(text, qapp.font().toString(), 160, 9)
    assert len(lines) > 2
    assert " ".join(lines).split() == text.split()
