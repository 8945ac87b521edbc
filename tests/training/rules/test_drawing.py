from collections import Counter

from training.rules.drawing import draw, shuffled

BY_LESSON: dict[str | None, list[int]] = {"warum": [1, 2, 3], "e-mail": [4, 5, 6, 7], "passwort": [8]}
LESSON_OF = {question: lesson for lesson, questions in BY_LESSON.items() for question in questions}


def test_the_same_seed_draws_the_same_questions():
    assert draw(BY_LESSON, 4, "a") == draw(BY_LESSON, 4, "a")


def test_another_attempt_meets_other_questions():
    assert len({tuple(draw(BY_LESSON, 4, seed)) for seed in "abcdefgh"}) > 1


def test_no_lesson_is_left_out_while_another_is_asked_twice():
    drawn = Counter(LESSON_OF[question] for question in draw(BY_LESSON, 5, "a"))

    assert drawn == {"warum": 2, "e-mail": 2, "passwort": 1}


def test_questions_keep_the_order_they_were_written_in():
    assert draw(BY_LESSON, 6, "a") == sorted(draw(BY_LESSON, 6, "a"))


def test_without_a_number_all_are_asked():
    assert draw(BY_LESSON, None, "a") == draw(BY_LESSON, 99, "a") == list(range(1, 9))


def test_answers_stand_in_another_order_for_another_attempt():
    assert shuffled([1, 2, 3, 4], "a") == shuffled([4, 3, 2, 1], "a")
    assert len({tuple(shuffled([1, 2, 3, 4], str(seed))) for seed in range(30)}) > 5
