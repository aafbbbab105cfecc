package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/screen/input"
)

func TestWhatIsPastedReachesTheAttemptWhole(t *testing.T) {
	tests := map[string]struct {
		do   func(d *driver)
		want []string
	}{
		"a whole address goes at once":          {func(d *driver) { d.paste(backURL) }, []string{backURL}},
		"line breaks and controls are left out": {func(d *driver) { d.paste("  " + backURL[:30] + "\r\n\x1b" + backURL[30:] + "\x00\n") }, []string{backURL}},
		"a refusal by the provider goes too":    {func(d *driver) { d.paste("http://localhost:8501/?error=access_denied&state=s3cret") }, []string{"http://localhost:8501/?error=access_denied&state=s3cret"}},
		"typed by hand":                         {func(d *driver) { d.press(strings.Split(backURL, "")...); d.press("enter") }, []string{backURL}},
		"a terminal without bracketed paste":    {func(d *driver) { d.send(input.Text{Text: backURL, Enter: true}) }, []string{backURL}},
		"the same in two parts": {func(d *driver) {
			d.send(input.Text{Text: backURL[:30]})
			d.send(input.Text{Text: backURL[30:]})
			d.press("enter")
		}, []string{backURL}},
		"after a typing mistake":                    {func(d *driver) { d.press("tab", "x", "y", "backspace", "backspace"); d.paste(backURL) }, []string{backURL}},
		"a second paste replaces the first":         {func(d *driver) { d.paste("http://nonsense"); d.paste(backURL) }, []string{backURL}},
		"nothing is no address":                     {func(d *driver) { d.press("tab", "enter") }, nil},
		"clearing the field":                        {func(d *driver) { d.paste("http://nonsense"); d.press("ctrl+u", "enter") }, nil},
		"keys while it is being checked do nothing": {func(d *driver) { d.paste(backURL); d.paste(backURL); d.press("enter") }, []string{backURL}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			signIn(t, nil, func(d *driver, a *fakeAttempt) {
				tt.do(d)
				if fmt.Sprint(a.pasted) != fmt.Sprint(tt.want) {
					d.t.Errorf("got %q, want %q", a.pasted, tt.want)
				}
			})
		})
	}
}

func TestAPasteIsForFieldsAlone(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		p := d.pages["home"]
		got := p.heard(saw[tea.KeyMsg])
		d.paste("4")
		d.paste("r")
		if n := p.heard(saw[tea.KeyMsg]); n != got || d.root.tabs.shown != 0 {
			d.t.Errorf("the page got %d keys, tab %d is shown", n-got, d.root.tabs.shown+1)
		}
		typing(d)
		d.paste("r")
		if p.heard(saw[tea.KeyMsg]) != got+1 {
			d.t.Error("a page that takes text did not get it")
		}
	})
}
