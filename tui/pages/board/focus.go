package board

// focusOn gives the focus to a panel. Follow brings it into view.
func (b *stage) focusOn(i int, follow bool) {
	if i < 0 || i >= len(b.slots) {
		return
	}
	if i != b.focus {
		b.slots[b.focus].impl.Focus(false)
		b.focus = i
		b.slots[i].impl.Focus(true)
	}
	b.relayout()
	if follow && !b.full {
		b.layOut()
		b.follow()
	}
}

// follow scrolls the page so that the focused panel is in view, from its top.
func (b *stage) follow() {
	for _, p := range b.laid.places {
		if p.slot != b.focus {
			continue
		}
		top, bottom := p.Y-p.rule.H, p.Y+p.H
		if bottom > b.scroll+b.rows() {
			b.scroll = bottom - b.rows()
		}
		b.scroll = min(b.scroll, top)
	}
	b.scrollBy(0)
}

// scrollBy scrolls the rows of the page.
func (b *stage) scrollBy(lines int) {
	b.layOut()
	b.scroll = max(min(b.scroll+lines, b.laid.lines-b.rows()), 0)
	b.drawn = false
}

// setFull shows the focused panel alone, or all of them.
func (b *stage) setFull(on bool) {
	b.full = on
	b.relayout()
	if !on {
		b.layOut()
		b.follow()
	}
}

// moveFocus gives the focus to the nearest panel in a direction.
func (b *stage) moveFocus(dx, dy int) {
	if b.over != nil {
		return
	}
	if b.full {
		b.focusOn((b.focus+dx+dy+len(b.slots))%len(b.slots), false)
		return
	}
	b.layOut()
	var from place
	for _, p := range b.laid.places {
		if p.slot == b.focus {
			from = p
		}
	}
	best, least := -1, 0
	for _, p := range b.laid.places {
		if d, ok := distance(from, p, dx, dy); ok && (best < 0 || d < least) {
			best, least = p.slot, d
		}
	}
	b.focusOn(best, true)
}

// distance is how far a panel is from another in a direction, and whether it is
// in that direction.
func distance(from, to place, dx, dy int) (int, bool) {
	along, across := to.X-from.X, gap(from.Y, from.H, to.Y, to.H)
	if dy != 0 {
		along, across = to.Y-from.Y, gap(from.X, from.W, to.X, to.W)
	}
	along *= dx + dy
	if along <= 0 || dx != 0 && across > 0 {
		return 0, false
	}
	return along*4 + across, true
}

// gap is how far two spans are apart: 0 where they overlap.
func gap(a, an, b, bn int) int { return max(b-(a+an)+1, a-(b+bn)+1, 0) }

// at is the panel at x, y of the page, and where it begins there.
func (b *stage) at(x, y int) (s *slot, left, top int) {
	b.layOut()
	y0 := b.head()
	if y < y0 || y >= y0+b.rows() {
		return nil, 0, 0
	}
	for _, p := range b.laid.places {
		left, top = p.X+b.pad(), y0+p.Y-b.scroll
		if x >= p.X && x < p.X+p.W && y >= top && y < top+p.H {
			return b.get(p.slot), left, top
		}
	}
	return nil, 0, 0
}

// origin is where a panel begins on the page.
func (b *stage) origin(s *slot) (left, top int) {
	for _, p := range b.laid.places {
		if b.get(p.slot) == s {
			return p.X + b.pad(), b.head() + p.Y - b.scroll
		}
	}
	return 0, 0
}
