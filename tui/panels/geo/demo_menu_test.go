package geo

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

func TestTheBoxOfLayers(t *testing.T) {
	t.Run("letters act in it alone", func(t *testing.T) {
		a := open(t, 80, 22)
		pagetest.Press(t, a, "b", "n")
		if shown(a) != ([4]bool{true, true, true, true}) {
			t.Errorf("without the box, %v", shown(a))
		}
		pagetest.Press(t, a, "o", "b", "n")
		if shown(a) != ([4]bool{false, true, false, true}) {
			t.Errorf("in the box, %v", shown(a))
		}
	})
	t.Run("space switches the line with the cursor", func(t *testing.T) {
		a := open(t, 80, 22)
		pagetest.Press(t, a, "o", "down", " ", "up", "up", " ")
		if shown(a) != ([4]bool{true, false, true, false}) {
			t.Errorf("%v", shown(a))
		}
	})
	t.Run("it names the layers in the smallest window, and a click switches them", func(t *testing.T) {
		a := open(t, 40, 10)
		pagetest.Press(t, a, "o")
		if got := text(a); !strings.Contains(got, "n [x] Bart Stop Names") {
			t.Fatalf("no names in\n%s", got)
		}
		z := a.zones[2]
		a.Update(tea.MouseMsg{X: z.X, Y: z.Y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
		if a.figs.shown(names) || a.menu.kind != layersMenu {
			t.Errorf("layers %v, menu %v", shown(a), a.menu)
		}
		a.Update(tea.MouseMsg{X: 39, Y: 9, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
		if a.menu.kind != closed {
			t.Error("a click beside the box does not close it")
		}
	})
	t.Run("o and esc close it", func(t *testing.T) {
		for _, k := range []string{"o", "esc"} {
			a := open(t, 80, 22)
			if pagetest.Press(t, a, "o", k); a.menu.kind != closed {
				t.Errorf("%s does not close it", k)
			}
		}
	})
}

func TestTheMapExportsWhatTheWalkDoes(t *testing.T) {
	for k, format := range map[string]string{"c": "csv", "j": "json", "v": "svg", "a": "ansi"} {
		a, content := open(t, 80, 22), ""
		a.env.Save = func(name string, b []byte) (string, error) { content = string(b); return "/exports/" + name, nil }
		_, msgs := pagetest.Press(t, a, "e", k)
		if len(msgs) != 1 || msgs[0] != (page.Notice{Text: "Saved /exports/mapping." + strings.Replace(format, "ansi", "ans", 1)}) || a.menu.kind != closed {
			t.Errorf("%s gives %v", k, msgs)
		}
		if begin := map[string]string{"csv": "lon,lat", "json": "{", "svg": "<svg", "ansi": ""}[format]; !strings.HasPrefix(content, begin) || content == "" {
			t.Errorf("%s begins with %.40q", format, content)
		}
	}
}

func TestFullScreenIsTheMapAlone(t *testing.T) {
	for _, size := range [][2]int{{160, 43}, {80, 22}, {40, 10}} {
		a := open(t, size[0], size[1])
		pagetest.Press(t, a, "f")
		if area := a.area(); area.W != size[0] || area.H != size[1] || strings.Contains(text(a), "[x]") {
			t.Errorf("at %v the map has %v", size, area)
		}
		if pagetest.Press(t, a, "esc"); a.full {
			t.Error("esc does not go back")
		}
	}
}
