package deck_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/deck"
)

// textOf is what an accessor makes of a row, as the text of a label.
func textOf(t *testing.T, expression, row string) (text, refused string) {
	t.Helper()
	code, err := json.Marshal("@@=" + expression)
	if err != nil {
		t.Fatal(err)
	}
	scene, err := deck.Parse(fmt.Appendf(nil, `{"layers":[{"@@type":"TextLayer","data":[%s],"getPosition":[1,2],"getText":%s}]}`, row, code), deck.Options{})
	if err != nil {
		t.Fatal(err)
	}
	l := scene.Layers[0]
	if l.Refused != "" {
		return "", l.Refused
	}
	return l.Labels[0].Text, ""
}

func TestExpressionsAreJavaScript(t *testing.T) {
	row := `{"a": 7, "b": "7", "n": null, "t": true, "p": {"q": [1, {"r": "deep"}]}, "경도": 3, "Number of Employees": 12, "Cost ($)": 5, "s": "text"}`
	for expression, want := range map[string]string{
		"a": "7", "경도": "3", "p.q[1].r": "deep", `p["q"].length`: "2", "s.length": "4", "this.a": "7", "missing.x": "", "n": "",
		"a + 1": "8", "b + 2": "72", "b * 2": "14", "n + 1": "1", "missing * 2": "NaN", "a == b": "true", "a === b": "false", "a != b": "false",
		"1 + 2 * 3 - 4 / 2": "5", "(1 + 2) * 3": "9", "2 - 1 - 1": "0", "7 % 4": "3", "-a": "-7", "!a": "false", "~a": "-8", "+b": "7",
		"a > 5 && b < 8": "true", "n || s": "text", "a > 9 ? s : b": "7", "a > 9 ? 1 : a > 5 ? 2 : 3": "2", "5 & 3 | 8": "9", "1 << 4 >> 2": "4", "-1 >>> 28": "15", "6 ^ 3": "5",
		`"x" + 'y'`: "xy", `"a\tb"`: "a\tb", ".5 + 1e2": "100.5", "[a, b, 3]": "7,7,3", "[1, [2]][1][0]": "2", "true": "true", "Number of Employees": "12", "Cost ($)": "5",
		"a, b": "", "a; b": "", "1 + missing.x": "", "NaN": "", "-": "[object Object]",
	} {
		got, refused := textOf(t, expression, row)
		if refused != "" || got != want {
			t.Errorf("%s is %q, want %q (refused: %s)", expression, got, want, refused)
		}
	}
}

func TestExpressionsThatAreNoneAreRefused(t *testing.T) {
	for _, expression := range []string{"f(a)", "a ** 2", "a ?? b", "a?.b", "x => x", "`t`", "{}", "0x1", "a = 1", "(a", "[a", "a ? b", "'open", "a.", "", strings.Repeat("(", 5000) + "a", strings.Repeat("-", 5000) + "1"} {
		if got, refused := textOf(t, expression, `{"a": 1}`); !strings.HasPrefix(refused, "getText ") {
			t.Errorf("%.30s gives %q, refused: %q", expression, got, refused)
		}
	}
}

func TestFilesThatAreNoMapsAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "line 1, column 1: the text ends too early",
		"{\n  \"layers\": [1,\n": "line 3, column 1: the text ends too early",
		`{"layers": [] x}`:       "line 1, column 15: a comma is missing",
		`{"a": .5}`:              `line 1, column 7: ".5" is no value`,
		`"map"`:                  "it is no map: an object with layers is expected, as pydeck's to_json writes it",
		`{"colour": 1}`:          "it is no map: it has neither layers nor data",
		"<html>":                 "it is a web page without a map of pydeck's",
		`{"layers": [], "views": [{"@@type": "OrbitView"}]}`: "views: a OrbitView is no map, and is not supported",
		`[{"x": 1}]`:              "map data must contain a latitude column named: lat, latitude, LAT, LATITUDE",
		strings.Repeat("[", 1000): "line 1, column 201: more than 200 levels",
	} {
		if _, err := deck.Parse([]byte(text), deck.Options{}); err == nil || err.Error() != want {
			t.Errorf("%.30q: %v, want %s", text, err, want)
		}
	}
}

func TestAPageOfPydeckHoldsItsMap(t *testing.T) {
	page := "<html><script>\n  const jsonInput = {\"layers\":[{\"@@type\":\"ScatterplotLayer\",\"pickable\":true,\"data\":[{\"n\":\"here\"}],\"getPosition\":[1,2]}],\"description\":\"<b>Two</b> &amp; three\"};\n  const tooltip = {\"html\":\"<b>{n}</b><br/>is {x}\"};\n</script></html>"
	scene, err := deck.Parse([]byte(page), deck.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := scene.Layers[0].Circles[0].Hover; got != "here\nis {x}" || scene.Title != "Two & three" {
		t.Errorf("the tooltip says %q, the title is %q", got, scene.Title)
	}
}

func TestDataOutsideTheFileAreNotAskedFor(t *testing.T) {
	for _, address := range []string{"https://example.com/a.json", "//example.com/a.json", "file:/etc/passwd"} {
		scene, err := deck.Parse(fmt.Appendf(nil, `{"layers":[{"@@type":"ScatterplotLayer","data":%q}]}`, address), deck.Options{Load: func(string) ([]byte, error) {
			t.Errorf("%s was read", address)
			return nil, nil
		}})
		if err != nil || scene.Layers[0].Refused == "" {
			t.Errorf("%s: %v, refused: %q", address, err, scene.Layers[0].Refused)
		}
	}
}

func TestToldSaysWhatWasLeftOut(t *testing.T) {
	scene, err := deck.Parse([]byte(`{"layers":[{"@@type":"ScatterplotLayer","data":[[1,2],[null,2],[1,91],[0,0]],"getPosition":"@@=-"}]}`), deck.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := scene.Told(); got != "1 without a place left out, 1 outside the world left out, 1 at 0,0" {
		t.Errorf("told: %s", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`{"layers":[{"@@type":"HexagonLayer","data":[{"a":1}],"getPosition":"@@=[a, a]","colorRange":[[1,2,3]]}]}`)
	f.Add(`{"data":[{"lat":1,"lon":2,"c":"#abc"}],"color":"c"}`)
	f.Add(`{"layers":[{"@@type":"GeoJsonLayer","data":{"type":"Polygon","coordinates":[[[1,2],[3,4],[5,6]]]}},{"@@type":"ScreenGridLayer","data":[[1,2]],"getPosition":"@@=-"},{"@@type":"HeatmapLayer","data":[[1,2]],"getPosition":"@@=-"}]}`)
	f.Add(`{"layers":[{"@@type":"GridLayer","cellSize":1e-9,"data":[[1,2],[3,4]],"getPosition":"@@=-","colorScaleType":"ordinal"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		scene, err := deck.Parse([]byte(text), deck.Options{})
		if err != nil {
			return
		}
		if _, err := scene.Facts(); err != nil {
			t.Errorf("no facts: %v", err)
		}
	})
}
