"""Edges counted by OpenGL 3.3 or ES 3, by the same rule as the processor's own kernel."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QOffscreenSurface, QOpenGLContext, QSurfaceFormat, QVector2D
from PySide6.QtOpenGL import (
    QOpenGLBuffer,
    QOpenGLFramebufferObject,
    QOpenGLShader,
    QOpenGLShaderProgram,
    QOpenGLTexture,
    QOpenGLVertexArrayObject,
)

from explorer.errors import StarlingError
from explorer.scene.raster import FAINT, FULL, UNIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.scene.raster import Frame

RENDERER, VERSION = 0x1F01, 0x1F02
BLEND, ONE, COLOR_BUFFER, STRIP = 0xBE2, 1, 0x4000, 5
TEXTURE, FLOAT, PACK, FRAMEBUFFER, COLOUR = 0xDE1, 0x1406, 0x0D05, 0x8D40, 0x8CE0
COMPLETE = 0x8CD5
ALONE, WITH_OTHERS = (0x1903, 1), (0x1908, 4)
"""How counts are read, and how many numbers come with each: ES promises only all four colours."""

Kind: TypeAlias = "tuple[QSurfaceFormat.RenderableType, tuple[int, int]]"
KINDS: tuple[Kind, ...] = (
    (QSurfaceFormat.RenderableType.OpenGL, (3, 3)),
    (QSurfaceFormat.RenderableType.OpenGLES, (3, 0)),
)
"""What is tried, in this order."""

VERTEX = """
in vec4 ends;
uniform vec2 high, low;      // the world point at the top left: its first digits, and the rest
uniform vec2 size;
uniform float scale, fade;
flat out vec4 course;        // column and row where the line begins, its slope, its weight
flat out int steep;
void main() {
    vec2 a = ((ends.xy - high) - low) * vec2(scale, -scale);
    vec2 b = ((ends.zw - high) - low) * vec2(scale, -scale);
    float reach = length(b - a);
    float weight = UNIT;
    if (reach > fade) weight = max(FAINT, floor(UNIT * fade / reach + 0.5));
    steep = abs(b.y - a.y) > abs(b.x - a.x) ? 1 : 0;
    if (steep == 1) { a = a.yx; b = b.yx; }
    if (a.x > b.x) { vec2 c = a; a = b; b = c; }
    float first = floor(a.x), last = floor(b.x);
    float slope = b.x > a.x ? (b.y - a.y) / (b.x - a.x) : 0.0;
    if (first == last) {     // the middle of its column may lie outside the line
        a.y = clamp(a.y + slope * (first + 0.5 - a.x), min(a.y, b.y), max(a.y, b.y));
        a.x = first + 0.5;
        slope = 0.0;
    }
    course = vec4(a.x, a.y, slope, weight);
    float x = (gl_VertexID & 1) == 0 ? first : last + 1.0;
    float y = a.y + slope * (x - a.x) + (gl_VertexID < 2 ? -1.0 : 1.0);
    vec2 at = steep == 1 ? vec2(y, x) : vec2(x, y);
    gl_Position = vec4(2.0 * at / size - 1.0, 0.0, 1.0);
}
"""
"""A band one pixel to each side of the line, over every column that it crosses."""

FRAGMENT = """
flat in vec4 course;
flat in int steep;
out vec4 count;
void main() {
    vec2 at = steep == 1 ? gl_FragCoord.yx : gl_FragCoord.xy;
    float away = abs(at.y - course.y - course.z * (at.x - course.x));
    count = vec4(course.w * max(0.0, 1.0 - away), 0.0, 0.0, 1.0);
}
"""
"""The two pixels of a column that are nearest the line share its weight."""


class Sort(NamedTuple):
    """What draws."""

    renderer: str
    version: str


class Density:
    """Counts edges on whatever OpenGL there is; belongs to the thread that made it.

    Raises
    ------
    StarlingError
        If there is neither OpenGL 3.3 nor OpenGL ES 3, or it does not take our programs.
    """

    def __init__(self, kinds: tuple[Kind, ...] = KINDS) -> None:
        self._surface, self._context = opened(kinds)
        self._gl: Any = self._context.extraFunctions()
        self.sort = Sort(str(self._gl.glGetString(RENDERER)), str(self._gl.glGetString(VERSION)))
        self._form = WITH_OTHERS if self._context.isOpenGLES() else ALONE
        self._program = compiled(self._context.isOpenGLES())
        self._read = reader(self._context)
        self._target: tuple[QOpenGLFramebufferObject, QOpenGLTexture] | None = None
        self._lines: dict[int, tuple[QOpenGLVertexArrayObject, QOpenGLBuffer, int]] = {}

    def load(self, key: int, ends: NDArray[np.float32]) -> None:
        """Keep ``(k, 4)`` float32 x, y, x, y of edges under *key*."""
        self.forget(key)
        array, buffer = QOpenGLVertexArrayObject(), QOpenGLBuffer()
        array.create()
        array.bind()
        buffer.create()
        buffer.bind()
        data = ends.tobytes()
        buffer.allocate(data, len(data))
        self._program.bind()
        self._program.enableAttributeArray(0)
        self._program.setAttributeBuffer(0, FLOAT, 0, 4, 16)
        self._gl.glVertexAttribDivisor(0, 1)
        array.release()
        buffer.release()
        self._lines[key] = array, buffer, len(ends)

    def forget(self, key: int) -> None:
        """Keep the edges under *key* no longer."""
        if key in self._lines:
            array, buffer, _ = self._lines.pop(key)
            array.destroy()
            buffer.destroy()

    def count(self, key: int, frame: Frame, size: tuple[int, int]) -> NDArray[np.uint16]:
        """Return ``(height, width)`` uint16 counts of the edges under *key*."""
        target = self._of_size(size)
        array, _, number = self._lines[key]
        gl: Any = self._gl
        program: Any = self._program  # its stubs know names as bytes only, which it refuses
        target.bind()
        gl.glViewport(0, 0, *size)
        gl.glClearColor(0.0, 0.0, 0.0, 0.0)
        gl.glClear(COLOR_BUFFER)
        gl.glEnable(BLEND)
        gl.glBlendFunc(ONE, ONE)
        program.bind()
        corner = np.array([frame.left, frame.top])
        first = corner.astype(np.float32)
        rest = (corner - first).astype(np.float32)
        program.setUniformValue("high", QVector2D(*first.tolist()))
        program.setUniformValue("low", QVector2D(*rest.tolist()))
        program.setUniformValue("size", QVector2D(*size))
        program.setUniformValue1f("scale", frame.scale)
        program.setUniformValue1f("fade", frame.fade)
        array.bind()
        gl.glDrawArraysInstanced(STRIP, 0, 4, number)
        array.release()
        raw = np.empty((size[1], size[0], self._form[1]), np.float32)
        gl.glPixelStorei(PACK, 4)
        self._read(0, 0, *size, self._form[0], FLOAT, raw.ctypes.data)
        if gl.glGetError() or not self._context.isValid():
            raise StarlingError("The graphics card gave up.")
        return np.minimum(np.rint(raw[..., 0]), FULL).astype(np.uint16)

    def _of_size(self, size: tuple[int, int]) -> QOpenGLFramebufferObject:
        """Return what to draw into: 32-bit numbers, one a pixel."""
        if self._target is None or self._target[0].size() != QSize(*size):
            numbers = QOpenGLTexture(QOpenGLTexture.Target.Target2D)
            numbers.setFormat(QOpenGLTexture.TextureFormat.R32F)
            numbers.setSize(*size)
            numbers.allocateStorage()
            target = QOpenGLFramebufferObject(QSize(*size))
            target.bind()
            self._gl.glFramebufferTexture2D(FRAMEBUFFER, COLOUR, TEXTURE, numbers.textureId(), 0)
            if self._gl.glCheckFramebufferStatus(FRAMEBUFFER) != COMPLETE:
                raise StarlingError("It cannot draw into a picture of numbers.")
            self._target = target, numbers
        return self._target[0]


def opened(kinds: tuple[Kind, ...]) -> tuple[QOffscreenSurface, QOpenGLContext]:
    """Return a surface that nobody sees, and a context on it that is current: the first kind."""
    for kind, version in kinds:
        wanted = QSurfaceFormat()
        wanted.setRenderableType(kind)
        wanted.setVersion(*version)
        wanted.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
        surface, context = QOffscreenSurface(), QOpenGLContext()
        surface.setFormat(wanted)
        surface.create()
        context.setFormat(wanted)
        good = context.create() and context.format().version() >= version
        if good and context.makeCurrent(surface):
            return surface, context
    raise StarlingError("It has neither OpenGL 3.3 nor OpenGL ES 3.")


def compiled(embedded: bool) -> QOpenGLShaderProgram:
    """Return the program that draws edges."""
    exact = "precision highp float;\nprecision highp int;\n"
    head = f"#version 300 es\n{exact}" if embedded else "#version 330\n"
    head += f"#define UNIT {UNIT}.0\n#define FAINT {FAINT}.0\n"
    program = QOpenGLShaderProgram()
    good = program.addShaderFromSourceCode(
        QOpenGLShader.ShaderTypeBit.Vertex, head + VERTEX
    ) and program.addShaderFromSourceCode(QOpenGLShader.ShaderTypeBit.Fragment, head + FRAGMENT)
    program.bindAttributeLocation("ends", 0)
    if not (good and program.link()):
        raise StarlingError(f"It does not take our programs: {program.log().strip()}")
    return program


def reader(context: QOpenGLContext) -> Any:
    """Return OpenGL's glReadPixels, which takes the address of an array."""
    address = context.getProcAddress(b"glReadPixels")
    kind = ctypes.WINFUNCTYPE if hasattr(ctypes, "WINFUNCTYPE") else ctypes.CFUNCTYPE
    number = ctypes.c_int
    return kind(None, *[number] * 4, ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p)(address)
