package input_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/screen/input"
)

func TestPump(t *testing.T) {
	tests := map[string]struct {
		in   []string // durations are pauses
		want []string // each with the time since the start
	}{
		"a key goes on at once":        {[]string{"j", "1s", "k"}, []string{"0s j", "1s k"}},
		"esc waits for 40 ms":          {[]string{"\x1b", "1s", "k"}, []string{"40ms esc", "1s k"}},
		"the rest of a sequence comes": {[]string{"\x1b", "2ms", "[<65;40;12M"}, []string{"2ms <wheel down at 39,11>"}},
		"it comes late":                {[]string{"\x1b", "500ms", "[A"}, []string{"40ms esc", "500ms up"}},
		"text is collected":            {[]string{"quit ", "5ms", "now?\r", "1s", "j"}, []string{"25ms \"quit now?\"+enter", "1.005s j"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r, w := io.Pipe()
				began := time.Now()
				var got []string
				ended := make(chan error)
				go func() {
					ended <- input.Pump(r, func(msg tea.Msg) { got = append(got, time.Since(began).String()+" "+word(msg)) })
				}()
				for _, part := range tt.in {
					if d, err := time.ParseDuration(part); err == nil {
						time.Sleep(d)
						continue
					}
					if _, err := io.WriteString(w, part); err != nil {
						t.Fatal(err)
					}
				}
				time.Sleep(time.Minute)
				gone := errors.New("gone")
				w.CloseWithError(gone)
				if err := <-ended; err != gone {
					t.Errorf("it ends with %v, want the failure of the read", err)
				}
				if !slices.Equal(got, tt.want) {
					t.Errorf("got %q, want %q", got, tt.want)
				}
			})
		})
	}
}

// TestPump_WhileTheProgramIsBusy holds that what was read in time belongs
// together, however late it is looked at.
func TestPump_WhileTheProgramIsBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, w := io.Pipe()
		var got []string
		ended := make(chan error)
		go func() {
			ended <- input.Pump(r, func(msg tea.Msg) {
				if got = append(got, word(msg)); len(got) == 1 {
					time.Sleep(time.Second)
				}
			})
		}()
		for _, part := range []string{"x\x1b", "[1;", "5D"} {
			if _, err := io.WriteString(w, part); err != nil {
				t.Fatal(err)
			}
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(time.Minute)
		w.Close()
		if err := <-ended; err != io.EOF {
			t.Error(err)
		}
		if all := strings.Join(got, " "); all != "x ctrl+left" {
			t.Errorf("got %s, want x ctrl+left", all)
		}
	})
}
