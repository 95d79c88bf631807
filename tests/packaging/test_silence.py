import pytest

TRACE = """
12 connect(3, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT
13 connect(4, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = 0
14 sendto(5, [], 20, 0, {sa_family=AF_NETLINK, nl_pid=0}, 12) = 20
"""


@pytest.fixture
def silence(script):
    return script("silence")


def test_only_addresses_outside_this_computer_are_named(silence):
    (found,) = silence.abroad(TRACE)
    assert "192.0.2.1" in found


def test_without_strace_it_says_so(silence, monkeypatch, capsys):
    monkeypatch.setattr(silence.shutil, "which", lambda _: None)
    assert silence.main() == 1
    assert "needs strace" in capsys.readouterr().out
