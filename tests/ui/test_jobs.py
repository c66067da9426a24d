import threading

import pytest

from captioner.errors import CaptionerError
from captioner.ui.jobs import Jobs


@pytest.fixture
def jobs(qtbot):
    made = Jobs()
    yield made
    made.wait()
    made.deleteLater()


def finish(qtbot, jobs):
    qtbot.waitUntil(lambda: not jobs.running, timeout=5000)


def test_results_arrive_in_order_on_the_gui_thread(qtbot, jobs):
    heard = []

    def hear(results):
        heard.extend((n, worker, threading.current_thread()) for n, worker in results)

    jobs.run(lambda n: (n, threading.current_thread()), range(200), lane="read", batch=hear)
    finish(qtbot, jobs)
    assert [n for n, _worker, _gui in heard] == list(range(200))
    assert {gui for _n, _worker, gui in heard} == {threading.main_thread()}
    assert threading.main_thread() not in {worker for _n, worker, _gui in heard}


def test_trouble_with_one_item_is_told_and_stops_no_other(qtbot, jobs):
    def work(n):
        if n == 1:
            raise CaptionerError("No.")
        return 10 // (n - 2)

    done, failed = [], []
    jobs.run(work, [0, 1, 2, 3], lane="read", batch=done.extend, failed=lambda *each: failed.append(each))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("captioner.ui.jobs._log.exception", lambda _message: None)
        finish(qtbot, jobs)
    assert (len(done), [(n, str(error)[:3]) for n, error in failed]) == (2, [(1, "No."), (2, "Som")])


def test_a_job_stops_between_two_items_when_it_is_cancelled(qtbot, jobs):
    done, ended, at_third = [], [], threading.Semaphore(0)

    def work(n):
        if n == 3:
            at_third.acquire()
        return n

    job = jobs.run(work, range(100), lane="read", batch=done.extend, done=lambda: ended.append(True))
    qtbot.waitUntil(lambda: len(done) == 3, timeout=5000)
    job.cancel()
    at_third.release()
    finish(qtbot, jobs)
    assert (done, ended) == ([0, 1, 2, 3], [True])


def test_jobs_of_one_lane_follow_each_other(qtbot, jobs):
    heard = []
    for name in ("first", "second"):
        jobs.run(lambda n, name=name: (name, n), range(20), lane="save", batch=heard.extend)
    finish(qtbot, jobs)
    assert heard == [(name, n) for name in ("first", "second") for n in range(20)]


def test_nobody_who_leaves_waits_for_a_drive_that_does_not_answer(jobs, monkeypatch):
    monkeypatch.setattr("captioner.ui.jobs._PATIENCE_MS", 100)
    begun, answer, kept = threading.Event(), threading.Event(), []
    jobs.run(lambda _item: begun.set() or answer.wait(10), [1], lane="read")
    jobs.run(lambda item: threading.Event().wait(0.5) or kept.append(item), [2], lane="journal")
    begun.wait(5)
    jobs.cancel("read")
    jobs.wait()
    left = [job.lane for job in jobs.running]
    answer.set()
    assert (left, kept) == (["read"], [2])


def test_what_was_cancelled_and_hangs_holds_up_nobody_else(qtbot, jobs, monkeypatch):
    monkeypatch.setattr("captioner.ui.jobs._LEFT_S", 0.1)
    begun, answer, heard = threading.Event(), threading.Event(), []
    jobs.run(lambda _item: begun.set() or answer.wait(10), [1], lane="read")
    begun.wait(5)
    jobs.cancel("read")
    jobs.run(str, [2, 3], lane="read", batch=heard.extend)
    qtbot.waitUntil(lambda: heard == ["2", "3"])
    answer.set()
    finish(qtbot, jobs)
    assert jobs._lanes["read"].maxThreadCount() == 1
