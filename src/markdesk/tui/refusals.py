"""A refusal is a sentence on the screen, never the end of the program."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from textual.app import App

from markdesk.core.errors import MarkdeskError

P = ParamSpec("P")
A = TypeVar("A", bound=App[Any])


def refusals_are_told(
    action: Callable[Concatenate[A, P], Awaitable[None]],
) -> Callable[Concatenate[A, P], Awaitable[None]]:
    """An action of the app that the desk may refuse: that is told where the teacher is, and all stays as it was."""

    @wraps(action)
    async def careful(app: A, /, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await action(app, *args, **kwargs)
        except MarkdeskError as error:
            tell_on(app, str(error))

    return careful


def tell_on(app: App[Any], text: str) -> None:
    """Say it on the present screen: in its own line, or in a notice where it has none."""
    tell = getattr(app.screen, "tell", None)
    if tell is not None:
        tell(text)
    else:
        app.notify(text, markup=False)
