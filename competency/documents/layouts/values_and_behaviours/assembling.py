"""From the plan to the draft: values with their commitments, behaviours, unhelpful lists."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from competency.documents import accounting
from competency.documents.document import Document, Span
from competency.documents.draft import Draft, FrameworkDraft, OccurrenceDraft
from competency.documents.layouts.values_and_behaviours import doubts, phrases, plan
from competency.documents.layouts.values_and_behaviours.item import Item
from competency.documents.layouts.values_and_behaviours.plan import Block, Plan
from competency.documents.layouts.values_and_behaviours.spans import bare, cut
from competency.documents.layouts.values_and_behaviours.splitting import Splitter
from competency.documents.layouts.values_and_behaviours.values import (
    Value,
    behaviours,
    between,
    heading,
    mend,
    number,
    statement,
    strays,
)
from competency.documents.steps import file_step

_BODY = re.compile(
    r"(?<=[a-z] )(?:[A-Z][a-z]+ ){1,5}(?:Council|Authority|University|College|Trust|Constabulary"
    r"|Police|Ministry|Department|Agency|Corporation|Foundation)\b"
)


class Assembler:
    """Puts one draft together."""

    def __init__(self, document: Document, outline: Plan) -> None:
        """Take what is to be put together; :meth:`assemble` does it."""
        self.document, self.plan = document, outline
        self.draft = FrameworkDraft("Framework", file_step(document))
        self.values: list[Value] = []
        self.by_name: dict[str, Value] = {}
        self.commitments: list[tuple[Draft, Value | None]] = []
        self.drafts: dict[int, Draft] = {}
        self.in_turn = False
        self.places = [block.section for block in outline.of(plan.VALUE)]
        detail = (b.section for b in outline.blocks if b.kind in (plan.COMMITMENT, plan.UNHELPFUL))
        self.first_detail = next(detail, None)
        self.has_summary = any(block.bullets for block in outline.of(plan.VALUE))
        lists = [
            [item.span for item in block.bullets]
            for block in outline.blocks
            if block.kind not in (plan.VALUE, plan.LOOSE)
        ]
        self.splitter = Splitter(document, lists)

    def assemble(self) -> FrameworkDraft:
        """Return the draft, with every word in it or set aside."""
        before, after = self._notes()
        for block in self.plan.of(plan.VALUE):
            self._printed_value(block)
        sections: dict[int, list[Block]] = defaultdict(list)
        for block in self.plan.blocks:
            sections[block.section].append(block)
        for blocks in sections.values():
            self._section(blocks)
        self._mark_strays()
        for value in self.values:
            value.settle(self.document, bool(self.commitments))
        loose = self.draft.parts
        self.draft.parts = [*before, *(value.draft for value in self.values), *loose, *after]
        self._whole()
        return self.draft

    # ------------------------------------------------------------------ the framework

    def _whole(self) -> None:
        draft = self.draft
        draft.document_type, draft.extent = "Behaviour framework", "Whole"
        draft.name = "" if draft.label else "Values and behaviours"
        for item in self.plan.items:
            draft.leave_out(item.sign, "Bullet sign")
        for span, reason in self.plan.aside:
            draft.leave_out(span, reason)
        self._bodies()
        for span in accounting.lost(self.document, draft):
            draft.add(Draft("Note", "n", text=span, doubts=[doubts.NOT_UNDERSTOOD]))
        for part in draft.walk():
            number(part.parts)

    def _bodies(self) -> None:
        """Keep the organisations that behaviours name."""
        names: set[str] = set()
        for item in self.plan.items:
            for found in _BODY.finditer(item.text if item.bullet else ""):
                if found[0] not in names:
                    names.add(found[0])
                    self.draft.organisations.append(cut(self.document, item.span, *found.span()))

    def _notes(self) -> tuple[list[Draft], list[Draft]]:
        """Return the loose lines before the first value or list, and those after."""
        before: list[Draft] = []
        after: list[Draft] = []
        here = before
        for place, block in enumerate(self.plan.blocks):
            if block.kind != plan.LOOSE:
                here = after
            elif place == 0 and block.head and plan.is_title(block.head):
                self.draft.label = bare(self.document, block.head.span)
                self.draft.also.append(block.head.enumeration)
                self.draft.doubts += [] if block.head.marked else [doubts.TITLE]
                mend(self.draft, block.head)
            else:
                here += [statement("Note", "n", block.head, doubts.LOOSE)] if block.head else []
                here += [statement("Note", "n", item, doubts.NO_LIST) for item in block.bullets]
        return before, after

    # ------------------------------------------------------------------ values

    def _new_value(self) -> Value:
        value = Value(Draft("Value", "v"))
        self.values.append(value)
        return value

    def _printed_value(self, block: Block) -> None:
        """Make a value of the summary, with its lead-in and the lines around that."""
        value = self._new_value()
        value.statement, value.summary = block.head, block.bullets
        if block.head:
            value.draft.enumeration = block.head.enumeration
            self.by_name.setdefault(block.head.key, value)
            mend(value.draft, block.head)
        if block.name:
            value.draft.also.append(block.name.enumeration)
            self._name(value, value.others, bare(self.document, block.name.span))
        between(value.draft, block.after, "Descriptor")

    def _name(self, value: Value, names: list[Span], name: Span) -> None:
        if name:
            names.append(name)
            self.by_name.setdefault(phrases.key(name.text), value)

    def _printed_name(self, block: Block) -> Span:
        """Return the short name that the heading of a group or an unhelpful list gives."""
        if block.kind not in (plan.GROUP, plan.UNHELPFUL) or not block.head:
            return Span()
        span, text = block.head.span, block.head.text
        where = phrases.unhelpful(text) or phrases.group(text)
        return bare(self.document, cut(self.document, span, *where) if where else span)

    def _usual(self, blocks: Sequence[Block]) -> Value | None:
        """Return the value of a stretch: by its commitments, by its names, by its place."""
        owners = [block.match.promise.value for block in blocks if block.match]
        if owners:
            return self.values[Counter(owners).most_common(1)[0][0]]
        names = [phrases.key(name.text) for name in map(self._printed_name, blocks) if name]
        known = [self.by_name[name] for name in names if name in self.by_name]
        if known:
            return known[0]
        around = self._around(blocks[0])
        closed = any(block.kind == plan.UNHELPFUL for block in blocks)
        return around or (self._new_value() if names or closed else None)

    def _around(self, block: Block) -> Value | None:
        """Return the value printed before, where there is one or each has its details below."""
        if len(self.places) < 2:
            return self.values[0] if self.places else None
        if self.first_detail is None or self.first_detail >= self.places[-1]:
            return None
        return self.values[max(0, bisect_right(self.places, block.section) - 1)]

    # ------------------------------------------------------------------ the detailed part

    def _section(self, blocks: Sequence[Block]) -> None:
        """Put commitments, groups and unhelpful lists of one stretch under their values."""
        if all(block.kind in (plan.VALUE, plan.LOOSE) for block in blocks):
            return
        usual = self._usual(blocks)
        self.in_turn = self._lists_at_the_end(blocks)
        owners: dict[Value, None] = {}
        nearest = usual
        holder: Draft | None = None
        for block in blocks:
            if block.kind == plan.GROUP and block.head:
                usual = usual or self._new_value()
                holder = self._group(block, block.head, usual)
            elif block.kind == plan.COMMITMENT and block.head:
                own = self.values[block.match.promise.value] if block.match else nearest
                self._commitment(block, block.head, own, holder if own is usual else None)
                nearest = own
                owners |= {own: None} if own else {}
            elif block.kind == plan.UNHELPFUL and block.head:
                self._unhelpful(block, block.head, owners, nearest)

    def _group(self, block: Block, head: Item, value: Value) -> Draft | None:
        """Add the heading over the details of a value; a mere name becomes the value's label."""
        name = self._printed_name(block)
        is_name = not phrases.group(head.text)
        if is_name and not value.statement and not block.bullets and not value.others:
            value.draft.enumeration = head.enumeration
            self._name(value, value.others, name)
            return None
        if not is_name:
            self._name(value, value.others, name)
        holder = value.draft.add(heading(self.document, "Group", "descriptors", head))
        behaviours(holder, block.bullets, self.splitter, "PositiveIndicator")
        return holder

    def _commitment(
        self, block: Block, head: Item, own: Value | None, holder: Draft | None
    ) -> None:
        """Add a commitment with its behaviours, or more behaviours to one begun before."""
        match = block.match
        part = own.found.get(match.promise.position) if match and own else None
        if part:
            part.also += [head.span, head.enumeration]
            part.doubts.append(doubts.GOES_ON)
        else:
            part = heading(self.document, "ElementOfCompetency", "c", head)
            (holder or (own.draft if own else self.draft)).add(part)
            self.commitments.append((part, own))
            self._tie(part, block, own)
        between(part, block.after, "Note", doubts.BETWEEN)
        behaviours(part, block.bullets, self.splitter, "PositiveIndicator")

    def _tie(self, part: Draft, block: Block, own: Value | None) -> None:
        """Tie a commitment to where the summary prints it, or say that it does not."""
        if block.head and plan.reads_on(block.head.text):
            part.doubts.append(doubts.LIKE_SENTENCE)
        if not block.match or not own:
            silent = [doubts.NO_SUMMARY] if self.has_summary else []
            part.doubts += silent if own else [doubts.NO_VALUE]
            return
        item, position = block.match.promise.item, block.match.promise.position
        own.found[position] = part
        label = bare(self.document, item.span)
        part.occurrences.append(OccurrenceDraft(label, "Summary list", position))
        self.draft.leave_out(item.enumeration, "Number in the summary, kept as the position there")
        part.doubts += [] if block.match.sure else [doubts.NEAR]
        mend(part, item)

    def _unhelpful(
        self, block: Block, head: Item, owners: Collection[Value], nearest: Value | None
    ) -> None:
        """Add a list of unhelpful behaviours to the value whose commitments it closes."""
        name = self._printed_name(block)
        value = self._closed(phrases.key(name.text), owners, nearest)
        again = value.unhelpful.get(head.key)
        part = again or heading(self.document, "Group", "unhelpful", head)
        if again:
            part.also += [head.span, head.enumeration]
            part.doubts.append(doubts.GOES_ON)
        else:
            part.doubts += [doubts.SECOND_LIST] if value.unhelpful else []
            part.doubts += [doubts.MIXED] if len(owners) > 1 else []
            sure = value in owners or not value.statement
            part.doubts += [] if sure else [doubts.NO_COMMITMENTS]
            value.unhelpful[head.key] = part
        self._name(value, value.names, name)
        between(part, block.after, "Note", doubts.BETWEEN)
        behaviours(part, block.bullets, self.splitter, "NegativeIndicator")

    def _closed(self, name: str, owners: Collection[Value], nearest: Value | None) -> Value:
        """Return the value that a list belongs to: the one of its name, or the one before it."""
        named = self.by_name.get(name) if name else None
        if named and (not named.unhelpful or named in owners or not nearest):
            return named
        other = name and (self.in_turn or (nearest and nearest.unhelpful and not nearest.statement))
        if nearest and not other:
            return nearest
        open_values = [value for value in self.values if not value.unhelpful]
        return open_values[0] if self.in_turn and open_values else self._new_value()

    def _lists_at_the_end(self, blocks: Sequence[Block]) -> bool:
        """Say whether a stretch closes several values, so that only their order can tell them."""
        names = [
            phrases.key(self._printed_name(b).text) for b in blocks if b.kind == plan.UNHELPFUL
        ]
        unknown = set(names) - set(self.by_name) - {""}
        return len(unknown) > 1 and len(unknown) <= sum(not v.unhelpful for v in self.values)

    def _mark_strays(self) -> None:
        """Say of a commitment printed among those of another value that it was moved."""
        places = {id(value): n for n, value in enumerate(self.values)}
        owned = [(part, places[id(own)]) for part, own in self.commitments if own]
        for place in sorted(strays([owner for _, owner in owned])):
            owned[place][0].repairs.add("Reordered")
            owned[place][0].doubts.append(doubts.ELSEWHERE)
