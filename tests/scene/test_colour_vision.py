"""What each eye sees of the themes: simulated colour blindness, and distances in Lab."""

import numpy as np
import pytest

from explorer.graph.roles import AMPLIFIER, CORE, OTHER
from explorer.scene.legend import toned
from explorer.scene.theme import THEMES, theme

EYES = {
    "typical": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip
"""Matrices for linear RGB at full severity: Machado, Oliveira and Fernandes (2009)."""
XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
)  # fmt: skip
WHITE = XYZ.sum(axis=1)


def linear(colour):
    share = np.array(colour) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(colour, eye):
    """Return lightness 0 to 100 and the two opponent axes, as *eye* sees a colour."""
    seen = np.clip(EYES[eye] @ linear(colour), 0, 1)
    share = XYZ @ seen / WHITE
    cube = np.where(share > 0.008856, np.cbrt(share), 7.787 * share + 16 / 116)
    return np.array([116 * cube[1] - 16, 500 * (cube[0] - cube[1]), 200 * (cube[1] - cube[2])])


def apart(one, other, eye):
    return float(np.linalg.norm(lab(one, eye) - lab(other, eye)))


def lightness(colour, eye):
    return float(lab(colour, eye)[0])


def dense(name, group):
    shown = theme(name)
    return toned(shown.tones[group], shown.ground, 1.0)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", THEMES)
def test_core_and_amplifiers_differ_in_lightness_to_every_eye(name, eye):
    roles = theme(name).roles
    assert abs(lightness(roles[CORE], eye) - lightness(roles[AMPLIFIER], eye)) >= 24
    assert abs(lightness(roles[CORE], eye) - lightness(roles[OTHER], eye)) >= 24


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", THEMES)
def test_accounts_stand_off_their_ground(name, eye):
    shown = theme(name)
    for colour in shown.roles:
        assert abs(lightness(colour, eye) - lightness(shown.ground, eye)) >= 38


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", THEMES)
def test_edges_within_the_core_and_towards_it_differ_in_lightness_and_in_all(name, eye):
    core, amplified = dense(name, "core>core"), dense(name, "amplifier>core")
    assert abs(lightness(core, eye) - lightness(amplified, eye)) >= 12
    assert apart(core, amplified, eye) >= 40


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", THEMES)
def test_every_two_groups_of_edges_can_be_told_apart(name, eye):
    groups = list(theme(name).tones)
    for i, one in enumerate(groups):
        for other in groups[:i]:
            assert apart(dense(name, one), dense(name, other), eye) >= 11, (one, other)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", THEMES)
def test_a_core_account_stands_off_the_edges_it_lies_on(name, eye):
    shown = theme(name)
    assert apart(shown.roles[CORE], dense(name, "core>core"), eye) >= 20


@pytest.mark.parametrize("name", THEMES)
def test_words_can_be_read(name):
    shown = theme(name)

    def contrast(one, other):
        light, dark = sorted((float(XYZ[1] @ linear(c)) for c in (one, other)), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    assert contrast(shown.text, shown.ground) >= 12
    assert contrast(shown.quiet, shown.ground) >= 4.5
    assert contrast(shown.focus, shown.ground) >= 12
    assert contrast(shown.window["on_accent"], shown.window["accent"]) >= 4.0
