package dashboard_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
)

// keysOf collects the keys that a schema knows.
func keysOf(v any, keys map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		if properties, ok := v["properties"].(map[string]any); ok {
			for name := range properties {
				keys[name] = true
			}
		}
		for name, child := range v {
			if name != "defaultSnippets" {
				keysOf(child, keys)
			}
		}
	case []any:
		for _, child := range v {
			keysOf(child, keys)
		}
	}
}

// The reference names every key that the reader takes.
func TestTheReferenceNamesEveryKey(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, s := range [][]byte{dashboard.PageSchema(), dashboard.FolderSchema()} {
		var v any
		if err := json.Unmarshal(s, &v); err != nil {
			t.Fatal(err)
		}
		keysOf(v, keys)
	}
	if len(keys) < 100 {
		t.Errorf("only %d keys were found", len(keys))
	}
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(string(text), func(c rune) bool { return !strings.ContainsRune("$_abcdefghijklmnopqrstuvwxyz", c) }) {
		words[w] = true
	}
	for key := range keys {
		if !words[key] {
			t.Errorf("it lacks %s", key)
		}
	}
}
