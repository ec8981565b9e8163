"""A small immutable map whose copies share what didn't change.

A marking is a value: every act makes a new one. With twenty thousand annotations a plain dict would be copied
whole on every key; here one bucket is.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_BUCKETS = 64


class Keyed(Generic[K, V]):
    """Values by key. ``with_`` and ``without`` give a new map and leave this one as it was."""

    __slots__ = ("_buckets", "_size")

    def __init__(self, items: dict[K, V] | None = None) -> None:
        buckets: list[dict[K, V]] = [{} for _ in range(_BUCKETS)]
        for key, value in (items or {}).items():
            buckets[hash(key) % _BUCKETS][key] = value
        self._buckets = tuple(buckets)
        self._size = len(items or {})

    def get(self, key: K) -> V | None:
        return self._buckets[hash(key) % _BUCKETS].get(key)

    def with_(self, key: K, value: V | None) -> "Keyed[K, V]":
        """The map with this value; None takes the key out."""
        place = hash(key) % _BUCKETS
        bucket = dict(self._buckets[place])
        grown = -1 if key in bucket else 0
        if value is None:
            bucket.pop(key, None)
        else:
            bucket[key] = value
            grown += 1
        new: Keyed[K, V] = Keyed.__new__(Keyed)
        new._buckets = (*self._buckets[:place], bucket, *self._buckets[place + 1 :])
        new._size = self._size + grown
        return new

    def __iter__(self) -> Iterator[K]:
        for bucket in self._buckets:
            yield from bucket

    def values(self) -> Iterator[V]:
        for bucket in self._buckets:
            yield from bucket.values()

    def __len__(self) -> int:
        return self._size

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Keyed) and self._buckets == other._buckets

    def __repr__(self) -> str:
        return f"Keyed({list(self.values())!r})"
