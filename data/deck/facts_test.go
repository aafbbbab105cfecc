package deck_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/deck"
)

// TestFactsAgreeWithDeck compares what is computed with what deck.gl itself
// computed.
func TestFactsAgreeWithDeck(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.facts.json")
	if len(files) < 10 {
		t.Fatalf("only %d maps found", len(files))
	}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".facts.json")
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile("testdata/" + name + ".json")
			if err != nil {
				t.Fatal(err)
			}
			scene, err := deck.Parse(text, deck.Options{Load: func(address string) ([]byte, error) {
				return os.ReadFile(filepath.Join("testdata", filepath.Base(address)))
			}})
			if err != nil {
				t.Fatal(err)
			}
			facts, err := scene.Facts()
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			var a, b any
			if err := json.Unmarshal(facts, &a); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(want, &b); err != nil {
				t.Fatal(err)
			}
			for i, d := range differences("", a, b) {
				if i == 12 {
					t.Fatal("and more")
				}
				t.Error(d)
			}
		})
	}
}

// differences lists where got lacks what want has, or has another value. Bins
// and cells come in any order.
func differences(path string, got, want any) (out []string) {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return []string{fmt.Sprintf("%s is %v, not an object", path, got)}
		}
		for key, v := range w {
			if key == "refused" && g[key] != nil {
				continue
			}
			if _, ok := g[key]; !ok {
				out = append(out, fmt.Sprintf("%s has no %s", path, key))
				continue
			}
			out = append(out, differences(path+"."+key, g[key], v)...)
		}
		for key := range g {
			if _, ok := w[key]; !ok && key != "notes" {
				out = append(out, fmt.Sprintf("%s has a %s", path, key))
			}
		}
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return []string{fmt.Sprintf("%s has %d entries, not %d", path, len(g), len(w))}
		}
		if strings.HasSuffix(path, ".bins") || strings.HasSuffix(path, ".cells") {
			sortBins(g)
			sortBins(w)
		}
		for i := range w {
			out = append(out, differences(fmt.Sprintf("%s[%d]", path, i), g[i], w[i])...)
		}
	case float64:
		g, ok := got.(float64)
		if !ok || math.Abs(g-w) > 1e-6*max(1, math.Abs(w)) && !(strings.Contains(path, "position") && math.Abs(g-w) < 1e-5) {
			return []string{fmt.Sprintf("%s is %v, not %v", path, got, w)}
		}
	default:
		if got != want {
			return []string{fmt.Sprintf("%s is %v, not %v", path, got, want)}
		}
	}
	return out
}

func sortBins(list []any) {
	key := func(v any) string {
		m, _ := v.(map[string]any)
		if p, ok := m["position"].([]any); ok {
			return fmt.Sprintf("%.4f %.4f", p[0], p[1])
		}
		return fmt.Sprint(m["col"], m["row"])
	}
	sort.Slice(list, func(i, j int) bool { return key(list[i]) < key(list[j]) })
}
