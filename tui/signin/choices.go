package signin

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// choiceKeys choose whom to sign in as.
var choiceKeys = struct{ person, more, browser key.Binding }{
	person:  key.NewBinding(key.WithKeys("1", "2", "3", "4", "5", "6", "7", "8", "9"), key.WithHelp("1-9", "sign in as one")),
	more:    key.NewBinding(key.WithKeys("0"), key.WithHelp("0", "more people")),
	browser: key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "use your own browser")),
}

// mostChoices is how many are shown at once: a digit chooses one.
const mostChoices = 9

// choices are the people whom the box offers.
type choices []choice

type choice struct {
	Person
	opens []string // the titles of the tabs that are locked, but open to them
}

// from is those that are shown from one on.
func (c choices) from(first int) choices { return c[first:min(first+mostChoices, len(c))] }

// after is the first of those that are shown after those from one on: at their
// end it is the first of all.
func (c choices) after(first int) int {
	if first+mostChoices < len(c) {
		return first + mostChoices
	}
	return 0
}

// choose returns whom a key chooses: a person, or with no name whoever is at
// the browser.
func (c choices) choose(msg tea.KeyMsg) (name string, chosen bool) {
	switch {
	case key.Matches(msg, choiceKeys.browser):
		return "", true
	case key.Matches(msg, choiceKeys.person):
		if i := int(msg.Runes[0] - '1'); i < len(c) {
			return c[i].Name, true
		}
	}
	return "", false
}

// write writes whom one can sign in as and what that opens, into at most room
// lines of w cells where they need not be airy.
func (c choices) write(t *theme.Theme, ink *box.Lines, first, w, room int, airy bool) {
	all := c
	c = c.from(first)
	gap := func() {
		if airy {
			ink.Gap()
		}
	}
	heading := "The local user pool has these people. Sign in as:"
	if !airy {
		heading = "Sign in as:"
	}
	ink.Wrap(heading, w, t.Text, 0)
	gap()
	shown := len(c)
	taken := 1
	if len(all) > mostChoices {
		taken++
	}
	if left := room - len(*ink) - taken; !airy && left < shown {
		shown = max(left-1, 0)
	}
	c.writePeople(t, ink, w, shown)
	if shown < len(c) {
		ink.Wrap(fmt.Sprintf("%d to %d: in a taller window", shown+1, len(c)), w, t.Muted, 0)
	}
	if len(all) > mostChoices {
		next := all.after(first)
		line := ink.Add(box.Span{Text: "0  ", Color: t.Accent, Attr: cell.Bold}, box.Span{Text: fmt.Sprintf("%d to %d of %d people", next+1, next+len(all.from(next)), len(all)), Color: t.Text})
		line.Key = box.First(choiceKeys.more)
	}
	gap()
	help := choiceKeys.browser.Help()
	line := ink.Add(box.Span{Text: help.Key + "  ", Color: t.Accent, Attr: cell.Bold}, box.Span{Text: help.Desc, Color: t.Text})
	line.Key = box.First(choiceKeys.browser)
	if airy {
		ink.Gap()
		ink.Wrap("For them, a built-in browser goes through the pool's log-in page. What comes back is checked like any other sign-in.", w, t.Muted, 0)
	}
}

// writePeople writes the first n people, a line each.
func (c choices) writePeople(t *theme.Theme, ink *box.Lines, w, n int) {
	name, opens := c.columns(w)
	width := c.widest(name)
	for i, one := range c[:n] {
		digit, who := strconv.Itoa(i+1), name(one)
		line := ink.Add(
			box.Span{Text: digit + "  ", Color: t.Accent, Attr: cell.Bold},
			box.Span{Text: who + strings.Repeat(" ", width-cell.Width(who)+2), Color: t.Text},
			box.Span{Text: opens(one), Color: t.Muted},
		)
		line.Key = digit
	}
}

// columns returns how people and what is open to them are written: whole where
// all of it fits into w cells, else in short.
func (c choices) columns(w int) (name, opens func(choice) string) {
	if c.widest(choice.name)+c.widest(choice.words)+len("1    ") <= w {
		return choice.name, choice.words
	}
	return choice.shortName, choice.shortWords
}

func (c choices) widest(column func(choice) string) (width int) {
	for _, one := range c {
		width = max(width, cell.Width(column(one)))
	}
	return width
}

func (c choice) name() string { return session.Clean(c.Name, 60) }

func (c choice) shortName() string {
	name, _, _ := strings.Cut(c.name(), "@")
	return name
}

func (c choice) words() string {
	if len(c.opens) == 0 {
		return "opens no locked tab"
	}
	return session.Clean("opens "+box.List(c.opens), 200)
}

func (c choice) shortWords() string {
	if len(c.opens) == 0 {
		return "no locked tab"
	}
	short := make([]string, len(c.opens))
	for i, title := range c.opens {
		short[i], _, _ = strings.Cut(title, " ")
	}
	return session.Clean(strings.Join(short, ", "), 200)
}
