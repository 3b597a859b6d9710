"""Union-find with pairs that must not be joined."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

__all__ = ["Groups"]

_T = TypeVar("_T", bound=Hashable)


class Groups(Generic[_T]):
    """Disjoint groups of items that grow by `join`, so that merges are transitive.

    A join is refused when any two items of the two groups are apart: by `forbid`, or because
    `apart` says so of a pair.

    >>> groups = Groups(["a", "b", "c"])
    >>> groups.forbid("a", "c")
    >>> groups.join("a", "b"), groups.join("b", "c"), groups.all()
    (True, False, [['a', 'b'], ['c']])
    """

    def __init__(
        self, items: Iterable[_T], apart: Callable[[_T, _T], bool] = lambda a, b: False
    ) -> None:
        self._order = {item: place for place, item in enumerate(dict.fromkeys(items))}
        self._root = {item: item for item in self._order}
        self._members = {item: [item] for item in self._order}
        self._forbidden: dict[_T, set[_T]] = {}
        self._apart = apart

    def forbid(self, a: _T, b: _T) -> None:
        """Keep two items apart from now on."""
        self._forbidden.setdefault(a, set()).add(b)
        self._forbidden.setdefault(b, set()).add(a)

    def find(self, item: _T) -> _T:
        """Return the item that stands for the group of this one."""
        root = item
        while self._root[root] != root:
            root = self._root[root]
        while self._root[item] != root:
            self._root[item], item = root, self._root[item]
        return root

    def clash(self, a: _T, b: _T) -> tuple[_T, _T] | None:
        """Return two items, one of each group, that are to stay apart, or None."""
        ours, theirs = self._members[self.find(a)], self._members[self.find(b)]
        for one in ours:
            banned = self._forbidden.get(one, ())
            for other in theirs:
                if other in banned or self._apart(one, other):
                    return one, other
        return None

    def join(self, a: _T, b: _T, *, checked: bool = True) -> bool:
        """Make the groups of two items one; return whether they are one now.

        `checked=False` passes the check over: a person's word.
        """
        ours, theirs = self.find(a), self.find(b)
        if ours == theirs:
            return True
        if checked and self.clash(a, b) is not None:
            return False
        if len(self._members[ours]) < len(self._members[theirs]):
            ours, theirs = theirs, ours
        self._root[theirs] = ours
        self._members[ours] += self._members.pop(theirs)
        return True

    def members(self, item: _T) -> list[_T]:
        """Return the items of the group of this one, in the order they were given in."""
        return sorted(self._members[self.find(item)], key=self._order.__getitem__)

    def all(self) -> list[list[_T]]:
        """Return the groups, each in the order that its items were given in."""
        found = [self.members(root) for root in self._members]
        return sorted(found, key=lambda group: self._order[group[0]])
