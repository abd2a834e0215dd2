"""The program starts, answers, and takes a crowd, as the benchmark of memory and start has it."""

from benchmarks.memory_and_start import after_a_crowd, at_rest, first_reply, ground


def test_each_figure_can_be_taken() -> None:
    with ground() as prepared:
        whole, alone, used = first_reply(prepared)
        assert whole > alone > 0
        assert used > 0
        assert at_rest(prepared, connected=False) > 0
        assert after_a_crowd(prepared, strangers=4) > 0
