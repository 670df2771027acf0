"""Where ssh reaches a machine: nothing but a name, an address and a port."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from decisions.record.read_json import read_json
from decisions.record.schema import Hardware
from decisions.record.ssh import SshTarget, read_ssh_target


@pytest.mark.parametrize(
    ("text", "destination", "port"),
    [
        ("root@203.0.113.7", "root@203.0.113.7", None),
        ("ec2-user@gpu-1.example.org:22022", "ec2-user@gpu-1.example.org", 22022),
        ("8y5rum-64410f1a@ssh.example.io:1", "8y5rum-64410f1a@ssh.example.io", 1),
        ("u_1.x@[2001:db8::1]:65535", "u_1.x@2001:db8::1", 65535),
        ("u@[::ffff:10.0.0.1]", "u@::ffff:10.0.0.1", None),
    ],
)
def test_what_is_read(text, destination, port):
    assert read_ssh_target(text) == SshTarget(destination, port)
    assert Hardware(ssh_target=f" {text} ").ssh_target == text


HOSTILE = [
    "host",
    "@host",
    "me@",
    "me@host:",
    "me@host:0",
    "me@host:65536",
    "me@host:22x",
    "-oProxyCommand=reboot@host",
    "me@-oProxyCommand=reboot",
    "me@host -p 22",
    "me@host;reboot",
    "me@$(reboot)",
    "me@`id`",
    "me@host|sh",
    "me@host&",
    "me@'host'",
    'me@"host"',
    "me@host\\",
    "me@ho*st",
    "me@host#x",
    "me@hóst",
    "me@host:２２",
    "me@[not-an-address]",
    "me@[1.2.3.4]",
    "ssh://me@host",
    "a@b@c",
    f"{'x' * 65}@host",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_refused(text):
    assert read_ssh_target(text) is None
    with pytest.raises(ValidationError, match="an SSH target is expected"):
        Hardware(ssh_target=text)


@given(st.text() | st.from_regex(r"[a-z0-9]+@[a-z0-9.:\[\]-]+", fullmatch=True))
def test_what_is_read_is_one_word_of_any_shell(text):
    found = read_ssh_target(text)
    if found is not None:
        assert shlex.quote(found.destination) == found.destination
        assert not found.destination.startswith("-")


def test_a_file_with_a_bad_target_keeps_the_rest():
    hardware = '{"driver": "550", "ssh_target": "me@host; reboot"}'
    route = f'{{"code": "gpu", "name": "GPU", "kind": "rented_gpu", "hardware": {hardware}}}'
    reading = read_json(f'{{"title": "t", "routes": [{route}]}}')
    assert reading.record.routes[0].hardware == Hardware(driver="550")
    (remark,) = [remark for remark in reading.remarks if remark.kind == "not_understood"]
    assert remark.where == "routes[0].hardware.ssh_target"
