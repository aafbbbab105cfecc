package markdown

import (
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
)

// line is a line of the panel.
type line struct{ runs []run }

// layOut breaks blocks into lines of at most w columns, with a blank line
// between two.
func layOut(blocks []block, w int) (out []line) {
	for i, b := range blocks {
		if i > 0 && !b.tight {
			out = append(out, line{})
		}
		out = append(out, b.lines(max(w, 1))...)
	}
	return out
}

func (b block) lines(w int) []line {
	switch b.kind {
	case quote:
		return prefixed(layOut(b.inner, w-2), run{text: "│ ", role: quiet}, run{text: "│ ", role: quiet})
	case item:
		n := cell.Width(b.lead)
		return prefixed(layOut(b.inner, w-n), run{text: b.lead, role: quiet}, run{text: strings.Repeat(" ", n)})
	case listing:
		var out []line
		for _, text := range b.text {
			text = cell.Cut(session.Clean(strings.ReplaceAll(text, "\t", "    "), 0), w-2)
			text = " " + text + strings.Repeat(" ", max(w-1-cell.Width(text), 0))
			out = append(out, line{[]run{{text: text, role: code}}})
		}
		return out
	case thematic:
		return []line{{[]run{{text: strings.Repeat("─", w), role: rule}}}}
	case table:
		return b.table(w)
	}
	return wrap(b.runs, w)
}

// prefixed puts something before the first line, and something before the
// others.
func prefixed(lines []line, first, others run) []line {
	if len(lines) == 0 {
		lines = []line{{}}
	}
	for i := range lines {
		before := others
		if i == 0 {
			before = first
		}
		lines[i].runs = append([]run{before}, lines[i].runs...)
	}
	return lines
}

// piece is a run of characters of one look without a blank, or a blank.
type piece struct {
	run
	width int
	blank bool
}

func pieces(runs []run) (out []piece) {
	for _, r := range runs {
		text := session.Clean(strings.Map(func(c rune) rune {
			if c == '\t' || c == '\n' {
				return ' '
			}
			return c
		}, r.text), 0)
		for text != "" {
			n := strings.IndexByte(text, ' ')
			switch n {
			case 0:
				n = len(text) - len(strings.TrimLeft(text, " "))
			case -1:
				n = len(text)
			}
			p := piece{run: r, blank: text[0] == ' '}
			p.text, p.hard = text[:n], false
			if p.blank && r.role != code {
				p.text = " "
			}
			p.width = cell.Width(p.text)
			out, text = append(out, p), text[n:]
		}
		if r.hard {
			out = append(out, piece{run: run{hard: true}})
		}
	}
	return out
}

// wrap breaks runs into lines, between words where it can.
func wrap(runs []run, w int) (out []line) {
	var now line
	used := 0
	flush := func() {
		for n := len(now.runs); n > 0 && strings.TrimSpace(now.runs[n-1].text) == ""; n-- {
			now.runs = now.runs[:n-1]
		}
		out, now, used = append(out, now), line{}, 0
	}
	all := pieces(runs)
	for i := 0; i < len(all); i++ {
		p := all[i]
		switch {
		case p.hard:
			flush()
			continue
		case p.blank && used == 0 && len(out) > 0:
			continue
		case p.blank && used+p.width >= w:
			continue
		case !p.blank && used > 0 && used+word(all[i:]) > w && (i == 0 || all[i-1].blank || used+p.width > w):
			flush()
		}
		for p.width > w-used { // Longer than a line.
			head := cut(p.text, w-used)
			if head == "" {
				break
			}
			part := p.run
			part.text = head
			now.runs = append(now.runs, part)
			flush()
			p.text = p.text[len(head):]
			p.width = cell.Width(p.text)
		}
		now.runs, used = append(now.runs, p.run), used+p.width
	}
	if used > 0 || len(out) == 0 {
		flush()
	}
	return out
}

// word is the width of the pieces up to the next blank.
func word(rest []piece) (n int) {
	for _, p := range rest {
		if p.blank || p.hard {
			break
		}
		n += p.width
	}
	return n
}

// cut is as much of the start of s as fits into w columns.
func cut(s string, w int) string {
	n, used := 0, 0
	for n < len(s) {
		c, width := cell.First(s[n:])
		if used+width > w {
			break
		}
		n, used = n+len(c), used+width
	}
	return s[:n]
}

// table lays a table out: columns as wide as they need, the widest ones
// narrower where there is no room.
func (b block) table(w int) (out []line) {
	widths := b.columns(w)
	for i, row := range b.rows {
		var l line
		for c := range widths {
			if c > 0 {
				l.runs = append(l.runs, run{text: "  "})
			}
			var runs []run
			if c < len(row) {
				runs = row[c]
			}
			l.runs = append(l.runs, fitted(runs, widths[c], c < len(b.right) && b.right[c])...)
		}
		out = append(out, l)
		if i == 0 {
			total := 2*len(widths) - 2
			for _, n := range widths {
				total += n
			}
			out = append(out, line{[]run{{text: strings.Repeat("─", max(total, 0)), role: rule}}})
		}
	}
	return out
}

func (b block) columns(w int) []int {
	var widths []int
	for _, row := range b.rows {
		for c, runs := range row {
			if c == len(widths) {
				widths = append(widths, 1)
			}
			widths[c] = max(widths[c], width(runs))
		}
	}
	for {
		total, widest := 2*len(widths)-2, 0
		for c, n := range widths {
			total += n
			if n > widths[widest] {
				widest = c
			}
		}
		if total <= w || len(widths) == 0 || widths[widest] <= 3 {
			return widths
		}
		widths[widest]--
	}
}

func width(runs []run) (n int) {
	for _, p := range pieces(runs) {
		n += p.width
	}
	return n
}

// fitted is runs in exactly w columns.
func fitted(runs []run, w int, right bool) (out []run) {
	used, whole := 0, width(runs)
	for _, p := range pieces(runs) {
		if used+p.width > w {
			p.text = cell.Cut(p.text, w-used)
			p.width = cell.Width(p.text)
		} else if used+p.width == w && whole > w {
			p.text = cell.Cut(p.text+"…", w-used)
			p.width = cell.Width(p.text)
		}
		out, used = append(out, p.run), used+p.width
		if used >= w {
			break
		}
	}
	blank := run{text: strings.Repeat(" ", max(w-used, 0))}
	if right {
		return append([]run{blank}, out...)
	}
	return append(out, blank)
}

// plain replaces the signs of the panel where the terminal shows ASCII alone.
func plain(s string, ascii bool) string {
	if !ascii {
		return s
	}
	return strings.NewReplacer("•", "*", "│", "|", "─", "-", "…", ".").Replace(s)
}
