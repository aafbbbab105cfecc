package dashboard_test

import (
	"encoding/json"
	"os"
	"regexp"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
)

// The README has each key that a page or the folder's file may have.
func TestTheReadmeKnowsEveryKey(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				walk(item)
			}
		case map[string]any:
			if keys, ok := v["properties"].(map[string]any); ok {
				for key := range keys {
					found++
					if !regexp.MustCompile(`(?:^|[^\w$])` + regexp.QuoteMeta(key) + `(?:[^\w]|$)`).Match(text) {
						t.Errorf("the README does not tell of the key %s", key)
					}
				}
			}
			for _, item := range v {
				walk(item)
			}
		}
	}
	for _, schema := range [][]byte{dashboard.PageSchema(), dashboard.FolderSchema()} {
		var v any
		if err := json.Unmarshal(schema, &v); err != nil {
			t.Fatal(err)
		}
		walk(v)
	}
	if found < 100 {
		t.Errorf("only %d keys were found: the test looks in the wrong place", found)
	}
}
