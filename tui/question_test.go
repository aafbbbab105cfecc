package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/screen"
	"github.com/authtabs/tabgate/tui/theme"
)

// answers counts what a question was answered with.
type answers struct{ yes, no int }

func (a *answers) then(yes bool) tea.Cmd {
	if yes {
		a.yes++
	} else {
		a.no++
	}
	return nil
}

var folderQuestion = box.Question{
	Title: "Sign in by this folder's settings?",
	Text:  []string{"./.env signs you in at auth.example.com as the app 4h57kd8s.", "Whoever wrote that file decides who gets your session."},
	Yes:   "Use them", No: "Leave them out",
}

func TestQuestionKeys(t *testing.T) {
	enterIsYes := folderQuestion
	enterIsYes.Enter = true
	tests := map[string]struct {
		question box.Question
		keys     []string
		want     answers
	}{
		"y is yes":                              {folderQuestion, []string{"y"}, answers{yes: 1}},
		"a capital Y is yes":                    {folderQuestion, []string{"Y"}, answers{yes: 1}},
		"n is no":                               {folderQuestion, []string{"n"}, answers{no: 1}},
		"escape is no":                          {folderQuestion, []string{"esc"}, answers{no: 1}},
		"enter is no where nothing else is set": {folderQuestion, []string{"enter"}, answers{no: 1}},
		"enter is yes where that is set":        {enterIsYes, []string{"enter"}, answers{yes: 1}},
		"escape is no all the same":             {enterIsYes, []string{"esc"}, answers{no: 1}},
		"no other key answers":                  {folderQuestion, []string{"q", "l", "2", "tab", " ", "down", "up", "?"}, answers{}},
		"it is answered once":                   {folderQuestion, []string{"y", "y", "n"}, answers{yes: 1}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got answers
			drive(t, attemptsAuth(guest), nil, func(d *driver) {
				d.send(Ask{tt.question, got.then})
				d.press(tt.keys...)
				if got != tt.want {
					d.t.Errorf("answered %+v, want %+v", got, tt.want)
				}
				if open := d.root.box != nil; open != (tt.want == answers{}) {
					d.t.Errorf("the box is open: %v", open)
				}
			})
		})
	}
}

func TestQuestionByMouse(t *testing.T) {
	for text, want := range map[string]answers{"Use them": {yes: 1}, "Leave them out": {no: 1}, "Whoever wrote": {}} {
		var got answers
		drive(t, attemptsAuth(guest), nil, func(d *driver) {
			d.send(Ask{folderQuestion, got.then})
			d.clickOn(text)
			if got != want {
				d.t.Errorf("a click on %q answers %+v, want %+v", text, got, want)
			}
		})
	}
}

func TestQuestionIgnoresWhatWasTypedBefore(t *testing.T) {
	var got answers
	drive(t, attemptsAuth(guest), nil, func(d *driver) {
		d.send(Ask{folderQuestion, got.then})
		d.send(pagetest.Key("y")) // on its way before the box came
		d.settleDown()
		d.paste("yes")
		if got != (answers{}) {
			d.t.Errorf("answered %+v by a key that was not meant for it", got)
		}
	})
}

func TestQuestionAtTheStart(t *testing.T) {
	var got answers
	start := func(o *Options) { o.Ask = &Ask{folderQuestion, got.then} }
	drive(t, attemptsAuth(guest), start, func(d *driver) {
		d.shows("auth.example.com")
		d.press("y")
		if got != (answers{yes: 1}) {
			d.t.Errorf("answered %+v", got)
		}
	})
}

func TestQuestionWaitsForTheBoxThatIsOpen(t *testing.T) {
	var first, second answers
	drive(t, attemptsAuth(guest), nil, func(d *driver) {
		d.press("?")
		d.send(Ask{folderQuestion, first.then})
		d.send(Ask{box.Question{Title: "Another", Text: []string{"And this?"}}, second.then})
		d.hides("auth.example.com")
		d.press("esc")
		d.shows("auth.example.com")
		d.root.open(&box.Steps{Theme: d.root.env.Theme, Steps: nil}, false) // say, the end of a sign-out
		d.hides("auth.example.com")
		d.press("x")
		d.shows("auth.example.com")
		d.press("y")
		d.shows("And this?")
		d.press("n")
		if first != (answers{yes: 1}) || second != (answers{no: 1}) || d.root.box != nil {
			d.t.Errorf("answered %+v and %+v", first, second)
		}
	})
}

func TestQuestionWordsFromOutside(t *testing.T) {
	bad := "\x1b]52;c;aGk=\x07\x1b[2J\u202eevil\n"
	drive(t, attemptsAuth(guest), nil, func(d *driver) {
		d.send(Ask{box.Question{Title: bad, Text: []string{bad}, Yes: bad, No: bad}, new(answers).then})
		if i := strings.IndexAny(d.root.View(), "\x07\u202e"); i >= 0 {
			d.t.Errorf("it reached the screen: %q", d.root.View())
		}
		d.shows("evil")
	})
}

func TestALongQuestionCanBeScrolled(t *testing.T) {
	long := folderQuestion
	long.Text = nil
	for i := range 30 {
		long.Text = append(long.Text, fmt.Sprintf("Paragraph %02d.", i))
	}
	drive(t, attemptsAuth(guest), nil, func(d *driver) {
		d.send(tea.WindowSizeMsg{Width: 40, Height: 12})
		d.send(Ask{long, new(answers).then})
		for range 100 {
			d.press("down")
		}
		d.shows("Paragraph 29.")
		d.shows("Use them")
		d.press("up")
		d.hides("Paragraph 29.") // 100 times down went no further than to the end
		d.send(tea.MouseMsg{X: 20, Y: 6, Action: tea.MouseActionPress, Button: tea.MouseButtonWheelDown})
		d.shows("Paragraph 29.")
	})
}

func TestQuestionFrames(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.Width, size.Height), func(t *testing.T) {
			drive(t, attemptsAuth(guest), realHome, func(d *driver) {
				d.send(size)
				d.send(Ask{folderQuestion, new(answers).then})
				pagetest.Fits(d.t, d.root.View(), size.Width, size.Height)
				golden.RequireEqual(t, []byte(d.frame()))
			})
		})
	}
}

func TestQuestionCanBeRead(t *testing.T) {
	for _, dark := range []bool{true, false} {
		drive(t, attemptsAuth(guest), realHome, func(d *driver) {
			d.send(Ask{folderQuestion, new(answers).then})
			coloured(d.root, termenv.TrueColor)
			d.send(screen.BackgroundMsg{Dark: dark})
			for _, word := range unreadable(cell.Parse(d.root.View()), d.root.env.Theme.Faint) {
				d.t.Errorf("dark %v: %s", dark, word)
			}
			d.root.env.Theme.Rebuild(theme.Options{Dark: dark, Glyphs: theme.ASCII})
			d.root.tabs.broadcast(page.Rethemed{})
			if i := strings.IndexFunc(d.frame(), func(c rune) bool { return c > 0x7e }); i >= 0 {
				d.t.Errorf("not ASCII: %q", d.frame()[i:i+3])
			}
		})
	}
}
