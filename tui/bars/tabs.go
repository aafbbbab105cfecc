package bars

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// Tabs is what the top line is made from.
type Tabs struct {
	Theme     *theme.Theme
	Width     int
	Tabs      []Tab
	Session   session.Session
	Live      bool   // somebody is signed in, and the session has not ended
	Login     string // the key that logs in; "" where nobody can
	LocalPool bool   // the user pool is the local one
	As        string // as whom the pages are shown, where that is somebody else; "" = as who is signed in
}

// Tab is one tab of the bar.
type Tab struct {
	Title         string
	Shown, Locked bool
	Lit           bool // its lock opens or has just opened
}

// barStyle is how much the tab bar says. Each entry of barStyles says less
// than the one before; the first that fits is drawn.
type barStyle struct {
	brand, wholeTitles, wholeName bool
	badge                         bool // the pool is the local one
	store                         bool // the tokens are in a file
	shortTitles                   bool // first words
	name                          bool
	cut                           int // how wide a title is at most; 0 = 40
}

var barStyles = []barStyle{
	{brand: true, wholeTitles: true, wholeName: true, name: true, badge: true, store: true},
	{wholeTitles: true, wholeName: true, name: true, badge: true, store: true},
	{wholeTitles: true, name: true, badge: true, store: true},
	{shortTitles: true, wholeName: true, name: true, badge: true, store: true},
	{shortTitles: true, name: true, badge: true, store: true},
	{shortTitles: true, wholeName: true, name: true, badge: true},
	{shortTitles: true, name: true, badge: true},
	{shortTitles: true, name: true},
	{shortTitles: true},
}

// Bar lays the tab bar out: tabs at the left, who is signed in at the right.
// Where even first words have no room, a part of the tabs is shown, the same one
// for each of them: tabs stand still when another is shown.
func (t Tabs) Bar() Bar {
	var left, right []piece
	fits := false
	for _, style := range barStyles {
		left, right = t.tabs(style), t.person(style)
		if fits = length(left)+length(right)+1 <= t.Width; fits {
			break
		}
	}
	if !fits {
		right = t.person(barStyle{name: true})
		if t.Width-length(right) < windowLeast {
			right = nil
		}
		left = t.window(t.Width - length(right) - 1)
	}
	out := Bar{ground: t.Theme.Surface}
	out.add(0, left)
	out.add(max(t.Width-length(right), length(left)), right)
	return out
}

// Where tabs are more than fit: how many columns are theirs before the bar says
// who is signed in, from which width on titles are whole, and how wide a title
// is at most.
const (
	windowLeast = 26
	wholeWidth  = 60
	windowTitle = 20
)

// window is as many tabs as fit, those beside which the shown one stands, with
// arrows where there are more.
func (t Tabs) window(room int) []piece {
	style := barStyle{wholeTitles: t.Width >= wholeWidth, shortTitles: t.Width < wholeWidth, cut: max(min(windowTitle, room-8), 1)}
	all := t.tabs(style)
	const arrow = 2
	from, used := 0, 0
	for i, p := range all {
		w := cell.Width(p.text)
		before := 0
		if from > 0 {
			before = arrow
		}
		if i > from && before+used+w+arrow > room && (i < len(all)-1 || before+used+w > room) {
			if t.shownIn(from, i) {
				return t.arrows(all, from, i)
			}
			from, used = i, 0
		}
		used += w
	}
	return t.arrows(all, from, len(all))
}

// shownIn reports whether the shown tab is one of some.
func (t Tabs) shownIn(from, to int) bool {
	for _, tab := range t.Tabs[from:to] {
		if tab.Shown {
			return true
		}
	}
	return false
}

// arrows are the tabs of a window, with what leads to those before and after.
func (t Tabs) arrows(all []piece, from, to int) (out []piece) {
	arrow := func(utf, ascii string, tab int) piece {
		return piece{text: box.Sign(t.Theme, utf, ascii), fg: t.Theme.Accent, bg: t.Theme.Surface, attr: cell.Bold, intent: Intent{Tab: tab}}
	}
	if from > 0 {
		out = append(out, arrow("‹ ", "< ", from))
	}
	out = append(out, all[from:to]...)
	if to < len(all) {
		out = append(out, arrow(" ›", " >", to+1))
	}
	return out
}

func (t Tabs) tabs(style barStyle) []piece {
	c := t.Theme
	var out []piece
	if style.brand {
		out = append(out, piece{text: " tabgate ", fg: c.Accent, bg: c.Surface, attr: cell.Bold})
	}
	for i, tab := range t.Tabs {
		p := piece{text: t.text(i, style), fg: c.Text, bg: c.Surface, intent: Intent{Tab: i + 1}}
		if tab.Locked {
			p.fg = c.Muted
		}
		if tab.Shown {
			p.fg, p.bg, p.attr = c.OnAccent, c.Accent, t.bold()
		}
		if tab.Lit {
			p.fg, p.bg, p.attr = c.OnAccent, c.Good, t.bold()|t.reversed()
		}
		out = append(out, p)
	}
	return out
}

// text is " 2 Plotting Demo ⊘ ". Without colours, brackets mark the tab in
// view.
func (t Tabs) text(i int, style barStyle) string {
	tab := t.Tabs[i]
	title := session.Clean(tab.Title, 40)
	if style.shortTitles {
		title = firstWord(title)
	}
	if style.cut > 0 {
		title = cell.Cut(title, style.cut)
	}
	var words []string
	if i < keyed {
		words = append(words, strconv.Itoa(i+1))
	}
	words = append(words, title)
	switch {
	case tab.Locked:
		words = append(words, LockMark(t.Theme))
	case tab.Lit:
		words = append(words, box.Sign(t.Theme, "✓", "+"))
	}
	text := strings.Join(words, " ")
	if tab.Shown && t.Theme.Renderer.ColorProfile() == termenv.Ascii {
		return "[" + text + "]"
	}
	return " " + text + " "
}

// keyed is how many tabs have a digit that goes to them.
const keyed = 9

// firstWord is a title up to the end of its first word, with the sign before it.
func firstWord(title string) string {
	letters := false
	for i, r := range title {
		if r == ' ' && letters {
			return title[:i]
		}
		letters = letters || unicode.IsLetter(r) || unicode.IsDigit(r)
	}
	return title
}

// bold is for dark words on a bright ground: with 16 colours, terminals make
// bold black grey, which nobody can read there.
func (t Tabs) bold() cell.Attr {
	if t.Theme.Renderer.ColorProfile() == termenv.ANSI {
		return 0
	}
	return cell.Bold
}

// reversed makes words stand out where there are no colours.
func (t Tabs) reversed() cell.Attr {
	if t.Theme.Renderer.ColorProfile() == termenv.Ascii {
		return cell.Reverse
	}
	return 0
}

// LockMark is the sign of a locked tab.
func LockMark(t *theme.Theme) string { return box.Sign(t, "⊘", "x") }

func (t Tabs) person(style barStyle) []piece {
	c, s := t.Theme, t.Session
	if t.As != "" {
		text := " " + session.Clean(t.As, 40) + " "
		if style.badge || style.wholeTitles {
			text = " viewing as" + text
		}
		return []piece{{text: text, fg: c.OnAccent, bg: c.Accent, attr: t.bold() | t.reversed(), intent: Intent{Key: ":"}}}
	}
	var out []piece
	if t.LocalPool && style.badge {
		out = append(out, piece{text: " local pool ", fg: c.OnAccent, bg: c.Warn})
	}
	if !t.Live {
		if style.name && t.Login != "" {
			text := " signed out "
			if s.SignedIn() {
				text = " session ended "
			}
			out = append(out, piece{text: text, fg: c.Muted, bg: c.Surface, intent: Intent{Key: t.Login}})
		}
		return out
	}
	if s.TokenStore == "file" && style.store {
		if len(out) > 0 {
			out = append(out, piece{text: " ", bg: c.Surface})
		}
		out = append(out, piece{text: " tokens in a file ", fg: c.OnAccent, bg: c.Warn})
	}
	name := session.Clean(s.Name(), 40)
	if !style.wholeName {
		name, _, _ = strings.Cut(name, "@")
		name = cell.Cut(name, 14)
	}
	if style.name {
		out = append(out, piece{text: " " + name + " ", fg: c.Text, bg: c.Surface, attr: cell.Bold})
	}
	return out
}
