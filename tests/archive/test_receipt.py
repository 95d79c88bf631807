import json

from explorer.archive.receipt import FileReceipt, Interactions, Receipt, Refusal, Skipped

FILE = FileReceipt(
    "a.zip", "tweets.csv", "00", 10, "takedown tweets", 5, 3, 1, 1,
    (Refusal(4, 9, "has 12 fields, not 31"),), (("has 12 fields, not 31", 1),),
)  # fmt: skip


def test_a_receipt_survives_json():
    receipt = Receipt((FILE,), (Skipped("a.zip", "README.txt", "a text"),), Interactions(2, 1, 1))
    assert Receipt.from_dict(json.loads(json.dumps(receipt.as_dict()))) == receipt


def test_sums_that_add_up_have_no_discrepancy():
    assert (
        Receipt((FILE,), interactions=Interactions(found=3, retweet=2, self=1)).discrepancies()
        == ()
    )


def test_a_lost_record_and_a_lost_interaction_are_said():
    lost = FileReceipt("a.csv", "", "00", 10, "takedown tweets", 6, 3, 1, 1)
    said = Receipt((lost,), interactions=Interactions(found=3, retweet=2)).discrepancies()
    assert len(said) == 3
    assert "6 read is not 3 kept + 1 merged + 1 refused" in said[0]


def test_simulated_files_make_the_receipt_say_so():
    named = FileReceipt("x.zip", "SIMULATED_users.csv", "", 0, "takedown users", 0, 0, 0, 0)
    assert Receipt((named,)).simulated
    assert not Receipt((FILE,)).simulated
