"""What CPython runs: classes, dictionaries, strings, regular expressions, sorting, a hash."""
import hashlib
import re


class Node:
    def __init__(self, value, left=None, right=None):
        self.value, self.left, self.right = value, left, right

    def total(self):
        return self.value + sum(part.total() for part in (self.left, self.right) if part)


def tree(depth):
    return Node(depth, tree(depth - 1), tree(depth - 1)) if depth else Node(1)


counts = {}
for i in range(20000):
    key = f"k{i * 7919 % 1009}"
    counts[key] = counts.get(key, 0) + i % 13
words = sorted(counts, key=lambda key: (-counts[key], key))
text = " ".join(words)
marked = re.sub(r"k(\d)(\d*)", lambda found: found[2] + "-" + found[1], text)
digest = hashlib.sha256(marked.encode()).hexdigest()
print(tree(11).total(), len(marked), sum(i * i % 7 for i in range(50000)), 3**400 % 10**9, digest)
