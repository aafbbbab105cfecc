package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/screen/input"
)

func TestTextWithoutMarksPressesNoKeys(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		p := d.pages["home"]
		got := p.heard(saw[tea.KeyMsg])
		d.send(input.Text{Text: "quit now?", Enter: true})
		d.send(input.Text{Text: "4321"})
		if n := p.heard(saw[tea.KeyMsg]); n != got || d.root.tabs.shown != 0 {
			d.t.Errorf("the page got %d keys, tab %d is shown", n-got, d.root.tabs.shown+1)
		}
		d.shows(pressesNothing)
		d.press("?")
		d.send(input.Text{Text: "q esc", Enter: true})
		d.shows("By mouse")
		d.press("esc")
	})
}

func TestTextWithoutMarksIsForAField(t *testing.T) {
	said := func(msgs []tea.Msg) string {
		var out []string
		for _, msg := range msgs {
			if k, ok := msg.(tea.KeyMsg); ok {
				out = append(out, k.String())
			}
		}
		return strings.Join(out, " ")
	}
	tests := map[string]struct {
		typing, finds bool
		text          input.Text
		want          string
	}{
		"all of it":                       {true, false, input.Text{Text: "enter"}, "[enter]"},
		"with the enter at its end":       {true, false, input.Text{Text: "berlin", Enter: true}, "[berlin] enter"},
		"a search that is typed ahead":    {false, true, input.Text{Text: "/berlin", Enter: true}, "/ [berlin] enter"},
		"a path where nothing is to find": {false, false, input.Text{Text: "/etc/passwd", Enter: true}, "/"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			drive(t, &fakeAuth{}, nil, func(d *driver) {
				p := d.pages["home"]
				p.capturing, p.finds = tt.typing, tt.finds
				n := len(p.got)
				d.send(tt.text)
				if got := said(p.got[n:]); got != tt.want {
					d.t.Errorf("the page got %q, want %q", got, tt.want)
				}
			})
		})
	}
}

func TestLettersOfOtherScriptsAreKeysByTheirPlace(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		p := d.pages["home"]
		for in, want := range map[string]string{"ф": "a", "Ф": "A", "σ": "s", "ｊ": "j", "　": " ", "日": "日"} {
			d.press(in)
			if got := p.got[len(p.got)-1]; fmt.Sprint(got) != want {
				d.t.Errorf("%s is %v, want %s", in, got, want)
			}
		}
		d.press("２")
		if d.root.tabs.shown != 1 {
			d.t.Errorf("after a full-width 2, tab %d is shown", d.root.tabs.shown+1)
		}
		d.press("1")
		typing(d)
		d.press("й")
		if got := p.got[len(p.got)-1]; fmt.Sprint(got) != "й" {
			d.t.Errorf("a field got %v", got)
		}
	})
}

func TestAltAndALetterIsEscAndThatLetterOutsideFields(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		p := d.pages["home"]
		n := len(p.got)
		d.send(page.Key("alt+f"))
		if got := fmt.Sprint(p.got[n:]); got != "[esc f]" {
			d.t.Errorf("the page got %s, want esc and f", got)
		}
		typing(d)
		n = len(p.got)
		d.send(page.Key("alt+f"))
		if got := fmt.Sprint(p.got[n:]); got != "[alt+f]" {
			d.t.Errorf("a field got %s, want alt+f", got)
		}
	})
}

func TestTheHelpSpeaksOfTheMouseOnlyWhereItIsTheApps(t *testing.T) {
	for _, no := range []bool{false, true} {
		drive(t, &fakeAuth{}, func(o *Options) { o.NoMouse = no }, func(d *driver) {
			d.press("?")
			if said := strings.Contains(d.words(), "By mouse"); said == no {
				d.t.Errorf("without a mouse %v, the help speaks of it %v", no, said)
			}
		})
	}
}
