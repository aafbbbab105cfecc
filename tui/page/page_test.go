package page_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

func TestExport(t *testing.T) {
	write := func(err error) func(io.Writer) error {
		return func(w io.Writer) error {
			return errors.Join(err, func() error { _, err := io.WriteString(w, "a,b\n"); return err }())
		}
	}
	tests := map[string]struct {
		write, save error
		want        tea.Msg
	}{
		"says where it is":              {nil, nil, page.Notice{Text: "Saved /exports/x.csv"}},
		"says what could not be made":   {errors.New("no figures"), nil, "export the map: no figures"},
		"says why it could not be kept": {nil, errors.New("disk full"), "export the map: disk full"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			env, content := pagetest.Env(t), ""
			env.Save = func(name string, b []byte) (string, error) { content = string(b); return "/exports/" + name, tt.save }
			msg := page.Export(env, "the map", "x.csv", write(tt.write))()
			if f, failed := msg.(page.Failed); failed {
				msg = f.Err.Error()
			}
			if msg != tt.want {
				t.Errorf("got %v, want %v", msg, tt.want)
			}
			if tt.write == nil && content != "a,b\n" {
				t.Errorf("wrote %q", content)
			}
		})
	}
}

func TestPicture(t *testing.T) {
	env := pagetest.Env(t)
	draw := func(format string) (string, error) {
		g := cell.NewGrid(4, 1)
		g.Text(0, 0, "hi", env.Theme.Text, 0)
		var b strings.Builder
		err := page.Picture(&b, format, "A title", g, env.Theme)
		return b.String(), err
	}
	if got, err := draw("svg"); err != nil || !strings.HasPrefix(got, "<svg") || !strings.Contains(got, "A title") {
		t.Errorf("svg: %.60q, %v", got, err)
	}
	if got, err := draw("ansi"); err != nil || !strings.Contains(got, "hi") || !strings.HasSuffix(got, "\n") {
		t.Errorf("ansi: %q, %v", got, err)
	}
	if _, err := draw("png"); !errors.Is(err, page.ErrFormat) {
		t.Errorf("png: %v", err)
	}
}

func ExampleKey() {
	msg := page.Key("ctrl+r")
	fmt.Println(msg.String(), msg.Type == tea.KeyCtrlR)
	// Output: ctrl+r true
}
