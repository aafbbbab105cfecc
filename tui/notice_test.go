package tui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

// body is a frame without the tab bar and the footer.
func body(frame string) string {
	lines := strings.Split(frame, "\n")
	return strings.Join(lines[1:len(lines)-1], "\n")
}

func TestANoticeHidesNothingOfThePage(t *testing.T) {
	for name, size := range map[string]tea.WindowSizeMsg{"wide": {Width: 160, Height: 45}, "usual": {Width: 80, Height: 24}} {
		t.Run(name, func(t *testing.T) {
			drive(t, attemptsAuth(guest), func(o *Options) { o.Initial = underwriter }, func(d *driver) {
				d.send(size)
				d.press("2")
				before := d.frame()
				d.send(page.Notice{Text: welcome(person("both", "CreditAnalysts", "Underwriters"), "Plotting Demo and Mapping Demo are open.", false, 80)})
				d.shows("Signed in as both@example.com: Plotting Demo and Mapping Demo are open.")
				if body(d.frame()) != body(before) {
					d.t.Errorf("the page is not the same:\n%s\n%s", before, d.frame())
				}
				d.press("x")
				if d.frame() != before {
					d.t.Errorf("a key does not bring the footer back:\n%s", d.frame())
				}
			})
		})
	}
}

func TestANoticeKeepsTheGlobalKeysWhereThereIsRoom(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		d.send(page.Notice{Text: "Saved walk.csv"})
		d.shows("Saved walk.csv")
		d.shows("all keys")
		d.send(page.Notice{Text: strings.Repeat("long ", 14)})
		if strings.Contains(d.frame(), "all keys") {
			d.t.Errorf("a key is shown half:\n%s", d.frame())
		}
	})
}

func TestALongNoticeIsShownWhole(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		d.send(page.Failed{Err: errText(strings.Repeat("word ", 25) + "end")})
		lines := strings.Split(d.frame(), "\n")
		if last := lines[len(lines)-1]; !strings.Contains(last, "end") {
			d.t.Errorf("the last line is %q", last)
		}
		if !strings.HasPrefix(lines[len(lines)-2], " ! ") {
			d.t.Errorf("the line above it is %q", lines[len(lines)-2])
		}
	})
}

func TestAClickOnANoticeClearsIt(t *testing.T) {
	for name, text := range map[string]string{"short": "Saved walk.csv", "long": strings.Repeat("word ", 30)} {
		t.Run(name, func(t *testing.T) {
			drive(t, &fakeAuth{}, nil, func(d *driver) {
				before := d.frame()
				d.send(page.Notice{Text: text})
				d.click(5, 23)
				if d.frame() != before {
					d.t.Errorf("it is still there:\n%s", d.frame())
				}
			})
		})
	}
}
