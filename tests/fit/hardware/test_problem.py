from decisions.fit.hardware.problem import Unsizable
from decisions.record.schema import Statement


def test_the_sentence_travels_with_the_exception():
    statement = Statement(code="sizing.example", params={"name": "vocab_size"}, text="vocab_size is missing.")
    problem = Unsizable(statement)
    assert problem.statement == statement
    assert str(problem) == "vocab_size is missing."
