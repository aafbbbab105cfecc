package widget

import (
	"slices"
	"unicode"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
)

// Field is one line of text that is typed, edited and pasted. The zero Field
// is empty and takes whatever can be printed. (The text input of bubbles would
// look for clipboard programs at every start and blink for ever.)
type Field struct {
	// Limit is how many runes the text may have; 0 means 256.
	Limit int
	// Take returns what a typed or pasted rune becomes in the text, negative
	// for nothing; nil takes what can be printed, and a blank for a line break
	// and a tab.
	Take func(rune) rune
	// Hide returns where a secret begins in the text, its length if nowhere: a
	// dot is shown for each rune from there on. Nil hides nothing.
	Hide func(text []rune) int

	text []rune
	at   int // where the cursor is
}

const defaultLimit = 256

// Erase and Move are the editing keys, for a list of what acts now.
var (
	Erase = key.NewBinding(key.WithKeys("backspace", "ctrl+h", "delete", "ctrl+d", "ctrl+w", "alt+backspace", "alt+d", "alt+delete", "ctrl+u", "ctrl+k"),
		key.WithHelp("backspace", "erase"))
	Move = key.NewBinding(key.WithKeys("left", "right", "ctrl+b", "ctrl+f", "home", "end", "ctrl+a", "ctrl+e", "alt+left", "alt+right", "ctrl+left", "ctrl+right", "alt+b", "alt+f"),
		key.WithHelp("←/→", "move"))
)

// String returns the text.
func (f *Field) String() string { return string(f.text) }

// Empty reports whether there is no text.
func (f *Field) Empty() bool { return len(f.text) == 0 }

// Clear takes the text away, in memory too.
func (f *Field) Clear() {
	clear(f.text)
	f.text, f.at = f.text[:0], 0
}

// Key takes a key that types or edits, and reports whether it is one.
//
//	left, right, ctrl+b, ctrl+f           one character
//	home, end, ctrl+a, ctrl+e             to the start, to the end
//	alt or ctrl with an arrow, alt+b, +f  one word
//	backspace, delete, ctrl+h, ctrl+d     erase a character
//	ctrl+w, alt+backspace, alt+d          erase a word
//	ctrl+u, ctrl+k                        erase all before, all after
func (f *Field) Key(msg tea.KeyMsg) bool {
	switch {
	case msg.Type == tea.KeySpace && !msg.Alt:
		f.Insert([]rune{' '})
		return true
	case msg.Type == tea.KeyRunes && !msg.Alt:
		f.Insert(msg.Runes)
		return true
	}
	switch msg.String() {
	case "left", "ctrl+b":
		f.at = f.before()
	case "right", "ctrl+f":
		f.at = f.after()
	case "home", "ctrl+a":
		f.at = 0
	case "end", "ctrl+e":
		f.at = len(f.text)
	case "alt+left", "ctrl+left", "alt+b":
		f.at = f.wordBefore()
	case "alt+right", "ctrl+right", "alt+f":
		f.at = f.wordAfter()
	case "backspace", "ctrl+h":
		f.erase(f.rubbed(), f.at)
	case "delete", "ctrl+d":
		f.erase(f.at, f.after())
	case "ctrl+w", "alt+backspace":
		f.erase(f.wordBefore(), f.at)
	case "alt+d", "alt+delete":
		f.erase(f.at, f.wordAfter())
	case "ctrl+u":
		f.erase(0, f.at)
	case "ctrl+k":
		f.erase(f.at, len(f.text))
	default:
		return false
	}
	return true
}

// Insert puts text at the cursor, as far as the limit allows.
func (f *Field) Insert(text []rune) {
	take, limit := f.Take, f.Limit
	if take == nil {
		take = printed
	}
	if limit == 0 {
		limit = defaultLimit
	}
	var taken []rune
	for _, r := range text {
		if r = take(r); r >= 0 && len(f.text)+len(taken) < limit {
			taken = append(taken, r)
		}
	}
	f.text = slices.Insert(f.text, f.at, taken...)
	f.at += len(taken)
	clear(taken)
}

func printed(r rune) rune {
	const nonJoiner, joiner = '\u200c', '\u200d'
	switch {
	case r == '\n', r == '\t':
		return ' '
	case unicode.IsPrint(r), r == joiner, r == nonJoiner:
		return r
	}
	return -1
}

// erase takes a part of the text away, in memory too.
func (f *Field) erase(from, to int) {
	n := len(f.text)
	f.text = append(f.text[:from], f.text[to:]...)
	clear(f.text[len(f.text):n])
	f.at = from
}

// before is where the character before the cursor begins.
func (f *Field) before() int {
	at, next := 0, 0
	for s := string(f.text[:f.at]); s != ""; {
		c, _ := cell.First(s)
		at, next = next, next+len([]rune(c))
		s = s[len(c):]
	}
	return at
}

// rubbed is where backspace erases from: of a letter it takes the last mark,
// of an emoji all.
func (f *Field) rubbed() int {
	from := f.before()
	if from < f.at && unicode.IsLetter(f.text[from]) {
		return f.at - 1
	}
	return from
}

// after is where the character after the cursor ends.
func (f *Field) after() int {
	c, _ := cell.First(string(f.text[f.at:]))
	return f.at + len([]rune(c))
}

func (f *Field) wordBefore() int {
	i := f.at
	for i > 0 && unicode.IsSpace(f.text[i-1]) {
		i--
	}
	for i > 0 && !unicode.IsSpace(f.text[i-1]) {
		i--
	}
	return i
}

func (f *Field) wordAfter() int {
	i := f.at
	for i < len(f.text) && unicode.IsSpace(f.text[i]) {
		i++
	}
	for i < len(f.text) && !unicode.IsSpace(f.text[i]) {
		i++
	}
	return i
}

// Around returns the text before and after the cursor, as much of it around
// the cursor as fits into w columns.
func (f *Field) Around(w int) (before, after string) {
	text := f.shown()
	return Fit(string(text[:f.at]), string(text[f.at:]), w)
}

// shown returns the text with dots for what is hidden.
func (f *Field) shown() []rune {
	if f.Hide == nil {
		return f.text
	}
	out := slices.Clone(f.text)
	for i := max(f.Hide(f.text), 0); i < len(out); i++ {
		out[i] = '·'
	}
	return out
}

// Draw draws the text into w columns from x, y of g, as much of it as fits
// around the cursor, and puts the terminal's cursor there. It returns how many
// columns it took.
func (f *Field) Draw(g *cell.Grid, x, y, w int, fg cell.RGB, attr cell.Attr) int {
	before, after := f.Around(w - 1) // One is for the cursor behind the text.
	return DrawAround(g, x, y, before, after, fg, attr)
}

// DrawAround draws what stands before and after a cursor, and puts the
// terminal's cursor between. It returns how many columns it took.
func DrawAround(g *cell.Grid, x, y int, before, after string, fg cell.RGB, attr cell.Attr) int {
	at := x + g.Text(x, y, before, fg, attr)
	g.SetCursor(at, y, true)
	return at + max(g.Text(at, y, after, fg, attr), 1) - x
}

// Fit shortens what stands before and after a cursor to w columns in all.
func Fit(before, after string, w int) (string, string) {
	w = max(w, 0)
	for over := cell.Width(before) - w; over > 0; {
		c, width := cell.First(before)
		before, over = before[len(c):], over-width
	}
	room, n := w-cell.Width(before), 0
	for n < len(after) {
		c, width := cell.First(after[n:])
		if room -= width; room < 0 {
			break
		}
		n += len(c)
	}
	return before, after[:n]
}
