"""What is kept of a log, read again, and whether it can be of its model at all."""

import pytest

from decisions.fit.hardware.logs import Quantity, Row, is_of_another, rows_of, stored

GIB = 1 << 30


def weights(predicted: float | None, measured: float | None) -> Row:
    sizes = (None if each is None else int(each * GIB) for each in (predicted, measured))
    return Row(Quantity.WEIGHTS, *sizes)


def test_rows_come_back_as_they_were_kept() -> None:
    rows = (weights(4, 4.5), Row(Quantity.KV, None, GIB, 5243), Row(Quantity.COMPUTE, GIB, None))
    assert rows_of([stored(row) for row in rows]) == rows


def test_a_quantity_of_another_release_is_passed_over() -> None:
    assert rows_of([{"quantity": "dreams"}, {}, stored(weights(1, 1))]) == (weights(1, 1),)


@pytest.mark.parametrize(
    ("row", "gpu_layers", "another"),
    [
        (weights(4, 4), None, False),
        (weights(4, 5), None, False),
        (weights(4, 5.5), None, True),
        (weights(4, 3), None, True),
        (weights(4, 5.5), 0, True),
        (weights(4, 5.5), 12, False),  # mapped buffers overlap where some layers are on the GPU
        (weights(4, 3), 12, True),
        (weights(None, 4), None, False),
        (weights(4, None), None, False),
        (Row(Quantity.KV, 4 * GIB, GIB), None, False),
    ],
)
def test_weights_tell_whether_a_log_is_of_another_model(
    row: Row, gpu_layers: int | None, another: bool
) -> None:
    assert is_of_another([row], gpu_layers) is another
