package tui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

// footer is the last line of a frame.
func footer(frame string) string {
	lines := strings.Split(frame, "\n")
	return lines[len(lines)-1]
}

func TestANoticeCoversNoKey(t *testing.T) {
	const short, long = "Saved walk.csv", "Signed in as both@example.com: Plotting Demo and Mapping Demo are open."
	tests := map[string]struct {
		text  string
		width int
		above int // lines above the footer
	}{
		"beside the keys where there is room":            {short, 80, 0},
		"beside the keys of a wide window":               {long, 160, 0},
		"above the footer where there is none":           {long, 80, 1},
		"in as many lines as it needs":                   {long, 40, 3},
		"above the footer of a window that is too small": {short, 40, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			drive(t, &fakeAuth{}, func(o *Options) { o.Initial = underwriter }, func(d *driver) {
				d.send(tea.WindowSizeMsg{Width: tt.width, Height: 24})
				d.press("2")
				before := d.frame()
				d.send(page.Notice{Text: tt.text})
				d.shows(tt.text)
				now := d.frame()
				if keys := strings.TrimRight(footer(before), " "); !strings.HasPrefix(footer(now), keys) {
					t.Errorf("the footer was %q and is %q", keys, footer(now))
				}
				lines, was := strings.Split(now, "\n"), strings.Split(before, "\n")
				for y := range len(lines) - 1 {
					if covered := y >= len(lines)-1-tt.above; covered == (lines[y] == was[y]) {
						t.Errorf("line %d was %q and is %q", y, was[y], lines[y])
					}
				}
				d.press("x")
				if d.frame() != before {
					t.Errorf("a key does not clear it:\n%s", d.frame())
				}
			})
		})
	}
}

func TestAnEndlessNoticeIsCut(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		before := d.frame()
		d.send(page.Failed{Err: errText(strings.Repeat("word ", 500) + "end")})
		lines, was := strings.Split(d.frame(), "\n"), strings.Split(before, "\n")
		if !strings.HasPrefix(lines[19], " ! Word") || !strings.HasSuffix(strings.TrimSpace(lines[22]), "…") || lines[18] != was[18] {
			t.Errorf("it is not cut to four lines:\n%s", d.frame())
		}
	})
}

func TestANoticeLeavesByItself(t *testing.T) {
	drive(t, &fakeAuth{}, func(o *Options) { o.Note = "Welcome." }, func(d *driver) {
		d.shows("Welcome.")
		before := d.ticks
		d.send(before[len(before)-1].Fire())
		d.hides("Welcome.")
		clean := d.frame()

		d.send(page.Notice{Text: "Saved walk.csv"})
		first := d.ticks[len(d.ticks)-1]
		d.send(page.Notice{Text: "Saved walk.csv"}) // the same again counts anew
		second := d.ticks[len(d.ticks)-1]
		d.send(first.Fire())
		d.shows("Saved walk.csv")
		d.send(second.Fire())
		d.hides("Saved walk.csv")
		if d.frame() != clean {
			t.Errorf("something is left:\n%s", d.frame())
		}

		d.send(page.Notice{Text: "Saved walk.csv"})
		n := len(d.ticks)
		d.press("x") // clears it
		d.send(struct{}{})
		d.send(d.ticks[n-1].Fire())
		if len(d.ticks) != n {
			t.Error("the clock runs while nothing is shown")
		}
	})
}

func TestANoticeStaysForAsLongAsItTakesToRead(t *testing.T) {
	long := strings.Repeat("word ", 24) // twice the sixty cells of a glance
	for name, tt := range map[string]struct {
		msg  tea.Msg
		want time.Duration
	}{
		"a short one":  {page.Notice{Text: "Saved walk.csv"}, 4 * time.Second},
		"a long one":   {page.Notice{Text: long}, 8 * time.Second},
		"an error":     {page.Failed{Err: errText("no")}, 8 * time.Second},
		"a long error": {page.Failed{Err: errText(long)}, 16 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			drive(t, &fakeAuth{}, nil, func(d *driver) {
				d.send(tt.msg)
				if got := d.ticks[len(d.ticks)-1].After; got.Round(time.Second) != tt.want {
					t.Errorf("it stays for %v, want %v", got, tt.want)
				}
			})
		})
	}
}

func TestAQuestionToQuitTwiceLeavesToo(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		d.clickOn("q quit")
		d.shows("Click once more to quit.")
		d.send(d.ticks[len(d.ticks)-1].Fire())
		d.hides("Click once more")
		d.clickOn("q quit")
		d.shows("Click once more to quit.")
	})
}

func TestAClickOnANoticeClearsIt(t *testing.T) {
	for name, text := range map[string]string{"short": "Saved walk.csv", "long": strings.Repeat("word ", 30)} {
		t.Run(name, func(t *testing.T) {
			drive(t, &fakeAuth{}, nil, func(d *driver) {
				before := d.frame()
				d.send(page.Notice{Text: text})
				d.clickOn(text[:4])
				if d.frame() != before {
					d.t.Errorf("it is still there:\n%s", d.frame())
				}
			})
		})
	}
}
