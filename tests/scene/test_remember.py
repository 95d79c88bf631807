import numpy as np

from explorer.scene.remember import Kept, remember_last, same


def test_arrays_are_the_same_by_identity_and_values_by_equality():
    array = np.zeros(3)
    assert same((array, 1, "a"), (array, 1, "a"))
    assert not same((array,), (array.copy(),))
    assert not same((None,), (array,))
    assert not same((array,), (None,))
    assert not same((1,), (1, 2))


def test_a_function_is_called_anew_only_for_something_else():
    calls = []
    double = remember_last(lambda x: calls.append(x) or 2 * x)
    assert [double(1), double(1), double(2), double(1)] == [2, 2, 4, 2]
    assert calls == [1, 2, 1]


def test_what_is_kept_is_made_anew_for_other_reasons():
    kept, made = Kept(), []
    for reason in (1, 1, 2):
        kept((reason,), lambda: made.append(0))
    assert len(made) == 2


def test_tuples_of_arrays_are_compared_by_identity():
    one, two = np.arange(3), np.arange(3)
    assert same(((one, two),), ((one, two),))
    assert not same(((one, two),), ((two, one),))
    assert not same(((one,),), ((one, two),))
