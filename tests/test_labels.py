from atlas.labels import apart, sides


def test_positions_move_as_little_as_needed_and_keep_their_order():
    assert apart([10, 50], 20, 0, 100) == [10, 50]
    assert apart([50, 48, 52], 20, 0, 100) == [50, 30, 70]
    assert apart([99, 98], 20, 0, 100) == [100, 80]
    assert apart([], 20, 0, 100) == []


def test_a_word_is_written_only_where_it_meets_nothing():
    assert sides([0.2, 0.97], [100, 300], [5, 5], ["Here", "There"]) == ["middle right", "middle left"]
    crowd = sides([0.5] * 12, [100] * 12, [5] * 12, ["Name"] * 12)
    written = [side for side in crowd if side]
    assert crowd[0] == "middle right"
    assert len(written) == len(set(written)) < 12


def test_the_first_words_are_written_whatever_they_meet():
    crowd = sides([0.5] * 12, [100] * 12, [5] * 12, ["Name"] * 12, always=12)
    assert None not in crowd
