"""Matrix Market: what SciPy writes comes back, and promises are not believed."""

import io

import numpy as np
import pytest
import scipy.io
import scipy.sparse

from explorer.errors import SourceError

HEAD = "%%MatrixMarket matrix coordinate real general\n"


def written(matrix, **options):
    data = io.BytesIO()
    scipy.io.mmwrite(data, matrix, **options)
    return data.getvalue()


def test_entries_are_edges_from_row_to_column(draw):
    matrix = scipy.sparse.coo_array(([2.0, 0.5, 1.0], ([0, 1, 2], [1, 2, 2])), (4, 4))
    drawn = draw(a__mtx=written(matrix))
    assert len(drawn.accounts) == 4
    assert drawn.edges["1", "2", "link"]["weight"] == 2
    assert drawn.edges["2", "3", "link"]["weight"] == 0.5
    assert drawn.receipt.interactions.self == 1
    assert drawn.file.format == "Matrix Market graph, directed"


def test_a_symmetric_matrix_is_undirected_and_has_each_edge_once(draw):
    matrix = np.array([[0, 3, 0], [3, 0, 1], [0, 1, 0]])
    drawn = draw(a__mtx=written(scipy.sparse.coo_array(matrix), symmetry="symmetric"))
    assert drawn.counts == {("2", "1"): 3, ("3", "2"): 1}
    assert "undirected" in drawn.file.format


def test_a_pattern_and_a_full_matrix_are_read(draw):
    text = "%%MatrixMarket matrix coordinate pattern general\n% so\n\n3 3 2\n1 2\n3 1\n"
    assert draw(a__txt=text).counts == {("1", "2"): 1, ("3", "1"): 1}
    drawn = draw(b__mtx=written(np.array([[0.0, 2.0], [0.0, 0.0]])))
    assert drawn.counts == {("1", "2"): 2}


def test_a_matrix_that_is_not_square_joins_two_kinds_of_nodes(draw):
    drawn = draw(a__mtx=HEAD + "2 3 2\n1 3 1\n2 1 4\n")
    assert drawn.counts == {("row 1", "column 3"): 1, ("row 2", "column 1"): 4}
    assert len(drawn.accounts) == 5


def test_full_symmetric_matrices_are_written_by_halves(draw):
    head = "%%MatrixMarket matrix array real "
    drawn = draw(a__mtx=head + "symmetric\n3 3\n0\n1\n2\n0\n3\n0\n")
    assert drawn.counts == {("2", "1"): 1, ("3", "1"): 2, ("3", "2"): 3}
    skew = draw(b__mtx=head + "skew-symmetric\n3 3\n1\n2\n3\n")
    assert skew.counts == drawn.counts


def test_a_large_matrix_is_what_scipy_reads(draw):
    matrix = scipy.sparse.random_array((300, 300), density=0.05, rng=7, format="coo")
    drawn = draw(a__mtx=written(matrix, precision=17))
    ends = zip((matrix.row + 1).astype(str), (matrix.col + 1).astype(str), matrix.data, strict=True)
    wanted = {(a, b): weight for a, b, weight in ends if a != b}
    assert {key[:2]: edge["weight"] for key, edge in drawn.edges.items()} == wanted


def test_entries_that_are_0_or_no_number_are_refused_and_counted(draw):
    drawn = draw(a__mtx=HEAD + "3 3 3\n1 2 0\n2 3 nan\n3 1 1\n")
    assert (drawn.file.read, drawn.file.refused) == (6, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD + "900000000 900000000 1\n1 1 1\n", "more than it can hold"),
        (HEAD + "3 3 999999999999999\n1 1 1\n", "more than it can hold"),
        ("%%MatrixMarket matrix array real general\n999999999 9\n1\n", "more than it can hold"),
        (HEAD + "3 3 5\n1 2 1\n", "is not a whole matrix"),
        (HEAD + "3 3 1\n1 9 1\n", "is not a whole matrix"),
        (HEAD + "3 3 1\n1 x 1\n", "is not a whole matrix"),
        (HEAD, "its head is broken"),
        ("%%MatrixMarket\n3 3 1\n", "its head is broken"),
        ("%%MatrixMarket matrix coordinate complex general\n1 1 1\n1 1 1 1\n", "complex"),
        ("%%MatrixMarket vector coordinate real general\n1 1\n1 1\n", "not a whole matrix"),
        ("%%MatrixMarket matrix coordinate real symmetric\n2 3 1\n1 1 1\n", "not square"),
        (HEAD + "3 3 1\n1.5 1 1\n", "outside the matrix"),
        (HEAD + "3 3 1\n" + " " * 9 + "1 1 1\n1 1 1", "it has 6 numbers, not 3"),
        (HEAD + "1 1 1\n\xff\x00", "no number"),
    ],
)
def test_what_is_not_whole_is_one_sentence(draw, text, words):
    with pytest.raises(SourceError, match=words):
        draw(a__mtx=text)
